import { Token } from 'aws-cdk-lib';
import type { PipelineStage } from './pipeline-stage';
import type { DeliveryPipelineProps } from './props';
import type { PipelineStageContent } from './stage-content';
import { PIPELINE_LIMITS, PIPELINE_STAGE_NAME } from '../../aws/limits';
import { planConditions } from '../../conditions/plan-conditions';
import { planApprovals, type CommitSource } from '../../environments/approval/plan-approval';
import { planEnvironments, type DestinationRequest } from '../../environments/plan-environments';
import type { Environment } from '../../pipeline/env';
import type { PipelinePlan, StagePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { inRunOrder, validateRunOrder } from '../../pipeline/run-order';
import { PipelineSource } from '../../sources/pipeline-source';
import { planSources } from '../../sources/plan-sources';
import { BuildStep } from '../../steps/build-step';
import { commitOf, planPipeline, releasedBy } from '../common/plan';

type DestinationContent = Extract<PipelineStageContent, { kind: 'environment' | 'wave' }>;

/** Plans sources → stages as they are given, and reports what is wrong with the props. */
export function planDelivery(
  props: DeliveryPipelineProps,
  pipelineEnv: Environment,
  problems: Problems,
): PipelinePlan | undefined {
  if (!validateRequired(props, problems)) return undefined;
  const sourcesAt = problems.at('sources');
  const requests = sourcesAt
    .list(props.sources, 'sources')
    .map((source, i) => ({ source, problems: sourcesAt.index(i) }));
  const sources = planSources(requests, pipelineEnv, sourcesAt);
  if (sources.length === 0) return undefined;
  return planPipeline(props, {
    sources,
    stages: planStages(props.stages, sources, problems.at('stages')),
    sourcesProp: 'sources',
    stagesProp: 'stages',
    pipelineEnv,
    problems,
  });
}

function validateRequired(props: DeliveryPipelineProps, problems: Problems): boolean {
  if (!props?.sources?.length) {
    const fix = "say where the code comes from, e.g. [PipelineSource.gitHub('owner/repository', 'main')]";
    problems.at('sources').add('hold at least one PipelineSource', props?.sources, fix);
    return false;
  }
  if (props.stages?.length) return true;
  const fix = "say what happens to the code, e.g. [PipelineStage.ofSteps('Build', [BuildStep.nodeJs()])]";
  problems.at('stages').add('hold at least one PipelineStage', props.stages, fix);
  return false;
}

/** What earlier stages mean for a stage. */
interface DeliveryContext {
  readonly commit: CommitSource;
  /** Name of the first source. */
  readonly defaultInput: string;
  /** Actions of builds in the stages before. */
  readonly builds: StepPlan[];
}

function planStages(stages: readonly PipelineStage[], sources: readonly StepPlan[], problems: Problems): StagePlan[] {
  const context = { commit: commitOf(sources), defaultInput: sources[0].name, builds: [] as StepPlan[] };
  const destinations: DestinationRequest[] = [];
  const planned = stages.map(({ _content: content }, i) => {
    const at = problems.index(i);
    if (content.kind === 'steps') return [planStepsStage(content, context, at)];
    if (content.kind === 'approval') return planApprovalStage(content, context, at);
    const artifact = artifactOf(content, context, at.at('artifact'));
    destinations.push({ destination: content.destination, artifact, problems: at.at(content.kind) });
    return undefined;
  });
  // All destinations are planned together: the last one is production unless others are marked.
  const environments = planEnvironments({ destinations, ...context.commit });
  return planned.flatMap((own, i) => {
    const [first, ...rest] = own ?? environments.shift()!;
    return first === undefined ? [] : [withTransition(first, stages[i], problems.index(i)), ...rest];
  });
}

/** A disabled transition is that into the first stage: approvals are requested once it is enabled. */
function withTransition(stage: StagePlan, { _options: options }: PipelineStage, problems: Problems): StagePlan {
  const { transitionDisabledReason: disabledReason } = options;
  if (disabledReason === undefined) return stage;
  const { pattern, maxLength, words } = PIPELINE_LIMITS.disabledReason;
  const valid = pattern.test(disabledReason) && disabledReason.length <= maxLength;
  if (!Token.isUnresolved(disabledReason) && !valid) {
    const rule = `consist of 1 to ${maxLength} ${words}`;
    problems.at('transitionDisabledReason').add(rule, disabledReason, 'write it with these characters only');
  }
  return { ...stage, disabledReason };
}

function planStepsStage(
  { name, steps, conditions }: Extract<PipelineStageContent, { kind: 'steps' }>,
  { builds, defaultInput }: DeliveryContext,
  problems: Problems,
): StagePlan {
  problems.at('stageName').name(name, PIPELINE_STAGE_NAME, 'rename the stage');
  const at = problems.at('steps');
  if (steps.length === 0) at.add('hold at least one step', [], 'say what happens in the stage, or leave it out');
  const planned = steps.flatMap((step, i) => {
    const actions = step._plan({ defaultInput, problems: at.index(i) });
    if (step instanceof PipelineSource) at.add('hold no sources', step.stepName, "put it into 'sources'");
    if (step instanceof BuildStep) builds.push(...actions);
    return actions;
  });
  validateRunOrder(planned, at);
  return {
    name,
    path: problems.path,
    actions: inRunOrder(planned),
    ...planConditions(name, conditions, { defaultInput, problems }),
  };
}

function planApprovalStage(
  { name, approval, conditions }: Extract<PipelineStageContent, { kind: 'approval' }>,
  { commit, defaultInput }: DeliveryContext,
  problems: Problems,
): StagePlan[] {
  problems.at('stageName').name(name, PIPELINE_STAGE_NAME, 'rename the stage');
  const at = problems.at('approval');
  const approvals = planApprovals(approval, { ...commit, stepName: name, occasion: `${name}?` }, at);
  if (approvals.length === 0) at.add('be an approval by somebody', 'Approval.none()', 'leave the stage out');
  const stage: StagePlan = {
    name,
    path: problems.path,
    actions: inRunOrder(approvals),
    ...planConditions(name, conditions, { defaultInput, problems }),
  };
  return approvals.length === 0 ? [] : [stage];
}

/** Returns what is released unless the stage configures it: what the builds before it release, or the first source. */
function artifactOf({ artifact }: DestinationContent, context: DeliveryContext, problems: Problems): string {
  if (artifact !== undefined) return artifact.artifactName;
  const built = releasedBy(context.builds);
  if (built.length > 1) {
    const fix = "say which one is released, as in { artifact: build.artifactNamed('site') }";
    problems.add('be given, since the build before it has several', built, fix);
  }
  return built[0] ?? context.defaultInput;
}
