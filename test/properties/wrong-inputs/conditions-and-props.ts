import {
  aws_cloudwatch as cloudwatch,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_s3 as s3,
  aws_sns as sns,
  App,
  Aws,
  Duration,
  Lazy,
  Stack,
} from 'aws-cdk-lib';
import {
  alarmIn,
  environment,
  gate,
  HOME,
  second,
  source,
  web,
  type Make,
  type Untyped,
  type WrongInput,
} from './inputs';
import * as api from '../../../src';
import { A_LIST, KNOWN_PROPERTY, UNIQUE } from '../../../src/common/rules';
import { REVIEW_URL } from '../../../src/environments/approval/plan-approval';
import { OPTIONS } from '../../../src/pipeline/option-names';
import { NON_EMPTY_STRING } from '../../../src/pipeline/problems';
import { A_SOURCE, A_TARGET, KNOWN_AT_SYNTH, KNOWN_VALUE, UNIQUE_STAGES } from '../../../src/pipeline/rules';

/** The library without its types, as in JavaScript. */
const library: Untyped = api;

/** Rule of strings. */
const A_STRING = 'be a string';

function approved(options: Untyped): Make {
  return second(() => ({ approval: library.Approval.manual(options) }));
}

function notified(make: (stack: Stack) => Untyped): Make {
  return web((stack: Stack) => ({ notifications: make(stack) }));
}

function farStack(app: App, env: object = { account: '333333333333', region: 'us-west-2' }): Stack {
  return new Stack(app, 'Far', { env });
}

