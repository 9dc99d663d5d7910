import type { ProjectPlan } from '../../plan/build-plan';
import { runBatchStatements, runBuildStatements } from '../grants';
import type { ActionRenderer } from '../rendered';

/** A build in a project that exists: what its role may do is for whoever made it to say. */
export const renderProject: ActionRenderer<ProjectPlan> = (_context, { project, batch }) => ({
  configuration: { ProjectName: project.projectName },
  pipelineStatements: batch ? runBatchStatements(project.projectArn) : runBuildStatements(project.projectArn),
});
