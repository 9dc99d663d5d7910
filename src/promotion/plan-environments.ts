import { Approval } from './approval';
import type { DeploymentEnvironment } from './deployment-environment';
import { checkStaticSite } from '../deploy/check-deploy';
import type { DeployTarget } from '../deploy/deploy-target';
import { ENVIRONMENT_NAME, PIPELINE_LIMITS } from '../facts/limits';
import type { ActionPlan, StagePlan } from '../plan/pipeline-plan';
import { checkName, checkRange, problem, type Problem } from '../plan/problems';
import { variableOf } from '../plan/variables';

/** What every pattern says of its environments. */
export interface EnvironmentsRequest {
  readonly environments: readonly DeploymentEnvironment[];
  /** Where an environment goes that names no target. */
  readonly defaultTarget: DeployTarget;
  /** The artifact that is released. */
  readonly artifact: string;
  /** The source whose commit is named to approvers. */
  readonly source: string;
}

/** An environment with all its defaults decided. */
interface DecidedEnvironment {
  readonly name: string;
  readonly approval: Approval;
  readonly target: DeployTarget;
}

/**
 * The stages of the environments, always laid out the same way: `<name>-Approve` with approvals and nothing else, then `<name>`.
 */
export function planEnvironments(request: EnvironmentsRequest): StagePlan[] {
  return decide(request).flatMap(({ name, approval, target }) => {
    const people = approval._people();
    const approve: ActionPlan | undefined = people && {
      name: `Approve-${name}`,
      provider: 'manualApproval',
      runOrder: 1,
      inputs: [],
      outputs: [],
      timeoutMinutes: people.expiryMinutes,
      configuration: {
        CustomData: people.text
          ?? `Release to ${name}. Commit ${variableOf(request.source, 'CommitId')}: ${variableOf(request.source, 'CommitMessage')}`,
        ...people.link !== undefined && { ExternalEntityLink: people.link },
      },
      work: { kind: 'approval' },
    };
    const deploy: ActionPlan = {
      name: `Deploy-${name}`,
      provider: 'commands',
      runOrder: 1,
      inputs: [request.artifact],
      outputs: [],
      configuration: {},
      work: target._plan(name),
    };
    return [
      ...approve ? [{ name: `${name}-Approve`, rollBack: false, actions: [approve] }] : [],
      { name, rollBack: true, actions: [deploy] },
    ];
  });
}

/** What is wrong with the environments. */
export function checkEnvironments(prop: string, { environments, defaultTarget }: EnvironmentsRequest): Problem[] {
  if (environments.length === 0) return [problem(prop, 'hold at least one environment', [], "leave the prop out for a single one named 'production'")];
  return environments.flatMap((environment, i) => {
    const at = `${prop}[${i}]`;
    const { target = defaultTarget, approval } = environment._options;
    const people = approval?._people();
    return [
      ...checkName(`${at}.environmentName`, environment.environmentName, ENVIRONMENT_NAME, 'rename it'),
      ...checkRange(`${at}.approval.expiry`, people?.expiryMinutes, PIPELINE_LIMITS.approvalMinutes, 'minutes'),
      ...checkStaticSite(`${at}.target`, target._plan(environment.environmentName)),
    ];
  });
}

function decide({ environments, defaultTarget }: EnvironmentsRequest): DecidedEnvironment[] {
  const marked = environments.some((environment) => environment._options.production);
  return environments.map(({ environmentName, _options: options }, i) => {
    const production = options.production ?? (!marked && i === environments.length - 1);
    return {
      name: environmentName,
      approval: options.approval ?? (production && i > 0 ? Approval.people() : Approval.none()),
      target: options.target ?? defaultTarget,
    };
  });
}
