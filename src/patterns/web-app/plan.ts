import type { WebAppPipelineProps } from './props';
import { BuildStep } from '../../build/build-step';
import { checkBuild } from '../../build/check-build';
import { DeployTarget } from '../../deploy/deploy-target';
import { PIPELINE_NAME } from '../../facts/limits';
import { LOG_RETENTION_DAYS, RETENTION_DAYS } from '../../facts/retention';
import { checkPipeline } from '../../plan/check-pipeline';
import { allActions, type ActionPlan, type PipelinePlan } from '../../plan/pipeline-plan';
import { checkName, problem, type Problem } from '../../plan/problems';
import { namespaceOf } from '../../plan/variables';
import { DeploymentEnvironment } from '../../promotion/deployment-environment';
import { checkEnvironments, planEnvironments, type EnvironmentsRequest } from '../../promotion/plan-environments';
import { checkConnectionSource } from '../../source/check-source';

const SOURCE = 'Source';
const BUILD = 'Build';

/** Source → build → environments. */
export function planWebApp(props: WebAppPipelineProps): PipelinePlan {
  const build: ActionPlan = {
    name: BUILD,
    provider: 'codeBuild',
    runOrder: 1,
    inputs: [SOURCE],
    outputs: [BUILD],
    namespace: namespaceOf(BUILD),
    configuration: {},
    work: (props.buildStep ?? BuildStep.nodeJs())._plan(),
  };
  return {
    artifactDays: props.artifactRetention?.toDays({ integral: false }) ?? RETENTION_DAYS.artifacts,
    logDays: props.logRetention?.toDays({ integral: false }) ?? RETENTION_DAYS.logs,
    stages: [
      { name: SOURCE, rollBack: false, actions: [props.source._plan(SOURCE)] },
      { name: BUILD, rollBack: false, actions: [build] },
      ...planEnvironments(environmentsOf(props)),
    ],
  };
}

/** Everything that is wrong with the props. */
export function checkWebApp(props: WebAppPipelineProps): Problem[] {
  if (!props?.source) return [problem('source', 'be a PipelineSource', props?.source, "say where the code comes from, e.g. PipelineSource.gitHub('owner/repository', 'main')")];
  const plan = planWebApp(props);
  return [
    ...allActions(plan).flatMap(({ work }) => {
      switch (work.kind) {
        case 'connection-source': return checkConnectionSource('source', work);
        case 'build': return checkBuild('buildStep', work);
        default: return [];
      }
    }),
    ...checkEnvironments('environments', environmentsOf(props)),
    ...(props.pipelineName === undefined ? [] : checkName('pipelineName', props.pipelineName, PIPELINE_NAME, 'choose another name')),
    ...checkRetention(plan),
    ...checkPipeline(plan, 'environments'),
  ];
}

function checkRetention({ artifactDays, logDays, stages }: PipelinePlan): Problem[] {
  const approvalDays = Math.ceil(Math.max(0, ...stages.flatMap((stage) => stage.actions.map((action) => action.timeoutMinutes ?? 0))) / 1440);
  const least = approvalDays + RETENTION_DAYS.artifactsBeyondApproval;
  return [
    ...(Number.isInteger(artifactDays) && artifactDays >= least ? []
      : [problem('artifactRetention', `be whole days and at least ${least} (the longest approval plus ${RETENTION_DAYS.artifactsBeyondApproval})`, artifactDays, 'a rollback reads the artifacts of the release it goes back to; keep them longer')]),
    ...(LOG_RETENTION_DAYS.includes(logDays) ? []
      : [problem('logRetention', `be one of ${LOG_RETENTION_DAYS.join(', ')} days`, logDays, 'choose a number that CloudWatch Logs knows')]),
  ];
}

function environmentsOf(props: WebAppPipelineProps): EnvironmentsRequest {
  return {
    environments: props.environments ?? [new DeploymentEnvironment('production')],
    defaultTarget: DeployTarget.staticSite(),
    artifact: BUILD,
    source: SOURCE,
  };
}
