import { RegionInfo } from 'aws-cdk-lib/region-info';
import { REGIONS } from '../aws/regions';
import { closest } from '../common/closest';
import { Token } from 'aws-cdk-lib';
import type { CommitSource } from './approval/plan-approval';
import type { DeploymentEnvironment, DeploymentEnvironmentOptions } from './deployment-environment';
import type { ReleaseDestinationOptions } from './release-destination';
import { ACCOUNT_ID, ENVIRONMENT_NAME, REGION } from '../aws/limits';
import type { Environment } from '../pipeline/env';
import { withStackOutputs } from '../pipeline/environment-outputs';
import { validateNames } from '../pipeline/option-names';
import type { EnvironmentPlan, StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import {
  isInstance,
  instanceOf,
  ANY,
  FLAG,
  listOf,
  type OptionTypes,
  readSomeOptions,
  typeOf,
} from '../pipeline/read-options';
import { validateRunOrder } from '../pipeline/run-order';
import type { ReleasedImage } from '../steps/built-image';
import type { StepContext } from '../steps/step-context';
import { TestStep } from '../steps/test-step';
import type { TargetPlan } from '../targets/deploy-request';
import { DeployTarget } from '../targets/deploy-target';
import { EXISTING_REGION, A_TARGET } from '../pipeline/rules';

/** Returns the rule of the account or Region of an environment whose target has one. */
export function envOfTarget(key: 'account' | 'region', value: string): string {
  return `be the ${key} of the target, ${value}`;
}

/** Describes the release to an environment, with the collector of its problems. */
export interface EnvironmentRequest extends CommitSource {
  readonly problems: Problems;
  readonly artifact: string;
  readonly image?: ReleasedImage;
  readonly defaultTarget?: DeployTarget;
  /** Whether change sets are created before the approval. */
  readonly reviewsChangeSets?: boolean;
}

/** Describes an environment with its steps: the deployment, then the tests. */
export interface PlannedEnvironment {
  readonly plan: EnvironmentPlan;
  readonly steps: readonly StepPlan[];
  /** Steps that run before the approval. */
  readonly beforeApproval: readonly StepPlan[];
  /** Context of steps and rules that test the environment. */
  readonly context: Omit<StepContext, 'problems'>;
}

/** Type of an account and a Region. */
export const ENV = typeOf(
  'an object with account and region',
  "pass e.g. { account: '222222222222', region: 'eu-west-1' }",
  (value) => typeof value === 'object' && !Array.isArray(value),
);

type OwnOptions = Omit<DeploymentEnvironmentOptions, keyof ReleaseDestinationOptions>;

/** Types of the options that only environments have. */
export const ENVIRONMENT_OPTIONS: OptionTypes<OwnOptions> = {
  // Validated with the default.
  target: ANY,
  env: ENV,
  existingAccess: FLAG,
  tests: listOf(instanceOf(TestStep, 'use a factory of TestStep'), 'pass a list, e.g. [test]'),
};

/** Plans an environment, independent of others in its stage. */
export function planEnvironment(environment: DeploymentEnvironment, request: EnvironmentRequest): PlannedEnvironment {
  const { problems, source } = request;
  const { environmentName: name, _options: options } = environment;
  const { env, existingAccess = false, tests = [] } = readSomeOptions(options, ENVIRONMENT_OPTIONS, problems);
  problems.at('environmentName').name(name, ENVIRONMENT_NAME, 'rename the environment');
  const target = planTarget(environment, request);
  validateEnv(env, problems.at('env'));
  validateTargetEnv(env, target.env, problems);

  const context = { defaultInput: source, environment: name, siblings: tests.map(({ stepName }) => stepName) };

  function inEnvironment(step: StepPlan): StepPlan {
    return step.inPipelineEnv ? step : { ...step, environment: name };
  }

  const deployment = target.steps.map(inEnvironment);
  const deployed = deployment.map((step) => step.name);
  const planned = tests.flatMap((test, i) => test._plan({ ...context, problems: problems.at('tests').index(i) }));
  const tested = planned.map((test) => {
    const step = withStackOutputs(deployment, test);
    return { ...step, after: [...(step.after ?? []), ...deployed] };
  });
  const steps = [...deployment, ...tested];
  validateRunOrder(steps, problems.at('tests'));
  return {
    plan: { name, path: problems.path, env: mergeEnv(env, target.env), existingAccess },
    steps,
    beforeApproval: (target.beforeApproval ?? []).map(inEnvironment),
    context,
  };
}

function planTarget({ environmentName, _options }: DeploymentEnvironment, request: EnvironmentRequest): TargetPlan {
  const { artifact, source, image, defaultTarget, reviewsChangeSets } = request;
  const problems = request.problems.at('target');
  const target = _options.target ?? defaultTarget;
  if (target === undefined || !isInstance(target, DeployTarget)) {
    const example = image ? 'DeployTarget.ecsService(service)' : 'DeployTarget.staticSite()';
    problems.add(A_TARGET, target, `set the target of the environment, e.g. ${example}`);
    return { steps: [] };
  }
  return target._plan({ environment: environmentName, artifact, source, image, reviewsChangeSets, problems });
}

const ENV_NAMES = ['account', 'region'] satisfies Array<keyof Environment>;

/** Validates an account and a Region. Tokens are validated when the environment is resolved. */
function validateEnv(env: Environment | undefined, problems: Problems): void {
  if (env === undefined) return;
  validateNames(env, ENV_NAMES, problems);
  const { account, region } = env;
  for (const key of ['account', 'region'] as const) {
    // A variable of the shell that is not set would otherwise move the environment to the account of the pipeline.
    problems.at(key).required('set in an env', env[key], 'set both account and region, or omit env');
  }
  if (account !== undefined && !Token.isUnresolved(account)) {
    problems.at('account').name(account, ACCOUNT_ID, "pass a string, e.g. '222222222222'");
  }
  if (region !== undefined && !Token.isUnresolved(region)) {
    validateRegion(region, problems.at('region'));
  }
}

/** Returns the Region that a misspelt one most likely means. Letters that change places are the most common error. */
function closestRegion(region: string): string | undefined {
  return REGIONS.find((candidate) => lettersOf(candidate) === lettersOf(region)) ?? closest(region, REGIONS);
}

function lettersOf(text: string): string {
  return [...text.toLowerCase()].sort().join('');
}

/** Validates that a Region exists. The CDK of the user may know Regions that are newer than this library. */
function validateRegion(region: string, problems: Problems): void {
  const similar = typeof region === 'string' ? closestRegion(region) : undefined;
  const fix = similar === undefined ? "pass e.g. 'eu-west-1'" : `did you mean '${similar}'?`;
  if (!problems.name(region, REGION, fix) || REGIONS.includes(region)) return;
  if (RegionInfo.regions.some(({ name }) => name === region)) return;
  problems.add(EXISTING_REGION, region, `${fix} If the Region is new, update aws-cdk-lib`);
}

/** Validates that the environment of a target with a fixed account and Region does not differ from them. */
function validateTargetEnv(env: Environment = {}, target: Environment | undefined, problems: Problems): void {
  if (target === undefined) return;
  for (const key of ['account', 'region'] as const) {
    const [ofEnvironment, ofTarget] = [env[key], target[key]];
    if (ofEnvironment === undefined || ofEnvironment === ofTarget || Token.isUnresolved(ofEnvironment)) continue;
    if (ofTarget === undefined) {
      const fix = `set the prop env: { ${key}: '${ofEnvironment}' } of the stage`;
      problems.at('target').add(`have the ${key} of the environment`, undefined, fix);
    } else {
      problems.at('env').at(key).add(envOfTarget(key, ofTarget), ofEnvironment, 'remove it');
    }
  }
}

/** Returns the account and Region of an environment. Those that its target determines take precedence. */
function mergeEnv(environment: Environment = {}, target: Environment = {}): Environment {
  return {
    account: target.account ?? environment.account,
    region: target.region ?? environment.region,
  };
}
