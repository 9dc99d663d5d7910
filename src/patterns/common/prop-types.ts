import type { CommonPipelineProps, ReleasePipelineProps } from './props';
import { PipelineExecutionMode } from '../../environments/execution-mode';
import { PipelineMonitoring } from '../../monitoring/pipeline-monitoring';
import { Notification } from '../../notifications/notification';
import { enumOf, instanceOf } from '../../pipeline/option-types';
import { ANY, FLAG, listOf, type OptionTypes } from '../../pipeline/read-options';
import { STEP } from '../../steps/common-step-fields';
import { SelfUpdate } from '../../steps/self-update/self-update';

/** Types of the props of every pipeline. Those of any type are validated where they are planned. */
export const COMMON_PROPS: OptionTypes<CommonPipelineProps> = {
  triggers: ANY,
  executionMode: enumOf(PipelineExecutionMode),
  variables: ANY,
  notifications: instanceOf(Notification, 'use a factory of Notification'),
  monitoring: instanceOf(PipelineMonitoring, 'use PipelineMonitoring.standard()'),
  restartOnUpdate: FLAG,
  selfUpdate: instanceOf(SelfUpdate, 'use SelfUpdate.fromAssembly(step.artifact)'),
  pipelineName: ANY,
  artifactRetention: ANY,
  logRetention: ANY,
};

/** Types of the props of pipelines that build once. */
export const RELEASE_PROPS: OptionTypes<ReleasePipelineProps> = {
  ...COMMON_PROPS,
  source: ANY,
  additionalSources: ANY,
  checks: listOf(STEP, 'write it as in [step]'),
  onBuildFailure: ANY,
};
