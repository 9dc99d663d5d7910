import {
  Aws,
  aws_codebuild as codebuild,
  aws_iam as iam,
  aws_logs as logs,
  Duration,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { plaintextVariables, substitutedValues } from './build-variables';
import { buildSpecOf } from './buildspec';
import { imageOf, renderVariables } from './render-variables';
import type { BuildSpec, ImageReferencePlan } from './spec';
import { readStackOutputs } from './stack-outputs';
import { OTHER_COMPUTE } from './validate-build';
import { ENVIRONMENT_TYPES } from '../../aws/builds';
import { LAMBDA_BUILD_REGIONS } from '../../aws/regions';
import { compact } from '../../common/compact';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import type { ActionKind } from '../../render/action-kind';
import { CACHE_PREFIX } from '../../render/artifact-bucket';
import {
  arnOf,
  buildArtifactStatements,
  logStatements,
  type Statement,
  allow,
  pullImageStatements,
  registryTokenStatement,
} from '../../render/grants';
import { generatedName } from '../../render/names';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { renderRole } from '../../render/role';
import { validateRegion } from '../../render/validate-region';
import {
  environmentOutputs,
  networkStatements,
  projectNetwork,
  type RenderedNetwork,
  renderNetwork,
} from '../render-network';
import { assumeRoleStatements, runBuildStatements, sourceStatements, secretStatements } from '../step-grants';

/**
 * Maximum length of project names. CodeBuild allows 150 characters, but only 128 for report groups, whose names are the
 * name of the project with a suffix.
 */
const PROJECT_NAME_LENGTH = 128 - '-coverage'.length;

/** Renders a build in a separate CodeBuild project. */
export function renderBuild(context: RenderContext, spec: BuildSpec, action: StepPlan): RenderedAction {
  const { scope: pattern, plan, pipelineName, artifactBucket } = context;
  const outputs = environmentOutputs(context, action);
  const scope = new Construct(pattern, action.name);
  // Must be concrete, because the role refers to the log group and the report groups, whose names contain it.
  const projectName = generatedName(scope, PROJECT_NAME_LENGTH);

  const logGroupName = `/aws/codebuild/${projectName}`;
  const logGroup = new logs.CfnLogGroup(scope, 'Logs', { logGroupName, retentionInDays: plan.logDays });
  logGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);

  const network = spec.network && renderNetwork(scope, spec.network);
  const codeBuild = new iam.ServicePrincipal('codebuild.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
  const role = renderRole(scope, 'Role', {
    assumedBy: codeBuild,
    description: `Service role of the step ${action.name} of the pipeline ${pipelineName}`,
    policyName: 'Build',
    statements: [
      ...artifactStatements(context, spec, action),
      ...logStatements(logGroup, logGroupName),
      ...reportStatements(projectName, spec),
      ...sourceStatements(context, action),
      ...secretStatements(spec.secrets),
      ...imageStatements(spec.compute.image),
      ...networkStatements(network),
      ...assumeRoleStatements(spec.assumedRoleArns ?? []),
      ...repositoryStatements(spec),
    ],
  });
  const project = new codebuild.PipelineProject(scope, 'Project', {
    projectName,
    description: `Step ${action.name} of the pipeline ${pipelineName}`,
    role: role.withoutPolicyUpdates(),
    buildSpec: codebuild.BuildSpec.fromObject(buildSpecOf(spec, readStackOutputs(plan, action))),
    environment: {
      buildImage: imageOf(spec.compute),
      computeType: spec.compute.computeType as codebuild.ComputeType,
      privileged: spec.docker,
    },
    environmentVariables: renderVariables(spec, outputs),
    // CodeBuild encrypts artifacts with the key of the project, not with the key of the artifact store.
    encryptionKey: artifactBucket.encryptionKey,
    cache: cacheOf(context, spec, action),
    timeout: timeoutOf(spec),
  });
  configureProject(project, network, logGroupName);
  if (spec.matrix) {
    const batchRole = renderRole(scope, 'BatchRole', {
      assumedBy: codeBuild,
      description: `Starts the builds of the step ${action.name} of the pipeline ${pipelineName}`,
      policyName: 'Batch',
      statements: batchStatements(arnOf('codebuild', `project/${projectName}`)),
    });
    resourceOf(project).buildBatchConfig = { serviceRole: batchRole.roleArn };
  }

  return {
    configuration: { ProjectName: project.projectName, ...configurationWith(outputs, action) },
    pipelineStatements: runBuildStatements(project.projectArn, spec.matrix !== undefined),
    build: { stepName: action.name, project, role },
  };
}

export const BUILD: ActionKind<BuildSpec> = {
  kind: 'build',
  render: renderBuild,
  validate: (scope, { spec }, problems) => validateComputeRegion(scope, spec, problems),
};

/** Validates that the machine of a build is available in the Region of the pipeline. */
export function validateComputeRegion(scope: Construct, { compute }: BuildSpec, problems: Problems): void {
  if (!ENVIRONMENT_TYPES[compute.environmentType].lambda) return;
  validateRegion(scope, 'builds on Lambda are', LAMBDA_BUILD_REGIONS, problems.at('compute'), OTHER_COMPUTE);
}

function timeoutOf({ timeoutMinutes }: BuildSpec): Duration | undefined {
  if (timeoutMinutes === undefined) return undefined;
  return Duration.minutes(timeoutMinutes);
}

function artifactStatements(context: RenderContext, spec: BuildSpec, action: StepPlan): Statement[] {
  const writes = spec.outputs.length > 0;
  const cache = spec.cachePaths.length > 0 ? cachePrefix(context, action) : undefined;
  return buildArtifactStatements(context.artifactBucket, { writes, cache });
}

/**
 * Sets the network and the logs of a project. The L2 construct would add a policy for the network, and would import the
 * log group to read its name.
 */
function configureProject(
  project: codebuild.PipelineProject,
  network: RenderedNetwork | undefined,
  logGroupName: string,
): void {
  const resource = resourceOf(project);
  resource.vpcConfig = network && projectNetwork(network);
  resource.logsConfig = { cloudWatchLogs: { status: 'ENABLED', groupName: logGroupName } };
}

function resourceOf(project: codebuild.PipelineProject): codebuild.CfnProject {
  return project.node.defaultChild as codebuild.CfnProject;
}

/**
 * Returns the configuration with the outputs of the environment that contain variables of the pipeline, if there are
 * any.
 */
function configurationWith(
  outputs: Readonly<Record<string, string>>,
  { configuration }: StepPlan,
): Record<string, string> {
  const variables = plaintextVariables(substitutedValues(outputs));
  if (variables.length === 0) return {};
  const planned = JSON.parse(configuration.EnvironmentVariables ?? '[]') as unknown[];
  return { EnvironmentVariables: JSON.stringify([...planned, ...variables]) };
}

/** Returns the prefix of the objects in which a build stores its cache. */
function cachePrefix({ plan, pipelineName }: RenderContext, { name }: StepPlan): string {
  // Pipelines that share a bucket may have steps of the same name.
  return plan.artifactBucket === undefined ? `${CACHE_PREFIX}${name}` : `${CACHE_PREFIX}${pipelineName}/${name}`;
}

function cacheOf(
  context: RenderContext,
  { cachePaths, layerCache }: BuildSpec,
  action: StepPlan,
): codebuild.Cache | undefined {
  if (cachePaths.length > 0) {
    return codebuild.Cache.bucket(context.artifactBucket, { prefix: cachePrefix(context, action) });
  }
  return layerCache ? codebuild.Cache.local(codebuild.LocalCacheMode.DOCKER_LAYER) : undefined;
}

/**
 * Allows the role of a batch to start its builds.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build-service-role.html
 */
export function batchStatements(projectArn: unknown): Statement[] {
  return [allow(['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:RetryBuild'], [projectArn])];
}

/**
 * Allows a build to write its reports.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html
 */
export function reportStatements(projectName: string, { reports }: BuildSpec): Statement[] {
  const names = reports.map(({ name }) => name);
  if (names.length === 0) return [];
  const actions = ['codebuild:CreateReportGroup', 'codebuild:CreateReport', 'codebuild:UpdateReport'];
  if (names.includes('tests')) actions.push('codebuild:BatchPutTestCases');
  if (names.includes('coverage')) actions.push('codebuild:BatchPutCodeCoverages');
  // The first build creates the groups, under these names.
  const groups = names.map((name) => arnOf('codebuild', `report-group/${projectName}-${name}`));
  return [allow(actions, groups)];
}

/** Allows CodeBuild to pull the image of the machine under the role of the build. */
export function imageStatements(image: ImageReferencePlan | undefined): Statement[] {
  switch (image?.kind) {
    case undefined:
    case 'standard':
      return [];
    case 'ecr':
      return pullImageStatements([image.repository.repositoryArn]);
    case 'registry':
      if (!image.credentials) return [];
      return secretStatements({ credentials: { kind: 'secrets-manager', secret: image.credentials } });
  }
}

/** Allows commands to push an image to a repository and to pull from others. */
export function repositoryStatements({ pushesTo, pullsFrom, baseImages = [] }: BuildSpec): Statement[] {
  const repositories = compact([pullsFrom, ...baseImages.map((base) => base.kind === 'ecr' && base.repository)]);
  const prefixes = compact(baseImages.map((base) => base.kind === 'pull-through' && base.prefix));
  const statements: Statement[] = [];
  if (pushesTo) statements.push(...pushImageStatements(pushesTo.repositoryArn));
  statements.push(...pullImageStatements(repositories.map(({ repositoryArn }) => repositoryArn)));
  statements.push(...prefixes.flatMap(pullThroughStatements));
  return statements;
}

/**
 * Allows commands to push images to a repository.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
function pushImageStatements(repositoryArn: string): Statement[] {
  const actions = [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:CompleteLayerUpload',
    'ecr:DescribeImages',
    'ecr:GetDownloadUrlForLayer',
    'ecr:InitiateLayerUpload',
    'ecr:PutImage',
    'ecr:UploadLayerPart',
  ];
  return [registryTokenStatement(), allow(actions, [repositoryArn])];
}

/**
 * Allows commands to pull images through a cache. ECR then imports images that it does not have, into repositories that
 * it creates.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
function pullThroughStatements(prefix: string): Statement[] {
  const repositories = arnOf('ecr', `repository/${prefix}/*`);
  const importStatement = allow(['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], [repositories]);
  return [...pullImageStatements([repositories]), importStatement];
}
