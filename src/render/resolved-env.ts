import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PipelineIdentity } from './cross-account-names';
import type { EnvironmentPlan } from '../pipeline/environment-plan';
import type { PipelinePlan } from '../pipeline/pipeline-plan';
import { elsewhere } from './same-env-references';

/** Account and region that are known. */
export interface ResolvedEnv {
  readonly account: string;
  readonly region: string;
}

export const environmentsOf = ({ stages }: PipelinePlan): EnvironmentPlan[] =>
  stages.flatMap(({ environments = [] }) => environments);

/** Where an environment is, unless that is where the pipeline is. */
export function crossEnvOf(scope: Construct, { place }: EnvironmentPlan): ResolvedEnv | undefined {
  const home = Stack.of(scope);
  const { account = home.account, region = home.region } = place;
  return elsewhere(home.account, account) || elsewhere(home.region, region) ? { account, region } : undefined;
}

/** What the pipeline is known by to what is elsewhere. */
export function identityOf(scope: Construct, pipelineName: string): PipelineIdentity {
  const { account, region } = Stack.of(scope);
  return { pipelineName, account, region };
}
