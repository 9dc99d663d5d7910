import { DEPLOYMENT_FAILED, DEPLOYMENT_SUCCEEDED } from '../../../aws/ecs';
import { NON_RETRYABLE_ECS_ERRORS, STATE_MACHINE_ACTION_SECONDS } from '../../../aws/step-functions';

export interface DeployedService {
  readonly partition: string;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly platformVersion?: string;
  readonly propagateTags?: string;
}

/**
 * Seconds between two polls: a tenth of the elapsed time, within these bounds. A history of 7 days remains below 25,000
 * events, even if each call is made twice.
 */
const POLL = { min: 30, max: 300, part: 10 };

/** Interval and maximum number of polls until the deployment is listed after the update of the service. */
const DISCOVERY = { seconds: 15, times: 40 };

/**
 * Maximum difference between the clocks of two services, in milliseconds. It is shorter than the time that an earlier
 * execution has waited before its first poll, so it includes no deployment of an earlier execution.
 */
const CLOCK_SKEW = 30_000;

/** Timeout in seconds. It is shorter than that of the action, so that the state machine reports the reason. */
const TIMEOUT = STATE_MACHINE_ACTION_SECONDS - 60 * 60;

/** Permanent errors fail immediately. All others, including throttling, are retried for about 25 minutes. */
const RETRY = [
  { ErrorEquals: NON_RETRYABLE_ECS_ERRORS, MaxAttempts: 0 },
  {
    ErrorEquals: ['States.TaskFailed'],
    IntervalSeconds: 5,
    BackoffRate: 2,
    MaxDelaySeconds: 300,
    MaxAttempts: 10,
    JitterStrategy: 'FULL',
  },
];

/** Returns a string that Step Functions evaluates as a JSONata expression. */
function evaluated(expression: string): string {
  return `{% ${expression} %}`;
}

/** Returns an expression for a time of the execution. */
function millis(path: string): string {
  return `$toMillis($states.context.${path})`;
}

/** Returns an expression for a list of texts. */
function listOf(texts: readonly string[]): string {
  return `[${texts.map((text) => `'${text}'`).join(', ')}]`;
}

/**
 * Returns the definition of a state machine that updates a service and waits until ECS has shifted the traffic. Its
 * input is `{ "taskDefinition": "<ARN>" }`.
 *
 * The deployment is identified by its task definition, which is unique for each release. The newest deployment may be
 * another one. The expressions poll less frequently the longer the deployment takes, and report the reason of ECS.
 *
 * @see https://states-language.net/spec.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function deploymentStateMachine({
  partition,
  clusterName,
  serviceName,
  platformVersion,
  propagateTags,
}: DeployedService) {
  function task(
    api: string,
    Arguments: Readonly<Record<string, unknown>>,
    Assign: Readonly<Record<string, unknown>>,
    Next: string,
  ) {
    return {
      Type: 'Task',
      Resource: `arn:${partition}:states:::aws-sdk:ecs:${api}`,
      Arguments,
      Assign,
      Output: {},
      Retry: RETRY,
      Next,
    };
  }

  const retry = { Condition: evaluated(`$polls < ${DISCOVERY.times}`), Next: 'AwaitDeployment' };
  return {
    Comment: `Releases to the service ${serviceName}, and waits for its deployment`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: TIMEOUT,
    StartAt: 'UpdateService',
    States: {
      // Without ForceNewDeployment, a retried action would start no deployment while the previous one is in progress.
      // AWS documents defaults for the platform version and the tags, so the update repeats those of the service.
      UpdateService: task(
        'updateService',
        {
          Cluster: clusterName,
          Service: serviceName,
          TaskDefinition: evaluated('$states.input.taskDefinition'),
          ForceNewDeployment: true,
          PlatformVersion: platformVersion,
          PropagateTags: propagateTags,
        },
        {
          taskDefinition: evaluated('$states.input.taskDefinition'),
          since: evaluated(`$fromMillis(${millis('Execution.StartTime')} - ${CLOCK_SKEW})`),
          polls: 0,
        },
        'AwaitDeployment',
      ),

      AwaitDeployment: {
        Type: 'Wait',
        Seconds: DISCOVERY.seconds,
        Assign: { polls: evaluated('$polls + 1') },
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
        Choices: [{ Condition: evaluated('$count($listed) > 0'), Next: 'DescribeRevisions' }, retry],
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
              '$ours := $states.result.ServiceRevisions[$nameOf(TaskDefinition) = ' +
                '$nameOf($taskDefinition)].ServiceRevisionArn;',
              '$newestFirst := $sort($listed[TargetServiceRevisionArn in $ours], function($a, $b) { $a.CreatedAt ' +
                '< $b.CreatedAt });',
              "$exists($newestFirst) ? $newestFirst[0].ServiceDeploymentArn : ''",
              ')',
            ].join(' '),
          ),
        },
        'OurDeployment',
      ),
      OurDeployment: {
        Type: 'Choice',
        Choices: [{ Condition: evaluated("$deployment != ''"), Next: 'AwaitEnd' }, retry],
        Default: 'NoDeployment',
      },

      AwaitEnd: {
        Type: 'Wait',
        Seconds: evaluated(
          [
            `($passed := (${millis('State.EnteredTime')} - ${millis('Execution.StartTime')}) / 1000;`,
            `$max([${POLL.min}, $min([${POLL.max}, $floor($passed / ${POLL.part})])]))`,
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
              '($detail := $states.result.ServiceDeployments[0];',
              "$alarms := $join([$detail.Alarms.TriggeredAlarmNames], ', ');",
              "$join([$detail.StatusReason, $detail.Rollback.Reason, $alarms != '' ? 'alarms: ' & $alarms], '; '))",
            ].join(' '),
          ),
        },
        'Ended',
      ),
      Ended: {
        Type: 'Choice',
        Choices: [
          { Condition: evaluated(`$status = '${DEPLOYMENT_SUCCEEDED}'`), Next: 'Deployed' },
          // Fails only after ECS has rolled back, since the failure handling updates the service again.
          { Condition: evaluated(`$status in ${listOf([...DEPLOYMENT_FAILED, 'MISSING'])}`), Next: 'Failed' },
        ],
        Default: 'AwaitEnd',
      },

      Deployed: { Type: 'Succeed' },
      Failed: {
        Type: 'Fail',
        Error: evaluated('$status'),
        Cause: evaluated(
          `'The deployment of ' & $taskDefinition & ' to the service ${serviceName}, ' & $deployment & ', ended ` +
            `as ' & $status` +
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
