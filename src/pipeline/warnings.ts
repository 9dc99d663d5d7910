import { Token } from 'aws-cdk-lib';
import type { PipelinePlan, StagePlan } from './pipeline-plan';
import { architectureMismatches } from './validation/architectures';
import type { ConditionPlan } from './condition-plan';
import { providerOf } from '../aws/action-providers';
import { cronDoubt } from '../aws/deployment-window';
import { ECS_ACTION_TIMEOUT } from '../aws/ecs';
import { RULE_PROVIDERS } from '../aws/rule-providers';

/** What the service takes, but what may not do what its author thinks: a warning of the synthesis, under an id by which it can be acknowledged. */
export interface SynthWarning {
  readonly id: string;
  readonly text: string;
}

/** What is doubtful about a plan. */
export const warningsOf = (plan: PipelinePlan): SynthWarning[] => [
  ...plan.stages.flatMap((stage) => [
    ...alarmBesideWindow(stage),
    ...doubtfulMinutes(stage),
    ...secretArguments(stage),
    ...endlessRolling(stage),
  ]),
  ...architectureMismatches(plan),
];

const by = (provider: string, ...conditions: ReadonlyArray<ConditionPlan<string> | undefined>) =>
  conditions.flatMap((condition) => condition?.rules ?? []).filter((rule) => providerOf(rule).provider === provider);

const ALARM = RULE_PROVIDERS.cloudWatchAlarm.provider;
const WINDOW = RULE_PROVIDERS.deploymentWindow.provider;

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html */
const alarmBesideWindow = ({ name, beforeEntry }: StagePlan): SynthWarning[] =>
  by(ALARM, beforeEntry).length === 0 || by(WINDOW, beforeEntry).length === 0
    ? []
    : [
        {
          id: `alarm-beside-window[${name}]`,
          text:
            `The alarms before '${name}' are looked at when a run arrives, not again when its deployment window opens: a release may enter while they are in ALARM. ` +
            'Watch them on success instead, with SuccessCondition.rollBackUnless, or let a stage of its own wait for the window before this one.',
        },
      ];

function doubtfulMinutes({ beforeEntry, onSuccess }: StagePlan): SynthWarning[] {
  return by(WINDOW, beforeEntry, onSuccess).flatMap(({ name, configuration: { Cron } }) => {
    const warning = Token.isUnresolved(Cron) ? undefined : cronDoubt(Cron);
    return warning
      ? [{ id: `window-minutes[${name}]`, text: `The window '${name}' should ${warning.rule}; ${warning.fix}.` }]
      : [];
  });
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
const endlessRolling = ({ actions }: StagePlan): SynthWarning[] =>
  actions.flatMap(({ name, spec }) => {
    if (spec.kind !== 'deploy-service' || spec.rollout.kind !== 'rolling' || spec.rollout.detectsFailure !== false)
      return [];
    const {
      rollout: { timeoutMinutes = ECS_ACTION_TIMEOUT.max },
      service: { service },
    } = spec;
    return [
      {
        id: `endless-rolling[${name}]`,
        text:
          `When the tasks of a release do not work, ECS starts new ones until somebody stops it, and '${name}' fails after ${timeoutMinutes} minutes. ` +
          `Give the service circuitBreaker: { rollback: true }, or deploymentAlarms (${service.node.path}).`,
      },
    ];
  });

/** Words in the names of secrets. */
const SECRET_NAME = /TOKEN|PASSWORD|SECRET|KEY/i;

/** @see https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/ */
const secretArguments = ({ actions }: StagePlan): SynthWarning[] => {
  // Of an image of several platforms each part has them; one word is enough.
  const names = actions
    .flatMap(({ spec }) => (spec.kind === 'build' ? (spec.buildArguments ?? []) : []))
    .filter((name) => SECRET_NAME.test(name));
  return [...new Set(names)].map((name) => ({
    id: `secret-build-argument[${name}]`,
    text:
      `The build argument '${name}' sounds like a secret, and arguments stay in the history of the image, where whoever may pull it reads them. ` +
      `Give it in 'secrets' instead and mount it in the Dockerfile: RUN --mount=type=secret,id=${name}.`,
  }));
};
