import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PipelineIdentity } from './identity';
import type { EnvironmentPlan } from '../../plan/environment-plan';
import type { PipelinePlan } from '../../plan/pipeline-plan';
import { elsewhere } from '../neighbours';

/** Account and region that are known. */
export interface ConcretePlace {
  readonly account: string;
  readonly region: string;
}

export const environmentsOf = ({ stages }: PipelinePlan): EnvironmentPlan[] => stages.flatMap(({ environments = [] }) => environments);

/** Where an environment is, unless that is where the pipeline is. */
export function placeElsewhere(scope: Construct, { place }: EnvironmentPlan): ConcretePlace | undefined {
  const home = Stack.of(scope);
  const { account = home.account, region = home.region } = place;
  return elsewhere(home.account, account) || elsewhere(home.region, region) ? { account, region } : undefined;
}

/** What the pipeline is known by to what is elsewhere. */
export function identityOf(scope: Construct, pipelineName: string): PipelineIdentity {
  const { account, region } = Stack.of(scope);
  return { pipelineName, account, region };
}
