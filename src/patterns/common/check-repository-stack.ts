import { CfnResource, type aws_ecr as ecr, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { problem, type Problem } from '../../pipeline/problems';

/**
 * Services use the repository and the pipeline uses the services: one that is made beside the pipeline closes the circle as soon as a service is in
 * another
 * stack, and else lets the stack of the pipeline wait for services that wait for an image.
 */
export function checkRepositoryPlace(prop: string, scope: Construct, repository: ecr.IRepository): Problem[] {
  const { defaultChild } = repository.node;
  const made = defaultChild !== undefined && CfnResource.isCfnResource(defaultChild);
  return !made || Stack.of(repository) !== Stack.of(scope)
    ? []
    : [
        problem(
          prop,
          'be outside of the stack of the pipeline, since services depend on it',
          repository.node.path,
          "put it into a stack of its own, e.g. new ContainerRepository(new Stack(app, 'Images'), 'Images')",
        ),
      ];
}
