import type { CommonPipelineProps } from './props';
import { PIPELINE_NAME } from '../../aws/limits';
import { checkPipeline } from '../../pipeline/validation/pipeline';
import { checkSources } from '../../sources/validate-sources';
import { checkTriggers } from '../../sources/triggers/validate-triggers';
import { checkMonitored } from '../../pipeline/monitoring-plan';
import type { PipelinePlan, StagePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Environment } from '../../pipeline/env';
import { checkName, problem, type Problem } from '../../pipeline/problems';
import { inRunOrder } from '../../pipeline/run-order';
import { checkSelfUpdate, withSelfUpdate } from '../../steps/self-update/self-update-spec';
import { planTriggers } from '../../sources/triggers/plan-triggers';
import type { CommitSource } from '../../environments/approval/plan-approval';
import { checkRetention, planRetention } from '../../environments/retention';
import { checkDeclaredVariables, planVariables } from '../../steps/plan-variables';

const SOURCE_STAGE = 'Source';

/** The plan of a pipeline whose sources come first, and whose other stages a pattern lays out. */
export function planWhole(
  props: CommonPipelineProps,
  sources: readonly StepPlan[],
  stages: readonly StagePlan[],
): PipelinePlan {
  const starts = planTriggers(
    sources,
    props.triggers?.map((trigger) => trigger._plan()),
  );
  const selfUpdate = props.selfUpdate?._plan();
  return {
    ...planRetention(props),
    executionMode: props.executionMode ?? 'SUPERSEDED',
    variables: planVariables(props.variables),
    restartOnUpdate: props.restartOnUpdate ?? selfUpdate !== undefined,
    notifications: props.notifications?._plan() ?? [],
    monitoring: props.monitoring?._plan(),
    gitTriggers: starts.gitTriggers,
    eventTriggers: starts.eventTriggers,
    stages: withSelfUpdate([{ name: SOURCE_STAGE, actions: inRunOrder(starts.sources) }, ...stages], selfUpdate),
  };
}

/** Where a pattern has what is checked. */
export interface CheckRequest {
  readonly plan: PipelinePlan;
  readonly sources: readonly StepPlan[];
  /** The prop that several sources come from, and that most stages come from. */
  readonly sourcesProp: string;
  readonly stagesProp: string;
  /** Account and region of the pipeline. */
  readonly home: Environment;
}

/** What is wrong with what every pattern can be told, and with the pipeline as a whole. */
export const checkWhole = (
  props: CommonPipelineProps,
  { plan, sources, sourcesProp, stagesProp, home }: CheckRequest,
): Problem[] => [
  ...checkSources(sourcesProp, sources, home),
  ...checkTriggers(
    'triggers',
    sources,
    props.triggers?.map((trigger) => trigger._plan()),
    home,
  ),
  ...checkDeclaredVariables('variables', props.variables),
  ...(props.notifications?._check('notifications') ?? []),
  ...(props.monitoring?._check('monitoring') ?? []),
  ...checkMonitored('monitoring', plan),
  ...(props.selfUpdate?._check('selfUpdate') ?? []),
  ...checkSelfUpdate('selfUpdate', plan, props.restartOnUpdate),
  ...(props.pipelineName === undefined
    ? []
    : checkName('pipelineName', props.pipelineName, PIPELINE_NAME, 'choose another name')),
  ...checkAccessNames(props, plan),
  ...checkRetention(plan),
  ...checkPipeline(plan, stagesProp),
];

/** Access that was made apart is named after the pipeline. */
const checkAccessNames = ({ pipelineName }: CommonPipelineProps, { stages }: PipelinePlan): Problem[] =>
  pipelineName !== undefined
    ? []
    : stages
        .flatMap(({ environments = [] }) => environments)
        .filter(({ existingAccess }) => existingAccess)
        .slice(0, 1)
        .map(({ name }) =>
          problem(
            'pipelineName',
            'be given, since access that exists is named after the pipeline',
            pipelineName,
            `name the pipeline as the DeploymentAccess of '${name}' does`,
          ),
        );

/** Whose commit approvers read about: that of the first source, if it has commits. */
export const commitOf = ([{ name, provider }]: readonly StepPlan[]): CommitSource => ({
  source: name,
  sourceHasCommit: provider === 'connection' || provider === 'codeCommit',
});

/** What builds release unless somebody says otherwise: the artifact of the first that has one, or the named ones of a build that has no other. */
export const releasedBy = (builds: readonly StepPlan[]): readonly string[] => {
  const main = builds.find(({ name, outputs }) => outputs.includes(name));
  return main ? [main.name] : (builds.find(({ outputs }) => outputs.length > 0)?.outputs ?? []);
};
