import { CfnResource, Stack, Stage, type IResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { SourcePlan } from './source-specs';
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
export function sourceResourceOf(step: StepPlan): SourceResource | undefined {
  const spec = step.spec as SourcePlan;
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

/** The stack of the app that makes it: the pipeline starts as soon as it exists, and reads it then. */
export function stackBefore(scope: Construct, { resource }: SourceResource): Stack | undefined {
  const stack = outermost(Stack.of(resource));
  const isMade = CfnResource.isCfnResource(resource.node.defaultChild) && Stage.of(stack) === Stage.of(scope);
  return isMade && stack !== outermost(Stack.of(scope)) ? stack : undefined;
}
