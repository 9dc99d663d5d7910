import { checkWhole, commitOf, planWhole } from './plan';
import type { ReleasePipelineProps } from './props';
import type { DeployTarget } from '../../targets/deploy-target';
import type { ReleasedImage } from '../../targets/released-image';
import type { PipelinePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Environment } from '../../pipeline/env';
import { problem, type Problem } from '../../pipeline/problems';
import { checkRunOrder, inRunOrder } from '../../pipeline/run-order';
import { checkEnvironments } from '../../environments/check-environments';
import { planConditions } from '../../conditions/plan-conditions';
import { planEnvironments, type EnvironmentsRequest } from '../../environments/plan-environments';
import type { ReleaseDestination } from '../../environments/release-destination';
import type { PipelineStep } from '../../steps/pipeline-step';

/** What a pattern decides that builds once and releases what it built. */
export interface Release {
  /** What builds, each with the prop that it was given as; the first is the one that the pattern is about. */
  readonly builds: ReadonlyArray<{ readonly prop: string; readonly step: PipelineStep }>;
  /** Name of the artifact that is released. */
  readonly artifact: string;
  readonly destinations: readonly ReleaseDestination[];
  /** What is released is an image, and the artifact describes it. */
  readonly image?: ReleasedImage;
  /** Where an environment goes that names no target. */
  readonly defaultTarget?: DeployTarget;
}

const BUILD_STAGE = 'Build';

/** Sources → build and checks → environments. */
export const planRelease = (props: ReleasePipelineProps, release: Release): PipelinePlan =>
  planWhole(props, sourcesOf(props), [
    {
      name: BUILD_STAGE,
      actions: inRunOrder(stepsOf(props, release)),
      ...planConditions(BUILD_STAGE, { onFailure: props.onBuildFailure }, { defaultInput: props.source.stepName }),
    },
    ...planEnvironments(environmentsOf(props, release)).flat(),
  ]);

/** What is wrong with a source that everything else needs. */
export const checkSource = (props: Partial<ReleasePipelineProps> | undefined): Problem[] =>
  props?.source
    ? []
    : [
        problem(
          'source',
          'be a PipelineSource',
          props?.source,
          "say where the code comes from, e.g. PipelineSource.gitHub('owner/repository', 'main')",
        ),
      ];

/**
 * Everything that is wrong with the props, when the source is there.
 *
 * @param home account and region of the pipeline
 */
export const checkRelease = (props: ReleasePipelineProps, release: Release, home: Environment): Problem[] => [
  ...props.source._check('source'),
  ...(props.additionalSources ?? []).flatMap((source, i) => source._check(`additionalSources[${i}]`)),
  ...release.builds.flatMap(({ prop, step }) => step._check(prop)),
  ...(props.checks ?? []).flatMap((step, i) => step._check(`checks[${i}]`)),
  ...checkRunOrder('checks', stepsOf(props, release)),
  ...(props.onBuildFailure?._check('onBuildFailure') ?? []),
  ...checkEnvironments('environments', environmentsOf(props, release)),
  ...checkWhole(props, {
    plan: planRelease(props, release),
    sources: sourcesOf(props),
    sourcesProp: 'additionalSources',
    stagesProp: 'environments',
    home,
  }),
];

const sourcesOf = ({ source, additionalSources = [] }: ReleasePipelineProps): StepPlan[] =>
  [source, ...additionalSources].map((one) => one._plan());

const stepsOf = (props: ReleasePipelineProps, { builds }: Release): StepPlan[] =>
  [...builds.map(({ step }) => step), ...(props.checks ?? [])].flatMap((step) =>
    step._plans({ defaultInput: props.source.stepName }),
  );

const environmentsOf = (
  props: ReleasePipelineProps,
  { destinations, defaultTarget, artifact, image }: Release,
): EnvironmentsRequest => ({ destinations, defaultTarget, artifact, image, ...commitOf(sourcesOf(props)) });
