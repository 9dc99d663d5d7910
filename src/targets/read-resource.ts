import { type interfaces, type IResource, Resource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Environment } from '../pipeline/env';

/** Returns the name that a resource of this app is given explicitly: unlike its attributes, it can be used in any account and Region. */
export function explicitName({ node: { defaultChild } }: IResource, key: string): string | undefined {
  const name = (defaultChild as unknown as Record<string, unknown> | undefined)?.[key];
  return typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined;
}

/** Returns the account and Region of a resource of a target; those of an imported one are known only where its ARN names them. */
export function envOfResource(resource: IConstruct & interfaces.IEnvironmentAware): Environment | undefined {
  const { account, region } = resource.env;
  const stack = Stack.of(resource);
  const isKnown = Resource.isOwnedResource(resource) || account !== stack.account || region !== stack.region;
  return isKnown ? { account, region } : undefined;
}
