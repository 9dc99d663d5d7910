import type { WebAppPipelineProps } from './props';
import { BuildStep } from '../../steps/build-step';
import { DeployTarget } from '../../targets/deploy-target';
import type { PipelinePlan } from '../../pipeline/pipeline-plan';
import type { Environment } from '../../pipeline/env';
import type { Problem } from '../../pipeline/problems';
import { DeploymentEnvironment } from '../../environments/deployment-environment';
import { checkRelease, checkSource, planRelease, type Release } from '../common/release';

/** Sources → build and checks → environments. */
export const planWebApp = (props: WebAppPipelineProps): PipelinePlan => planRelease(props, releaseOf(props));

/**
 * Everything that is wrong with the props.
 *
 * @param home account and region of the pipeline
 */
export function checkWebApp(props: WebAppPipelineProps, home: Environment = {}): Problem[] {
  const missing = checkSource(props);
  return missing.length > 0 ? missing : checkRelease(props, releaseOf(props), home);
}

function releaseOf({
  buildStep = BuildStep.nodeJs(),
  environments = [new DeploymentEnvironment('production')],
}: WebAppPipelineProps): Release {
  return {
    builds: [{ prop: 'buildStep', step: buildStep }],
    artifact: buildStep.stepName,
    destinations: environments,
    defaultTarget: DeployTarget.staticSite(),
  };
}
