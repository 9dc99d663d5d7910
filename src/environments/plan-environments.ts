import { Approval } from './approval/approval';
import type { DeploymentEnvironment } from './deployment-environment';
import { DeploymentWave } from './deployment-wave';
import { FailureHandling } from '../conditions/failure-handling';
import { planApprovals, type CommitSource } from './approval/plan-approval';
import { planConditions, type StageConditions } from '../conditions/plan-conditions';
import type { ReleaseDestination } from './release-destination';
import type { TestStep } from '../steps/test-step';
import { inOrder } from '../targets/compose';
import type { DeployRequest } from '../targets/deploy-request';
import type { DeployTarget } from '../targets/deploy-target';
import type { ReleasedImage } from '../targets/released-image';
import { withStackOutputs } from '../pipeline/environment-outputs';
import type { EnvironmentPlan } from '../pipeline/environment-plan';
import type { StagePlan, StepPlan } from '../pipeline/pipeline-plan';
import type { Environment } from '../pipeline/env';
import { inRunOrder } from '../pipeline/run-order';

/** What every pattern says of where its releases go. Of the source, the commit is named to approvers, and tests and gates work on its files. */
export interface EnvironmentsRequest extends CommitSource {
  readonly destinations: readonly ReleaseDestination[];
  /** Where an environment goes that names no target. */
  readonly defaultTarget?: DeployTarget;
  /** The artifact that is released. */
  readonly artifact: string;
  /** What is released is an image, and the artifact describes it. */
  readonly image?: ReleasedImage;
}

/** An environment with all its defaults decided. */
interface DecidedEnvironment extends EnvironmentPlan {
  readonly target?: DeployTarget;
  readonly tests: readonly TestStep[];
}

/** A destination with all its defaults decided. */
interface DecidedDestination {
  readonly name: string;
  readonly approval: Approval;
  readonly conditions: StageConditions;
  readonly environments: readonly DecidedEnvironment[];
  /** What only a wave has: how many of its environments are released to at the same time. */
  readonly wave?: { readonly maxParallel: number };
}

/**
 * The stages of each destination, always laid out the same way: `<name>-Approve` with approvals and nothing else, then `<name>`: what must hold
 * before, deployment, tests, what must hold after. Failure handling is on that stage alone, so that nobody is asked twice.
 */
export const planEnvironments = (request: EnvironmentsRequest): StagePlan[][] =>
  decide(request).map((destination) => {
    const { name, approval, conditions, environments, wave } = destination;
    const approvals = planApprovals(`Approve-${name}`, approval, `Release to ${name}.`, request);
    const approveStage = `${name}-Approve`;
    const skips = conditions.beforeEntry?._result === 'SKIP';
    return [
      ...(approvals.length > 0
        ? [
            {
              name: approveStage,
              actions: inRunOrder(approvals),
              // Nobody is asked about a release that goes nowhere.
              ...(skips &&
                planConditions(
                  approveStage,
                  { beforeEntry: conditions.beforeEntry },
                  { defaultInput: request.source },
                )),
            },
          ]
        : []),
      {
        name,
        environments: environments.map(({ name: environment, place, existingAccess }) => ({
          name: environment,
          place,
          existingAccess,
        })),
        ...(wave && { wave: true as const }),
        actions: inRunOrder(stepsOf(destination, request)),
        // What stands on the success of a wave is told of none of its environments: there are several.
        ...planConditions(
          name,
          conditions,
          wave ? { defaultInput: request.source } : contextOf(environments[0], request),
        ),
      },
    ];
  });

/** The steps of each environment of each destination, as if it were alone. */
export const environmentSteps = (request: EnvironmentsRequest): StepPlan[][][] =>
  decide(request).map(({ environments }) => environments.map((one) => stepsIn(one, request)));

/** The steps of a destination. So many environments begin; when all their steps have ended, the next so many do. */
function stepsOf({ environments, wave }: DecidedDestination, request: EnvironmentsRequest): StepPlan[] {
  return inOrder(
    inGroups(
      environments.map((one) => stepsIn(one, request)),
      wave?.maxParallel ?? environments.length,
    ),
  );
}

const inGroups = (steps: ReadonlyArray<readonly StepPlan[]>, size: number): StepPlan[][] =>
  Array.from({ length: Math.ceil(steps.length / size) }, (_, i) => steps.slice(i * size, (i + 1) * size).flat());

function stepsIn(environment: DecidedEnvironment, request: EnvironmentsRequest): StepPlan[] {
  const { name, target, tests } = environment;
  const deploy = (target?._plan(deployRequest(name, request)) ?? []).map((step) =>
    step.inPipelineEnv ? step : { ...step, environment: name },
  );
  const tested = tests
    .flatMap((test) => test._plans(contextOf(environment, request)))
    .map((test) => withStackOutputs(deploy, test));
  return [
    ...deploy,
    ...tested.map((test) => ({ ...test, after: [...(test.after ?? []), ...deploy.map((one) => one.name)] })),
  ];
}

/** What the target of an environment is told. */
export const deployRequest = (
  environment: string,
  { artifact, source, image }: EnvironmentsRequest,
): DeployRequest => ({ environment, artifact, source, image });

const contextOf = ({ name, tests }: DecidedEnvironment, { source }: EnvironmentsRequest) => ({
  defaultInput: source,
  environment: name,
  siblings: tests.map(({ stepName }) => stepName),
});

function decide({ destinations, defaultTarget }: EnvironmentsRequest): DecidedDestination[] {
  const marked = destinations.some(({ _options: { production } }) => production);
  const environment = ({ environmentName, _options: options }: DeploymentEnvironment) => {
    const { env, existingAccess = false, target = defaultTarget, tests = [] } = options;
    return { name: environmentName, place: { ...env, ...known(target?._place()) }, existingAccess, target, tests };
  };
  return destinations.map((destination, i) => {
    const { _name: name, _options: options } = destination;
    const production = options.production ?? (!marked && i === destinations.length - 1);
    return {
      name,
      approval: options.approval ?? (production && i > 0 ? Approval.people() : Approval.none()),
      conditions: {
        beforeEntry: options.beforeEntry,
        onSuccess: options.onSuccess,
        onFailure: options.onFailure ?? FailureHandling.rollBack(),
      },
      environments: environmentsIn(destination).map(environment),
      ...(destination instanceof DeploymentWave && { wave: { maxParallel: maxParallelOf(destination) } }),
    };
  });
}

const known = ({ account, region }: Environment = {}): Environment => ({
  ...(account !== undefined && { account }),
  ...(region !== undefined && { region }),
});

/** The environments of a destination. */
export const environmentsIn = (destination: ReleaseDestination): readonly DeploymentEnvironment[] =>
  destination instanceof DeploymentWave ? destination._environments : [destination as DeploymentEnvironment];

/** A number that makes no groups is told by the check. */
const maxParallelOf = ({ _environments: { length }, _options: { maxParallel = length } }: DeploymentWave) =>
  isCount(maxParallel) ? maxParallel : Math.max(1, length);

/** A positive whole number. */
export const isCount = (value: number) => Number.isInteger(value) && value >= 1;
