import type { PipelineStage } from './pipeline-stage';
import type { DeliveryPipelineProps } from './props';
import type { PipelineStageContent } from './stage-content';
import { BuildStep } from '../../build/build-step';
import { PIPELINE_NAME, PIPELINE_STAGE_NAME } from '../../facts/limits';
import { checkPipeline } from '../../plan/check-pipeline';
import type { PipelinePlan, StagePlan, StepPlan } from '../../plan/pipeline-plan';
import { checkName, problem, type Problem } from '../../plan/problems';
import { checkRunOrder, inRunOrder } from '../../plan/run-order';
import { checkStarts, planStarts } from '../../plan/starts';
import { checkApproval } from '../../promotion/check-approval';
import { checkEnvironments, planApproval, planEnvironments, type EnvironmentsRequest } from '../../promotion/plan-environments';
import { checkRetention, planRetention } from '../../promotion/retention';
import { checkDeclaredVariables, planVariables } from '../../step/plan-variables';
import type { StepContext } from '../../step/step-context';

const SOURCE_STAGE = 'Source';

/** Sources → stages as they are given. */
export function planDelivery(props: DeliveryPipelineProps): PipelinePlan {
  const starts = planStarts(sourcesOf(props), props.triggers?.map((trigger) => trigger._plan()));
  return {
    ...planRetention(props),
    executionMode: props.executionMode ?? 'SUPERSEDED',
    variables: planVariables(props.variables),
    restartOnUpdate: props.restartOnUpdate ?? false,
    gitTriggers: starts.gitTriggers,
    startRules: starts.startRules,
    stages: [
      { name: SOURCE_STAGE, rollBack: false, actions: inRunOrder(starts.sources) },
      ...props.stages.flatMap((stage, i) => planStage(stage, i, props)),
    ],
  };
}

/** A stage that is closed is so at its entry: approvers of an environment are asked once it is open. */
function planStage({ _content: content, _options: options }: PipelineStage, index: number, props: DeliveryPipelineProps): StagePlan[] {
  const [first, ...rest] = planContent(content, index, props);
  const disabledReason = options.transitionDisabledReason;
  return first === undefined ? [] : [{ ...first, ...disabledReason !== undefined && { disabledReason } }, ...rest];
}

function planContent(content: PipelineStageContent, index: number, props: DeliveryPipelineProps): StagePlan[] {
  switch (content.kind) {
    case 'steps':
      return [{ name: content.name, rollBack: false, actions: inRunOrder(stepsOf(content, props)) }];
    case 'approval': {
      const approve = planApproval(content.name, content.approval, `${content.name}?`, commitOf(props));
      return approve ? [{ name: content.name, rollBack: false, actions: inRunOrder([approve]) }] : [];
    }
    case 'environment': {
      // All of them are decided together, since the last one is production unless others are marked.
      const stages = planEnvironments(environmentsOf(props, content.artifact?.artifactName ?? releasesBefore(index, props)[0]));
      const { environmentName } = content.environment;
      return stages.filter(({ name }) => name === environmentName || name === `${environmentName}-Approve`);
    }
  }
}

/** Everything that is wrong with the props. */
export function checkDelivery(props: DeliveryPipelineProps): Problem[] {
  if (!props?.sources?.length) return [problem('sources', 'hold at least one PipelineSource', props?.sources, "say where the code comes from, e.g. [PipelineSource.gitHub('owner/repository', 'main')]")];
  if (!props.stages?.length) return [problem('stages', 'hold at least one PipelineStage', props.stages, "say what happens to the code, e.g. [PipelineStage.ofSteps('Build', [BuildStep.nodeJs()])]")];
  const plan = planDelivery(props);
  const environments = environmentsOf(props);
  return [
    ...props.sources.flatMap((source, i) => source._check(`sources[${i}]`)),
    ...props.stages.flatMap(({ _content: content }, i) => checkStage(`stages[${i}]`, content, i, props)),
    ...(environments.environments.length > 0 ? checkEnvironments('stages', environments, (i) => environmentPlaces(props)[i]) : []),
    ...checkStarts('triggers', sourcesOf(props), props.triggers?.map((trigger) => trigger._plan())),
    ...checkDeclaredVariables('variables', props.variables),
    ...(props.pipelineName === undefined ? [] : checkName('pipelineName', props.pipelineName, PIPELINE_NAME, 'choose another name')),
    ...checkRetention(plan),
    ...checkPipeline(plan, 'stages'),
  ];
}

