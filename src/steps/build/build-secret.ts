import type { aws_kms as kms, aws_secretsmanager as secretsmanager, aws_ssm as ssm } from 'aws-cdk-lib';
import type { SecretPlan } from './secret-plan';

/** Options of {@link BuildSecret.secretsManager}. */
export interface SecretsManagerOptions {
  /**
   * The key of a secret that holds JSON, e.g. `token`.
   *
   * @default - the whole secret
   */
  readonly field?: string;
}

/** Options of {@link BuildSecret.parameter}. */
export interface SecretParameterOptions {
  /**
   * The key of yours that a SecureString is encrypted with, so that decrypting can be granted.
   *
   * @default - the key that the parameter was imported with, otherwise the one that AWS manages, which needs no grant
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A secret that a step finds in an environment variable when it runs.
 *
 * The template holds its name and never its value, the role of the step may read this secret and no other, and CodeBuild masks the value in
 * its logs. Commands can print it all the same in another form: whoever may change the commands may read the secret.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.secrets-manager
 *
 * @example
 * declare const token: secretsmanager.ISecret;
 * BuildStep.nodeJs({ secrets: { NPM_TOKEN: BuildSecret.secretsManager(token, { field: 'token' }) } });
 */
export class BuildSecret {
  /**
   * A secret of Secrets Manager ($0.40 a month). One with a key of yours needs that key on the construct, so that decrypting can be granted:
   * an imported one is given it as `encryptionKey` of `Secret.fromSecretAttributes`.
   */
  public static secretsManager(secret: secretsmanager.ISecret, options: SecretsManagerOptions = {}): BuildSecret {
    return new BuildSecret({ kind: 'secrets-manager', secret, field: options.field });
  }

  /**
   * A parameter of Systems Manager, such as a SecureString. Not for Commands actions, which read Secrets Manager only.
   *
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
   */
  public static parameter(parameter: ssm.IParameter, options: SecretParameterOptions = {}): BuildSecret {
    // A parameter that was imported as a SecureString knows its key; the interface of all parameters does not.
    const { encryptionKey } = parameter as { encryptionKey?: kms.IKey };
    return new BuildSecret({ kind: 'parameter', parameter, encryptionKey: options.encryptionKey ?? encryptionKey });
  }

  private constructor(private readonly plan: SecretPlan) {}

  /** @internal */
  public _plan(): SecretPlan {
    return this.plan;
  }
}
