import { providerOf } from '../aws/action-providers';
import { RULE_PROVIDERS } from '../aws/rule-providers';
import { allSteps } from './actions';
import type { PipelinePlan, StagePlan, SynthWarning } from './pipeline-plan';
import { architectureWarnings } from './validation/architectures';

/** Returns the warnings about a plan, with unique ids. */
export function warningsOf(plan: PipelinePlan): SynthWarning[] {
  const warnings = [
    ...plan.stages.flatMap(alarmBeforeWindow),
    ...allSteps(plan).flatMap((step) => step.warnings ?? []),
    ...architectureWarnings(plan),
  ];
  return [...new Map(warnings.map((warning) => [warning.id, warning])).values()];
}

const ALARM = RULE_PROVIDERS.cloudWatchAlarm.provider;
const WINDOW = RULE_PROVIDERS.deploymentWindow.provider;

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html */
function alarmBeforeWindow({ name, beforeEntry }: StagePlan): SynthWarning[] {
  const providers = (beforeEntry?.rules ?? []).map((rule) => providerOf(rule).provider);
  if (!providers.includes(ALARM) || !providers.includes(WINDOW)) return [];
  return [
    {
      id: `alarm-before-window[${name}]`,
      text:
        `The alarms before '${name}' are evaluated when an execution arrives, not again when its deployment window ` +
        'opens: a release may enter while they are in ALARM. ' +
        'Monitor them on success instead, with SuccessCondition.rollBackUnless, or add a separate stage before ' +
        'this one that waits for the window.',
    },
  ];
}
