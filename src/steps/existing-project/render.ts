import { aws_codebuild as codebuild, aws_iam as iam } from 'aws-cdk-lib';
import type { ExistingProjectSpec } from './plan';
import type { ActionKind } from '../../render/action-kind';
import { buildArtifactStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import { runBatchStatements, runBuildStatements, sourceStatements } from '../secret-grants';

/**
 * Renders a build in a project that exists. Its role is granted what only the pipeline knows: the artifacts and the
 * sources. The role of an imported project cannot be granted anything.
 */
const renderProject: ActionRenderer<ExistingProjectSpec> = (context, { project, batch }, action) => {
  const artifacts = buildArtifactStatements(context.artifactBucket, { writes: action.outputs.length > 0 });
  for (const statement of [...artifacts, ...sourceStatements(context, action)]) {
    project.addToRolePolicy(iam.PolicyStatement.fromJson(statement));
  }
  // A build writes its artifacts with the key of the project; one that has none of its own gets that of the artifacts.
  if (project instanceof codebuild.Project) {
    project.bindToCodePipeline(context.scope, { artifactBucket: context.artifactBucket });
  }
  return {
    configuration: { ProjectName: project.projectName },
    pipelineStatements: batch ? runBatchStatements(project.projectArn) : runBuildStatements(project.projectArn),
  };
};

export const EXISTING_PROJECT: ActionKind<ExistingProjectSpec> = {
  kind: 'project',
  render: renderProject,
};
