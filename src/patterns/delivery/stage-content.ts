import type { ApprovalStageOptions, EnvironmentStageOptions, StepsStageOptions } from './stage-options';
import type { Approval } from '../../environments/approval/approval';
import type { ReleaseDestination } from '../../environments/release-destination';
import type { PipelineStep } from '../../steps/pipeline-step';

/** Describes a stage as the user configures it. */
export type PipelineStageContent =
  | {
      readonly kind: 'steps';
      readonly name: string;
      readonly steps: readonly PipelineStep[];
      readonly options: StepsStageOptions;
    }
  | {
      readonly kind: 'approval';
      readonly name: string;
      readonly approval: Approval;
      readonly options: ApprovalStageOptions;
    }
  | {
      readonly kind: 'environment' | 'wave';
      readonly destination: ReleaseDestination;
      readonly options: EnvironmentStageOptions;
    };
