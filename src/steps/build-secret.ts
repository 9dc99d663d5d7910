import {
  type aws_kms as kms,
  type aws_secretsmanager as secretsmanager,
  type aws_ssm as ssm,
  Token,
} from 'aws-cdk-lib';
import type { SecretPlan } from './build-access-plan';
import { SECRET_FIELD } from '../aws/limits';
import type { Problems } from '../pipeline/problems';
import { type OptionTypes, readOptions, resourceWith, TEXT } from '../pipeline/read-options';

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
 * The template holds its name and never its value, the role of the step may read this secret and no other, and
 * CodeBuild masks the value in its logs. Commands can print it all the same in another form: whoever may change the
 * commands may read the secret.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.secrets-manager
 *
 * @example
 * declare const token: secretsmanager.ISecret;
 * BuildStep.nodeJs({ secrets: { NPM_TOKEN: BuildSecret.secretsManager(token, { field: 'token' }) } });
 */
export class BuildSecret {
  /**
   * A secret of Secrets Manager ($0.40 a month). One with a key of yours needs that key on the construct, so that
   * decrypting can be granted: an imported one is given it as `encryptionKey` of `Secret.fromSecretAttributes`.
   */
  public static secretsManager(secret: secretsmanager.ISecret, options: SecretsManagerOptions = {}): BuildSecret {
    return new BuildSecret({ kind: 'secrets-manager', secret, options });
  }

  /**
   * A parameter of Systems Manager, such as a SecureString. Not for Commands actions, which read Secrets Manager only.
   *
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
   */
  public static parameter(parameter: ssm.IParameter, options: SecretParameterOptions = {}): BuildSecret {
    return new BuildSecret({ kind: 'parameter', parameter, options });
  }

  private constructor(private readonly content: SecretContent) {}

  /**
   * Plans how the secret is read, and reports what is wrong with it.
   *
   * @internal
   */
  public _plan(problems: Problems): SecretPlan | undefined {
    return this.content.kind === 'secrets-manager'
      ? planSecret(this.content, problems)
      : planParameter(this.content, problems);
  }
}

type SecretContent = SecretsManagerContent | ParameterContent;

interface SecretsManagerContent {
  readonly kind: 'secrets-manager';
  readonly secret: secretsmanager.ISecret;
  readonly options: SecretsManagerOptions;
}

interface ParameterContent {
  readonly kind: 'parameter';
  readonly parameter: ssm.IParameter;
  readonly options: SecretParameterOptions;
}

const SECRET = resourceWith('secretArn', 'a secret of Secrets Manager');
const PARAMETER = resourceWith('parameterName', 'a parameter of Systems Manager');

const SECRETS_MANAGER_OPTIONS: OptionTypes<SecretsManagerOptions> = { field: TEXT };

const PARAMETER_OPTIONS: OptionTypes<SecretParameterOptions> = {
  encryptionKey: resourceWith('keyArn', 'a key of KMS'),
};

function planSecret({ kind, secret, options }: SecretsManagerContent, problems: Problems): SecretPlan | undefined {
  const { field } = readOptions(options, SECRETS_MANAGER_OPTIONS, problems);
  // The reference to a secret is `secret:field:stage:version`: a colon in the field would end it.
  if (field !== undefined && !Token.isUnresolved(field) && !SECRET_FIELD.pattern.test(field)) {
    problems.at('field').add(`consist of ${SECRET_FIELD.words}`, field, 'rename the key of the secret');
  }
  return SECRET(secret, problems.at('secret')) ? { kind, secret, field } : undefined;
}

function planParameter({ kind, parameter, options }: ParameterContent, problems: Problems): SecretPlan | undefined {
  const { encryptionKey } = readOptions(options, PARAMETER_OPTIONS, problems);
  if (!PARAMETER(parameter, problems.at('parameter'))) return undefined;
  // A parameter that was imported as a SecureString has its key; the interface of all parameters does not.
  const { encryptionKey: ownKey } = parameter as { encryptionKey?: kms.IKey };
  return { kind, parameter, encryptionKey: encryptionKey ?? ownKey };
}
