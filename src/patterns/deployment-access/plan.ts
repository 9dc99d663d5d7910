import { Token } from 'aws-cdk-lib';
import type { DeploymentAccessProps } from './props';
import { ACCOUNT_ID, ENVIRONMENT_NAME, PIPELINE_NAME, REGION } from '../../aws/limits';
import type { DeploymentEnvironment } from '../../environments/deployment-environment';
import { planLogDays } from '../../environments/retention';
import type { Environment } from '../../pipeline/env';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';

/** Describes what environments consist of, and how long their logs are kept. */
export interface AccessPlan {
  readonly environments: readonly EnvironmentAccess[];
  readonly logDays: number;
}

interface EnvironmentAccess {
  readonly name: string;
  readonly steps: readonly StepPlan[];
}

/** The artifact is the pipeline's; nothing that is created here depends on which one it is. */
const ARTIFACT = 'Build';

/** Plans the access of a pipeline to environments of this account and Region, and reports what is wrong with the props. */
export function planAccess(props: DeploymentAccessProps, env: Environment, problems: Problems): AccessPlan {
  const { pipelineName, pipelineEnv = {}, environments = [], logRetention } = props ?? {};
  const pipeline = problems.at('pipelineEnv');
  problems.at('pipelineName').name(pipelineName, PIPELINE_NAME, 'pass the pipelineName of the pipeline');
  pipeline.at('account').name(pipelineEnv.account, ACCOUNT_ID, 'pass the account of the pipeline');
  pipeline.at('region').name(pipelineEnv.region, REGION, 'pass the region of the pipeline');
  validateEnvs(env, pipelineEnv, problems);
  const at = problems.at('environments');
  if (environments.length === 0) {
    at.add('hold at least one environment', environments, 'name those that are in this account and region');
  }
  return {
    environments: environments.map((environment, i) => {
      if (environments.findIndex(({ environmentName }) => environmentName === environment.environmentName) < i) {
        at.index(i).at('environmentName').add('be named once', environment.environmentName, 'remove one of the two');
      }
      return planEnvironmentAccess(environment, env, at.index(i));
    }),
    logDays: planLogDays(logRetention, problems),
  };
}

function validateEnvs(env: Environment, pipelineEnv: Environment, problems: Problems): void {
  if (Token.isUnresolved(env.account) || Token.isUnresolved(env.region)) {
    const fix = "give the stack its place, env: { account: '222222222222', region: 'eu-west-1' }";
    problems.at('scope').add('be in a stack whose account and region are known', 'tokens', fix);
  }
  if (env.account === pipelineEnv.account && env.region === pipelineEnv.region) {
    const fix = 'leave it to the pipeline: its own account and region need no access';
    problems.at('pipelineEnv').add('be another account or region than that of this stack', pipelineEnv, fix);
  }
}

function planEnvironmentAccess(
  { environmentName: name, _options: { target, env: configured } }: DeploymentEnvironment,
  env: Environment,
  problems: Problems,
): EnvironmentAccess {
  problems.at('environmentName').name(name, ENVIRONMENT_NAME, 'name it as the pipeline does');
  if (differs(env, configured)) {
    const rule = 'be the account and region of this stack, if it is given';
    problems.at('env').add(rule, configured, 'put its access into a stack of that account and region');
  }
  const at = problems.at('target');
  const fix = 'pass the target that the environment has in the pipeline, also if it is the default of a pattern';
  if (!at.required('a DeployTarget', target, fix)) return { name, steps: [] };
  return { name, steps: target._plan({ environment: name, artifact: ARTIFACT, problems: at }).steps };
}

function differs(env: Environment, configured: Environment = {}): boolean {
  return (['account', 'region'] as const).some(
    (key) =>
      configured[key] !== undefined &&
      !Token.isUnresolved(env[key]) &&
      !Token.isUnresolved(configured[key]) &&
      configured[key] !== env[key],
  );
}
