import { commitOf, planPipeline } from './plan';
import type { ReleasePipelineProps } from './props';
import { planConditions } from '../../conditions/plan-conditions';
import { planEnvironments } from '../../environments/plan-environments';
import type { ReleaseDestination } from '../../environments/release-destination';
import type { Environment } from '../../pipeline/env';
import type { PipelinePlan, StagePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { readList } from '../../pipeline/read-options';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import { inRunOrder, validateRunOrder } from '../../pipeline/run-order';
import { planSources, requireSource } from '../../sources/plan-sources';
import type { PipelineStep } from '../../steps/pipeline-step';
import type { ReleasedImage } from '../../steps/built-image';
import type { DeployTarget } from '../../targets/deploy-target';

/** Describes what a pattern builds once and deploys to all environments. */
export interface Release {
  /** Builds, each with the property that it comes from. The first one is the primary build. */
  readonly builds: ReadonlyArray<{ readonly prop: string; readonly step: PipelineStep }>;
  /**
   * Artifact that is deployed.
   *
   * @default - the result of `artifactOf`
   */
  readonly artifact?: string;
  /** Returns the artifact that is deployed, which one of the planned builds produces. */
  readonly artifactOf?: (builds: readonly StepPlan[]) => string;
  readonly destinations: readonly ReleaseDestination[];
  /** Image that the artifact describes, if any. */
  readonly image?: ReleasedImage;
  /** Target of environments that have no explicit one. */
  readonly defaultTarget?: DeployTarget;
}

const BUILD_STAGE = 'Build';

/** Plans the sources, the build stage with its checks, and the environments. */
export function planRelease(
  props: ReleasePipelineProps,
  release: Release,
  pipelineEnv: Environment,
  problems: Problems,
): PipelinePlan {
  const additional = problems.at('additionalSources');
  const requests = [
    { source: props.source, problems: problems.at('source') },
    ...readList(props.additionalSources, additional).map((source, i) => ({ source, problems: additional.index(i) })),
  ];
  const sources = planSources(requests, pipelineEnv, additional);
  const builds = planBuilds(props, release, problems);
  const stages = [planBuildStage(props, builds, problems), ...planDestinations(sources, builds, release, problems)];
  return planPipeline(props, {
    sources,
    stages,
    sourcesProp: 'additionalSources',
    stagesProp: 'environments',
    pipelineEnv,
    problems,
  });
}

interface PlannedBuilds {
  readonly builds: readonly StepPlan[];
  readonly checks: readonly StepPlan[];
}

function planBuilds(
  { source, checks = [] }: ReleasePipelineProps,
  { builds }: Release,
  problems: Problems,
): PlannedBuilds {
  const defaultInput = source.stepName;
  const at = problems.at('checks');
  return {
    builds: builds.flatMap(({ prop, step }) => step._plan({ defaultInput, problems: problems.at(prop) })),
    checks: checks.flatMap((step, i) => step._plan({ defaultInput, problems: at.index(i) })),
  };
}

function planBuildStage(props: ReleasePipelineProps, { builds, checks }: PlannedBuilds, problems: Problems): StagePlan {
  const steps = [...builds, ...checks];
  const context = { defaultInput: props.source.stepName, problems };
  validateRunOrder(steps, problems.at('checks'));
  return {
    name: BUILD_STAGE,
    path: 'checks',
    actions: inRunOrder(steps),
    ...planConditions(BUILD_STAGE, { onFailure: props.onBuildFailure }, context, { onFailure: 'onBuildFailure' }),
  };
}

function planDestinations(
  sources: readonly StepPlan[],
  { builds }: PlannedBuilds,
  release: Release,
  problems: Problems,
): StagePlan[] {
  const { destinations, defaultTarget, image, artifact = release.artifactOf?.(builds) ?? '' } = release;
  const at = problems.at('environments');
  if (destinations.length === 0) {
    at.add(atLeastOne('environment'), [], "remove the prop for a single environment named 'production'");
  }
  const requests = destinations.map((destination, i) => ({ destination, artifact, problems: at.index(i) }));
  return planEnvironments({ destinations: requests, defaultTarget, image, ...commitOf(sources) }).flat();
}

/** Validates the required source, and returns whether it is valid. */
export function hasSource<Props extends Partial<ReleasePipelineProps>>(
  props: Props,
  problems: Problems,
): props is Props & Pick<ReleasePipelineProps, 'source'> {
  return requireSource(props.source, problems.at('source'));
}
