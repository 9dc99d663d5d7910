import { Token, type IResource, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { areKnownToDiffer, envText, type Environment } from '../../pipeline/env';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { outermost } from '../../render/names';

/** Describes a kind of resource in errors. */
export interface ResourceWords {
  /** Kind of the resource, with its article, as in `a bucket`. */
  readonly what: string;
  /** What to do about none. */
  readonly fix: string;
  /** What to do about one in another Region: a source action has none of its own. */
  readonly otherRegionFix: string;
}

/**
 * Validates the resource of a source, and reads its account and Region.
 *
 * @returns undefined when there is no resource
 */
export function planResource(
  resource: IResource,
  { what, fix, otherRegionFix }: ResourceWords,
  pipelineEnv: Environment,
  problems: Problems,
): Environment | undefined {
  if (!isResource(resource)) {
    problems.add(`be ${what}`, resource, fix);
    return undefined;
  }
  const env = readEnv(resource);
  if (areKnownToDiffer(pipelineEnv.region, env.region)) {
    problems.add(`be in the region of the pipeline, ${pipelineEnv.region}`, envText(env), otherRegionFix);
  }
  return env;
}

/** Returns whether a value is a resource of the CDK. Not every caller has a compiler that ensures it. */
export function isResource(value: Partial<IResource> | undefined): value is IResource {
  return value?.node !== undefined && value.env !== undefined;
}

/** Reads the account and Region of a resource, as far as they are known. */
export function readEnv({ env: { account, region } }: Pick<IResource, 'env'>): Environment {
  return { account: concrete(account), region: concrete(region) };
}

function concrete(value: string): string | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}

/**
 * Returns the other stack of the app that creates a resource, if one does. It must be deployed before the pipeline,
 * which starts as soon as it exists and reads the resource then.
 */
export function creatingStackOf(resource: IResource, scope: Construct): Stack | undefined {
  const stack = outermost(Stack.of(resource));
  const isCreated = CfnResource.isCfnResource(resource.node.defaultChild) && Stage.of(stack) === Stage.of(scope);
  return isCreated && stack !== outermost(Stack.of(scope)) ? stack : undefined;
}

/** Describes a source that reads a resource of AWS, such as a repository or a bucket. */
export interface ResourceSourceSpec extends ActionSpec {
  readonly resource: IResource;
}

/** Returns whether a step is a source that reads a resource of AWS. */
export function isResourceSource<Step extends StepPlan>(step: Step): step is Step & StepPlan<ResourceSourceSpec> {
  return 'resource' in step.spec;
}
