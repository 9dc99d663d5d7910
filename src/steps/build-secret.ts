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
import { consistOf, RESOURCE } from '../pipeline/rules';

/** Options of {@link BuildSecret.secretsManager}. */
export interface SecretsManagerOptions {
  /**
   * Key of a JSON secret, e.g. `token`.
   *
   * @default - the whole secret value
   */
  readonly field?: string;
}

/** Options of {@link BuildSecret.parameter}. */
export interface SecretParameterOptions {
  /**
   * Customer managed key that encrypts a SecureString. The role of the step is granted decryption with it.
   *
   * @default - the key of an imported SecureString parameter; otherwise the AWS managed key, which needs no grant
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A secret that a step receives in an environment variable at run time.
 *
 * The template contains only the name of the secret, never its value. The role of the step can read only this secret,
 * and CodeBuild masks the value in logs. Commands can still print the value in another form, so everyone who can change
 * the commands can read the secret.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.secrets-manager
 *
 * @example
 * declare const token: secretsmanager.ISecret;
 * BuildStep.nodeJs({ secrets: { NPM_TOKEN: BuildSecret.secretsManager(token, { field: 'token' }) } });
 */
export class BuildSecret {
  /**
   * Reads a secret from Secrets Manager ($0.40 per month). If a customer managed key encrypts an imported secret, pass
   * the key as `encryptionKey` to `Secret.fromSecretAttributes`, so that decryption can be granted.
   */
  public static secretsManager(secret: secretsmanager.ISecret, options: SecretsManagerOptions = {}): BuildSecret {
    return new BuildSecret({ kind: 'secrets-manager', secret, options });
  }

  /**
   * Reads a Systems Manager parameter, such as a SecureString. Not supported by Commands actions, which read only from
   * Secrets Manager.
   *
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
   */
  public static parameter(parameter: ssm.IParameter, options: SecretParameterOptions = {}): BuildSecret {
    return new BuildSecret({ kind: 'parameter', parameter, options });
  }

  private constructor(private readonly content: SecretContent) {}

  /**
   * Plans the secret, and validates it.
   *
   * @internal
   */
  public _plan(problems: Problems): SecretPlan | undefined {
    const { content } = this;
    if (content.kind === 'secrets-manager') return planSecret(content, problems);
    return planParameter(content, problems);
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

const SECRET = resourceWith('secretArn', RESOURCE.secret);
const PARAMETER = resourceWith('parameterName', 'a Systems Manager parameter');

const SECRETS_MANAGER_OPTIONS: OptionTypes<SecretsManagerOptions> = { field: TEXT };

const PARAMETER_OPTIONS: OptionTypes<SecretParameterOptions> = {
  encryptionKey: resourceWith('keyArn', RESOURCE.key),
};

function planSecret({ kind, secret, options }: SecretsManagerContent, problems: Problems): SecretPlan | undefined {
  const { field } = readOptions(options, SECRETS_MANAGER_OPTIONS, problems);
  // CodeBuild refers to a secret as `secret:field:stage:version`, so a colon would end the field.
  if (field !== undefined && !Token.isUnresolved(field) && !SECRET_FIELD.pattern.test(field)) {
    problems.at('field').add(consistOf(SECRET_FIELD), field, 'rename the key in the secret');
  }
  return SECRET(secret, problems.at('secret')) ? { kind, secret, field } : undefined;
}

function planParameter({ kind, parameter, options }: ParameterContent, problems: Problems): SecretPlan | undefined {
  const { encryptionKey } = readOptions(options, PARAMETER_OPTIONS, problems);
  if (!PARAMETER(parameter, problems.at('parameter'))) return undefined;
  // Only a parameter that is imported as a SecureString has a key, so the interface does not declare it.
  const { encryptionKey: importedKey } = parameter as { encryptionKey?: kms.IKey };
  return { kind, parameter, encryptionKey: encryptionKey ?? importedKey };
}
