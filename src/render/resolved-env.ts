import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PipelineIdentity } from './cross-account-names';
import { outermost } from './names';
import { isCrossEnv, type ResolvedEnv } from '../pipeline/env';
import type { EnvironmentPlan, PipelinePlan } from '../pipeline/pipeline-plan';

/** Returns all environments of a pipeline. */
export function environmentsOf({ stages }: PipelinePlan): EnvironmentPlan[] {
  return stages.flatMap(({ environments = [] }) => environments);
}

/** Returns the account and Region of an environment if they differ from those of the pipeline. */
export function crossEnvOf(scope: Construct, { env }: EnvironmentPlan): ResolvedEnv | undefined {
  const pipelineEnv = Stack.of(scope);
  const { account = pipelineEnv.account, region = pipelineEnv.region } = env;
  const resolvedEnv = { account, region };
  if (isCrossEnv(resolvedEnv, pipelineEnv)) return resolvedEnv;
  return undefined;
}

/** Returns the identity of a pipeline for stacks in other accounts and Regions. */
export function identityOf(scope: Construct, pipelineName: string): PipelineIdentity {
  const { account, region } = Stack.of(scope);
  return { pipelineName, account, region };
}

/** Returns sample code that sets a concrete account and Region of a stack. */
export function stackWithEnv(stack: Stack): string {
  return `new Stack(app, '${outermost(stack).node.id}', { env: { account: '111111111111', region: 'eu-west-1' } })`;
}
