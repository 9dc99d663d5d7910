import type { ReleaseDestination } from '../../environments/release-destination';
import type { Environment } from '../../pipeline/env';
import type { PipelinePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import { ANY, isInstance, type OptionTypes, readOptions } from '../../pipeline/read-options';
import { BuildStep } from '../../steps/build-step';
import { ARTIFACT } from '../../steps/common-step-fields';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';
import { ARTIFACT_FIX, RELEASE_PROPS, releasedBy } from '../common/plan';
import type { ReleasePipelineProps } from '../common/props';
import { hasSource, planRelease } from '../common/release';
import { A_BUILD_STEP } from '../../pipeline/rules';

/** Properties of a {@link MultiEnvPromotionPipeline}. */
export interface MultiEnvPromotionPipelineProps extends ReleasePipelineProps {
  /** Build and tests, which run once for all environments. */
  readonly buildStep: BuildStep;

  /**
   * Environments and waves of environments in the order of their deployment, at least one. Each environment requires a
   * `target`.
   */
  readonly environments: ReleaseDestination[];

  /**
   * Artifact that is deployed.
   *
   * Required if the build has only named artifacts and several of them, or no artifact at all, such as a build that
   * pushes an image. It may be the artifact of a source.
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

/** Plans the sources, the build stage and the environments, and reports invalid props. */
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
  const isBuild = isInstance(buildStep, BuildStep);
  const hasEnvironments = Array.isArray(environments) && environments.length > 0;
  if (!isBuild) {
    const fix =
      "pass the step that produces the artifact to deploy, e.g. BuildStep.shell(['make'], { outputDirectory: 'out' })";
    problems.at('buildStep').add(A_BUILD_STEP, buildStep, fix);
  }
  if (!hasEnvironments) {
    const fix = "add an environment, e.g. [new DeploymentEnvironment('production', { target })]";
    problems.at('environments').add(atLeastOne('environment'), environments, fix);
  }
  return isBuild && hasEnvironments;
}

/** Validates that the artifact to deploy is unambiguous. */
function validateReleased(released: readonly string[], problems: Problems): void {
  if (released.length === 0) {
    const fix = 'add an output to the build, or pass the artifact to deploy, e.g. { artifact: source.artifact }';
    problems.add('be set, because the build has no artifact', released, fix);
  }
  if (released.length > 1) {
    problems.add('be set, because the build has several artifacts', released, ARTIFACT_FIX);
  }
}
