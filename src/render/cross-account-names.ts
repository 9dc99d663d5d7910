import { Aws } from 'aws-cdk-lib';
import { digestedName } from './names';

/**
 * What a pipeline and its environments in other accounts and regions know of each other. Both sides make the same names of it, so that neither
 * needs a
 * reference to the other.
 */
export interface PipelineIdentity {
  readonly pipelineName: string;
  /** Of the pipeline; concrete. */
  readonly account: string;
  readonly region: string;
}

const named = ({ pipelineName, account, region }: PipelineIdentity, maxLength: number, ...purpose: string[]) =>
  digestedName([pipelineName, account, region, ...purpose], maxLength, [pipelineName, ...purpose]);

/** IAM takes 64 characters; roles have no region, so two pipelines of one name in two regions must not meet. */
const ROLE_NAME_LENGTH = 64;

export const pipelineRoleName = (identity: PipelineIdentity) => named(identity, ROLE_NAME_LENGTH, 'pipeline');

/** The role that deploys to an environment. */
export const deployRoleName = (identity: PipelineIdentity, environment: string) =>
  named(identity, ROLE_NAME_LENGTH, environment, 'deploy');

/** The role that CloudFormation works with in an environment. */
export const deploymentRoleName = (identity: PipelineIdentity, environment: string) =>
  named(identity, ROLE_NAME_LENGTH, environment, 'cloudformation');

/** The role under which a source in another account is read, and the one with which the changes of all sources of that account are sent on. */
export const sourceRoleName = (identity: PipelineIdentity, source: string) =>
  named(identity, ROLE_NAME_LENGTH, source, 'source');
export const forwardRoleName = (identity: PipelineIdentity, account: string) =>
  named(identity, ROLE_NAME_LENGTH, account, 'events');

/** The bus on which the pipeline hears of changes in other accounts. */
export const eventBusName = (identity: PipelineIdentity) => named(identity, 256, 'events');

export const roleArn = (account: string, roleName: string) => `arn:${Aws.PARTITION}:iam::${account}:role/${roleName}`;

/** A bucket of a region that is not the pipeline's. Buckets share one space of names in the whole partition. */
export const storeBucketName = (identity: PipelineIdentity, region: string) =>
  named(identity, 63, 'artifacts', region).toLowerCase().replace(/_/g, '-');

/** Where an environment tells what nobody can name in advance. */
export const parameterName = (identity: PipelineIdentity, environment: string, key: string) =>
  `/${named(identity, 200, environment)}/${key}`;

/** Something that an environment in another account or Region consists of. */
export const resourceName = (identity: PipelineIdentity, environment: string, ...purpose: string[]) =>
  named(identity, 64, environment, ...purpose);
