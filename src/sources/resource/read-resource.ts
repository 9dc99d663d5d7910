import { Token, type IResource, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { areKnownToDiffer, envText, type Environment } from '../../pipeline/env';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { isResourceWith } from '../../pipeline/read-options';
import { outermost } from '../../render/names';

/** Returns the rule of a resource that must be in the Region of the pipeline. */
export function inSameRegion(region: string | undefined): string {
  return `be in the Region of the pipeline, ${region}`;
}

/** Describes a kind of resource in error messages. */
export interface ResourceDescription {
  /** Attribute that only this kind of resource has. */
  readonly attribute: string;
  /** Kind of the resource, with its article, such as `a bucket`. */
  readonly resourceKind: string;
  /** Fix for a value that is no such resource. */
  readonly fix: string;
  /** Fix for a resource in another Region. A source action always runs in the Region of the pipeline. */
  readonly otherRegionFix: string;
}

/**
 * Validates the resource of a source, and returns its account and Region.
 *
 * @returns undefined if the value is not a resource
 */
export function planResource(
  resource: IResource,
  { attribute, resourceKind, fix, otherRegionFix }: ResourceDescription,
  pipelineEnv: Environment,
  problems: Problems,
): Environment | undefined {
  if (!isResource(resource, attribute)) {
    problems.add(`be ${resourceKind}`, resource, fix);
    return undefined;
  }
  const env = readEnv(resource);
  if (areKnownToDiffer(pipelineEnv.region, env.region)) {
    problems.add(inSameRegion(pipelineEnv.region), envText(env), otherRegionFix);
  }
  return env;
}

/** Returns whether a value is a CDK resource of the kind with an attribute, since JavaScript can pass anything. */
export function isResource(value: unknown, attribute: string): value is IResource {
  return isResourceWith(attribute, value) && 'env' in (value as object);
}

/** Returns the account and Region of a resource, each undefined if it is a token. */
export function readEnv({ env: { account, region } }: Pick<IResource, 'env'>): Environment {
  return { account: concrete(account), region: concrete(region) };
}

function concrete(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

/**
 * Returns the stack that creates a resource, if it is another stack of the same app. That stack must be deployed before
 * the pipeline, which starts as soon as it exists and then reads the resource.
 */
export function creatingStackOf(resource: IResource, scope: Construct): Stack | undefined {
  const stack = outermost(Stack.of(resource));
  const isCreated = CfnResource.isCfnResource(resource.node.defaultChild) && Stage.of(stack) === Stage.of(scope);
  return isCreated && stack !== outermost(Stack.of(scope)) ? stack : undefined;
}

/** Describes a source that reads an AWS resource, such as a repository or a bucket. */
export interface ResourceSourceSpec extends ActionSpec {
  readonly resource: IResource;
}

/** Returns whether a step is a source that reads an AWS resource. */
export function isResourceSource<Step extends StepPlan>(step: Step): step is Step & StepPlan<ResourceSourceSpec> {
  return 'resource' in step.spec;
}
