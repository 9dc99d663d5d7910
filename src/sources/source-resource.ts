import { CfnResource, Stack, Stage, type IResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StepPlan } from '../pipeline/pipeline-plan';
import { outermost } from '../render/names';

/** What a source is read from. */
export interface SourceResource {
  readonly resource: IResource;
  readonly name: string;
  /** The prop that gives it a name. */
  readonly nameProp: string;
}

/** What a source is read from that a service of AWS holds. */
export function sourceResourceOf({ spec }: StepPlan): SourceResource | undefined {
  switch (spec.kind) {
    case 'codecommit-source':
    case 'ecr-source':
      return { resource: spec.repository, name: spec.repository.repositoryName, nameProp: 'repositoryName' };
    case 's3-source':
      return { resource: spec.bucket, name: spec.bucket.bucketName, nameProp: 'bucketName' };
    default:
      return undefined;
  }
}

/**
 * A name as it is written in stacks of other accounts.
 *
 * @param scope in the account of the pipeline
 * @returns undefined when it is not known before the stack is deployed that makes the thing
 */
export function literalName(scope: Construct, name: string): string | undefined {
  try {
    const resolved: unknown = Stack.of(scope).resolve(name);
    return typeof resolved === 'string' ? resolved : undefined;
  } catch {
    return undefined; // So says CDK of what has no name of its own.
  }
}

/** The stack of the app that makes it: the pipeline starts as soon as it exists, and reads it then. */
export function stackBefore(scope: Construct, { resource }: SourceResource): Stack | undefined {
  const stack = outermost(Stack.of(resource));
  const isMade = CfnResource.isCfnResource(resource.node.defaultChild) && Stage.of(stack) === Stage.of(scope);
  return isMade && stack !== outermost(Stack.of(scope)) ? stack : undefined;
}
