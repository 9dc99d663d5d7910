import { commitOf, planPipeline } from './plan';
import type { ReleasePipelineProps } from './props';
import { planConditions } from '../../conditions/plan-conditions';
import { planEnvironments } from '../../environments/plan-environments';
import type { ReleaseDestination } from '../../environments/release-destination';
import type { Environment } from '../../pipeline/env';
import type { PipelinePlan, StagePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { readList } from '../../pipeline/read-options';
import type { Problems } from '../../pipeline/problems';
import { inRunOrder, validateRunOrder } from '../../pipeline/run-order';
import { planSources, requireSource } from '../../sources/plan-sources';
import type { PipelineStep } from '../../steps/pipeline-step';
import type { ReleasedImage } from '../../steps/built-image';
import type { DeployTarget } from '../../targets/deploy-target';

/** Describes what a pattern builds once and releases everywhere. */
export interface Release {
  /** Builds, each at the property that it comes from; the first is the one that the pattern is about. */
  readonly builds: ReadonlyArray<{ readonly prop: string; readonly step: PipelineStep }>;
  /**
   * Artifact that is released.
   *
   * @default - decided by `artifactOf`
   */
  readonly artifact?: string;
  /** Decides which artifact is released, when the builds are planned. */
  readonly artifactOf?: (builds: readonly StepPlan[]) => string;
  readonly destinations: readonly ReleaseDestination[];
  /** Image that the artifact describes, if it describes one. */
  readonly image?: ReleasedImage;
  /** Target of environments that configure none. */
  readonly defaultTarget?: DeployTarget;
}

const BUILD_STAGE = 'Build';

/** Plans sources → build and checks → environments. */
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
    at.add('hold at least one environment', [], "leave the prop out for a single one named 'production'");
  }
  const requests = destinations.map((destination, i) => ({ destination, artifact, problems: at.index(i) }));
  return planEnvironments({ destinations: requests, defaultTarget, image, ...commitOf(sources) }).flat();
}

/** Validates the source that everything else needs, and returns whether there is one. */
export function hasSource<Props extends Partial<ReleasePipelineProps>>(
  props: Props,
  problems: Problems,
): props is Props & Pick<ReleasePipelineProps, 'source'> {
  return requireSource(props.source, problems.at('source'));
}
