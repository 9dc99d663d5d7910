import type { DeployLambdaImageSpec } from './plan';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import type { EnvironmentPlacement, RequiredName, TargetKind } from '../../render/action-kind';
import { type EnvironmentScope, renderActionRole } from '../../render/environment-scope';
import { artifactReadStatements, allow, arnOf, type Statement } from '../../render/grants';
import type { RenderContext, RenderedAction, RenderedEnvironment } from '../../render/rendered';

/** Renders the Commands action that deploys an image to a function, under the role of the environment. */
export const LAMBDA_IMAGE: TargetKind<DeployLambdaImageSpec> = {
  kind: 'deploy-lambda-image',
  render: renderDeployLambdaImage,
  renderResources,
  referencedResources: ({ function: resource }) => [{ prop: 'function', resourceKind: 'a function', resource }],
  requiredNames,
  validateEnvironment,
};

function renderDeployLambdaImage({ environments }: RenderContext, spec: DeployLambdaImageSpec): RenderedAction {
  const { environmentScope, crossEnv, actionRole } = environments.get(spec.environment)!;
  const environment = environmentScope && renderResources(environmentScope, spec);
  const variables = { FUNCTION_NAME: spec.functionName, FUNCTION_ALIAS: spec.alias };
  return {
    role: actionRole(environment?.actionRole),
    region: crossEnv?.region,
    environment,
    environmentVariables: Object.entries(variables).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
  };
}

/** Creates the action role. The function itself is provided by the user. */
function renderResources(environmentScope: EnvironmentScope, spec: DeployLambdaImageSpec) {
  const actionRole = renderActionRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...environmentScope.actionLogs(),
      ...releaseImageStatements(spec),
    ],
  });
  return { environmentName: environmentScope.environment, actionRole } satisfies RenderedEnvironment;
}

function requiredNames({ functionName, repository }: DeployLambdaImageSpec): RequiredName[] {
  const names: RequiredName[] = [{ prop: 'function', nameProp: 'functionName', name: functionName }];
  if (repository) names.push({ prop: 'repository', nameProp: 'repositoryName', name: repository.name });
  return names;
}

/** Validates that the repository is set for a function in another account than the pipeline. */
function validateEnvironment(
  { spec }: StepPlan<DeployLambdaImageSpec>,
  { isCrossAccount }: EnvironmentPlacement,
  problems: Problems,
): void {
  if (!isCrossAccount || spec.repository !== undefined) return;
  const rule = 'be set if the function is in another account than the pipeline';
  const fix = 'pass the repository of the image, which the action role must be allowed to read';
  problems.at('repository').add(rule, undefined, fix);
}

/**
 * Allows the action role to deploy an image to a function. AWS does not document whether publishing together with a
 * code update requires `lambda:PublishVersion`; the Lambda action of CodePipeline has both. An image of another account
 * must also be readable for the role.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 * @see https://repost.aws/knowledge-center/lambda-ecr-image
 */
export function releaseImageStatements({ functionName, repository }: DeployLambdaImageSpec): Statement[] {
  const functionArn = arnOf('lambda', `function:${functionName}`);
  const statements = [
    allow(
      [
        'lambda:GetAlias',
        'lambda:GetFunction',
        'lambda:UpdateFunctionCode',
        'lambda:PublishVersion',
        'lambda:UpdateAlias',
      ],
      [functionArn],
    ),
    allow(['lambda:GetFunctionConfiguration'], [functionArn, arnOf('lambda', `function:${functionName}:*`)]),
  ];
  if (repository) {
    statements.push(allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], [arnOfRepository(repository)]));
  }
  return statements;
}

/** Returns the ARN of a repository of any account. */
function arnOfRepository({ name, account }: NonNullable<DeployLambdaImageSpec['repository']>): unknown {
  const prefix = { 'Fn::Sub': 'arn:${AWS::Partition}:ecr:${AWS::Region}:' };
  return { 'Fn::Join': ['', [prefix, account, `:repository/${name}`]] };
}