function checkStage(prop: string, content: PipelineStageContent, index: number, props: DeliveryPipelineProps): Problem[] {
  switch (content.kind) {
    case 'steps': return [
      ...checkName(`${prop}.stageName`, content.name, PIPELINE_STAGE_NAME, 'rename the stage'),
      ...(content.steps.length === 0 ? [problem(`${prop}.steps`, 'hold at least one step', [], 'say what happens in the stage, or leave it out')] : []),
      ...content.steps.flatMap((step, i) => step._check(`${prop}.steps[${i}]`)),
      ...checkRunOrder(`${prop}.steps`, stepsOf(content, props)),
      ...stepsOf(content, props).filter(({ work }) => work.kind.endsWith('-source'))
        .map(({ name }) => problem(`${prop}.steps`, 'hold no sources', name, "put it into 'sources'")),
    ];
    case 'approval': return [
      ...checkName(`${prop}.stageName`, content.name, PIPELINE_STAGE_NAME, 'rename the stage'),
      ...checkApproval(`${prop}.approval`, content.approval),
      ...(content.approval._people() ? [] : [problem(`${prop}.approval`, 'be an approval by somebody', 'Approval.none()', 'leave the stage out')]),
    ];
    case 'environment': {
      const releases = releasesBefore(index, props);
      return content.artifact !== undefined || releases.length === 1 ? []
        : [problem(`${prop}.artifact`, 'be given, since the build before it has several', releases, "say which one is released, as in { artifact: build.artifactNamed('site') }")];
    }
  }
}

const sourcesOf = ({ sources }: DeliveryPipelineProps): StepPlan[] => sources.map((source) => source._plan());

const stepsOf = ({ steps }: Extract<PipelineStageContent, { kind: 'steps' }>, props: DeliveryPipelineProps): StepPlan[] =>
  steps.map((step) => step._plan(contextOf(props)));

const contextOf = ({ sources }: DeliveryPipelineProps): StepContext => ({ defaultInput: sources[0].stepName });

/** What is released unless an environment says otherwise: the artifact of the first build before it, or its named ones where it has no other. */
function releasesBefore(index: number, props: DeliveryPipelineProps): readonly string[] {
  const builds = props.stages.slice(0, index).flatMap(({ _content: content }) => content.kind === 'steps' ? content.steps : [])
    .filter((step) => step instanceof BuildStep).map((step) => step._plan(contextOf(props)));
  const main = builds.find(({ name, outputs }) => outputs.includes(name));
  return main ? [main.name] : builds.find(({ outputs }) => outputs.length > 0)?.outputs ?? [props.sources[0].stepName];
}

/** Whose commit approvers read about. */
function commitOf(props: DeliveryPipelineProps): Pick<EnvironmentsRequest, 'source' | 'sourceHasCommit'> {
  const [{ name, provider }] = sourcesOf(props);
  return { source: name, sourceHasCommit: provider === 'connection' || provider === 'codeCommit' };
}

const environmentsOf = (props: DeliveryPipelineProps, artifact = props.sources[0].stepName): EnvironmentsRequest => ({
  environments: props.stages.flatMap(({ _content: content }) => content.kind === 'environment' ? [content.environment] : []),
  ...commitOf(props),
  artifact,
});

const environmentPlaces = (props: DeliveryPipelineProps) =>
  props.stages.flatMap(({ _content: content }, i) => content.kind === 'environment' ? [`stages[${i}].environment`] : []);
