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

/** Properties of a {@link WebAppPipeline}. */
export interface WebAppPipelineProps extends ReleasePipelineProps {
  /**
   * Build and tests, which run once for all environments.
   *
   * @default BuildStep.nodeJs()
   */
  readonly buildStep?: BuildStep;

  /**
   * Environments and waves of environments in the order of their deployment. The same artifact is deployed to all of
   * them.
   *
   * @default - one environment named `production`, without an approval
   */
  readonly environments?: ReleaseDestination[];
}

const PROP_TYPES: OptionTypes<WebAppPipelineProps> = {
  ...RELEASE_PROPS,
  buildStep: instanceOf(BuildStep, 'use a factory of BuildStep'),
  // The items are validated where they are planned.
  environments: LIST,
};

/** Plans the sources, the build stage and the environments, and reports invalid props. */
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
