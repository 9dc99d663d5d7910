import { Token, type Duration, type Environment } from 'aws-cdk-lib';
import { ACCOUNT_ID, ENVIRONMENT_NAME, PIPELINE_NAME, REGION } from '../../aws/limits';
import { DeploymentEnvironment } from '../../environments/deployment-environment';
import { ENV } from '../../environments/plan-environment';
import { planLogDays } from '../../environments/retention';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { instanceOf, readList, ANY, type OptionTypes, readOptions, readValue } from '../../pipeline/read-options';
import { DeployTarget } from '../../targets/deploy-target';

/**
 * What a {@link DeploymentAccess} is made of. All but the retention of logs is required, and must be what the pipeline
 * says.
 */
export interface DeploymentAccessProps {
  /** Name of the pipeline, as its `pipelineName` says. */
  readonly pipelineName: string;

  /** Account and region of the pipeline: both, and concrete. */
  readonly pipelineEnv: Environment;

  /**
   * The environments of the pipeline that are in this account and region, with their names and targets as the pipeline
   * has them. Everything else of them is the pipeline's and is not looked at here. At least one.
   */
  readonly environments: DeploymentEnvironment[];

  /**
   * How long the logs of deployments are kept: a number of days that CloudWatch Logs knows, e.g. 30, 90, 365.
   *
   * @default Duration.days(90)
   */
  readonly logRetention?: Duration;
}

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

const PROP_TYPES: OptionTypes<DeploymentAccessProps> = {
  pipelineName: ANY,
  pipelineEnv: ENV,
  // Validated one by one.
  environments: ANY,
  logRetention: ANY,
};

const ENVIRONMENT = instanceOf(DeploymentEnvironment, 'pass the environment of the pipeline');

/**
 * Plans the access of a pipeline to environments of this account and Region, and reports what is wrong with the props.
 */
export function planAccess(props: DeploymentAccessProps, env: Environment, problems: Problems): AccessPlan {
  const { pipelineName, pipelineEnv = {}, environments, logRetention } = readOptions(props, PROP_TYPES, problems);
  const pipeline = problems.at('pipelineEnv');
  problems.at('pipelineName').name(pipelineName, PIPELINE_NAME, 'pass the pipelineName of the pipeline');
  pipeline.at('account').name(pipelineEnv.account, ACCOUNT_ID, 'pass the account of the pipeline');
  pipeline.at('region').name(pipelineEnv.region, REGION, 'pass the region of the pipeline');
  validateEnvs(env, pipelineEnv, problems);
  const at = problems.at('environments');
  if (!Array.isArray(environments) || environments.length === 0) {
    at.add('hold at least one environment', environments ?? [], 'name those that are in this account and region');
  }
  const names: string[] = [];
  return {
    environments: readList(environments, at).flatMap((environment, i) => {
      if (!ENVIRONMENT(environment, at.index(i))) return [];
      const { environmentName } = environment;
      if (names.includes(environmentName)) {
        at.index(i).at('environmentName').add('be named once', environmentName, 'remove one of the two');
      }
      names.push(environmentName);
      return [planEnvironmentAccess(environment, env, at.index(i))];
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
  { environmentName: name, _options: { target, env } }: DeploymentEnvironment,
  stackEnv: Environment,
  problems: Problems,
): EnvironmentAccess {
  const configured = readValue(env, ENV, problems.at('env'));
  problems.at('environmentName').name(name, ENVIRONMENT_NAME, 'name it as the pipeline does');
  if (differs(stackEnv, configured)) {
    const rule = 'be the account and region of this stack, if it is given';
    problems.at('env').add(rule, configured, 'put its access into a stack of that account and region');
  }
  const at = problems.at('target');
  const fix = 'pass the target that the environment has in the pipeline, also if it is the default of a pattern';
  if (!(target instanceof DeployTarget)) {
    at.add('be a DeployTarget', target, fix);
    return { name, steps: [] };
  }
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
