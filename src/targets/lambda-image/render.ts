import type { DeployLambdaImagePlan } from './lambda-image-spec';
import { renderDeployRole, type EnvironmentScope } from '../../render/environment-scope';
import { releaseImageStatements, artifactReadStatements } from '../../render/grants';
import type { ActionRenderer, RenderedEnvironment } from '../../render/rendered';

/** A function gets an image: a Commands action under the role of the environment. */
export const renderDeployLambdaImage: ActionRenderer<DeployLambdaImagePlan> = ({ environments }, spec) => {
  const { environmentScope, elsewhere, seenRole } = environments.get(spec.environment)!;
  const made = environmentScope && renderLambdaImageResources(environmentScope, spec);
  return {
    role: seenRole(made?.deployRole),
    region: elsewhere?.region,
    environment: made,
    environmentVariables: Object.entries({ FUNCTION_NAME: spec.functionName, FUNCTION_ALIAS: spec.alias }).map(
      ([name, value]) => ({ name, value, type: 'PLAINTEXT' }),
    ),
  };
};

/** The function is somewhere already; what the environment adds is a role that may release to it. */
export function renderLambdaImageResources(environmentScope: EnvironmentScope, spec: DeployLambdaImagePlan) {
  const deployRole = renderDeployRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...environmentScope.actionLogs(),
      ...releaseImageStatements(spec),
    ],
  });
  return { environmentName: environmentScope.environment, deployRole } satisfies RenderedEnvironment;
}
