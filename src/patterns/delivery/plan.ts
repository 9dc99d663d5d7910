import { Token } from 'aws-cdk-lib';
import {
  PipelineStage,
  type PipelineStageContent,
  type ApprovalStageOptions,
  type EnvironmentStageOptions,
  type PipelineStageOptions,
  type StepsStageOptions,
} from './pipeline-stage';
import { PIPELINE_LIMITS, PIPELINE_STAGE_NAME } from '../../aws/limits';
import { planConditions } from '../../conditions/plan-conditions';
import {
  APPROVAL,
  APPROVAL_REQUIRED,
  NO_APPROVAL,
  planApprovals,
  type CommitSource,
} from '../../environments/approval/plan-approval';
import { planEnvironments, type DestinationRequest } from '../../environments/plan-environments';
import type { Environment } from '../../pipeline/env';
import type { PipelinePlan, StagePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import { instanceOf, LIST, readRequired, ANY, type OptionTypes, readOptions, TEXT } from '../../pipeline/read-options';
import { inRunOrder, validateRunOrder } from '../../pipeline/run-order';
import { PipelineSource } from '../../sources/pipeline-source';
import { planSources } from '../../sources/plan-sources';
import { BuildStep } from '../../steps/build-step';
import { ARTIFACT, STEP } from '../../steps/common-step-fields';
import { ARTIFACT_FIX, commitOf, COMMON_PROPS, planPipeline, releasedBy } from '../common/plan';
import type { CommonPipelineProps } from '../common/props';
import { consistOfUpTo } from '../../common/rules';

/** Rule of the steps of a stage. */
export const NO_SOURCES = 'not contain sources';

/** Properties of a {@link DeliveryPipeline}. */
export interface DeliveryPipelineProps extends CommonPipelineProps {
  /**
   * Sources of the pipeline, at least one. All sources are read at the beginning of each execution. The first one is
   * the default input of steps.
   */
  readonly sources: PipelineSource[];

  /** Stages of the pipeline in their order, at least one. */
  readonly stages: PipelineStage[];
}

/** Types of the props. The required ones are validated where they are planned. */
const PROP_TYPES: OptionTypes<DeliveryPipelineProps> = { ...COMMON_PROPS, sources: ANY, stages: ANY };

/** Plans the sources and stages of a pipeline, and reports invalid props. */
export function planDelivery(
  props: DeliveryPipelineProps,
  pipelineEnv: Environment,
  problems: Problems,
): PipelinePlan | undefined {
  const { sources, stages, ...common } = readOptions(props, PROP_TYPES, problems);
  const at = problems.at('sources');
  if (!hasItems(sources, 'PipelineSource', SOURCES_FIX, at)) return undefined;
  if (!hasItems(stages, 'PipelineStage', STAGES_FIX, problems.at('stages'))) return undefined;
  const requests = sources.map((source, i) => ({ source, problems: at.index(i) }));
  const planned = planSources(requests, pipelineEnv, at);
  if (planned.length === 0) return undefined;
  return planPipeline(common, {
    sources: planned,
    stages: planStages(stages, planned, problems.at('stages')),
    sourcesProp: 'sources',
    stagesProp: 'stages',
    pipelineEnv,
    problems,
  });
}

const SOURCES_FIX = "pass the sources of the pipeline, e.g. [PipelineSource.gitHub('owner/repository', 'main')]";
const STAGES_FIX = "pass the stages of the pipeline, e.g. [PipelineStage.steps('Build', [BuildStep.nodeJs()])]";

function hasItems<Item>(
  items: Item[] | undefined,
  item: string,
  fix: string,
  problems: Problems,
): items is NonNullable<typeof items> {
  if (Array.isArray(items) && items.length > 0) return true;
  problems.add(atLeastOne(item), items, fix);
  return false;
}

/** Describes the earlier stages of a stage. */
interface DeliveryContext {
  readonly commit: CommitSource;
  /** Name of the first source. */
  readonly defaultInput: string;
  /** Actions of builds in the earlier stages. */
  readonly builds: StepPlan[];
}

/** Options of any kind of stage. */
type StageOptions = StepsStageOptions & ApprovalStageOptions & EnvironmentStageOptions;

const TRANSITION: OptionTypes<PipelineStageOptions> = { transitionDisabledReason: TEXT };
const DESTINATION: OptionTypes<EnvironmentStageOptions> = { ...TRANSITION, artifact: ARTIFACT };
// Conditions are validated where they are planned.
const STEPS: OptionTypes<StepsStageOptions> = { ...TRANSITION, beforeEntry: ANY, onSuccess: ANY, onFailure: ANY };
const APPROVAL_STAGE: OptionTypes<ApprovalStageOptions> = { ...TRANSITION, beforeEntry: ANY };

/** Types of the options of each kind of stage. */
const STAGE_OPTIONS: Readonly<Record<PipelineStageContent['kind'], object>> = {
  steps: STEPS,
  approval: APPROVAL_STAGE,
  environment: DESTINATION,
  wave: DESTINATION,
};

const STAGE = instanceOf(PipelineStage, "use e.g. PipelineStage.steps('Build', [BuildStep.nodeJs()])");

function planStages(stages: readonly PipelineStage[], sources: readonly StepPlan[], problems: Problems): StagePlan[] {
  const context = { commit: commitOf(sources), defaultInput: sources[0].name, builds: [] as StepPlan[] };
  const destinations: DestinationRequest[] = [];
  const planned = stages.map((stage, i) => {
    const at = problems.index(i);
    if (!STAGE(stage, at)) return { options: {}, stages: [] };
    const { _content: content } = stage;
    const options = readOptions<StageOptions>(
      content.options,
      STAGE_OPTIONS[content.kind] as OptionTypes<StageOptions>,
      at,
    );
    if (content.kind === 'steps') return { options, stages: planStepsStage(content, options, context, at) };
    if (content.kind === 'approval') return { options, stages: planApprovalStage(content, options, context, at) };
    const artifact = artifactOf(options, context, at.at('artifact'));
    destinations.push({ destination: content.destination, artifact, problems: at.at(content.kind) });
    return { options };
  });
  // All destinations are planned together, because the last one is production by default.
  const environments = planEnvironments({ destinations, ...context.commit });
  return planned.flatMap(({ stages: ownStages, options }, i) => {
    const [first, ...rest] = ownStages ?? environments.shift()!;
    if (first === undefined) return [];
    return [withTransition(first, options, problems.index(i)), ...rest];
  });
}

/** Disables the transition into the first stage, so that approvals are requested once it is enabled. */
function withTransition(stage: StagePlan, options: StageOptions, problems: Problems): StagePlan {
  const { transitionDisabledReason: disabledReason } = options;
  if (disabledReason === undefined) return stage;
  const { pattern, maxLength } = PIPELINE_LIMITS.disabledReason;
  const valid = pattern.test(disabledReason) && disabledReason.length <= maxLength;
  if (!Token.isUnresolved(disabledReason) && !valid) {
    const rule = consistOfUpTo(PIPELINE_LIMITS.disabledReason);
    problems.at('transitionDisabledReason').add(rule, disabledReason, 'use only these characters');
  }
  return { ...stage, disabledReason };
}

function planStepsStage(
  { name, steps }: Extract<PipelineStageContent, { kind: 'steps' }>,
  { beforeEntry, onSuccess, onFailure }: StageOptions,
  { builds, defaultInput }: DeliveryContext,
  problems: Problems,
): StagePlan[] {
  problems.at('stageName').name(name, PIPELINE_STAGE_NAME, 'rename the stage');
  const at = problems.at('steps');
  const items = readRequired(steps, LIST, at);
  if (items?.length === 0) at.add(atLeastOne('step'), [], 'add a step, or remove the stage');
  const planned = (items ?? []).flatMap((step, i) => {
    if (!STEP(step, at.index(i))) return [];
    const actions = step._plan({ defaultInput, problems: at.index(i) });
    if (step instanceof PipelineSource) at.add(NO_SOURCES, step.stepName, "move it to 'sources'");
    if (step instanceof BuildStep) builds.push(...actions);
    return actions;
  });
  validateRunOrder(planned, at);
  const conditions = planConditions(name, { beforeEntry, onSuccess, onFailure }, { defaultInput, problems });
  return [{ name, path: problems.path, actions: inRunOrder(planned), ...conditions }];
}

function planApprovalStage(
  { name, approval }: Extract<PipelineStageContent, { kind: 'approval' }>,
  { beforeEntry }: StageOptions,
  { commit, defaultInput }: DeliveryContext,
  problems: Problems,
): StagePlan[] {
  problems.at('stageName').name(name, PIPELINE_STAGE_NAME, 'rename the stage');
  const at = problems.at('approval');
  const conditions = planConditions(name, { beforeEntry }, { defaultInput, problems });
  if (!APPROVAL(approval, at)) return [];
  const approvals = planApprovals(approval, { ...commit, stepName: String(name), occasion: `${name}?` }, at);
  if (approvals.length === 0) {
    at.add(APPROVAL_REQUIRED, NO_APPROVAL, 'remove the stage');
    return [];
  }
  return [{ name, path: problems.path, actions: inRunOrder(approvals), ...conditions }];
}

/** Returns the artifact to deploy: an explicit one, that of the earlier builds, or that of the first source. */
function artifactOf({ artifact }: StageOptions, context: DeliveryContext, problems: Problems): string {
  if (artifact !== undefined) return artifact.artifactName;
  const built = releasedBy(context.builds);
  if (built.length > 1) {
    problems.add('be set, because the build before it has several artifacts', built, ARTIFACT_FIX);
  }
  return built[0] ?? context.defaultInput;
}
