import { Approval } from './approval';
import { checkApproval } from './check-approval';
import type { DeploymentEnvironment } from './deployment-environment';
import { FailureHandling } from './failure-handling';
import { planApprovals, type CommitSource } from './plan-approval';
import { checkConditionsOf, planConditions, type StageConditions } from './plan-conditions';
import type { TestStep } from '../build/test-step';
import type { DeployTarget } from '../deploy/deploy-target';
import { ENVIRONMENT_NAME } from '../facts/limits';
import { withStackOutputs } from '../plan/environment-outputs';
import type { EnvironmentPlan } from '../plan/environment-plan';
import type { StagePlan, StepPlan } from '../plan/pipeline-plan';
import { checkName, problem, type Problem } from '../plan/problems';
import { checkRunOrder, inRunOrder } from '../plan/run-order';

/** What every pattern says of its environments. Of the source, the commit is named to approvers, and tests and gates work on its files. */
export interface EnvironmentsRequest extends CommitSource {
  readonly environments: readonly DeploymentEnvironment[];
  /** Where an environment goes that names no target. */
  readonly defaultTarget?: DeployTarget;
  /** The artifact that is released. */
  readonly artifact: string;
}

/** An environment with all its defaults decided. */
interface DecidedEnvironment extends EnvironmentPlan {
  readonly approval: Approval;
  readonly target?: DeployTarget;
  readonly tests: readonly TestStep[];
  readonly conditions: StageConditions;
}

/**
 * The stages of the environments, always laid out the same way: `<name>-Approve` with approvals and nothing else, then `<name>`: what must hold
 * before, deployment, tests, what must hold after. Failure handling is on that stage alone, so that nobody is asked twice.
 */
export function planEnvironments(request: EnvironmentsRequest): StagePlan[] {
  return decide(request).flatMap((environment) => {
    const { name, place, approval, conditions, tests } = environment;
    const approvals = planApprovals(`Approve-${name}`, approval, `Release to ${name}.`, request);
    const approveStage = `${name}-Approve`;
    const skips = conditions.beforeEntry?._result === 'SKIP';
    return [
      ...approvals.length > 0 ? [{
        name: approveStage,
        actions: inRunOrder(approvals),
        // Nobody is asked about a release that goes nowhere.
        ...skips && planConditions(approveStage, { beforeEntry: conditions.beforeEntry }, { defaultInput: request.source }),
      }] : [],
      {
        name,
        environments: [{ name, place }],
        actions: inRunOrder(stepsOf(environment, request)),
        ...planConditions(name, conditions, { defaultInput: request.source, environment: name, siblings: tests.map(({ stepName }) => stepName) }),
      },
    ];
  });
}

function stepsOf({ name, target, tests }: DecidedEnvironment, { artifact, source }: EnvironmentsRequest): StepPlan[] {
  const deploy = (target?._plan({ environment: name, artifact }) ?? []).map((step) => ({ ...step, environment: name }));
  const context = { defaultInput: source, environment: name, siblings: tests.map((test) => test.stepName) };
  const tested = tests.map((test) => withStackOutputs(deploy, test._plan(context)));
  return [...deploy, ...tested.map((test) => ({ ...test, after: [...test.after ?? [], ...deploy.map((one) => one.name)] }))];
}

/**
 * What is wrong with the environments.
 *
 * @param place where the user wrote each of them
 */
export function checkEnvironments(prop: string, request: EnvironmentsRequest, place = (index: number) => `${prop}[${index}]`): Problem[] {
  const { environments, defaultTarget } = request;
  if (environments.length === 0) return [problem(prop, 'hold at least one environment', [], "leave the prop out for a single one named 'production'")];
  return environments.flatMap((environment, i) => {
    const at = place(i);
    const { target = defaultTarget, approval, tests = [] } = environment._options;
    return [
      ...checkName(`${at}.environmentName`, environment.environmentName, ENVIRONMENT_NAME, 'rename it'),
      ...checkApproval(`${at}.approval`, approval),
      ...(target ? target._check(`${at}.target`, { environment: environment.environmentName, artifact: request.artifact })
        : [problem(`${at}.target`, 'be a DeployTarget', target, 'say where releases go, e.g. DeployTarget.staticSite()')]),
      ...tests.flatMap((test, t) => test._check(`${at}.tests[${t}]`)),
      ...checkConditionsOf(at, environment._options),
    ];
  }).concat(decide(request).flatMap((environment, i) => checkRunOrder(`${place(i)}.tests`, stepsOf(environment, request))));
}

function decide({ environments, defaultTarget }: EnvironmentsRequest): DecidedEnvironment[] {
  const marked = environments.some((environment) => environment._options.production);
  return environments.map(({ environmentName, _options: options }, i) => {
    const production = options.production ?? (!marked && i === environments.length - 1);
    return {
      name: environmentName,
      place: options.env ?? {},
      approval: options.approval ?? (production && i > 0 ? Approval.people() : Approval.none()),
      target: options.target ?? defaultTarget,
      tests: options.tests ?? [],
      conditions: {
        beforeEntry: options.beforeEntry,
        onSuccess: options.onSuccess,
        onFailure: options.onFailure ?? FailureHandling.rollBack(),
      },
    };
  });
}
