import { Approval } from './approval/approval';
import { APPROVAL, planApprovals, type CommitSource } from './approval/plan-approval';
import { DeploymentEnvironment } from './deployment-environment';
import { DeploymentWave } from './deployment-wave';
import { ENVIRONMENT_OPTIONS, planEnvironment, type PlannedEnvironment } from './plan-environment';
import type { ReleaseDestination, ReleaseDestinationOptions } from './release-destination';
import { readWave } from './read-wave';
import { FailureHandling } from '../conditions/failure-handling';
import { planConditions, type StageConditions } from '../conditions/plan-conditions';
import { validateNames } from '../pipeline/option-names';
import type { StagePlan, StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { ANY, FLAG, type OptionTypes, readSomeOptions } from '../pipeline/read-options';
import { inRunOrder } from '../pipeline/run-order';
import { CHANGE_SET } from '../targets/cloudformation/change-set';
import { reviewChangeSets, validateReview } from './review-change-sets';
import { inOrder } from '../targets/composed-target';
import type { DeployTarget } from '../targets/deploy-target';
import type { ReleasedImage } from '../steps/built-image';

/**
 * Describes the destinations of a release. The comments of approvals describe the commit of the source; its files are
 * the default input of tests and gates.
 */
export interface EnvironmentsRequest extends CommitSource {
  readonly destinations: readonly DestinationRequest[];
  /** Target of environments that have no explicit one. */
  readonly defaultTarget?: DeployTarget;
  /** Image that the artifacts describe, if any. */
  readonly image?: ReleasedImage;
}

/** Describes a destination, with the collector of its problems. */
export interface DestinationRequest {
  readonly destination: ReleaseDestination;
  /** Artifact that is deployed to it. */
  readonly artifact: string;
  readonly problems: Problems;
}

/** Describes a destination with all defaults resolved. */
interface ResolvedDestination {
  readonly name: string;
  readonly approval: Approval;
  /** Whether change sets are created before the approval. */
  readonly reviewsChangeSets: boolean;
  readonly conditions: StageConditions;
  readonly environments: readonly PlannedEnvironment[];
  /** Number of environments of a wave that are deployed to at the same time. */
  readonly maxParallel?: number;
}

/**
 * Plans the stages of each destination: `<name>-Validate` if a target validates its release, `<name>-Approve` if it
 * requires approvals, and `<name>` with the deployment, the tests and the conditions. Only the last stage has failure
 * handling, so that approvals are never requested twice. If change sets are reviewed, the last stage contains the
 * approvals and has no failure handling.
 */
export function planEnvironments(request: EnvironmentsRequest): StagePlan[][] {
  const hasProduction = request.destinations.some(
    ({ destination }) => isDestination(destination) && destination._options.production,
  );
  return request.destinations.map(({ destination, artifact, problems }, i) => {
    if (!isDestination(destination)) {
      const fix =
        "pass new DeploymentEnvironment('production', { target }) or new DeploymentWave('all', [environments])";
      problems.add('be a DeploymentEnvironment or a DeploymentWave', destination, fix);
      return [];
    }
    const isLast = i === request.destinations.length - 1;
    const production = destination._options.production ?? (!hasProduction && isLast);
    const resolved = resolve(destination, { production: production && i > 0, artifact, request, problems });
    return planStages(resolved, request, problems);
  });
}

function isDestination(destination: unknown): destination is DeploymentEnvironment | DeploymentWave {
  return destination instanceof DeploymentEnvironment || destination instanceof DeploymentWave;
}

/** Types of the options of every destination. */
const OPTION_TYPES: OptionTypes<ReleaseDestinationOptions> = {
  production: FLAG,
  approval: APPROVAL,
  reviewChangeSets: FLAG,
  // Validated where conditions are planned.
  beforeEntry: ANY,
  onSuccess: ANY,
  onFailure: ANY,
};

/** Returns the names of the options of a destination. */
function optionNamesOf(destination: DeploymentEnvironment | DeploymentWave): string[] {
  const own = destination instanceof DeploymentWave ? ['maxParallel'] : Object.keys(ENVIRONMENT_OPTIONS);
  return [...Object.keys(OPTION_TYPES), ...own];
}

interface DestinationContext {
  /** Whether a manual approval is the default. */
  readonly production: boolean;
  readonly artifact: string;
  readonly request: EnvironmentsRequest;
  readonly problems: Problems;
}

function resolve(
  destination: DeploymentEnvironment | DeploymentWave,
  context: DestinationContext,
): ResolvedDestination {
  const { production, artifact, request, problems } = context;
  const { _name: name } = destination;
  const options = readSomeOptions<ReleaseDestinationOptions>(destination._options, OPTION_TYPES, problems);
  validateNames(destination._options, optionNamesOf(destination), problems);

  const { reviewChangeSets: reviewsChangeSets = false } = options;

  function plan(environment: DeploymentEnvironment, at: Problems) {
    return planEnvironment(environment, { ...request, artifact, reviewsChangeSets, problems: at });
  }

  const shared = {
    name,
    reviewsChangeSets,
    approval: options.approval ?? (production ? Approval.manual() : Approval.none()),
    conditions: {
      beforeEntry: options.beforeEntry,
      onSuccess: options.onSuccess,
      onFailure: options.onFailure ?? (reviewsChangeSets ? FailureHandling.none() : FailureHandling.rollBack()),
    },
  };
  if (destination instanceof DeploymentEnvironment) return { ...shared, environments: [plan(destination, problems)] };
  const { members, maxParallel } = readWave(destination, problems);
  const environments = members.map(({ environment, problems: at }) => plan(environment, at));
  return { ...shared, environments, maxParallel };
}

function planStages(destination: ResolvedDestination, request: EnvironmentsRequest, problems: Problems): StagePlan[] {
  const { name, approval, conditions, environments, maxParallel, reviewsChangeSets } = destination;
  const { source } = request;
  const isWave = maxParallel !== undefined;
  const approvals = planApprovals(
    approval,
    { ...request, stepName: `Approve-${name}`, occasion: occasionOf(destination) },
    problems.at('approval'),
  );
  // The success condition of a wave receives no outputs, because there are several environments.
  const tested = isWave ? {} : environments[0].context;
  const steps = stepsOf(environments, maxParallel ?? 1);
  const planned = planConditions(name, conditions, { defaultInput: source, ...tested, problems });
  const stage: StagePlan = {
    name,
    path: problems.path,
    environments: environments.map((environment) => environment.plan),
    wave: isWave || undefined,
    actions: inRunOrder(reviewsChangeSets ? reviewChangeSets(steps, approvals) : steps),
    ...(reviewsChangeSets ? validateReview({ steps, approvals }, planned, problems) : planned),
  };
  const earlier = [
    { name: `${name}-Validate`, steps: environments.flatMap(({ beforeApproval }) => beforeApproval) },
    { name: `${name}-Approve`, steps: reviewsChangeSets ? [] : approvals },
  ];
  return [...earlier.flatMap((before) => planEarlierStage(before, conditions, source, problems)), stage];
}

/** Returns the first sentence of the comment of approvals. */
function occasionOf({ name, reviewsChangeSets }: ResolvedDestination): string {
  const release = `Release to ${name}.`;
  return reviewsChangeSets ? `${release} Review the change sets named ${CHANGE_SET} of its stacks.` : release;
}

/**
 * Plans a stage before the deployment. A release that skips the deployment skips this stage, too, so that it needs no
 * approval. The problems of the condition are reported by the deployment stage.
 */
function planEarlierStage(
  { name, steps }: { readonly name: string; readonly steps: readonly StepPlan[] },
  { beforeEntry }: StageConditions,
  source: string,
  problems: Problems,
): StagePlan[] {
  if (steps.length === 0) return [];
  const stage = { name, path: problems.path, actions: inRunOrder(steps) };
  if (beforeEntry?._result !== 'SKIP') return [stage];
  const context = { defaultInput: source, problems: problems.muted() };
  return [{ ...stage, ...planConditions(name, { beforeEntry }, context) }];
}

/** Returns the steps of all environments, of which at most `maxParallel` are deployed to at the same time. */
function stepsOf(environments: readonly PlannedEnvironment[], maxParallel: number): StepPlan[] {
  const groups = Array.from({ length: Math.ceil(environments.length / maxParallel) }, (_, i) =>
    environments.slice(i * maxParallel, (i + 1) * maxParallel).flatMap(({ steps }) => steps),
  );
  return inOrder(groups);
}
