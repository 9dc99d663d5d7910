import { aws_codebuild as codebuild, aws_iam as iam } from 'aws-cdk-lib';
import { sourceStatements } from '../build/render-source-access';
import type { ProjectPlan } from '../build/build-spec';
import { buildArtifactStatements, runBatchStatements, runBuildStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import type { ActionKind } from '../../render/action-kind';

/**
 * A build in a project that exists. Its role is given what no one else can know: the artifacts and the sources; one that was looked up cannot be
 * given anything.
 */
export const renderProject: ActionRenderer<ProjectPlan> = (context, { project, batch }, action) => {
  const artifacts = buildArtifactStatements(context.artifactBucket, { writes: action.outputs.length > 0 });
  for (const statement of [...artifacts, ...sourceStatements(context, action)]) {
    project.addToRolePolicy(iam.PolicyStatement.fromJson(statement));
  }
  // A build writes its artifacts with the key of the project; one that has none of its own gets that of the artifacts.
  if (project instanceof codebuild.Project)
    project.bindToCodePipeline(context.scope, { artifactBucket: context.artifactBucket });
  return {
    configuration: { ProjectName: project.projectName },
    pipelineStatements: batch ? runBatchStatements(project.projectArn) : runBuildStatements(project.projectArn),
  };
};

export const EXISTING_PROJECT: ActionKind<ProjectPlan> = {
  kind: 'project',
  render: renderProject,
};
