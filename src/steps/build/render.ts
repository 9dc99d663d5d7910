import {
  Aws,
  aws_codebuild as codebuild,
  aws_iam as iam,
  aws_logs as logs,
  Duration,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { substitutedValues } from './build-variables';
import { buildSpecOf } from './buildspec';
import { imageOf, renderVariables } from './render-variables';
import type { BuildSpec, ImageReferencePlan } from './spec';
import { readStackOutputs } from './stack-outputs';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { CACHE_PREFIX } from '../../render/artifact-bucket';
import {
  arnOf,
  BUILD_NETWORK,
  buildArtifactStatements,
  logStatements,
  networkInterfaceStatements,
  type Statement,
  allow,
  pullImageStatements,
  registryTokenStatement,
} from '../../render/grants';
import { generatedName } from '../../render/names';
import type { ActionRenderer, RenderContext } from '../../render/rendered';
import { renderRole } from '../../render/role';
import { environmentOutputs, projectNetwork, type RenderedNetwork, renderNetwork } from '../render-network';
import {
  assumeRoleStatements,
  runBatchStatements,
  runBuildStatements,
  sourceStatements,
  secretStatements,
} from '../secret-grants';

/**
 * A project may have 150 characters, but a report group no more than 128, and its name is that of the project and more.
 */
const PROJECT_NAME_LENGTH = 128 - '-coverage'.length;

/** Renders a build in a CodeBuild project of its own. */
export const renderBuild: ActionRenderer<BuildSpec> = (context, spec, action) => {
  const { scope: pattern, plan, pipelineName, artifactBucket } = context;
  const outputs = environmentOutputs(context, action);
  const scope = new Construct(pattern, action.name);
  // Concrete, because the role names the log group and the report groups, which are named after the project.
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
      ...(network ? networkInterfaceStatements(network, BUILD_NETWORK) : []),
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
    // Artifacts are written with the key of the project, not with that of the store.
    encryptionKey: artifactBucket.encryptionKey,
    cache: cacheOf(context, spec, action),
    timeout: spec.timeoutMinutes === undefined ? undefined : Duration.minutes(spec.timeoutMinutes),
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
    pipelineStatements: spec.matrix ? runBatchStatements(project.projectArn) : runBuildStatements(project.projectArn),
    build: { stepName: action.name, project, role },
  };
};

export const BUILD: ActionKind<BuildSpec> = {
  kind: 'build',
  render: renderBuild,
};

function artifactStatements({ artifactBucket }: RenderContext, spec: BuildSpec, action: StepPlan): Statement[] {
  const writes = spec.outputs.length > 0;
  const cache = spec.cachePaths.length > 0 ? cachePrefix(action) : undefined;
  return buildArtifactStatements(artifactBucket, { writes, cache });
}

/**
 * Sets what the L2 would do in another way: it writes a policy for a network, and imports a log group by its name to
 * read that back.
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
 * Returns the configuration with the outputs of an environment that CodePipeline substitutes variables in, if there are
 * any.
 */
function configurationWith(
  outputs: Readonly<Record<string, string>>,
  { configuration }: StepPlan,
): Record<string, string> {
  const variables = Object.entries(substitutedValues(outputs)).map(([name, value]) => ({
    name,
    value,
    type: 'PLAINTEXT',
  }));
  if (variables.length === 0) return {};
  const planned = JSON.parse(configuration.EnvironmentVariables ?? '[]') as unknown[];
  return { EnvironmentVariables: JSON.stringify([...planned, ...variables]) };
}

/** Returns where a build keeps what it would otherwise download again. */
function cachePrefix({ name }: StepPlan): string {
  return `${CACHE_PREFIX}${name}`;
}

function cacheOf(
  { artifactBucket }: RenderContext,
  { cachePaths, layerCache }: BuildSpec,
  action: StepPlan,
): codebuild.Cache | undefined {
  if (cachePaths.length > 0) return codebuild.Cache.bucket(artifactBucket, { prefix: cachePrefix(action) });
  return layerCache ? codebuild.Cache.local(codebuild.LocalCacheMode.DOCKER_LAYER) : undefined;
}

/**
 * For the role under which CodeBuild starts the builds of a batch.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build-service-role.html
 */
export function batchStatements(projectArn: unknown): Statement[] {
  return [allow(['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:RetryBuild'], [projectArn])];
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html */
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

/** For CodeBuild, which pulls the image of the machine under the role of the build. */
export function imageStatements(image: ImageReferencePlan | undefined): Statement[] {
  switch (image?.kind) {
    case undefined:
    case 'standard':
      return [];
    case 'ecr':
      return pullImageStatements([image.repository.repositoryArn]);
    case 'registry':
      return image.credentials
        ? secretStatements({ credentials: { kind: 'secrets-manager', secret: image.credentials } })
        : [];
  }
}

/** For commands that push an image to a repository, and pull from others. */
export function repositoryStatements({ pushesTo, pullsFrom, baseImages = [] }: BuildSpec): Statement[] {
  const pulled = baseImages.flatMap((base) => (base.kind === 'ecr' ? [base.repository.repositoryArn] : []));
  if (pullsFrom) pulled.unshift(pullsFrom.repositoryArn);
  return withoutRepetition([
    ...(pushesTo ? pushImageStatements(pushesTo.repositoryArn) : []),
    ...pullImageStatements(pulled),
    ...baseImages.flatMap((base) => (base.kind === 'pull-through' ? pullThroughStatements(base.prefix) : [])),
  ]);
}

/** Each of them needs a token of the registry, which is the same for all. */
function withoutRepetition(statements: readonly Statement[]): Statement[] {
  const texts = statements.map((statement) => JSON.stringify(statement));
  return statements.filter((_, i) => texts.indexOf(texts[i]) === i);
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
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
 * For a build that pulls copies of images of other registries, and has ECR fetch those that it has not: it imports
 * them, into a repository that it creates.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
function pullThroughStatements(prefix: string): Statement[] {
  const below = arnOf('ecr', `repository/${prefix}/*`);
  return [...pullImageStatements([below]), allow(['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], [below])];
}
