import type { MultiEnvPromotionPipelineProps } from './props';
import type { PipelinePlan } from '../../pipeline/pipeline-plan';
import type { Environment } from '../../pipeline/env';
import { problem, type Problem } from '../../pipeline/problems';
import { releasedBy } from '../common/plan';
import { checkRelease, checkSource, planRelease, type Release } from '../common/release';

/** Sources → build and checks → environments. */
export const planMultiEnvPromotion = (props: MultiEnvPromotionPipelineProps): PipelinePlan =>
  planRelease(props, releaseOf(props));

/**
 * Everything that is wrong with the props.
 *
 * @param home account and region of the pipeline
 */
export function checkMultiEnvPromotion(props: MultiEnvPromotionPipelineProps, home: Environment = {}): Problem[] {
  const missing = [...checkSource(props), ...checkRequired(props ?? {})];
  return missing.length > 0 ? missing : [...checkArtifact(props), ...checkRelease(props, releaseOf(props), home)];
}

const checkRequired = ({ buildStep, environments }: Partial<MultiEnvPromotionPipelineProps>): Problem[] => [
  ...(buildStep
    ? []
    : [
        problem(
          'buildStep',
          'be a BuildStep',
          buildStep,
          "say what makes the artifact that is released, e.g. BuildStep.shell(['make'], { outputDirectory: 'out' })",
        ),
      ]),
  ...(environments?.length
    ? []
    : [
        problem(
          'environments',
          'hold at least one environment',
          environments,
          "say where releases go, e.g. [new DeploymentEnvironment('production', { target })]",
        ),
      ]),
];

/** A release of anything but what the user meant would be found out in production. */
function checkArtifact(props: MultiEnvPromotionPipelineProps): Problem[] {
  const released = builtBy(props);
  if (props.artifact !== undefined || released.length === 1) return [];
  return released.length === 0
    ? [
        problem(
          'artifact',
          'be given, since the build makes none',
          released,
          'give the build an output, or say what is released, as in { artifact: source.artifact }',
        ),
      ]
    : [
        problem(
          'artifact',
          'be given, since the build makes several',
          released,
          "say which one is released, as in { artifact: build.artifactNamed('site') }",
        ),
      ];
}

const builtBy = ({ buildStep, source }: MultiEnvPromotionPipelineProps) =>
  releasedBy(buildStep._plans({ defaultInput: source.stepName }));

function releaseOf(props: MultiEnvPromotionPipelineProps): Release {
  const { buildStep, environments, artifact, source } = props;
  return {
    builds: [{ prop: 'buildStep', step: buildStep }],
    destinations: environments,
    artifact: artifact?.artifactName ?? builtBy(props)[0] ?? source.stepName,
  };
}
