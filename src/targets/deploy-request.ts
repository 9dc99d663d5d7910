import { DEPLOYMENT_NAME } from '../aws/limits';
import type { Environment } from '../pipeline/env';
import type { StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { textType } from '../pipeline/read-options';
import type { ReleasedImage } from '../steps/built-image';

/** Describes what a target releases, and collects what is wrong with the target. */
export interface DeployRequest {
  /** Collector at the property that the target comes from. */
  readonly problems: Problems;
  readonly environment: string;
  readonly artifact: string;
  /** Artifact of the first source: it has the files that an image does not. */
  readonly source?: string;
  /** Image that the artifact describes, if it describes one. */
  readonly image?: ReleasedImage;
}

/** Plan of one target in one environment. */
export interface TargetPlan {
  /** Steps that release to it; none when what it needs is missing. */
  readonly steps: readonly StepPlan[];
  /** Steps that run before the approval, such as validators: they change nothing that the environment serves. */
  readonly beforeApproval?: readonly StepPlan[];
  /** Account and Region that the target itself determines. */
  readonly env?: Environment;
}

/**
 * Plans a kind of target. Validation and planning are one pass: a problem is reported to the request, and the plan is
 * what can be planned.
 */
export interface TargetPlanner {
  plan(request: DeployRequest): TargetPlan;
}

/** Plan of a target that lacks what everything else about it needs. */
export const NOTHING_PLANNED: TargetPlan = { steps: [] };

/** Options of every target that may stand beside others in an environment. */
export interface DeploymentNameOptions {
  /**
   * Tells deployments of one environment apart: 1 to 30 letters, digits, `_` and `-`. Must be concrete: steps and ids
   * are made of it.
   *
   * @default - none; enough for one deployment
   */
  readonly deploymentName?: string;
}

/** Type of deployment names, whose characters are validated where they are planned. */
export const DEPLOYMENT_NAME_TYPE = textType('choose another name', 'a non-empty string');

/** Returns the name of a step that releases to an environment. */
export function deploymentStepName(verb: string, environment: string, deploymentName?: string): string {
  const name = `${verb}-${environment}`;
  return deploymentName === undefined ? name : `${name}-${deploymentName}`;
}

/**
 * Validates the name that distinguishes a deployment from others of its environment, and returns whether steps can be
 * named after it.
 *
 * @param problems collector at the target
 */
export function validateDeploymentName(deploymentName: string | undefined, problems: Problems): boolean {
  if (deploymentName === undefined) return true;
  return problems.at('deploymentName').name(deploymentName, DEPLOYMENT_NAME, 'choose another name');
}
