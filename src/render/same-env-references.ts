import { Arn, ArnFormat, type IResource, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { areKnownToDiffer } from '../pipeline/env';
import type { Problems } from '../pipeline/problems';

/** Names a resource that is found by its name or published to, and so only in the account and Region of the pipeline. */
export interface SameEnvReference {
  /** Property below the path of the step. */
  readonly prop: string;
  /** Kind of the resource, with its article, as in `a topic`. */
  readonly what: string;
  readonly resource: IResource;
  readonly arn: string;
}

/** Validates that a resource is in the account and Region of the pipeline, where both are known. */
export function validateSameEnv(scope: Construct, reference: SameEnvReference, problems: Problems): void {
  const { prop, what, resource, arn } = reference;
  const pipelineEnv = Stack.of(scope);
  // A resource that was imported by its ARN counts as one of the stack that imports it.
  const env = Token.isUnresolved(arn) ? resource.env : Arn.split(arn, ArnFormat.COLON_RESOURCE_NAME);
  for (const key of ['account', 'region'] as const) {
    if (!areKnownToDiffer(pipelineEnv[key], env[key])) continue;
    const rule = `be ${what} of the ${key} of the pipeline, ${pipelineEnv[key]}`;
    problems.at(prop).add(rule, `${resource.node.path} in ${env[key]}`, `pass ${what} of that ${key}`);
  }
}
