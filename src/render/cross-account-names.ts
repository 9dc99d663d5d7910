import { Aws } from 'aws-cdk-lib';
import { digestedName } from './names';

/**
 * What a pipeline and its environments in other accounts and regions know of each other. Both sides make the same names
 * of it, so that neither needs a reference to the other.
 */
export interface PipelineIdentity {
  readonly pipelineName: string;
  /** Of the pipeline; concrete. */
  readonly account: string;
  readonly region: string;
}

function named({ pipelineName, account, region }: PipelineIdentity, maxLength: number, ...purpose: string[]) {
  return digestedName([pipelineName, account, region, ...purpose], maxLength, [pipelineName, ...purpose]);
}

/** IAM takes 64 characters; roles have no region, so two pipelines of one name in two regions must not meet. */
const ROLE_NAME_LENGTH = 64;

export function pipelineRoleName(identity: PipelineIdentity) {
  return named(identity, ROLE_NAME_LENGTH, 'pipeline');
}

/** The role that deploys to an environment. */
export function actionRoleName(identity: PipelineIdentity, environment: string) {
  return named(identity, ROLE_NAME_LENGTH, environment, 'deploy');
}

/** The role that CloudFormation works with in an environment. */
export function cloudFormationRoleName(identity: PipelineIdentity, environment: string) {
  return named(identity, ROLE_NAME_LENGTH, environment, 'cloudformation');
}

/**
 * The role under which a source in another account is read, and the one with which the changes of all sources of that
 * account are sent on.
 */
export function sourceRoleName(identity: PipelineIdentity, source: string) {
  return named(identity, ROLE_NAME_LENGTH, source, 'source');
}
export function forwardRoleName(identity: PipelineIdentity, account: string) {
  return named(identity, ROLE_NAME_LENGTH, account, 'events');
}

/** The bus on which the pipeline hears of changes in other accounts. */
export function eventBusName(identity: PipelineIdentity) {
  return named(identity, 256, 'events');
}

export function roleArn(account: string, roleName: string) {
  return `arn:${Aws.PARTITION}:iam::${account}:role/${roleName}`;
}

/** A bucket of a region that is not the pipeline's. Buckets share one space of names in the whole partition. */
export function storeBucketName(identity: PipelineIdentity, region: string) {
  return named(identity, 63, 'artifacts', region).toLowerCase().replace(/_/g, '-');
}

/** Where an environment tells what nobody can name in advance. */
export function parameterName(identity: PipelineIdentity, environment: string, key: string) {
  return `/${named(identity, 200, environment)}/${key}`;
}

/** Something that an environment in another account or Region consists of. */
export function resourceName(identity: PipelineIdentity, environment: string, ...purpose: string[]) {
  return named(identity, 64, environment, ...purpose);
}
