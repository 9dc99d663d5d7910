import {
  Aws,
  aws_codebuild as codebuild,
  aws_iam as iam,
  aws_logs as logs,
  Duration,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CACHE_PREFIX } from '../../render/artifact-bucket';
import { buildSpecOf } from './buildspec';
import { imageOf, imageStatements } from './render-image-reference';
import { projectNetwork, renderNetwork } from './render-network';
import { imageVariables, repositoryStatements } from './render-repositories';
import { sourceStatements } from './render-source-access';
import type { BuildPlan } from './build-spec';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { holdsVariable } from '../../pipeline/variables';
import {
  arnOf,
  batchStatements,
  BUILD_NETWORK,
  buildArtifactStatements,
  logStatements,
  networkInterfaceStatements,
  reportStatements,
  runBatchStatements,
  runBuildStatements,
  assumeRoleStatements,
} from '../../render/grants';
import { generatedName } from '../../render/names';
import type { ActionRenderer, RenderContext } from '../../render/rendered';
import { renderRole } from '../../render/role';
import { secretReference, secretStatements } from './render-secrets';
import { environmentOutputs } from '../render-environment-outputs';
import { readStackOutputs } from './stack-outputs';
import type { ActionKind } from '../../render/action-kind';

/** A project may have 150 characters, but a report group no more than 128, and its name is that of the project and more. */
const PROJECT_NAME_LENGTH = 128 - '-coverage'.length;

/** A build in a CodeBuild project of its own. */
export const renderBuild: ActionRenderer<BuildPlan> = (context, spec, action) => {
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
      ...buildArtifactStatements(artifactBucket, {
        writes: spec.outputs.length > 0,
        ...(spec.cachePaths.length > 0 && { cache: cachePrefix(action) }),
      }),
      ...logStatements(logGroup, logGroupName),
      // The first build makes the groups, under these names.
      ...reportStatements(
        projectName,
        spec.reports.map(({ name }) => name),
      ),
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
    environmentVariables: {
      ...plain({
        ...fixed(spec.environmentVariables),
        ...imageVariables(spec),
        ...fixed(outputs),
      }),
      ...Object.fromEntries(
        Object.entries(spec.secrets).map(([name, secret]) => [
          name,
          {
            type:
              secret.kind === 'parameter'
                ? codebuild.BuildEnvironmentVariableType.PARAMETER_STORE
                : codebuild.BuildEnvironmentVariableType.SECRETS_MANAGER,
            value: secretReference(secret),
          },
        ]),
      ),
    },
    // Artifacts are written with the key of the project, not with that of the store.
    encryptionKey: artifactBucket.encryptionKey,
    cache: cacheOf(context, spec, action),
    timeout: spec.timeoutMinutes === undefined ? undefined : Duration.minutes(spec.timeoutMinutes),
  });
  const resource = project.node.defaultChild as codebuild.CfnProject;
  // The L2 would write a policy of its own for a network.
  resource.vpcConfig = network && projectNetwork(network);
  // It takes a log group as a construct only, and would import this one by its name to read it back.
  resource.logsConfig = { cloudWatchLogs: { status: 'ENABLED', groupName: logGroupName } };
  if (spec.matrix) {
    const batchRole = renderRole(scope, 'BatchRole', {
      assumedBy: codeBuild,
      description: `Starts the builds of the step ${action.name} of the pipeline ${pipelineName}`,
      policyName: 'Batch',
      statements: batchStatements(arnOf('codebuild', `project/${projectName}`)),
    });
    resource.buildBatchConfig = { serviceRole: batchRole.roleArn };
  }

  return {
    configuration: { ProjectName: project.projectName, ...filledIn(action, outputs) },
    pipelineStatements: spec.matrix ? runBatchStatements(project.projectArn) : runBuildStatements(project.projectArn),
    build: { stepName: action.name, project, role },
  };
};

/** What the project knows before a run. */
const fixed = (variables: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => !holdsVariable(value)));

/** What CodePipeline fills in of what an environment tells, besides what it fills in anyway. */
function filledIn({ configuration }: StepPlan, outputs: Readonly<Record<string, string>>): Record<string, string> {
  const more = Object.entries(outputs)
    .filter(([, value]) => holdsVariable(value))
    .map(([name, value]) => ({ name, value, type: 'PLAINTEXT' }));
  return more.length === 0
    ? {}
    : {
        EnvironmentVariables: JSON.stringify([
          ...(JSON.parse(configuration.EnvironmentVariables ?? '[]') as unknown[]),
          ...more,
        ]),
      };
}

/** Where a build keeps what it would otherwise download again. */
const cachePrefix = ({ name }: StepPlan) => `${CACHE_PREFIX}${name}`;

function cacheOf(
  { artifactBucket }: RenderContext,
  { cachePaths, layerCache }: BuildPlan,
  action: StepPlan,
): codebuild.Cache | undefined {
  if (cachePaths.length > 0) return codebuild.Cache.bucket(artifactBucket, { prefix: cachePrefix(action) });
  return layerCache ? codebuild.Cache.local(codebuild.LocalCacheMode.DOCKER_LAYER) : undefined;
}

const plain = (variables: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }]));

export const BUILD: ActionKind<BuildPlan> = {
  kind: 'build',
  render: renderBuild,
};
