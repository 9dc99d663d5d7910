import { App, aws_kms as kms, aws_sns as sns, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeploymentWave,
  PipelineMonitoring,
  PipelineSource,
  PipelineStage,
  WebAppPipeline,
} from '../../src';
import { problemsAt } from '../helpers/plans';
import { CONCRETE, jsonOf, resourcesOf, statementsOf, type CfnTemplate } from '../helpers/synth';

function problemsOf(planned: PipelineMonitoring) {
  return problemsAt('monitoring', (problems) => planned._plan(problems));
}

const source = PipelineSource.gitHub('acme/shop', 'main');

function watched(monitoring: (stack: Stack) => PipelineMonitoring | undefined, props?: StackProps) {
  const stack = new Stack(new App(), 'Shop', props);
  new WebAppPipeline(stack, 'Site', {
    pipelineName: 'shop',
    source,
    environments: [
      new DeploymentEnvironment('staging'),
      new DeploymentEnvironment('production', { approval: Approval.manual() }),
    ],
    monitoring: monitoring(stack),
  });
  return jsonOf(stack);
}

/** A pipeline without approvals and deployments. */
function builds(monitoring: PipelineMonitoring) {
  const stack = new Stack(new App(), 'Shop');
  new DeliveryPipeline(stack, 'Site', {
    sources: [source],
    stages: [PipelineStage.steps('Build', [BuildStep.nodeJs()])],
    monitoring,
  });
  return jsonOf(stack);
}

function propsOf(template: CfnTemplate, type: string) {
  return resourcesOf(template, type).map(([, { Properties }]) => Properties as Record<string, any>);
}

function alarmsOf(template: CfnTemplate) {
  return propsOf(template, 'AWS::CloudWatch::Alarm');
}

function standard(template = watched(() => PipelineMonitoring.standard())) {
  return template;
}

test('creates nothing by default', () => {
  expect(watched(() => PipelineMonitoring.none())).toEqual(watched(() => undefined));
  expect(Object.keys(watched(() => undefined).Resources).filter((id) => id.includes('Monitoring'))).toEqual([]);
});

test('does not change the pipeline', () => {
  const { Resources: without } = watched(() => undefined);
  expect(standard().Resources).toMatchObject(without);
});

test('matches events of this pipeline and its deploying stages', () => {
  const here = { account: [{ Ref: 'AWS::AccountId' }], region: [{ Ref: 'AWS::Region' }], source: ['aws.codepipeline'] };
  const state = ['STARTED', 'SUCCEEDED', 'FAILED'];
  const rules = propsOf(standard(), 'AWS::Events::Rule').filter(({ Description }) =>
    /^(Forwards state changes|Polls)/.test(Description),
  );
  expect(rules.map(({ EventPattern, ScheduleExpression }) => EventPattern ?? ScheduleExpression)).toEqual([
    { ...here, 'detail-type': ['CodePipeline Pipeline Execution State Change'], detail: { pipeline: ['shop'], state } },
    {
      ...here,
      'detail-type': ['CodePipeline Stage Execution State Change'],
      detail: { pipeline: ['shop'], state, stage: ['staging', 'production'] },
    },
    'rate(15 minutes)',
  ]);
});

test('allows only its rules to invoke the function', () => {
  const template = standard();
  const rules = resourcesOf(template, 'AWS::Events::Rule')
    .filter(([id]) => id.includes('Monitoring'))
    .map(([id]) => id);
  expect(propsOf(template, 'AWS::Lambda::Permission').map(({ SourceArn }) => SourceArn)).toEqual(
    rules.map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
  );
  expect(rules).toHaveLength(3);
});

test('grants the function access to this pipeline only', () => {
  const statements = statementsOf(standard())
    .filter(({ holder }) => holder.includes('Monitoring'))
    .map(({ statement }) => statement);
  expect(statements.map(({ Action }) => Action)).toEqual([
    ['codepipeline:ListPipelineExecutions', 'codepipeline:ListActionExecutions'],
    ['ssm:GetParameter', 'ssm:PutParameter'],
    ['logs:CreateLogStream', 'logs:PutLogEvents'],
  ]);
  expect(JSON.stringify(statements)).not.toContain('*');
});

