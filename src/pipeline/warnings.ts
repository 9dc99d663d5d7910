import { Token } from 'aws-cdk-lib';
import { providerOf } from '../aws/action-providers';
import { cronDoubt } from '../aws/deployment-window';
import { RULE_PROVIDERS } from '../aws/rule-providers';
import type { ConditionPlan, PipelinePlan, StagePlan, StepPlan, SynthWarning } from './pipeline-plan';
import { architectureWarnings } from './validation/architectures';

/** Returns the warnings about a plan, each id once. */
export function warningsOf(plan: PipelinePlan): SynthWarning[] {
  const warnings = [
    ...plan.stages.flatMap((stage) => [
      ...alarmBesideWindow(stage),
      ...unclearWindows(stage),
      ...stage.actions.flatMap((action) => action.warnings ?? []),
    ]),
    ...architectureWarnings(plan),
  ];
  return [...new Map(warnings.map((warning) => [warning.id, warning])).values()];
}

function rulesBy(provider: string, ...conditions: ReadonlyArray<ConditionPlan<string> | undefined>): StepPlan[] {
  const rules = conditions.flatMap((condition) => condition?.rules ?? []);
  return rules.filter((rule) => providerOf(rule).provider === provider);
}

const ALARM = RULE_PROVIDERS.cloudWatchAlarm.provider;
const WINDOW = RULE_PROVIDERS.deploymentWindow.provider;

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html */
function alarmBesideWindow({ name, beforeEntry }: StagePlan): SynthWarning[] {
  if (rulesBy(ALARM, beforeEntry).length === 0 || rulesBy(WINDOW, beforeEntry).length === 0) return [];
  return [
    {
      id: `alarm-beside-window[${name}]`,
      text:
        `The alarms before '${name}' are looked at when a run arrives, not again when its deployment window opens: a release may enter while they are in ALARM. ` +
        'Watch them on success instead, with SuccessCondition.rollBackUnless, or let a stage of its own wait for the window before this one.',
    },
  ];
}

function unclearWindows({ beforeEntry, onSuccess }: StagePlan): SynthWarning[] {
  return rulesBy(WINDOW, beforeEntry, onSuccess).flatMap(({ name, configuration: { Cron } }) => {
    const warning = Token.isUnresolved(Cron) ? undefined : cronDoubt(Cron);
    if (!warning) return [];
    return [{ id: `window-minutes[${name}]`, text: `The window '${name}' should ${warning.rule}; ${warning.fix}.` }];
  });
}
