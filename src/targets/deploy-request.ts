import { DEPLOYMENT_NAME } from '../aws/limits';
import type { Environment } from '../pipeline/env';
import type { StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { textType } from '../pipeline/read-options';
import type { ReleasedImage } from '../steps/built-image';

/** Describes a release to a target, and collects the problems of the target. */
export interface DeployRequest {
  /** Collector of the property that contains the target. */
  readonly problems: Problems;
  readonly environment: string;
  readonly artifact: string;
  /** Artifact of the first source. It contains the files of a release whose artifact describes an image. */
  readonly source?: string;
  /** Whether all change sets of the environment are created before the first is executed. */
  readonly reviewsChangeSets?: boolean;
  /** Image that the artifact describes, if it describes one. */
  readonly image?: ReleasedImage;
}

/** Plan of one target in one environment. */
export interface TargetPlan {
  /** Steps that deploy the release; empty if a requirement is missing. */
  readonly steps: readonly StepPlan[];
  /** Steps that run before the approval, such as validators. They do not change the running release. */
  readonly beforeApproval?: readonly StepPlan[];
  /** Account and Region that the target itself determines. */
  readonly env?: Environment;
}

/**
 * Plans the steps of a target. Validation and planning are one pass: problems are reported to the request, and the plan
 * contains everything that can be planned.
 */
export interface TargetPlanner {
  plan(request: DeployRequest): TargetPlan;
}

/** Plan of a target that lacks a basic requirement. */
export const NOTHING_PLANNED: TargetPlan = { steps: [] };

/** Options of targets that can be combined with others in one environment. */
export interface DeploymentNameOptions {
  /**
   * Name that distinguishes the deployment from others of the environment: 1 to 30 letters, digits, `_` and `-`. Must
   * be concrete: step names and construct ids contain it.
   *
   * @default - no name, which is sufficient for a single deployment
   */
  readonly deploymentName?: string;
}

/** Type of deployment names, whose characters are validated where they are planned. */
export const DEPLOYMENT_NAME_TYPE = textType('choose another name', 'a non-empty string');

/** Returns the name of a step that deploys to an environment. */
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
