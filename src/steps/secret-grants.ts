import { Token } from 'aws-cdk-lib';
import type { SecretPlan } from './build-access-plan';
import type { StepPlan } from '../pipeline/pipeline-plan';
import { allow, arnOf, type Statement } from '../render/grants';
import type { RenderContext } from '../render/rendered';

type SecretsManagerPlan = Extract<SecretPlan, { kind: 'secrets-manager' }>;

/**
 * For a step that reads secrets: these, and the keys that they are encrypted with. The keys that AWS manages for the
 * two services need no grant.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.secrets-manager
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 */
export function secretStatements(secrets: Readonly<Record<string, SecretPlan>>): Statement[] {
  return Object.values(secrets).filter(isFirstOfSecret).flatMap(statementsOf);
}

/** Of several fields of a secret, each is read with the same permission. */
function isFirstOfSecret(plan: SecretPlan, i: number, plans: readonly SecretPlan[]): boolean {
  if (plan.kind === 'parameter') return true;
  return plans.findIndex((other) => other.kind === 'secrets-manager' && other.secret === plan.secret) === i;
}

function statementsOf(plan: SecretPlan): Statement[] {
  if (plan.kind === 'parameter') {
    const read = allow(['ssm:GetParameters'], [plan.parameter.parameterArn]);
    return plan.encryptionKey ? [read, decryptStatement(plan.encryptionKey)] : [read];
  }
  const read = allow(['secretsmanager:GetSecretValue'], [fullArnOf(plan)]);
  const { encryptionKey } = plan.secret;
  return encryptionKey ? [read, decryptStatement(encryptionKey)] : [read];
}

function decryptStatement({ keyArn }: { readonly keyArn: string }): Statement {
  return allow(['kms:Decrypt'], [keyArn]);
}

/**
 * An ARN that is known in part lacks the six characters that the service adds; a secret imported in an old way has its
 * name there.
 */
function fullArnOf({ secret: { secretFullArn, secretArn, secretName } }: SecretsManagerPlan): unknown {
  if (secretFullArn !== undefined) return secretFullArn;
  const hasArn = Token.isUnresolved(secretArn) || secretArn.startsWith('arn:');
  return hasArn ? `${secretArn}-??????` : arnOf('secretsmanager', `secret:${secretName}-??????`);
}

/** Returns how CodeBuild names a secret: `<secret>[:<field>]`. */
export function secretReference(plan: SecretPlan): string {
  if (plan.kind === 'parameter') return plan.parameter.parameterName;
  const { secret, field } = plan;
  const name = secret.secretFullArn ?? secret.secretName;
  return field === undefined ? name : `${name}:${field}`;
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
export function runBuildStatements(projectArn: string): Statement[] {
  return [allow(['codebuild:StartBuild', 'codebuild:BatchGetBuilds'], [projectArn])];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html */
export function runBatchStatements(projectArn: string): Statement[] {
  return [allow(['codebuild:StartBuildBatch', 'codebuild:BatchGetBuildBatches'], [projectArn])];
}

/** Returns what a build must be allowed that clones sources whose artifacts are references. */
export function sourceStatements({ plan, earlier }: RenderContext, { inputs }: StepPlan): Statement[] {
  const clones = plan.stages[0].actions.filter(
    ({ fullClone, outputs }) => fullClone && outputs.some((name) => inputs.includes(name)),
  );
  return clones.flatMap(({ name }) => earlier.get(name)?.cloneStatements ?? []);
}

/**
 * For a build whose commands publish the assets of a CDK app, or deploy it: each role of `cdk bootstrap` by its name.
 * What these may do was decided when the environments were bootstrapped.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export function assumeRoleStatements(roleArns: readonly string[]): Statement[] {
  if (roleArns.length === 0) return [];
  const resources = roleArns.map((arn) => ({ 'Fn::Sub': arn }));
  return [allow(['sts:AssumeRole'], resources)];
}
