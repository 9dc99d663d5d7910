import { type aws_kms as kms, Token } from 'aws-cdk-lib';
import type { SecretPlan } from './build-access-plan';
import { compact } from '../common/compact';
import type { StepPlan } from '../pipeline/pipeline-plan';
import { allow, arnOf, type Statement } from '../render/grants';
import type { RenderContext } from '../render/rendered';

type SecretsManagerPlan = Extract<SecretPlan, { kind: 'secrets-manager' }>;

/**
 * Allows a step to read its secrets and to decrypt them with their keys. The AWS managed keys of both services need no
 * grant.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.secrets-manager
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 */
export function secretStatements(secrets: Readonly<Record<string, SecretPlan>>): Statement[] {
  return Object.values(secrets).filter(isFirstOfSecret).flatMap(statementsOf);
}

/** Returns whether no earlier plan is for the same secret: all fields of a secret are read with one permission. */
function isFirstOfSecret(plan: SecretPlan, i: number, plans: readonly SecretPlan[]): boolean {
  if (plan.kind === 'parameter') return true;
  return plans.findIndex((other) => other.kind === 'secrets-manager' && other.secret === plan.secret) === i;
}

function statementsOf(plan: SecretPlan): Statement[] {
  if (plan.kind === 'parameter') {
    return readStatements('ssm:GetParameters', plan.parameter.parameterArn, plan.encryptionKey);
  }
  return readStatements('secretsmanager:GetSecretValue', fullArnOf(plan), plan.secret.encryptionKey);
}

function readStatements(action: string, arn: unknown, encryptionKey: kms.IKey | undefined): Statement[] {
  return compact([allow([action], [arn]), encryptionKey && allow(['kms:Decrypt'], [encryptionKey.keyArn])]);
}

/**
 * Returns the ARN of a secret with its six-character suffix, or with a wildcard if the suffix is unknown. The attribute
 * `secretArn` of some imported secrets contains a name instead of an ARN.
 */
function fullArnOf({ secret: { secretFullArn, secretArn, secretName } }: SecretsManagerPlan): unknown {
  if (secretFullArn !== undefined) return secretFullArn;
  const hasArn = Token.isUnresolved(secretArn) || secretArn.startsWith('arn:');
  return hasArn ? `${secretArn}-??????` : arnOf('secretsmanager', `secret:${secretName}-??????`);
}

/** Returns the reference to a secret that CodeBuild expects: `<secret>[:<field>]`. */
export function secretReference(plan: SecretPlan): string {
  if (plan.kind === 'parameter') return plan.parameter.parameterName;
  const { secret, field } = plan;
  const name = secret.secretFullArn ?? secret.secretName;
  return compact([name, field]).join(':');
}

const RUN_BUILD = ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'];
const RUN_BATCH = ['codebuild:StartBuildBatch', 'codebuild:BatchGetBuildBatches'];

/**
 * Allows the pipeline to run a build, or a batch of builds.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 */
export function runBuildStatements(projectArn: string, batch: boolean): Statement[] {
  return [allow(batch ? RUN_BATCH : RUN_BUILD, [projectArn])];
}

/** Allows a build to clone its inputs that are references to a source. */
export function sourceStatements({ plan, earlier }: RenderContext, { inputs }: StepPlan): Statement[] {
  const clones = plan.stages[0].actions.filter(
    ({ fullClone, outputs }) => fullClone && outputs.some((name) => inputs.includes(name)),
  );
  return clones.flatMap(({ name }) => earlier.get(name)?.cloneStatements ?? []);
}

/**
 * Allows commands to assume roles of `cdk bootstrap`, to publish the assets of a CDK app or to deploy it. The
 * permissions of these roles were chosen when the environments were bootstrapped.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export function assumeRoleStatements(roleArns: readonly string[]): Statement[] {
  if (roleArns.length === 0) return [];
  const resources = roleArns.map((arn) => ({ 'Fn::Sub': arn }));
  return [allow(['sts:AssumeRole'], resources)];
}
