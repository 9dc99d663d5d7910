import { DEPLOYMENT_NAME } from '../aws/limits';
import type { Problems } from '../pipeline/problems';

/** Returns the name of a step that releases to an environment. */
export function deploymentStepName(verb: string, environment: string, deploymentName?: string): string {
  const name = `${verb}-${environment}`;
  return deploymentName === undefined ? name : `${name}-${deploymentName}`;
}

/**
 * Validates the name that distinguishes a deployment from others of its environment, and returns whether steps can be named after it.
 *
 * @param problems collector at the target
 */
export function validateDeploymentName(deploymentName: string | undefined, problems: Problems): boolean {
  if (deploymentName === undefined) return true;
  return problems.at('deploymentName').name(deploymentName, DEPLOYMENT_NAME, 'choose another name');
}
