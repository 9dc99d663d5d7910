import type { CommonPipelineProps, ReleasePipelineProps } from './props';
import { PIPELINE_NAME } from '../../aws/limits';
import type { CommitSource } from '../../environments/approval/plan-approval';
import { PipelineExecutionMode } from '../../environments/execution-mode';
import { planRetention } from '../../environments/retention';
import { validateMonitoredStages } from '../../monitoring/monitored-stages';
import { PipelineMonitoring } from '../../monitoring/pipeline-monitoring';
import { Notification } from '../../notifications/notification';
import type { Environment } from '../../pipeline/env';
import type { PipelinePlan, StagePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { enumOf, instanceOf, ANY, FLAG, listOf, type OptionTypes, resourceWith } from '../../pipeline/read-options';
import { inRunOrder } from '../../pipeline/run-order';
import { validatePipeline } from '../../pipeline/validation/pipeline';
import type { SourceStep } from '../../sources/source-planner';
import { planTriggers } from '../../sources/triggers/plan-triggers';
import { STEP, STEPS_FIX } from '../../steps/common-step-fields';
import { planVariables } from '../../steps/plan-environment-variables';
import { validateSelfUpdate, withSelfUpdate } from '../../steps/self-update/plan';
import { SelfUpdate } from '../../steps/self-update/self-update';
import { RESOURCE } from '../../pipeline/rules';

const SOURCE_STAGE = 'Source';

/** Describes the sources and stages of a pattern. */
export interface PipelineLayout {
  readonly sources: readonly SourceStep[];
  /** Stages after the source stage. */
  readonly stages: readonly StagePlan[];
  /** Property that lists sources. */
  readonly sourcesProp: string;
  /** Property that most stages come from. */
  readonly stagesProp: string;
  /** Account and Region of the pipeline. */
  readonly pipelineEnv: Environment;
  /** Collector at the props of the pattern. */
  readonly problems: Problems;
}

/** Plans a pipeline with the sources and stages of a pattern. */
export function planPipeline(props: CommonPipelineProps, layout: PipelineLayout): PipelinePlan {
  const { sources, sourcesProp, stagesProp, pipelineEnv, problems } = layout;
  const triggers = planTriggers(sources, props.triggers, pipelineEnv, problems.at('triggers'));
  const selfUpdate = props.selfUpdate?._plan(problems.at('selfUpdate'));
  const sourceStage = { name: SOURCE_STAGE, path: sourcesProp, actions: inRunOrder(triggers.sources) };
  const stages = withSelfUpdate([sourceStage, ...layout.stages], selfUpdate);
  const plan: PipelinePlan = {
    ...planRetention(props, stages, problems),
    artifactBucket: props.artifactBucket,
    executionMode: props.executionMode ?? 'SUPERSEDED',
    variables: planVariables(props.variables, problems.at('variables')),
    restartOnUpdate: props.restartOnUpdate ?? selfUpdate !== undefined,
    notifications: props.notifications?._plan(problems.at('notifications')) ?? [],
    monitoring: props.monitoring?._plan(problems.at('monitoring')),
    gitTriggers: triggers.gitTriggers,
    eventTriggers: triggers.eventTriggers,
    stages,
  };
  if (props.pipelineName !== undefined) {
    problems.at('pipelineName').name(props.pipelineName, PIPELINE_NAME, 'choose another name');
  }
  validateRetention(props, problems.at('artifactRetention'));
  validateExistingAccess(plan, props, problems.at('pipelineName'));
  validateMonitoredStages(plan, problems.at('monitoring'));
  validateSelfUpdate(plan, props.restartOnUpdate, problems);
  validatePipeline(plan, problems, stagesProp);
  return plan;
}

/** Validates that the retention of a bucket of the user is configured on the bucket. */
function validateRetention({ artifactBucket, artifactRetention }: CommonPipelineProps, problems: Problems): void {
  if (artifactBucket === undefined || artifactRetention === undefined) return;
  const fix = 'remove it, and configure the lifecycle rules of the bucket';
  problems.add('not be set together with artifactBucket', artifactRetention, fix);
}

/** Validates that a pipeline with existing access has a name, because the names of the roles are derived from it. */
function validateExistingAccess(
  { stages }: PipelinePlan,
  { pipelineName }: CommonPipelineProps,
  problems: Problems,
): void {
  const environments = stages.flatMap((stage) => stage.environments ?? []);
  const existing = environments.find(({ existingAccess }) => existingAccess);
  if (pipelineName !== undefined || existing === undefined) return;
  problems.add(
    'be set, because the names of existing roles are derived from it',
    pipelineName,
    `pass the pipelineName of the DeploymentAccess of '${existing.name}'`,
  );
}

/** Returns the source whose commit the comments of approvals describe: the first one. */
export function commitOf([{ name, provider }]: readonly StepPlan[]): CommitSource {
  return { source: name, sourceHasCommit: provider === 'connection' || provider === 'codeCommit' };
}

/**
 * Returns the artifacts that are deployed by default: the primary artifact of the first build that has one, or the
 * named artifacts of the first build with outputs.
 */
export function releasedBy(builds: readonly StepPlan[]): readonly string[] {
  const primary = builds.find(({ name, outputs }) => outputs.includes(name));
  if (primary) return [primary.name];
  return builds.find(({ outputs }) => outputs.length > 0)?.outputs ?? [];
}

/** Types of the props of every pipeline. Props with the type ANY are validated where they are planned. */
export const COMMON_PROPS: OptionTypes<CommonPipelineProps> = {
  triggers: ANY,
  executionMode: enumOf(PipelineExecutionMode),
  variables: ANY,
  notifications: instanceOf(Notification, 'use a factory of Notification'),
  monitoring: instanceOf(PipelineMonitoring, 'use PipelineMonitoring.standard()'),
  restartOnUpdate: FLAG,
  selfUpdate: instanceOf(SelfUpdate, 'use SelfUpdate.fromAssembly(step.artifact)'),
  pipelineName: ANY,
  artifactBucket: resourceWith('bucketArn', RESOURCE.bucket),
  artifactRetention: ANY,
  logRetention: ANY,
};

/** Types of the props of pipelines that build once. */
export const RELEASE_PROPS: OptionTypes<ReleasePipelineProps> = {
  ...COMMON_PROPS,
  source: ANY,
  additionalSources: ANY,
  checks: listOf(STEP, STEPS_FIX),
  onBuildFailure: ANY,
};

/** Fix of a deployment after a build with several artifacts. */
export const ARTIFACT_FIX = "pass the artifact to deploy, e.g. { artifact: build.artifactNamed('site') }";
