import { type interfaces, type IResource, Resource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Environment } from '../pipeline/env';

/**
 * Returns the explicit physical name of a resource of this app. Unlike its attributes, the name can be used in any
 * account and Region.
 */
export function explicitName({ node: { defaultChild } }: IResource, property: string): string | undefined {
  const name = (defaultChild as unknown as Record<string, unknown> | undefined)?.[property];
  return typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined;
}

/**
 * Returns the account and Region of a resource that a target uses; undefined if the resource is imported and its ARN
 * does not contain them.
 */
export function envOfResource(resource: IConstruct & interfaces.IEnvironmentAware): Environment | undefined {
  const { account, region } = resource.env;
  const stack = Stack.of(resource);
  const isKnown = Resource.isOwnedResource(resource) || account !== stack.account || region !== stack.region;
  return isKnown ? { account, region } : undefined;
}
