import { Token, type Duration, type Environment } from 'aws-cdk-lib';
import { ACCOUNT_ID, ENVIRONMENT_NAME, PIPELINE_NAME, REGION } from '../../aws/limits';
import { DeploymentEnvironment, type DeploymentEnvironmentOptions } from '../../environments/deployment-environment';
import { ENV, ENVIRONMENT_OPTIONS } from '../../environments/plan-environment';
import { planLogDays } from '../../environments/retention';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import { instanceOf, readList, ANY, type OptionTypes, readOptions, readValue } from '../../pipeline/read-options';
import { DeployTarget } from '../../targets/deploy-target';
import { validatePartition } from '../common/validate-environments';
import { A_TARGET } from '../../pipeline/rules';
import { UNIQUE } from '../../common/rules';
import { STACK_ENV_FIX } from '../common/plan-or-fail';

/** Properties of a {@link DeploymentAccess}. They must be the same as those of the pipeline. */
export interface DeploymentAccessProps {
  /** `pipelineName` of the pipeline. */
  readonly pipelineName: string;

  /** Account and Region of the pipeline. Both are required, and must not be tokens. */
  readonly pipelineEnv: Environment;

  /**
   * Environments of the pipeline in the account and Region of this stack, at least one. Their names, targets and tests
   * that run in the environment ({@link TestStep.commands}) must be the same as in the pipeline. Other options are
   * ignored.
   */
  readonly environments: DeploymentEnvironment[];

  /**
   * Retention of the logs of deployments: a number of days that CloudWatch Logs supports, e.g. 30, 90 or 365.
   *
   * @default Duration.days(90)
   */
  readonly logRetention?: Duration;
}

/** Describes the access of a pipeline to environments. */
export interface AccessPlan {
  readonly environments: readonly EnvironmentAccess[];
  readonly logDays: number;
}

interface EnvironmentAccess {
  readonly name: string;
  readonly steps: readonly StepPlan[];
}

/** Name of the artifact for planning. The rendered resources do not depend on it. */
const ARTIFACT = 'Build';

const PROP_TYPES: OptionTypes<DeploymentAccessProps> = {
  pipelineName: ANY,
  pipelineEnv: ENV,
  // Validated individually.
  environments: ANY,
  logRetention: ANY,
};

const ENVIRONMENT = instanceOf(DeploymentEnvironment, 'pass the environment of the pipeline');

/** Plans the access of a pipeline to environments in this account and Region, and reports invalid props. */
export function planAccess(props: DeploymentAccessProps, env: Environment, problems: Problems): AccessPlan {
  const { pipelineName, pipelineEnv = {}, environments, logRetention } = readOptions(props, PROP_TYPES, problems);
  const pipeline = problems.at('pipelineEnv');
  problems.at('pipelineName').name(pipelineName, PIPELINE_NAME, 'pass the pipelineName of the pipeline');
  pipeline.at('account').name(pipelineEnv.account, ACCOUNT_ID, 'pass the account of the pipeline');
  pipeline.at('region').name(pipelineEnv.region, REGION, 'pass the region of the pipeline');
  validateEnvs(env, pipelineEnv, problems);
  validatePartition(env, pipelineEnv, problems.at('scope'));
  const at = problems.at('environments');
  if (!Array.isArray(environments) || environments.length === 0) {
    at.add(atLeastOne('environment'), environments ?? [], 'pass the environments in this account and Region');
  }
  const names: string[] = [];
  return {
    environments: readList(environments, at).flatMap((environment, i) => {
      if (!ENVIRONMENT(environment, at.index(i))) return [];
      const { environmentName } = environment;
      if (names.includes(environmentName)) {
        at.index(i).at('environmentName').add(UNIQUE, environmentName, 'remove the duplicate');
      }
      names.push(environmentName);
      return [planEnvironmentAccess(environment, env, at.index(i))];
    }),
    logDays: planLogDays(logRetention, problems),
  };
}

function validateEnvs(env: Environment, pipelineEnv: Environment, problems: Problems): void {
  if (Token.isUnresolved(env.account) || Token.isUnresolved(env.region)) {
    problems.at('scope').add('be in a stack with a concrete account and Region', 'tokens', STACK_ENV_FIX);
  }
  if (env.account === pipelineEnv.account && env.region === pipelineEnv.region) {
    const fix = 'remove the DeploymentAccess, which the account and Region of the pipeline do not require';
    problems.at('pipelineEnv').add('differ from the account and Region of this stack', pipelineEnv, fix);
  }
}

function planEnvironmentAccess(
  { environmentName: name, _options: { target, env, tests } }: DeploymentEnvironment,
  stackEnv: Environment,
  problems: Problems,
): EnvironmentAccess {
  const configured = readValue(env, ENV, problems.at('env'));
  problems.at('environmentName').name(name, ENVIRONMENT_NAME, 'pass the name of the environment in the pipeline');
  if (differs(stackEnv, configured)) {
    const rule = 'be the account and Region of this stack';
    problems.at('env').add(rule, configured, 'create its access in a stack in that account and Region, or remove env');
  }
  const at = problems.at('target');
  const fix = 'pass the target of the environment in the pipeline, even if it is the default of the pattern';
  if (!(target instanceof DeployTarget)) {
    at.add(A_TARGET, target, fix);
    return { name, steps: [] };
  }
  const { steps } = target._plan({ environment: name, artifact: ARTIFACT, problems: at });
  return { name, steps: [...steps, ...planTests(name, tests, problems.at('tests'))] };
}

/** Plans the tests that run in the environment, and need a role there. */
function planTests(environment: string, tests: DeploymentEnvironmentOptions['tests'], problems: Problems): StepPlan[] {
  const configured = readValue(tests, ENVIRONMENT_OPTIONS.tests, problems) ?? [];
  const siblings = configured.map(({ stepName }) => stepName);
  return configured.flatMap((test, i) => {
    if (!test._runsInEnvironment) return [];
    return test._plan({ defaultInput: ARTIFACT, environment, siblings, problems: problems.index(i) });
  });
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
