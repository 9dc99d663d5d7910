import type { Environment } from '../pipeline/env';
import type { StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import type { ReleasedImage } from '../steps/released-image';

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

/** Plans a kind of target. Validation and planning are one pass: a problem is reported to the request, and the plan is what can be planned. */
export interface TargetPlanner {
  plan(request: DeployRequest): TargetPlan;
}

/** Plan of a target that lacks what everything else about it needs. */
export const NOTHING_PLANNED: TargetPlan = { steps: [] };
