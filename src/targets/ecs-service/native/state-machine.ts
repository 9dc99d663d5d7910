import { DEPLOYMENT_FAILED, DEPLOYMENT_SUCCEEDED } from '../../../aws/ecs';
import { LASTING_ECS_ERRORS, STATE_MACHINE_ACTION_SECONDS } from '../../../aws/step-functions';

export interface WatchedService {
  readonly partition: string;
  readonly clusterName: string;
  readonly serviceName: string;
}

/**
 * How often it looks: after a tenth of the time that has passed, so that it is never late by more than that, and within these seconds. A history of
 * 7 days stays below 25 000 events, also when each call has to be made twice.
 */
const LOOK = { min: 30, max: 300, part: 10 };

/** A deployment is there soon after the service was told; it is looked for some times. */
const FIND = { seconds: 15, times: 40 };

/** Clocks of two services may differ by that. No deployment of an earlier execution is so young: it has waited longer before it first looked. */
const SKEW = 30_000;

/** It ends before the action does, so that it is the one to say why. */
const TIMEOUT = STATE_MACHINE_ACTION_SECONDS - 60 * 60;

/** What cannot be mended fails at once. All else, throttling among it, is tried again for about 25 minutes. */
const RETRY = [
  { ErrorEquals: LASTING_ECS_ERRORS, MaxAttempts: 0 },
  {
    ErrorEquals: ['States.TaskFailed'],
    IntervalSeconds: 5,
    BackoffRate: 2,
    MaxDelaySeconds: 300,
    MaxAttempts: 10,
    JitterStrategy: 'FULL',
  },
];

/** A text that Step Functions evaluates. */
const evaluated = (expression: string) => `{% ${expression} %}`;
const millis = (path: string) => `$toMillis($states.context.${path})`;
const oneOf = (texts: readonly string[]) => `[${texts.map((text) => `'${text}'`).join(', ')}]`;

/**
 * The state machine that gives a service a task definition and waits until ECS has moved the traffic, in the language of Step Functions. It is told
 * `{ "taskDefinition": "<ARN>" }`.
 *
 * The deployment is known by its task definition, which no other release has, and not by being the newest: that may be somebody else's. JSONata is
 * what makes it wait longer the longer it takes, and say in its cause what ECS says.
 *
 * @see https://states-language.net/spec.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function deploymentStateMachine({ partition, clusterName, serviceName }: WatchedService) {
  const task = (
    api: string,
    Arguments: Readonly<Record<string, unknown>>,
    Assign: Readonly<Record<string, unknown>>,
    Next: string,
  ) => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::aws-sdk:ecs:${api}`,
    Arguments,
    Assign,
    Output: {},
    Retry: RETRY,
    Next,
  });
  const again = { Condition: evaluated(`$looks < ${FIND.times}`), Next: 'AwaitDeployment' };
  return {
    Comment: `Releases to the service ${serviceName}, and waits for its deployment`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: TIMEOUT,
    StartAt: 'UpdateService',
    States: {
      // Without force, an action that is tried again would start no deployment while the one before still goes on, and find none of its own.
      UpdateService: task(
        'updateService',
        {
          Cluster: clusterName,
          Service: serviceName,
          TaskDefinition: evaluated('$states.input.taskDefinition'),
          ForceNewDeployment: true,
        },
        {
          taskDefinition: evaluated('$states.input.taskDefinition'),
          since: evaluated(`$fromMillis(${millis('Execution.StartTime')} - ${SKEW})`),
          looks: 0,
        },
        'AwaitDeployment',
      ),

      AwaitDeployment: {
        Type: 'Wait',
        Seconds: FIND.seconds,
        Assign: { looks: evaluated('$looks + 1') },
        Next: 'ListDeployments',
      },
      ListDeployments: task(
        'listServiceDeployments',
        {
          Cluster: clusterName,
          Service: serviceName,
          CreatedAt: { After: evaluated('$since') },
          MaxResults: 20,
        },
        { listed: evaluated('[$states.result.ServiceDeployments[$exists(TargetServiceRevisionArn)]]') },
        'AnyDeployment',
      ),
      AnyDeployment: {
        Type: 'Choice',
        Choices: [{ Condition: evaluated('$count($listed) > 0'), Next: 'DescribeRevisions' }, again],
        Default: 'NoDeployment',
      },
      DescribeRevisions: task(
        'describeServiceRevisions',
        {
          ServiceRevisionArns: evaluated('[$distinct($listed.TargetServiceRevisionArn)]'),
        },
        {
          deployment: evaluated(
            [
              '(',
              "$nameOf := function($arn) { $split($arn, '/')[-1] };",
              '$ours := $states.result.ServiceRevisions[$nameOf(TaskDefinition) = $nameOf($taskDefinition)].ServiceRevisionArn;',
              '$newestFirst := $sort($listed[TargetServiceRevisionArn in $ours], function($a, $b) { $a.CreatedAt < $b.CreatedAt });',
              "$exists($newestFirst) ? $newestFirst[0].ServiceDeploymentArn : ''",
              ')',
            ].join(' '),
          ),
        },
        'OurDeployment',
      ),
      OurDeployment: {
        Type: 'Choice',
        Choices: [{ Condition: evaluated("$deployment != ''"), Next: 'AwaitEnd' }, again],
        Default: 'NoDeployment',
      },

      AwaitEnd: {
        Type: 'Wait',
        Seconds: evaluated(
          [
            `($passed := (${millis('State.EnteredTime')} - ${millis('Execution.StartTime')}) / 1000;`,
            `$max([${LOOK.min}, $min([${LOOK.max}, $floor($passed / ${LOOK.part})])]))`,
          ].join(' '),
        ),
        Next: 'DescribeDeployment',
      },
      DescribeDeployment: task(
        'describeServiceDeployments',
        { ServiceDeploymentArns: [evaluated('$deployment')] },
        {
          status: evaluated(
            "($status := $states.result.ServiceDeployments[0].Status; $exists($status) ? $status : 'MISSING')",
          ),
          reason: evaluated(
            [
              '($one := $states.result.ServiceDeployments[0];',
              "$alarms := $join([$one.Alarms.TriggeredAlarmNames], ', ');",
              "$join([$one.StatusReason, $one.Rollback.Reason, $alarms != '' ? 'alarms: ' & $alarms], '; '))",
            ].join(' '),
          ),
        },
        'Ended',
      ),
      Ended: {
        Type: 'Choice',
        Choices: [
          { Condition: evaluated(`$status = '${DEPLOYMENT_SUCCEEDED}'`), Next: 'Deployed' },
          // While ECS still rolls back, nothing else may touch the service: what follows on a failure would.
          { Condition: evaluated(`$status in ${oneOf([...DEPLOYMENT_FAILED, 'MISSING'])}`), Next: 'Failed' },
        ],
        Default: 'AwaitEnd',
      },

      Deployed: { Type: 'Succeed' },
      Failed: {
        Type: 'Fail',
        Error: evaluated('$status'),
        Cause: evaluated(
          `'The deployment of ' & $taskDefinition & ' to the service ${serviceName}, ' & $deployment & ', ended as ' & $status` +
            " & ($reason != '' ? ': ' & $reason : '')",
        ),
      },
      NoDeployment: {
        Type: 'Fail',
        Error: 'NO_DEPLOYMENT',
        Cause: evaluated(
          `'ECS has started no deployment of ' & $taskDefinition & ' to the service ${serviceName}: see its events'`,
        ),
      },
    },
  };
}
