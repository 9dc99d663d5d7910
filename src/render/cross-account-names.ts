import { Aws } from 'aws-cdk-lib';
import { digestedName, parameterPath } from './names';

/**
 * Identifies a pipeline to stacks in other accounts and Regions. The pipeline and its environments derive the same
 * names from it, so that they need no references to each other.
 */
export interface PipelineIdentity {
  readonly pipelineName: string;
  /** Concrete account of the pipeline. */
  readonly account: string;
  /** Concrete Region of the pipeline. */
  readonly region: string;
}

function nameOf({ pipelineName, account, region }: PipelineIdentity, maxLength: number, ...purpose: string[]): string {
  return digestedName([pipelineName, account, region, ...purpose], maxLength, [pipelineName, ...purpose]);
}

/** Maximum length of a role name. Roles are global in an account, so their names must be unique across Regions. */
const ROLE_NAME_LENGTH = 64;

/** Returns the name of the role of the pipeline. */
export function pipelineRoleName(identity: PipelineIdentity): string {
  return nameOf(identity, ROLE_NAME_LENGTH, 'pipeline');
}

/** Returns the name of the action role of an environment. */
export function actionRoleName(identity: PipelineIdentity, environment: string): string {
  return nameOf(identity, ROLE_NAME_LENGTH, environment, 'deploy');
}

/** Returns the name of the execution role of CloudFormation in an environment. */
export function cloudFormationRoleName(identity: PipelineIdentity, environment: string): string {
  return nameOf(identity, ROLE_NAME_LENGTH, environment, 'cloudformation');
}

/** Returns the name of the role that reads a source in another account. */
export function sourceRoleName(identity: PipelineIdentity, source: string): string {
  return nameOf(identity, ROLE_NAME_LENGTH, source, 'source');
}

/** Returns the name of the role that forwards the events of all sources in another account. */
export function forwardRoleName(identity: PipelineIdentity, account: string): string {
  return nameOf(identity, ROLE_NAME_LENGTH, account, 'events');
}

/** Returns the name of the event bus that receives the changes of sources in other accounts. */
export function eventBusName(identity: PipelineIdentity): string {
  return nameOf(identity, 256, 'events');
}

/** Returns the ARN of a role in an account. */
export function roleArn(account: string, roleName: string): string {
  return `arn:${Aws.PARTITION}:iam::${account}:role/${roleName}`;
}

/**
 * Returns the name of the artifact bucket in another Region. Bucket names are unique in the whole partition, and begin
 * with a letter or a digit.
 */
export function storeBucketName(identity: PipelineIdentity, region: string): string {
  return nameOf(identity, 63, 'artifacts', region).toLowerCase().replace(/_/g, '-').replace(/^-+/, '');
}

/** Returns the name of the SSM parameter with an output of an environment. */
export function parameterName(identity: PipelineIdentity, environment: string, key: string): string {
  return parameterPath(nameOf(identity, 200, environment), key);
}

/** Returns the name of a resource of an environment in another account or Region. */
export function resourceName(identity: PipelineIdentity, environment: string, ...purpose: string[]): string {
  return nameOf(identity, 64, environment, ...purpose);
}
