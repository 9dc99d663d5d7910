import { Aws, aws_codebuild as codebuild, aws_iam as iam, aws_logs as logs, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CACHE_PREFIX } from '../artifact-bucket';
import { buildSpecOf, reportsOf } from './build-spec';
import { STANDARD_IMAGE } from '../../facts/builds';
import type { BuildPlan } from '../../plan/pipeline-plan';
import { buildArtifactStatements, logStatements, reportStatements, runBuildStatements } from '../grants';
import { generatedName } from '../names';
import type { ActionRenderer } from '../rendered';
import { renderRole } from '../role';

/** A project may have 150 characters, but a report group no more than 128, and its name is that of the project and more. */
const PROJECT_NAME_LENGTH = 128 - '-coverage'.length;

/** A build in a CodeBuild project of its own. */
export const renderBuild: ActionRenderer<BuildPlan> = ({ scope: pattern, plan, pipelineName, artifactBucket }, work, action) => {
  const scope = new Construct(pattern, action.name);
  // Concrete, because the role names the log group and the report groups, which are named after the project.
  const projectName = generatedName(scope, PROJECT_NAME_LENGTH);

  const logGroupName = `/aws/codebuild/${projectName}`;
  const logGroup = new logs.CfnLogGroup(scope, 'Logs', { logGroupName, retentionInDays: plan.logDays });
  logGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);

  const role = renderRole(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    description: `Service role of the step ${action.name} of the pipeline ${pipelineName}`,
    policyName: 'Build',
    statements: [
      ...buildArtifactStatements(artifactBucket),
      ...logStatements(logGroup, logGroupName),
      // The first build makes the groups, under these names.
      ...reportStatements(reportsOf(work).map(({ name }) => `${projectName}-${name}`)),
    ],
  });
  const project = new codebuild.PipelineProject(scope, 'Project', {
    projectName,
    description: `Step ${action.name} of the pipeline ${pipelineName}`,
    role: role.withoutPolicyUpdates(),
    buildSpec: codebuild.BuildSpec.fromObject(buildSpecOf(work)),
    environment: {
      buildImage: codebuild.LinuxBuildImage.fromCodeBuildImageId(STANDARD_IMAGE),
      computeType: codebuild.ComputeType.SMALL,
    },
    environmentVariables: Object.fromEntries(Object.entries(work.environmentVariables).map(([name, value]) => [name, { value }])),
    cache: codebuild.Cache.bucket(artifactBucket, { prefix: `${CACHE_PREFIX}${action.name}` }),
    timeout: Duration.minutes(work.timeoutMinutes),
  });
  // The L2 takes a log group as a construct only, and would import this one by its name to read it back.
  (project.node.defaultChild as codebuild.CfnProject).logsConfig = { cloudWatchLogs: { status: 'ENABLED', groupName: logGroupName } };

  return {
    configuration: { ProjectName: project.projectName },
    pipelineStatements: runBuildStatements(project.projectArn),
    build: { project, role },
  };
};
