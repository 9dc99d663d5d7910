import type { Approval } from '../../promotion/approval';
import type { StageConditions } from '../../promotion/plan-conditions';
import type { ReleaseDestination } from '../../promotion/release-destination';
import type { PipelineArtifact } from '../../step/pipeline-artifact';
import type { PipelineStep } from '../../step/pipeline-step';

/** What the planner needs to know of a stage. */
export type PipelineStageContent =
  | { readonly kind: 'steps'; readonly name: string; readonly steps: readonly PipelineStep[]; readonly conditions: StageConditions }
  | { readonly kind: 'approval'; readonly name: string; readonly approval: Approval; readonly conditions: StageConditions }
  | { readonly kind: 'environment' | 'wave'; readonly destination: ReleaseDestination; readonly artifact?: PipelineArtifact };
