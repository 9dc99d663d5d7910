import { DeploymentEnvironment } from '../../environments/deployment-environment';
import type { ReleaseDestination } from '../../environments/release-destination';
import type { Environment } from '../../pipeline/env';
import type { PipelinePlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { instanceOf, LIST, type OptionTypes, readOptions } from '../../pipeline/read-options';
import { BuildStep } from '../../steps/build-step';
import { DeployTarget } from '../../targets/deploy-target';
import { RELEASE_PROPS } from '../common/plan';
import type { ReleasePipelineProps } from '../common/props';
import { hasSource, planRelease } from '../common/release';

/** What a {@link WebAppPipeline} is made of. Only the source is required. */
export interface WebAppPipelineProps extends ReleasePipelineProps {
  /**
   * How it is built and tested.
   *
   * @default BuildStep.nodeJs()
   */
  readonly buildStep?: BuildStep;

  /**
   * Where releases go, in this order: environments, and waves of several at the same time. What was built once goes
   * through all of them unchanged.
   *
   * @default - one environment named `production`, without an approval
   */
  readonly environments?: ReleaseDestination[];
}

const PROP_TYPES: OptionTypes<WebAppPipelineProps> = {
  ...RELEASE_PROPS,
  buildStep: instanceOf(BuildStep, 'use a factory of BuildStep'),
  // Each is validated where it is planned.
  environments: LIST,
};

/** Plans sources → build and checks → environments, and reports what is wrong with the props. */
export function planWebApp(
  props: WebAppPipelineProps,
  pipelineEnv: Environment,
  problems: Problems,
): PipelinePlan | undefined {
  const read = readOptions(props, PROP_TYPES, problems);
  if (!hasSource(read, problems)) return undefined;
  const { buildStep = BuildStep.nodeJs(), environments = [new DeploymentEnvironment('production')] } = read;
  const release = {
    builds: [{ prop: 'buildStep', step: buildStep }],
    artifact: buildStep.stepName,
    destinations: environments,
    defaultTarget: DeployTarget.staticSite(),
  };
  return planRelease(read, release, pipelineEnv, problems);
}