test('grants less without approvals and deployments', () => {
  const template = builds(PipelineMonitoring.standard());
  expect(
    statementsOf(template)
      .filter(({ holder }) => holder.includes('Monitoring'))
      .map(({ statement }) => statement.Action),
  ).toEqual(['codepipeline:ListPipelineExecutions', ['logs:CreateLogStream', 'logs:PutLogEvents']]);
  expect(resourcesOf(template, 'AWS::Events::Rule').filter(([id]) => id.includes('Monitoring'))).toHaveLength(1);
  expect(resourcesOf(template, 'AWS::SSM::Parameter')).toEqual([]);
  expect(alarmsOf(template).map(({ MetricName }) => MetricName)).toEqual(['Failures']);
  expect(JSON.stringify(propsOf(template, 'AWS::CloudWatch::Dashboard'))).not.toMatch(/WaitingApprovals|Deployments/);
});

describe('alarms', () => {
  function summary({ MetricName, Threshold, Dimensions, TreatMissingData }: Record<string, any>) {
    return { MetricName, Threshold, Dimensions, TreatMissingData };
  }

  function of(MetricName: string, Threshold: number) {
    return {
      MetricName,
      Threshold,
      Dimensions: [{ Name: 'Pipeline', Value: 'shop' }],
      TreatMissingData: 'notBreaching',
    };
  }

  test('fire on failures and on approvals that wait a day', () => {
    expect(alarmsOf(standard()).map(summary)).toEqual([of('Failures', 1), of('ApprovalWait', 86_400)]);
  });

  test('fire on executions above the maximum duration', () => {
    const template = watched(() =>
      PipelineMonitoring.standard({ maxDuration: Duration.hours(2), maxApprovalWait: Duration.hours(8) }),
    );
    expect(alarmsOf(template).map(summary)).toEqual([
      of('Failures', 1),
      of('RunningTime', 7200),
      of('ApprovalWait', 28_800),
    ]);
  });

  test('publish to an encrypted topic, which allows it', () => {
    const template = watched((stack) =>
      PipelineMonitoring.standard({
        alarmTopic: new sns.Topic(stack, 'OnCall', { masterKey: new kms.Key(stack, 'Key') }),
      }),
    );
    const [[topic]] = resourcesOf(template, 'AWS::SNS::Topic');
    expect(alarmsOf(template).map(({ AlarmActions }) => AlarmActions)).toEqual([[{ Ref: topic }], [{ Ref: topic }]]);
    const principal = { Service: 'cloudwatch.amazonaws.com' };

    function toAlarms(type: string, document: string) {
      return propsOf(template, type)
        .flatMap((props) => props[document].Statement)
        .filter(({ Principal }) => Principal.Service === principal.Service);
    }

    expect(toAlarms('AWS::SNS::TopicPolicy', 'PolicyDocument')).toMatchObject([
      {
        Action: 'sns:Publish',
        Principal: principal,
        Resource: { Ref: topic },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
    expect(toAlarms('AWS::KMS::Key', 'KeyPolicy')).toMatchObject([
      { Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Principal: principal, Resource: '*' },
    ]);
  });

  test('publish nowhere by default', () =>
    expect(alarmsOf(standard()).filter(({ AlarmActions }) => AlarmActions)).toEqual([]));
});

test('shows the metrics of each environment on the dashboard', () => {
  const body = JSON.stringify(propsOf(standard(), 'AWS::CloudWatch::Dashboard'));
  for (const metric of [
    'Executions',
    'Failures',
    'Duration',
    'RunningTime',
    'WaitingApprovals',
    'ApprovalWait',
    'Builds',
    'FailedBuilds',
  ]) {
    expect(body).toContain(`\\"${metric}\\"`);
  }
  for (const environment of ['staging', 'production']) {
    for (const metric of ['Deployments', 'FailedDeployments', 'LeadTime', 'TimeToRestore']) {
      // Dimensions are in the order of their names.
      expect(body).toContain(
        `\\"CdkPipelinePatterns\\",\\"${metric}\\",\\"Environment\\",\\"${environment}\\",\\"Pipeline\\",\\"shop\\"`,
      );
    }
  }
});

test('monitors the environments of a wave by its stage', () => {
  const stack = new Stack(new App(), 'Shop');

  function environment(name: string) {
    return new DeploymentEnvironment(name);
  }

  new WebAppPipeline(stack, 'Site', {
    pipelineName: 'shop',
    source,
    environments: [environment('staging'), new DeploymentWave('europe', [environment('paris'), environment('rome')])],
    monitoring: PipelineMonitoring.standard(),
  });
  const template = jsonOf(stack);
  const variables = propsOf(template, 'AWS::Lambda::Function')
    .map(({ Environment }) => Environment?.Variables?.STAGES)
    .filter(Boolean);
  expect(variables.map((text: string) => JSON.parse(text) as unknown)).toEqual([
    { staging: ['staging'], europe: ['paris', 'rome'] },
  ]);
  const stages = propsOf(template, 'AWS::Events::Rule').flatMap(
    ({ EventPattern }) => EventPattern?.detail?.stage ?? [],
  );
  expect(stages).toEqual(['staging', 'europe']);
  expect(propsOf(template, 'AWS::SSM::Parameter').map(({ Name }) => Name)).toEqual(
    ['staging', 'paris', 'rome'].map((name) => expect.stringMatching(`/${name}$`)),
  );
  const dashboard = JSON.stringify(propsOf(template, 'AWS::CloudWatch::Dashboard'));
  for (const name of ['staging', 'paris', 'rome']) expect(dashboard).toContain(`\\"Environment\\",\\"${name}\\"`);
  expect(dashboard).not.toContain('europe');
});

test('can omit the dashboard', () => {
  const template = watched(() => PipelineMonitoring.standard({ dashboard: false }));
  expect(propsOf(template, 'AWS::CloudWatch::Dashboard')).toEqual([]);
  expect(alarmsOf(template)).toHaveLength(2);
});

describe('validation', () => {
  test('rejects durations below the polling interval', () => {
    const short = PipelineMonitoring.standard({
      maxDuration: Duration.minutes(14),
      maxApprovalWait: Duration.minutes(1),
    });
    expect(problemsOf(short)).toEqual([
      "'monitoring.maxDuration' must be at least 15 minutes, the interval at which executions are polled, got " +
        '"840 seconds"; choose a longer duration',
      "'monitoring.maxApprovalWait' must be at least 15 minutes, the interval at which executions are polled, " +
        'got "60 seconds"; choose a longer duration',
    ]);
    expect(problemsOf(PipelineMonitoring.standard({ maxDuration: Duration.minutes(15) }))).toEqual([]);
  });

  test('rejects a topic that does not admit alarms', () => {
    function make(stack: Stack) {
      return PipelineMonitoring.standard({
        alarmTopic: new sns.Topic(stack, 'OnCall', {
          masterKey: kms.Alias.fromAliasName(stack, 'Key', 'alias/aws/sns'),
        }),
      });
    }

    expect(() => watched(make)).toThrow(/'monitoring\.alarmTopic' must not be encrypted with the AWS managed key/);
  });

  test('rejects a topic of another Region', () => {
    function make(stack: Stack) {
      return PipelineMonitoring.standard({
        alarmTopic: sns.Topic.fromTopicArn(stack, 'OnCall', 'arn:aws:sns:us-east-1:111111111111:on-call'),
      });
    }

    expect(() => watched(make, CONCRETE)).toThrow(
      /'monitoring\.alarmTopic' must be an SNS topic in the Region of the pipeline, eu-west-1/,
    );
  });

  test('rejects more environments than fit into its function', () => {
    const stack = new Stack(new App(), 'Shop');
    const environments = [...Array(40).keys()].map((i) => new DeploymentEnvironment(`${'environment'.repeat(4)}-${i}`));
    expect(
      () => new WebAppPipeline(stack, 'Site', { source, environments, monitoring: PipelineMonitoring.standard() }),
    ).toThrow(/'monitoring' must have at most 3000 bytes of stage and environment names, got 4\d{3};/);
  });
});
