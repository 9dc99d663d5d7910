import type { DeployLambdaImagePlan } from './lambda-image-spec';
import { renderDeployRole, type EnvironmentScope } from '../../render/environment-scope';
import { releaseImageStatements, artifactReadStatements } from '../../render/grants';
import type { ActionRenderer, RenderedEnvironment } from '../../render/rendered';
import type { TargetKind } from '../../render/action-kind';

/** A function gets an image: a Commands action under the role of the environment. */
export const renderDeployLambdaImage: ActionRenderer<DeployLambdaImagePlan> = ({ environments }, spec) => {
  const { environmentScope, crossEnv, actionRole } = environments.get(spec.environment)!;
  const made = environmentScope && renderLambdaImageResources(environmentScope, spec);
  return {
    role: actionRole(made?.deployRole),
    region: crossEnv?.region,
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

export const LAMBDA_IMAGE: TargetKind<DeployLambdaImagePlan> = {
  kind: 'deploy-lambda-image',
  render: renderDeployLambdaImage,
  renderResources: renderLambdaImageResources,
  referencedResources: ({ function: resource }) => [{ prop: 'function', what: 'a function', resource }],
  requiredNames: ({ functionName, repository }) => [
    { prop: 'function', what: 'functionName', name: functionName },
    ...(repository ? [{ prop: 'repository', what: 'repositoryName', name: repository.name }] : []),
  ],
  validateEnvironment: ({ spec }, { isCrossAccount }, problems) => {
    // The image of a function of another account is in a repository that only its stack and the pipeline know.
    if (!isCrossAccount || spec.repository !== undefined) return;
    problems
      .at('repository')
      .add(
        'be given where the function is in another account than the pipeline',
        undefined,
        'pass the repository that the image is in: the role of the environment must be allowed to read it',
      );
  },
};
