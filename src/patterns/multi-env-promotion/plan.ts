import type { ReleaseDestination } from '../../environments/release-destination';
import type { Environment } from '../../pipeline/env';
import type { PipelinePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { ANY, type OptionTypes, readOptions } from '../../pipeline/read-options';
import { BuildStep } from '../../steps/build-step';
import { ARTIFACT } from '../../steps/common-step-fields';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';
import { releasedBy, RELEASE_PROPS } from '../common/plan';
import type { ReleasePipelineProps } from '../common/props';
import { hasSource, planRelease } from '../common/release';

/** What a {@link MultiEnvPromotionPipeline} is made of. The source, the build and the environments are required. */
export interface MultiEnvPromotionPipelineProps extends ReleasePipelineProps {
  /** How it is built and tested, once for all environments. */
  readonly buildStep: BuildStep;

  /**
   * Where releases go, in this order: environments, and waves of several at the same time. At least one; each
   * environment has a `target`. What was built goes through all of them unchanged.
   */
  readonly environments: ReleaseDestination[];

  /**
   * What is released. Needed where the build makes several artifacts with names and none without, or none at all, as
   * one that pushes an image; then it may be that of a source.
   *
   * @default - the artifact of the build
   */
  readonly artifact?: PipelineArtifact;
}

const PROP_TYPES: OptionTypes<MultiEnvPromotionPipelineProps> = {
  ...RELEASE_PROPS,
  // Both are required, and validated as such.
  buildStep: ANY,
  environments: ANY,
  artifact: ARTIFACT,
};

/** Plans sources → build and checks → environments, and reports what is wrong with the props. */
export function planMultiEnvPromotion(
  props: MultiEnvPromotionPipelineProps,
  pipelineEnv: Environment,
  problems: Problems,
): PipelinePlan | undefined {
  const read = readOptions(props, PROP_TYPES, problems);
  const isSourced = hasSource(read, problems);
  const isComplete = hasRequired(read, problems);
  if (!isSourced || !isComplete) return undefined;
  const { buildStep, environments, artifact } = read;
  const release = {
    builds: [{ prop: 'buildStep', step: buildStep }],
    destinations: environments,
    artifact: artifact?.artifactName,
    artifactOf: (builds: readonly StepPlan[]) => {
      const released = releasedBy(builds);
      validateReleased(released, problems.at('artifact'));
      return released[0] ?? read.source.stepName;
    },
  };
  return planRelease(read, release, pipelineEnv, problems);
}

type Required = Pick<MultiEnvPromotionPipelineProps, 'buildStep' | 'environments'>;

function hasRequired<Props extends Partial<Required>>(props: Props, problems: Problems): props is Props & Required {
  const { buildStep, environments } = props;
  const isBuild = buildStep instanceof BuildStep;
  const hasEnvironments = Array.isArray(environments) && environments.length > 0;
  if (!isBuild) {
    const fix =
      "say what makes the artifact that is released, e.g. BuildStep.shell(['make'], { outputDirectory: 'out' })";
    problems.at('buildStep').add('be a BuildStep', buildStep, fix);
  }
  if (!hasEnvironments) {
    const fix = "say where releases go, e.g. [new DeploymentEnvironment('production', { target })]";
    problems.at('environments').add('hold at least one environment', environments, fix);
  }
  return isBuild && hasEnvironments;
}

/** Validates that it is clear what is released: an unintended artifact would be found out in production. */
function validateReleased(released: readonly string[], problems: Problems): void {
  if (released.length === 0) {
    const fix = 'give the build an output, or say what is released, as in { artifact: source.artifact }';
    problems.add('be given, since the build makes none', released, fix);
  }
  if (released.length > 1) {
    const fix = "say which one is released, as in { artifact: build.artifactNamed('site') }";
    problems.add('be given, since the build makes several', released, fix);
  }
}
