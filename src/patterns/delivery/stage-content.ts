import type { Approval } from '../../environments/approval/approval';
import type { StageConditions } from '../../conditions/plan-conditions';
import type { ReleaseDestination } from '../../environments/release-destination';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';
import type { PipelineStep } from '../../steps/pipeline-step';

/** What the planner needs to know of a stage. */
export type PipelineStageContent =
  | {
      readonly kind: 'steps';
      readonly name: string;
      readonly steps: readonly PipelineStep[];
      readonly conditions: StageConditions;
    }
  | {
      readonly kind: 'approval';
      readonly name: string;
      readonly approval: Approval;
      readonly conditions: StageConditions;
    }
  | {
      readonly kind: 'environment' | 'wave';
      readonly destination: ReleaseDestination;
      readonly artifact?: PipelineArtifact;
    };