/** Wrong approvals, conditions, notifications and props. */
export const CONDITIONS_AND_PROPS: readonly WrongInput[] = [
  ['approval true', second({ approval: true }), 'environments[1].approval', 'be an Approval'],
  ['approval uncalled', second({ approval: library.Approval.manual }), 'environments[1].approval', 'be an Approval'],
  ['approval new', second(() => ({ approval: new library.Approval() })), 'environments[1].approval', 'be an Approval'],
  ['approval string', second({ approval: 'manual' }), 'environments[1].approval', 'be an Approval'],
  [
    'approval list',
    second(() => ({ approval: [library.Approval.manual()] })),
    'environments[1].approval',
    'be an Approval',
  ],
  ['approval {}', second({ approval: {} }), 'environments[1].approval', 'be an Approval'],
  ['approval misspelt', approved({ coment: 'x' }), 'environments[1].approval.coment', KNOWN_PROPERTY],
  ['approval text', approved({ text: 'x' }), 'environments[1].approval.text', KNOWN_PROPERTY],
  [
    'approval notifyEmails string',
    approved({ notifyEmails: 'a@b.c' }),
    'environments[1].approval.notifyEmails',
    A_LIST,
  ],
  [
    'approval email spaces',
    approved({ notifyEmails: [' a@b.com'] }),
    'environments[1].approval.notifyEmails[0]',
    'consist of a name, @ and a domain',
  ],
  [
    'approval email twice',
    approved({ notifyEmails: ['a@b.com', 'A@b.com'] }),
    'environments[1].approval.notifyEmails[1]',
    UNIQUE,
  ],
  [
    'approval approvers string',
    approved({ approvers: ['arn:aws:iam::111111111111:role/x'] }),
    'environments[1].approval.approvers[0]',
    'be a principal',
  ],
  [
    'approval approvers role not list',
    second((s: Stack) => ({
      approval: library.Approval.manual({
        approvers: new iam.Role(s, 'R', { assumedBy: new iam.AccountRootPrincipal() }),
      }),
    })),
    'environments[1].approval.approvers',
    A_LIST,
  ],
  [
    'approval approver L1',
    second((s: Stack) => ({
      approval: library.Approval.manual({ approvers: [new iam.CfnRole(s, 'R', { assumeRolePolicyDocument: {} })] }),
    })),
    'environments[1].approval.approvers[0]',
    'be a principal',
  ],
  ['reviewUrl no scheme', approved({ reviewUrl: 'example.com' }), 'environments[1].approval.reviewUrl', REVIEW_URL],
  [
    'reviewUrl javascript',
    approved({ reviewUrl: 'javascript:alert(1)' }),
    'environments[1].approval.reviewUrl',
    REVIEW_URL,
  ],
  [
    'reviewUrl space',
    approved({ reviewUrl: 'https://exa mple.com' }),
    'environments[1].approval.reviewUrl',
    'not contain spaces',
  ],
  [
    'approvalName space',
    approved({ approvalName: 'a b' }),
    'environments[1].approval.approvalName',
    "consist of letters, digits, '_' and '-'",
  ],
  [
    'topic arn',
    approved({ notificationTopic: 'arn:aws:sns:eu-west-1:111111111111:x' }),
    'environments[1].approval.notificationTopic',
    'be an SNS topic',
  ],
  [
    'approval on first of one',
    web(() => ({ environments: [environment('p', { approval: library.Approval.all([]) })] })),
    'environments[0].approval.approvals',
    'contain at least one approval',
  ],
  [
    'all two same names',
    second(() => ({ approval: library.Approval.all([library.Approval.manual(), library.Approval.manual()]) })),
    'environments[1].approval.approvals[0].approvalName',
    'be set if there are several approvals',
  ],
  [
    'all nested none',
    second(() => ({ approval: library.Approval.all([library.Approval.none()]) })),
    'environments[1].approval.approvals[0]',
    'not contain Approval.none()',
  ],
  [
    'all not list',
    second(() => ({ approval: library.Approval.all(library.Approval.manual()) })),
    'environments[1].approval.approvals',
    A_LIST,
  ],
  ['production string', second({ production: 'true' }), 'environments[1].production', 'be a boolean'],
  [
    'beforeEntry gate',
    second(() => ({ beforeEntry: library.Gate.commands(['x']) })),
    'environments[1].beforeEntry',
    'be an EntryCondition',
  ],
  [
    'beforeEntry success',
    second(() => ({ beforeEntry: library.SuccessCondition.failUnless([library.Gate.commands(['x'])]) })),
    'environments[1].beforeEntry',
    'be an EntryCondition',
  ],
  [
    'onSuccess entry',
    second(() => ({ onSuccess: library.EntryCondition.failUnless([library.Gate.commands(['x'])]) })),
    'environments[1].onSuccess',
    'be a SuccessCondition',
  ],
  [
    'onFailure success',
    second(() => ({ onFailure: library.SuccessCondition.rollBackUnless([library.Gate.commands(['x'])]) })),
    'environments[1].onFailure',
    'be a FailureHandling',
  ],
  ['onFailure string', second({ onFailure: 'ROLLBACK' }), 'environments[1].onFailure', 'be a FailureHandling'],
  [
    'onFailure uncalled',
    second({ onFailure: library.FailureHandling.rollBack }),
    'environments[1].onFailure',
    'be a FailureHandling',
  ],
  [
    'onFailure new',
    second(() => ({ onFailure: new library.FailureHandling() })),
    'environments[1].onFailure',
    'be a FailureHandling',
  ],
  ['onFailure false', second({ onFailure: false }), 'environments[1].onFailure', 'be a FailureHandling'],
  [
    'gates single',
    second(() => ({ onSuccess: library.SuccessCondition.failUnless(library.Gate.commands(['x'])) })),
    'environments[1].onSuccess.gates',
    'be a list of gates',
  ],
  [
    'six gates',
    second(() => ({
      onSuccess: library.SuccessCondition.failUnless(
        [1, 2, 3, 4, 5, 6].map((i) => library.Gate.commands(['x'], { ruleName: `r${i}` })),
      ),
    })),
    'environments[1].onSuccess',
    'contain 1 to 5 rules (each alarm counts as a rule)',
  ],
  [
    'alarm string',
    gate(() => library.Gate.alarmsHealthy(['errors'])),
    'environments[1].onSuccess.gates[0].alarms[0]',
    'be an alarm',
  ],
  [
    'alarm L1',
    second((s: Stack) => ({
      onSuccess: library.SuccessCondition.failUnless([
        library.Gate.alarmsHealthy([
          new cloudwatch.CfnAlarm(s, 'A', { comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1 }),
        ]),
      ]),
    })),
    'environments[1].onSuccess.gates[0].alarms[0]',
    'be an alarm',
  ],
  [
    'alarm single',
    (s, a) =>
      second(() => ({
        onSuccess: library.SuccessCondition.failUnless([library.Gate.alarmsHealthy(alarmIn(a, HOME))]),
      }))(s, a),
    'environments[1].onSuccess.gates[0].alarms',
    A_LIST,
  ],
  [
    'waitTime number',
    gate(() => library.Gate.alarmsHealthy([], { waitTime: 5 })),
    'environments[1].onSuccess.gates[0].waitTime',
    'be a Duration',
  ],
  [
    'officeHours GMT+1',
    gate(() => library.Gate.officeHours('GMT+1')),
    'environments[1].onSuccess.gates[0].timeZone',
    'be a region and a city of the time zone database',
  ],
  [
    'officeHours Berlin',
    gate(() => library.Gate.officeHours('Berlin')),
    'environments[1].onSuccess.gates[0].timeZone',
    'be a region and a city of the time zone database',
  ],
  [
    'officeHours lower',
    gate(() => library.Gate.officeHours('europe/berlin')),
    'environments[1].onSuccess.gates[0].timeZone',
    'be spelled as in the time zone database',
  ],
  [
    'officeHours fromHour string',
    gate(() => library.Gate.officeHours('Europe/Berlin', { fromHour: '9' })),
    'environments[1].onSuccess.gates[0].fromHour',
    'be a whole number of hours between 0 and 23',
  ],
  [
    'officeHours 9.5',
    gate(() => library.Gate.officeHours('Europe/Berlin', { fromHour: 9.5 })),
    'environments[1].onSuccess.gates[0].fromHour',
    'be a whole number of hours between 0 and 23',
  ],
  [
    'officeHours from 17 until 9',
    gate(() => library.Gate.officeHours('Europe/Berlin', { fromHour: 17, untilHour: 9 })),
    'environments[1].onSuccess.gates[0].untilHour',
    'be later than fromHour (17)',
  ],
  [
    'days list',
    gate(() => library.Gate.officeHours('Europe/Berlin', { days: ['MON'] })),
    'environments[1].onSuccess.gates[0].days',
    A_STRING,
  ],
  [
    'days space',
    gate(() => library.Gate.officeHours('Europe/Berlin', { days: ' ' })),
    'environments[1].onSuccess.gates[0].days',
    'not contain spaces',
  ],
  [
    'days german',
    gate(() => library.Gate.officeHours('Europe/Berlin', { days: 'MO-FR' })),
    'environments[1].onSuccess.gates[0].days',
    "have as its day of the week '?', SUN to SAT, 'L', '6L', '6#3', '*', numbers, ranges such as 9-16, " +
      'steps such as 0/15, or a list of these',
  ],
  [
    'days mon, tue',
    gate(() => library.Gate.officeHours('Europe/Berlin', { days: 'MON, TUE' })),
    'environments[1].onSuccess.gates[0].days',
    'not contain spaces',
  ],
  [
    'window 5 fields',
    gate(() => library.Gate.deploymentWindow('0 9 * * *')),
    'environments[1].onSuccess.gates[0].cron',
    'have six fields and an optional year (seconds, minutes, hours, day of the month, month, day of the week, year)',
  ],
  [
    'window cron()',
    gate(() => library.Gate.deploymentWindow('cron(* * 9-16 ? * MON-FRI *)')),
    'environments[1].onSuccess.gates[0].cron',
    "have '*' in its seconds, which CodePipeline ignores",
  ],
  [
    'variable object',
    gate(() => library.Gate.variable(new library.PipelineVariable('X'), 'EQ', 'a')),
    'environments[1].onSuccess.gates[0].variable',
    "be the reference of one variable, such as '#{Source-vars.BranchName}'",
  ],
  [
    'variable operator',
    gate(() => library.Gate.variable('#{Source-vars.CommitId}', '==', 'a')),
    'environments[1].onSuccess.gates[0].comparison',
    'be one of EQ, NE, CONTAINS, MATCHES',
  ],
  [
    'variable bare',
    gate(() => library.Gate.variable('CommitId', library.VariableOperator.EQUALS, 'a')),
    'environments[1].onSuccess.gates[0].variable',
    "be the reference of one variable, such as '#{Source-vars.BranchName}'",
  ],
  [
    'lambda name',
    gate(() => library.Gate.lambdaFunction('fn')),
    'environments[1].onSuccess.gates[0].gateFunction',
    'be a Lambda function',
  ],
  [
    'lambda L1',
    second((s: Stack) => ({
      onSuccess: library.SuccessCondition.failUnless([
        library.Gate.lambdaFunction(new lambda.CfnFunction(s, 'A', { code: {}, role: 'x' })),
      ]),
    })),
    'environments[1].onSuccess.gates[0].gateFunction',
    'be a Lambda function',
  ],
  [
    'lambda other account',
    second((s: Stack) => ({
      onSuccess: library.SuccessCondition.failUnless([
        library.Gate.lambdaFunction(
          lambda.Function.fromFunctionArn(s, 'F', 'arn:aws:lambda:eu-west-1:999999999999:function:x'),
        ),
      ]),
    })),
    'environments[1].onSuccess.gates[0].gateFunction',
    'be a function in the account of the pipeline, 111111111111',
  ],
  [
    'gate commands string',
    gate(() => library.Gate.commands('x')),
    'environments[1].onSuccess.gates[0].commands',
    A_LIST,
  ],
  ['gate new', gate(() => new library.Gate()), 'environments[1].onSuccess.gates[0]', 'be a Gate'],
  ['notification string', notified(() => 'a@b.com'), 'notifications', 'be a Notification'],
  ['email string', notified(() => library.Notification.email('a@b.com')), 'notifications.addresses', A_LIST],
  [
    'email []',
    notified(() => library.Notification.email([])),
    'notifications.addresses',
    'contain at least one address',
  ],
  [
    'email dup',
    notified(() => library.Notification.email(['a@b.com', 'a@b.com'])),
    'notifications.addresses[1]',
    UNIQUE,
  ],
  [
    'email events string',
    notified(() => library.Notification.email(['a@b.com'], { events: 'PIPELINE_FAILED' })),
    'notifications.events',
    A_LIST,
  ],
  [
    'email events []',
    notified(() => library.Notification.email(['a@b.com'], { events: [] })),
    'notifications.events',
    'contain at least one event',
  ],
  [
    'slack channel name',
    notified(() => library.Notification.slack('T0123ABCD', '#releases')),
    'notifications.channelId',
    'consist of letters and digits',
  ],
  [
    'slack lower',
    notified(() => library.Notification.slack('t0123abcd', 'C0123ABCD')),
    'notifications.workspaceId',
    'consist of capital letters and digits',
  ],
  [
    'slackChannel arn',
    notified(() =>
      library.Notification.slackChannel('arn:aws:chatbot::111111111111:chat-configuration/slack-channel/shop'),
    ),
    'notifications.channel',
    'be a Slack channel configuration',
  ],
  [
    'teams url',
    notified(() => library.Notification.teams('a', 'b', 'https://teams.microsoft.com/l/channel/19%3aabc')),
    'notifications.tenantId',
    "consist of 32 hexadecimal digits with '-' after the 8th, 12th, 16th and 20th",
  ],
  [
    'teamsChannel slack arn',
    notified(() =>
      library.Notification.teamsChannel('arn:aws:chatbot::111111111111:chat-configuration/slack-channel/shop'),
    ),
    'notifications.configurationArn',
    'consist of arn:…:chatbot:…:chat-configuration/… of a Microsoft Teams channel',
  ],
  ['notif list', notified(() => [library.Notification.email(['a@b.com'])]), 'notifications', 'be a Notification'],
  ['notif new', notified(() => new library.Notification()), 'notifications', 'be a Notification'],
  ['notif uncalled', notified(() => library.Notification.email), 'notifications', 'be a Notification'],
  [
    'all same twice',
    notified(() =>
      library.Notification.all([library.Notification.email(['a@b.com']), library.Notification.email(['a@b.com'])]),
    ),
    'notifications',
    'have a unique audience for each Notification.email',
  ],
  [
    'topic L1',
    notified((s) => library.Notification.topic(new sns.CfnTopic(s, 'T'))),
    'notifications.topic',
    'be an SNS topic',
  ],
  ['pipelineName slash', web({ pipelineName: 'a/b' }), 'pipelineName', "consist of letters, digits, '.', '_' and '-'"],
  ['pipelineName number', web({ pipelineName: 5 }), 'pipelineName', NON_EMPTY_STRING],
  [
    'pipelineName unicode',
    web({ pipelineName: 'Prüfung' }),
    'pipelineName',
    "consist of letters, digits, '.', '_' and '-'",
  ],
  ['executionMode lower', web({ executionMode: 'queued' }), 'executionMode', 'be one of SUPERSEDED, QUEUED, PARALLEL'],
  ['executionMode CDK', web({ executionMode: 'Queued' }), 'executionMode', 'be one of SUPERSEDED, QUEUED, PARALLEL'],
  ['artifactRetention number', web({ artifactRetention: 365 }), 'artifactRetention', 'be a Duration'],
  [
    'artifactRetention token',
    web({ artifactRetention: Duration.days(Lazy.number({ produce: () => 365 })) }),
    'artifactRetention',
    KNOWN_VALUE,
  ],
  ['logRetention CDK', web({ logRetention: 7 }), 'logRetention', 'be a Duration'],
  ['variables string', web({ variables: 'X' }), 'variables', A_LIST],
  ['variables strings', web({ variables: ['X'] }), 'variables[0]', 'be a PipelineVariable'],
  [
    'variables dup case',
    web(() => ({ variables: [new library.PipelineVariable('A'), new library.PipelineVariable('A')] })),
    'variables[0].defaultValue',
    'be set if changes, schedules or other pipelines start executions',
  ],
  [
    'variable number default',
    web(() => ({ variables: [new library.PipelineVariable('A', { defaultValue: 5 })] })),
    'variables[0].defaultValue',
    A_STRING,
  ],
  [
    'variable empty default',
    web(() => ({ variables: [new library.PipelineVariable('A', { defaultValue: '' })] })),
    'variables[0].defaultValue',
    'have 1 to 1000 characters',
  ],
  ['selfUpdate true', web({ selfUpdate: true }), 'selfUpdate', 'be a SelfUpdate'],
  ['selfUpdate step', web(() => ({ selfUpdate: library.BuildStep.nodeJs() })), 'selfUpdate', 'be a SelfUpdate'],
  ['monitoring true', web({ monitoring: true }), 'monitoring', 'be a PipelineMonitoring'],
  [
    'monitoring(0)',
    web(() => ({ monitoring: library.PipelineMonitoring.standard(0) })),
    'monitoring.options',
    'be an object',
  ],
  [
    'monitoring maxDuration token',
    web(() => ({
      monitoring: library.PipelineMonitoring.standard({
        maxDuration: Duration.minutes(Lazy.number({ produce: () => 60 })),
      }),
    })),
    'monitoring.maxDuration',
    KNOWN_VALUE,
  ],
  [
    'artifactBucket L1',
    web((s: Stack) => ({ artifactBucket: new s3.CfnBucket(s, 'B') })),
    'artifactBucket',
    'be a bucket',
  ],
  ['artifactBucket name', web({ artifactBucket: 'x' }), 'artifactBucket', 'be a bucket'],
  [
    'artifactBucket far',
    (s, a) => web(() => ({ artifactBucket: new s3.Bucket(farStack(a), 'B', { bucketName: 'acme-x' }) }))(s, a),
    'artifactBucket',
    'be a bucket in the account of the pipeline, 111111111111',
  ],
  ['props Map', (s) => new library.WebAppPipeline(s, 'P', new Map([['source', source]])), 'props', OPTIONS],
  ['props array', (s) => new library.WebAppPipeline(s, 'P', [source]), 'props', 'be an object'],
  ['props null', (s) => new library.WebAppPipeline(s, 'P', null), 'source', A_SOURCE],
  ['id undefined', (s) => new library.WebAppPipeline(s, undefined, { source }), 'id', NON_EMPTY_STRING],
  ['id token', (s) => new library.WebAppPipeline(s, Aws.STACK_NAME, { source }), 'id', KNOWN_AT_SYNTH],
  ['id number', (s) => new library.WebAppPipeline(s, 5, { source }), 'id', NON_EMPTY_STRING],
  [
    'scope app',
    (_s, a) => new library.WebAppPipeline(a, 'P', { source }),
    'scope',
    'be a stack, or a construct in a stack',
  ],
  ['environments object', web(() => ({ environments: environment('a') })), 'environments', A_LIST],
  [
    'environments case',
    web(() => ({ environments: [environment('prod'), environment('PROD')] })),
    'environments',
    UNIQUE_STAGES,
  ],
  [
    'environments null item',
    web(() => ({ environments: [null] })),
    'environments[0]',
    'be a DeploymentEnvironment or a DeploymentWave',
  ],
  [
    'environments class',
    web(() => ({ environments: [library.DeploymentEnvironment] })),
    'environments[0]',
    'be a DeploymentEnvironment or a DeploymentWave',
  ],
  [
    'environment spread',
    web(() => ({ environments: [{ ...environment('a') }] })),
    'environments[0]',
    'be a DeploymentEnvironment or a DeploymentWave',
  ],
  [
    'same env twice',
    web(() => {
      const e = environment('a');
      return { environments: [e, e] };
    }),
    'environments',
    UNIQUE_STAGES,
  ],
  [
    'wave in web ok',
    web(() => ({ environments: [new library.DeploymentWave('w', environment('a'))] })),
    'environments[0].environments',
    A_LIST,
  ],
  [
    'wave max string',
    web(() => ({ environments: [new library.DeploymentWave('w', [environment('a')], { maxParallel: '1' })] })),
    'environments[0].maxParallel',
    'be a whole number of at least 1',
  ],
  [
    'wave nested',
    web(() => ({
      environments: [new library.DeploymentWave('w', [new library.DeploymentWave('v', [environment('a')])])],
    })),
    'environments[0].environments[0]',
    'be a DeploymentEnvironment',
  ],
  [
    'env target new',
    web(() => ({ environments: [environment('a', { target: new library.DeployTarget() })] })),
    'environments[0].target',
    A_TARGET,
  ],
  [
    'env target uncalled',
    web(() => ({ environments: [environment('a', { target: library.DeployTarget.staticSite })] })),
    'environments[0].target',
    A_TARGET,
  ],
  [
    'env tests step',
    web(() => ({ environments: [environment('a', { tests: library.TestStep.shell(['x']) })] })),
    'environments[0].tests',
    A_LIST,
  ],
  [
    'env tests build',
    web(() => ({ environments: [environment('a', { tests: [library.BuildStep.dockerImage({})] })] })),
    'environments[0].tests[0]',
    'be a TestStep',
  ],
  [
    'env name string option',
    web(() => ({ environments: [environment({ environmentName: 'a' })] })),
    'environments[0].environmentName',
    NON_EMPTY_STRING,
  ],
  ['checks string', web({ checks: 'npm test' }), 'checks', A_LIST],
];
