import type { MultiEnvPromotionPipelineProps } from './props';
import type { Environment } from '../../pipeline/env';
import type { PipelinePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { releasedBy } from '../common/plan';
import { planRelease, validateSource } from '../common/release';

/** Plans sources → build and checks → environments, and reports what is wrong with the props. */
export function planMultiEnvPromotion(
  props: MultiEnvPromotionPipelineProps,
  pipelineEnv: Environment,
  problems: Problems,
): PipelinePlan | undefined {
  const hasSource = validateSource(props, problems);
  const hasRequired = validateRequired(props ?? {}, problems);
  if (!hasSource || !hasRequired) return undefined;
  const { buildStep, environments, artifact, source } = props;
  const release = {
    builds: [{ prop: 'buildStep', step: buildStep }],
    destinations: environments,
    artifact: artifact?.artifactName,
    artifactOf: (builds: readonly StepPlan[]) => {
      const released = releasedBy(builds);
      validateReleased(released, problems.at('artifact'));
      return released[0] ?? source.stepName;
    },
  };
  return planRelease(props, release, pipelineEnv, problems);
}

function validateRequired(props: Partial<MultiEnvPromotionPipelineProps>, problems: Problems): boolean {
  const { buildStep, environments } = props;
  if (!buildStep) {
    const fix =
      "say what makes the artifact that is released, e.g. BuildStep.shell(['make'], { outputDirectory: 'out' })";
    problems.at('buildStep').add('be a BuildStep', buildStep, fix);
  }
  if (!environments?.length) {
    const fix = "say where releases go, e.g. [new DeploymentEnvironment('production', { target })]";
    problems.at('environments').add('hold at least one environment', environments, fix);
  }
  return buildStep !== undefined && environments !== undefined && environments.length > 0;
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
