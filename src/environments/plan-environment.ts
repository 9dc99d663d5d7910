import { Token } from 'aws-cdk-lib';
import type { CommitSource } from './approval/plan-approval';
import type { DeploymentEnvironment, DeploymentEnvironmentOptions } from './deployment-environment';
import type { ReleaseDestinationOptions } from './release-destination';
import { ACCOUNT_ID, ENVIRONMENT_NAME, REGION } from '../aws/limits';
import type { Environment } from '../pipeline/env';
import { withStackOutputs } from '../pipeline/environment-outputs';
import type { EnvironmentPlan, StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { instanceOf, ANY, FLAG, listOf, type OptionTypes, readOptions, typeOf } from '../pipeline/read-options';
import { validateRunOrder } from '../pipeline/run-order';
import type { ReleasedImage } from '../steps/built-image';
import type { StepContext } from '../steps/step-context';
import { TestStep } from '../steps/test-step';
import type { TargetPlan } from '../targets/deploy-request';
import { DeployTarget } from '../targets/deploy-target';

/** Describes what is released to an environment, and collects what is wrong with the environment. */
export interface EnvironmentRequest extends CommitSource {
  readonly problems: Problems;
  readonly artifact: string;
  readonly image?: ReleasedImage;
  readonly defaultTarget?: DeployTarget;
}

/** An environment with its steps: deployment, then tests. */
export interface PlannedEnvironment {
  readonly plan: EnvironmentPlan;
  readonly steps: readonly StepPlan[];
  /** Steps that run before the approval. */
  readonly beforeApproval: readonly StepPlan[];
  /** Context of steps and rules that test the environment. */
  readonly context: Omit<StepContext, 'problems'>;
}

/** Type of accounts and Regions. */
export const ENV = typeOf(
  'an account and a region',
  "write it as in { account: '222222222222', region: 'eu-west-1' }",
  (value) => typeof value === 'object' && !Array.isArray(value),
);

type OwnOptions = Omit<DeploymentEnvironmentOptions, keyof ReleaseDestinationOptions>;

/** Types of the options that environments have besides those of every destination. */
const OPTION_TYPES: OptionTypes<OwnOptions> = {
  // Validated with the default.
  target: ANY,
  env: ENV,
  existingAccess: FLAG,
  tests: listOf(instanceOf(TestStep, 'use a factory of TestStep'), 'write it as in [test]'),
};

/** Plans an environment, as if it were alone in its stage. */
export function planEnvironment(environment: DeploymentEnvironment, request: EnvironmentRequest): PlannedEnvironment {
  const { problems, source } = request;
  const { environmentName: name, _options: options } = environment;
  const { env, existingAccess = false, tests = [] } = readOptions(options, OPTION_TYPES, problems);
  problems.at('environmentName').name(name, ENVIRONMENT_NAME, 'rename it');
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
    plan: { name, path: problems.path, env: { ...env, ...known(target.env) }, existingAccess },
    steps,
    beforeApproval: (target.beforeApproval ?? []).map(inEnvironment),
    context,
  };
}

function planTarget({ environmentName, _options }: DeploymentEnvironment, request: EnvironmentRequest): TargetPlan {
  const { artifact, source, image, defaultTarget } = request;
  const problems = request.problems.at('target');
  const target = _options.target ?? defaultTarget;
  if (!(target instanceof DeployTarget)) {
    const example = image ? 'DeployTarget.ecsService(service)' : 'DeployTarget.staticSite()';
    problems.add('be a DeployTarget', target, `say where releases go, e.g. ${example}`);
    return { steps: [] };
  }
  return target._plan({ environment: environmentName, artifact, source, image, problems });
}

/** Validates an account and a Region. Tokens are validated where it is known what they become. */
function validateEnv({ account, region }: Environment = {}, problems: Problems): void {
  if (account !== undefined && !Token.isUnresolved(account)) {
    problems.at('account').name(account, ACCOUNT_ID, "write it as a text, e.g. '222222222222'");
  }
  if (region !== undefined && !Token.isUnresolved(region)) {
    problems.at('region').name(region, REGION, "write it as in 'eu-west-1'");
  }
}

/** Validates that an environment and a target that determines its own account and Region agree. */
function validateTargetEnv(env: Environment = {}, target: Environment | undefined, problems: Problems): void {
  if (target === undefined) return;
  for (const key of ['account', 'region'] as const) {
    const [configured, determined] = [env[key], target[key]];
    if (configured === undefined || configured === determined || Token.isUnresolved(configured)) continue;
    if (determined === undefined) {
      const fix = `give the stage the prop env: { ${key}: '${configured}' }`;
      problems.at('target').add(`say its ${key} where the environment does`, 'nothing', fix);
    } else {
      problems.at('env').at(key).add(`be that of the target, ${determined}`, configured, 'leave it out');
    }
  }
}

function known({ account, region }: Environment = {}): Environment {
  return { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}
