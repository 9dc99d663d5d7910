import { type interfaces, type IResource, Resource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Environment } from '../pipeline/env';

/** The name that a resource of this app was given: unlike its attributes, it can be said in any account and region. */
export function givenName({ node: { defaultChild } }: IResource, key: string): string | undefined {
  const name = (defaultChild as unknown as Record<string, unknown> | undefined)?.[key];
  return typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined;
}

/** Account and region of what a target consists of; those of something looked up are known only where its ARN says them. */
export function placeOfResource(resource: IConstruct & interfaces.IEnvironmentAware): Environment | undefined {
  const { account, region } = resource.env;
  const stack = Stack.of(resource);
  return Resource.isOwnedResource(resource) || account !== stack.account || region !== stack.region
    ? { account, region }
    : undefined;
}
