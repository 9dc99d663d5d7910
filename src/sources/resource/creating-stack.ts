import { CfnResource, Stack, Stage, type IResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { outermost } from '../../render/names';

/**
 * Returns the other stack of the app that creates a resource, if one does. It must be deployed before the pipeline, which starts as soon as it
 * exists and reads the resource then.
 */
export function creatingStackOf(resource: IResource, scope: Construct): Stack | undefined {
  const stack = outermost(Stack.of(resource));
  const isCreated = CfnResource.isCfnResource(resource.node.defaultChild) && Stage.of(stack) === Stage.of(scope);
  return isCreated && stack !== outermost(Stack.of(scope)) ? stack : undefined;
}
