import type { WebAppPipelineProps } from './props';
import { BuildStep } from '../../build/build-step';
import { DeployTarget } from '../../deploy/deploy-target';
import type { PipelinePlan, StepPlan } from '../../plan/pipeline-plan';
import type { PlacePlan } from '../../plan/place-plan';
import { problem, type Problem } from '../../plan/problems';
import { checkRunOrder, inRunOrder } from '../../plan/run-order';
import { DeploymentEnvironment } from '../../promotion/deployment-environment';
import { planConditions } from '../../promotion/plan-conditions';
import { checkEnvironments, planEnvironments, type EnvironmentsRequest } from '../../promotion/plan-environments';
import { checkWhole, commitOf, planWhole } from '../common/plan';

const BUILD_STAGE = 'Build';

/** Sources → build and checks → environments. */
export const planWebApp = (props: WebAppPipelineProps): PipelinePlan => planWhole(props, sourcesOf(props), [
  {
    name: BUILD_STAGE,
    actions: inRunOrder(stepsOf(props)),
    ...planConditions(BUILD_STAGE, { onFailure: props.onBuildFailure }, { defaultInput: props.source.stepName }),
  },
  ...planEnvironments(environmentsOf(props)),
]);

/**
 * Everything that is wrong with the props.
 *
 * @param home account and region of the pipeline
 */
export function checkWebApp(props: WebAppPipelineProps, home: PlacePlan = {}): Problem[] {
  if (!props?.source) return [problem('source', 'be a PipelineSource', props?.source, "say where the code comes from, e.g. PipelineSource.gitHub('owner/repository', 'main')")];
  return [
    ...props.source._check('source'),
    ...(props.additionalSources ?? []).flatMap((source, i) => source._check(`additionalSources[${i}]`)),
    ...buildOf(props)._check('buildStep'),
    ...(props.checks ?? []).flatMap((step, i) => step._check(`checks[${i}]`)),
    ...checkRunOrder('checks', stepsOf(props)),
    ...props.onBuildFailure?._check('onBuildFailure') ?? [],
    ...checkEnvironments('environments', environmentsOf(props)),
    ...checkWhole(props, { plan: planWebApp(props), sources: sourcesOf(props), sourcesProp: 'additionalSources', stagesProp: 'environments', home }),
  ];
}

const sourcesOf = ({ source, additionalSources = [] }: WebAppPipelineProps): StepPlan[] => [source, ...additionalSources].map((one) => one._plan());

const buildOf = ({ buildStep }: WebAppPipelineProps) => buildStep ?? BuildStep.nodeJs();

const stepsOf = (props: WebAppPipelineProps): StepPlan[] =>
  [buildOf(props), ...props.checks ?? []].map((step) => step._plan({ defaultInput: props.source.stepName }));

const environmentsOf = (props: WebAppPipelineProps): EnvironmentsRequest => ({
  environments: props.environments ?? [new DeploymentEnvironment('production')],
  defaultTarget: DeployTarget.staticSite(),
  artifact: buildOf(props).stepName,
  ...commitOf(sourcesOf(props)),
});
