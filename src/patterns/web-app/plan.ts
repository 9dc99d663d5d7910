import type { WebAppPipelineProps } from './props';
import { BuildStep } from '../../build/build-step';
import { DeployTarget } from '../../deploy/deploy-target';
import { PIPELINE_NAME } from '../../facts/limits';
import { checkPipeline } from '../../plan/check-pipeline';
import { checkSources } from '../../plan/check-sources';
import { checkStarts } from '../../plan/check-starts';
import type { PipelinePlan, StepPlan } from '../../plan/pipeline-plan';
import { checkName, problem, type Problem } from '../../plan/problems';
import { checkRunOrder, inRunOrder } from '../../plan/run-order';
import type { PlacePlan } from '../../plan/source-plan';
import { planStarts } from '../../plan/starts';
import { DeploymentEnvironment } from '../../promotion/deployment-environment';
import { checkEnvironments, planEnvironments, type EnvironmentsRequest } from '../../promotion/plan-environments';
import { checkRetention, planRetention } from '../../promotion/retention';
import { checkDeclaredVariables, planVariables } from '../../step/plan-variables';

const SOURCE_STAGE = 'Source';
const BUILD_STAGE = 'Build';

/** Sources → build and checks → environments. */
export function planWebApp(props: WebAppPipelineProps): PipelinePlan {
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
      { name: BUILD_STAGE, rollBack: false, actions: inRunOrder(stepsOf(props)) },
      ...planEnvironments(environmentsOf(props)),
    ],
  };
}

/**
 * Everything that is wrong with the props.
 *
 * @param home account and region of the pipeline
 */
export function checkWebApp(props: WebAppPipelineProps, home: PlacePlan = {}): Problem[] {
  if (!props?.source) return [problem('source', 'be a PipelineSource', props?.source, "say where the code comes from, e.g. PipelineSource.gitHub('owner/repository', 'main')")];
  const plan = planWebApp(props);
  return [
    ...props.source._check('source'),
    ...(props.additionalSources ?? []).flatMap((source, i) => source._check(`additionalSources[${i}]`)),
    ...buildOf(props)._check('buildStep'),
    ...(props.checks ?? []).flatMap((step, i) => step._check(`checks[${i}]`)),
    ...checkRunOrder('checks', stepsOf(props)),
    ...checkEnvironments('environments', environmentsOf(props)),
    ...checkSources('additionalSources', sourcesOf(props), home),
    ...checkStarts('triggers', sourcesOf(props), props.triggers?.map((trigger) => trigger._plan()), home),
    ...checkDeclaredVariables('variables', props.variables),
    ...(props.pipelineName === undefined ? [] : checkName('pipelineName', props.pipelineName, PIPELINE_NAME, 'choose another name')),
    ...checkRetention(plan),
    ...checkPipeline(plan, 'environments'),
  ];
}

const sourcesOf = ({ source, additionalSources = [] }: WebAppPipelineProps): StepPlan[] => [source, ...additionalSources].map((one) => one._plan());

const buildOf = ({ buildStep }: WebAppPipelineProps) => buildStep ?? BuildStep.nodeJs();

const stepsOf = (props: WebAppPipelineProps): StepPlan[] =>
  [buildOf(props), ...props.checks ?? []].map((step) => step._plan({ defaultInput: props.source.stepName }));

function environmentsOf(props: WebAppPipelineProps): EnvironmentsRequest {
  const [{ name, provider }] = sourcesOf(props);
  return {
    environments: props.environments ?? [new DeploymentEnvironment('production')],
    defaultTarget: DeployTarget.staticSite(),
    artifact: buildOf(props).stepName,
    source: name,
    sourceHasCommit: provider === 'connection' || provider === 'codeCommit',
  };
}
