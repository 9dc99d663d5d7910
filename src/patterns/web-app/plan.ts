import type { WebAppPipelineProps } from './props';
import { DeploymentEnvironment } from '../../environments/deployment-environment';
import type { Environment } from '../../pipeline/env';
import type { PipelinePlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { BuildStep } from '../../steps/build-step';
import { DeployTarget } from '../../targets/deploy-target';
import { planRelease, validateSource } from '../common/release';

/** Plans sources → build and checks → environments, and reports what is wrong with the props. */
export function planWebApp(
  props: WebAppPipelineProps,
  pipelineEnv: Environment,
  problems: Problems,
): PipelinePlan | undefined {
  if (!validateSource(props, problems)) return undefined;
  const { buildStep = BuildStep.nodeJs(), environments = [new DeploymentEnvironment('production')] } = props;
  const release = {
    builds: [{ prop: 'buildStep', step: buildStep }],
    artifact: buildStep.stepName,
    destinations: environments,
    defaultTarget: DeployTarget.staticSite(),
  };
  return planRelease(props, release, pipelineEnv, problems);
}
