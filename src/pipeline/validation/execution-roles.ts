import { imageConsumers } from '../image-consumers';
import type { PipelinePlan } from '../pipeline-plan';
import type { Problems } from '../problems';

/** Rule of task definitions of Fargate and of external instances. */
export const HAVE_EXECUTION_ROLE = 'have an execution role, which pulls the images of ECR';

/**
 * Validates that a task definition that receives an image of ECR has an execution role. Amazon ECS rejects the
 * registration otherwise. Instances of a cluster pull with their own role.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function validateExecutionRoles(plan: PipelinePlan, problems: Problems): void {
  for (const { path, image, taskDefinition } of imageConsumers(plan)) {
    if (!image || !taskDefinition || taskDefinition.executionRole) continue;
    const { prop, constructPath } = taskDefinition;
    const fix =
      'call repository.grantPull(taskDefinition.obtainExecutionRole()) before the pipeline is created, with the ' +
      'repository in a separate stack';
    problems.root(`${path}.${prop}`).add(HAVE_EXECUTION_ROLE, constructPath, fix);
  }
}
