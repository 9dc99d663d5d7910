import type { PipelineStage } from './pipeline-stage';
import type { DeliveryPipelineProps } from './props';
import type { PipelineStageContent } from './stage-content';
import { BuildStep } from '../../steps/build-step';
import { PIPELINE_STAGE_NAME } from '../../aws/limits';
import type { PipelinePlan, StagePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Environment } from '../../pipeline/env';
import { checkName, problem, type Problem } from '../../pipeline/problems';
import { checkRunOrder, inRunOrder } from '../../pipeline/run-order';
import { asksSomebody, checkApproval } from '../../environments/approval/check-approval';
import { checkEnvironments } from '../../environments/check-environments';
import { planApprovals } from '../../environments/approval/plan-approval';
import { checkConditionsOf, planConditions } from '../../conditions/plan-conditions';
import { planEnvironments, type EnvironmentsRequest } from '../../environments/plan-environments';
import type { StepContext } from '../../steps/step-context';
import { checkWhole, commitOf, planWhole, releasedBy } from '../common/plan';

/** Sources → stages as they are given. */
export const planDelivery = (props: DeliveryPipelineProps): PipelinePlan =>
  planWhole(
    props,
    sourcesOf(props),
    props.stages.flatMap((stage, i) => planStage(stage, i, props)),
  );

/** A stage that is closed is so at its entry: approvers of an environment are asked once it is open. */
function planStage(
  { _content: content, _options: options }: PipelineStage,
  index: number,
  props: DeliveryPipelineProps,
): StagePlan[] {
  const [first, ...rest] = planContent(content, index, props);
  const disabledReason = options.transitionDisabledReason;
  return first === undefined ? [] : [{ ...first, ...(disabledReason !== undefined && { disabledReason }) }, ...rest];
}

function planContent(content: PipelineStageContent, index: number, props: DeliveryPipelineProps): StagePlan[] {
  switch (content.kind) {
    case 'steps':
      return [stageOf(content, stepsOf(content, props), props)];
    case 'approval': {
      const approvals = planApprovals(content.name, content.approval, `${content.name}?`, commitOf(sourcesOf(props)));
      return approvals.length === 0 ? [] : [stageOf(content, approvals, props)];
    }
    case 'environment':
    case 'wave': {
      // All of them are decided together, since the last one is production unless others are marked.
      const stages = planEnvironments(
        environmentsOf(props, content.artifact?.artifactName ?? releasesBefore(index, props)[0]),
      );
      return stages[props.stages.slice(0, index).filter(({ _content }) => 'destination' in _content).length];
    }
  }
}

const stageOf = (
  { name, conditions }: Exclude<PipelineStageContent, DestinationContent>,
  steps: readonly StepPlan[],
  props: DeliveryPipelineProps,
): StagePlan => ({ name, actions: inRunOrder(steps), ...planConditions(name, conditions, contextOf(props)) });

/**
 * Everything that is wrong with the props.
 *
 * @param home account and region of the pipeline
 */
export function checkDelivery(props: DeliveryPipelineProps, home: Environment = {}): Problem[] {
  if (!props?.sources?.length)
    return [
      problem(
        'sources',
        'hold at least one PipelineSource',
        props?.sources,
        "say where the code comes from, e.g. [PipelineSource.gitHub('owner/repository', 'main')]",
      ),
    ];
  if (!props.stages?.length)
    return [
      problem(
        'stages',
        'hold at least one PipelineStage',
        props.stages,
        "say what happens to the code, e.g. [PipelineStage.ofSteps('Build', [BuildStep.nodeJs()])]",
      ),
    ];
  const environments = environmentsOf(props);
  return [
    ...props.sources.flatMap((source, i) => source._check(`sources[${i}]`)),
    ...props.stages.flatMap(({ _content: content }, i) => checkStage(`stages[${i}]`, content, i, props)),
    ...(environments.destinations.length > 0
      ? checkEnvironments('stages', environments, (i) => environmentPlaces(props)[i])
      : []),
    ...checkWhole(props, {
      plan: planDelivery(props),
      sources: sourcesOf(props),
      sourcesProp: 'sources',
      stagesProp: 'stages',
      home,
    }),
  ];
}

function checkStage(
  prop: string,
  content: PipelineStageContent,
  index: number,
  props: DeliveryPipelineProps,
): Problem[] {
  switch (content.kind) {
    case 'steps':
      return [
        ...checkName(`${prop}.stageName`, content.name, PIPELINE_STAGE_NAME, 'rename the stage'),
        ...(content.steps.length === 0
          ? [problem(`${prop}.steps`, 'hold at least one step', [], 'say what happens in the stage, or leave it out')]
          : []),
        ...content.steps.flatMap((step, i) => step._check(`${prop}.steps[${i}]`)),
        ...checkRunOrder(`${prop}.steps`, stepsOf(content, props)),
        ...stepsOf(content, props)
          .filter(({ spec }) => spec.kind.endsWith('-source'))
          .map(({ name }) => problem(`${prop}.steps`, 'hold no sources', name, "put it into 'sources'")),
        ...checkConditionsOf(prop, content.conditions),
      ];
    case 'approval':
      return [
        ...checkName(`${prop}.stageName`, content.name, PIPELINE_STAGE_NAME, 'rename the stage'),
        ...checkApproval(`${prop}.approval`, content.approval),
        ...checkConditionsOf(prop, content.conditions),
        ...(asksSomebody(content.approval)
          ? []
          : [problem(`${prop}.approval`, 'be an approval by somebody', 'Approval.none()', 'leave the stage out')]),
      ];
    case 'environment':
    case 'wave': {
      const releases = releasesBefore(index, props);
      return content.artifact !== undefined || releases.length === 1
        ? []
        : [
            problem(
              `${prop}.artifact`,
              'be given, since the build before it has several',
              releases,
              "say which one is released, as in { artifact: build.artifactNamed('site') }",
            ),
          ];
    }
  }
}

const sourcesOf = ({ sources }: DeliveryPipelineProps): StepPlan[] => sources.map((source) => source._plan());

const stepsOf = (
  { steps }: Extract<PipelineStageContent, { kind: 'steps' }>,
  props: DeliveryPipelineProps,
): StepPlan[] => steps.flatMap((step) => step._plans(contextOf(props)));

const contextOf = ({ sources }: DeliveryPipelineProps): StepContext => ({ defaultInput: sources[0].stepName });

/** What is released unless an environment says otherwise: what the builds before it release, or the first source. */
function releasesBefore(index: number, props: DeliveryPipelineProps): readonly string[] {
  const builds = props.stages
    .slice(0, index)
    .flatMap(({ _content: content }) => (content.kind === 'steps' ? content.steps : []))
    .filter((step) => step instanceof BuildStep)
    .flatMap((step) => step._plans(contextOf(props)));
  const released = releasedBy(builds);
  return released.length > 0 ? released : [props.sources[0].stepName];
}

type DestinationContent = Extract<PipelineStageContent, { kind: 'environment' | 'wave' }>;

const environmentsOf = (props: DeliveryPipelineProps, artifact = props.sources[0].stepName): EnvironmentsRequest => ({
  destinations: props.stages.flatMap(({ _content: content }) =>
    'destination' in content ? [content.destination] : [],
  ),
  ...commitOf(sourcesOf(props)),
  artifact,
});

const environmentPlaces = (props: DeliveryPipelineProps) =>
  props.stages.flatMap(({ _content: content }, i) =>
    'destination' in content ? [`stages[${i}].${content.kind}`] : [],
  );
