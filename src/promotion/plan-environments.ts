import { Approval } from './approval';
import { checkApproval } from './check-approval';
import type { DeploymentEnvironment } from './deployment-environment';
import type { TestStep } from '../build/test-step';
import { checkStaticSite } from '../deploy/check-deploy';
import type { DeployTarget } from '../deploy/deploy-target';
import { ENVIRONMENT_NAME } from '../facts/limits';
import type { StagePlan, StepPlan } from '../plan/pipeline-plan';
import { checkName, problem, type Problem } from '../plan/problems';
import { checkRunOrder, inRunOrder } from '../plan/run-order';
import { variableOf } from '../plan/variables';

/** What every pattern says of its environments. */
export interface EnvironmentsRequest {
  readonly environments: readonly DeploymentEnvironment[];
  /** Where an environment goes that names no target. */
  readonly defaultTarget?: DeployTarget;
  /** The artifact that is released. */
  readonly artifact: string;
  /** The source whose commit is named to approvers, and whose files tests work on. */
  readonly source: string;
  /** That source has a commit to name. */
  readonly sourceHasCommit: boolean;
}

/** An environment with all its defaults decided. */
interface DecidedEnvironment {
  readonly name: string;
  readonly approval: Approval;
  readonly target?: DeployTarget;
  readonly tests: readonly TestStep[];
}

/**
 * The stages of the environments, always laid out the same way: `<name>-Approve` with approvals and nothing else, then `<name>`: deployment, then
 * tests.
 */
export function planEnvironments(request: EnvironmentsRequest): StagePlan[] {
  return decide(request).flatMap((environment) => {
    const { name, approval } = environment;
    const approve = planApproval(`Approve-${name}`, approval, `Release to ${name}.`, request);
    return [
      ...approve ? [{ name: `${name}-Approve`, rollBack: false, actions: inRunOrder([approve]) }] : [],
      { name, rollBack: true, actions: inRunOrder(stepsOf(environment, request)) },
    ];
  });
}

/** The step in which people approve, if they do. */
export function planApproval(
  stepName: string, approval: Approval, occasion: string, { source, sourceHasCommit }: Pick<EnvironmentsRequest, 'source' | 'sourceHasCommit'>,
): StepPlan | undefined {
  const people = approval._people();
  const commit = sourceHasCommit ? ` Commit ${variableOf(source, 'CommitId')}: ${variableOf(source, 'CommitMessage')}` : '';
  return people && {
    name: stepName,
    provider: 'manualApproval',
    inputs: [],
    outputs: [],
    timeoutMinutes: people.expiryMinutes,
    configuration: { CustomData: people.text ?? `${occasion}${commit}`, ...people.link !== undefined && { ExternalEntityLink: people.link } },
    work: { kind: 'approval' },
  };
}

function stepsOf({ name, target, tests }: DecidedEnvironment, { artifact, source }: EnvironmentsRequest): StepPlan[] {
  const deploy: StepPlan[] = target === undefined ? [] : [
    { name: `Deploy-${name}`, provider: 'commands', inputs: [artifact], outputs: [], configuration: {}, work: target._plan(name) },
  ];
  const context = { defaultInput: source, environment: name, siblings: tests.map((test) => test.stepName) };
  const tested = tests.map((test) => test._plan(context));
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
      ...(target ? checkStaticSite(`${at}.target`, target._plan(environment.environmentName))
        : [problem(`${at}.target`, 'be a DeployTarget', target, 'say where releases go, e.g. DeployTarget.staticSite()')]),
      ...tests.flatMap((test, t) => test._check(`${at}.tests[${t}]`)),
    ];
  }).concat(decide(request).flatMap((environment, i) => checkRunOrder(`${place(i)}.tests`, stepsOf(environment, request))));
}

function decide({ environments, defaultTarget }: EnvironmentsRequest): DecidedEnvironment[] {
  const marked = environments.some((environment) => environment._options.production);
  return environments.map(({ environmentName, _options: options }, i) => {
    const production = options.production ?? (!marked && i === environments.length - 1);
    return {
      name: environmentName,
      approval: options.approval ?? (production && i > 0 ? Approval.people() : Approval.none()),
      target: options.target ?? defaultTarget,
      tests: options.tests ?? [],
    };
  });
}
