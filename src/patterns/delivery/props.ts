import type { PipelineStage } from './pipeline-stage';
import type { PipelineSource } from '../../sources/pipeline-source';
import type { CommonPipelineProps } from '../common/props';

/** What a {@link DeliveryPipeline} is made of. Sources and stages are required. */
export interface DeliveryPipelineProps extends CommonPipelineProps {
  /** Where the code comes from; all are read at the beginning of each run. At least one. Steps work on the first unless they say otherwise. */
  readonly sources: PipelineSource[];

  /** What happens to it, in this order. At least one. */
  readonly stages: PipelineStage[];
}
