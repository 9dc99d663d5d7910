import { aws_codebuild as codebuild, aws_iam as iam } from 'aws-cdk-lib';
import type { ExistingProjectSpec } from './plan';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { buildArtifactStatements } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { runBuildStatements, sourceStatements } from '../step-grants';

/**
 * Renders a build in an existing project. The role of the project is granted access to the artifacts and sources of the
 * pipeline. An imported project has a role that cannot be changed.
 */
function renderProject(
  context: RenderContext,
  { project, batch }: ExistingProjectSpec,
  action: StepPlan,
): RenderedAction {
  const artifacts = buildArtifactStatements(context.artifactBucket, { writes: action.outputs.length > 0 });
  for (const statement of [...artifacts, ...sourceStatements(context, action)]) {
    project.addToRolePolicy(iam.PolicyStatement.fromJson(statement));
  }
  // A build encrypts its artifacts with the key of its project. A project without a key gets the key of the artifacts.
  if (project instanceof codebuild.Project) {
    project.bindToCodePipeline(context.scope, { artifactBucket: context.artifactBucket });
  }
  return {
    configuration: { ProjectName: project.projectName },
    pipelineStatements: runBuildStatements(project.projectArn, batch),
  };
}

export const EXISTING_PROJECT: ActionKind<ExistingProjectSpec> = {
  kind: 'project',
  render: renderProject,
};
