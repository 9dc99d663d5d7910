import {
  App,
  aws_cloudwatch as cloudwatch,
  aws_iam as iam,
  aws_kms as kms,
  aws_lambda as lambda,
  aws_sns as sns,
  Duration,
  Stack,
  aws_codepipeline_actions as actions,
} from 'aws-cdk-lib';
import {
  Approval,
  DeliveryPipeline,
  EntryCondition,
  FailureHandling,
  Gate,
  CustomStep,
  PipelineStage,
  type ManualApprovalOptions,
} from '../../../src';
import { EMAIL_ADDRESS } from '../../../src/aws/notification-limits';
import { UNIQUE } from '../../../src/common/rules';
import { consistOf, inPipelineEnv, RESOURCE } from '../../../src/pipeline/rules';
import { complaints, delivery, source, verdictsOf } from '../../helpers/delivery';
import { planDelivery } from '../../helpers/plans';
import { jsonOf, pipelineOf, statementsOf } from '../../helpers/synth';

function people(approvalName: string, options: ManualApprovalOptions = {}) {
  return Approval.manual({ approvalName, ...options });
}

function planned(approval: Approval) {
  return planDelivery({ sources: [source], stages: [PipelineStage.approval('Go', approval)] })
    .stages.filter(({ name }) => name === 'Go')
    .flatMap((stage) => stage.actions.map(({ name, runOrder }) => [name, runOrder]));
}

describe('order of approvals', () => {
  test.each<[string, Approval, Array<[string, number]>]>([
    ['one', Approval.manual(), [['Go', 1]]],
    [
      'all at the same time',
      Approval.all([people('a'), people('b')]),
      [
        ['Go-a', 1],
        ['Go-b', 1],
      ],
    ],
    [
      'one after the other',
      Approval.inOrder([people('a'), people('b'), people('c')]),
      [
        ['Go-a', 1],
        ['Go-b', 2],
        ['Go-c', 3],
      ],
    ],
    [
      'one, then all of a group, then one',
      Approval.inOrder([people('a'), Approval.all([people('b'), people('c')]), people('d')]),
      [
        ['Go-a', 1],
        ['Go-b', 2],
        ['Go-c', 2],
        ['Go-d', 3],
      ],
    ],
    [
      'beside each other, one of them in two steps',
      Approval.all([Approval.inOrder([people('a'), people('b')]), people('c')]),
      [
        ['Go-a', 1],
        ['Go-b', 2],
        ['Go-c', 1],
      ],
    ],
  ])('%s', (_name, approval, expected) => {
    expect(planned(approval)).toEqual(expected);
  });

  test('expires after a week by default, before artifacts', () => {
    function actionsOf(options: ManualApprovalOptions) {
      return planDelivery({ sources: [source], stages: [PipelineStage.approval('Go', Approval.manual(options))] })
        .stages[1].actions;
    }

    expect(actionsOf({})[0].timeoutMinutes).toBe(7 * 24 * 60);
    expect(actionsOf({ timeout: Duration.minutes(5) })[0].timeoutMinutes).toBe(5);
    expect(
      complaints(() => ({
        artifactRetention: Duration.days(100),
        stages: [PipelineStage.approval('Go', Approval.manual({ timeout: Duration.days(11) }))],
      })),
    ).toEqual([expect.stringMatching(/^'artifactRetention' must be a whole number of at least 101 /)]);
  });
});

describe('permissions of approvers', () => {
  function stagesOf(own: Stack) {
    return [
      PipelineStage.approval(
        'Go',
        Approval.all([
          people('Security', {
            approvers: [new iam.Role(own, 'Security', { assumedBy: new iam.AccountRootPrincipal() })],
          }),
          people('Product', { approvers: [new iam.Group(own, 'Product'), iam.Role.fromRoleName(own, 'Lead', 'lead')] }),
        ]),
      ),
    ];
  }

  test('allow viewing the pipeline and responding to the approval only', () => {
    const { stack } = delivery((own) => ({ pipelineName: 'shop', stages: stagesOf(own) }), {
      stack: { env: { account: '111111111111', region: 'eu-west-1' } },
    });
    const pipeline = {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':codepipeline:eu-west-1:111111111111:shop']],
    };

    function answer(action: string) {
      return {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:codepipeline:eu-west-1:111111111111:shop/Go/${action}`]],
      };
    }

    const granted = statementsOf(jsonOf(stack)).filter(({ holder }) => /^(Security|Product|Lead)/.test(holder));
    const see = {
      Effect: 'Allow',
      Action: ['codepipeline:GetPipeline', 'codepipeline:GetPipelineState', 'codepipeline:GetPipelineExecution'],
      Resource: pipeline,
    };
    expect(granted.map(({ holder, statement }) => [holder.replace(/(Default)?Policy.*/, ''), statement])).toEqual([
      ['Security', see],
      ['Security', { Effect: 'Allow', Action: 'codepipeline:PutApprovalResult', Resource: answer('Go-Security') }],
      ['Product', see],
      ['Product', { Effect: 'Allow', Action: 'codepipeline:PutApprovalResult', Resource: answer('Go-Product') }],
      ['Lead', see],
      ['Lead', { Effect: 'Allow', Action: 'codepipeline:PutApprovalResult', Resource: answer('Go-Product') }],
    ]);
  });

  test('reject a role of IAM Identity Center', () => {
    function role(own: Stack) {
      return iam.Role.fromRoleArn(
        own,
        'Sso',
        'arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Lead_0123456789abcdef',
      );
    }

    expect(
      complaints((own) => ({ stages: [PipelineStage.approval('Go', Approval.manual({ approvers: [role(own)] }))] })),
    ).toEqual([
      "'stages[0].approval.approvers[0]' must not be a role of IAM Identity Center, got " +
        '"AWSReservedSSO_Lead_0123456789abcdef"; add the statements of docs/how-to/require-approvals.md to the ' +
        'permission set in IAM Identity Center instead',
    ]);
  });

  test('reject a principal without policies', () => {
    expect(
      complaints(() => ({
        stages: [
          PipelineStage.approval('Go', Approval.manual({ approvers: [new iam.AccountPrincipal('222222222222')] })),
        ],
      })),
    ).toEqual([
      "'stages[0].approval.approvers[0]' must be a role, user or group that a policy can be added to, got " +
        '"AccountPrincipal(222222222222)"; add the statements of docs/how-to/require-approvals.md in IAM Identity ' +
        'Center or in the other account instead',
    ]);
  });
});

describe('approval requests', () => {
  function notice(approval: (own: Stack) => Approval) {
    const { stack } = delivery((own) => ({ stages: [PipelineStage.approval('Go', approval(own))] }));
    const template = jsonOf(stack);
    return { template, configuration: pipelineOf(template).Stages[1].Actions[0].Configuration! };
  }

  function published(template: ReturnType<typeof jsonOf>) {
    return statementsOf(template)
      .filter(({ statement: { Action } }) => /sns:|kms:/.test(JSON.stringify(Action)))
      .map(({ holder, statement: { Action, Resource } }) => [holder.replace(/[0-9A-F]{8}$/, ''), Action, Resource]);
  }

  test('are sent by email, with an encrypted topic that the pipeline can publish to', () => {
    const { template, configuration } = notice(() =>
      Approval.manual({ notifyEmails: ['lead@example.com', 'deputy@example.com'] }),
    );
    const [[topicId, topic]] = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::SNS::Topic');
    expect(configuration.NotificationArn).toEqual({ Ref: topicId });
    expect(JSON.stringify(topic.Properties.KmsMasterKeyId)).toContain('alias/aws/sns');
    expect(
      Object.values(template.Resources)
        .filter(({ Type }) => Type === 'AWS::SNS::Subscription')
        .map(({ Properties }) => [Properties.Protocol, Properties.Endpoint]),
    ).toEqual([
      ['email', 'lead@example.com'],
      ['email', 'deputy@example.com'],
    ]);
    // The key that AWS manages lets the account use it by way of SNS; no statement could add to that.
    expect(published(template)).toEqual([['DeliveryRolePolicy', 'sns:Publish', { Ref: topicId }]]);
  });

  test('are published to a topic with a customer managed key, also by alias', () => {
    function keyed(own: Stack) {
      return new kms.Key(own, 'Key');
    }

    for (const masterKey of [keyed, (own: Stack) => keyed(own).addAlias('topics')]) {
      const { template } = notice((own) =>
        Approval.manual({ notificationTopic: new sns.Topic(own, 'Topic', { masterKey: masterKey(own) }) }),
      );
      expect(published(template)).toEqual([
        ['DeliveryRolePolicy', 'sns:Publish', { Ref: expect.stringMatching(/^Topic/) }],
        [
          'DeliveryRolePolicy',
          ['kms:GenerateDataKey*', 'kms:Decrypt'],
          { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
        ],
      ]);
    }
  });

  test('have all required permissions', () => {
    expect(
      verdictsOf((own) => ({
        stages: [
          PipelineStage.approval('Mail', Approval.manual({ notifyEmails: ['lead@example.com'] })),
          PipelineStage.approval(
            'Keyed',
            Approval.manual({ notificationTopic: new sns.Topic(own, 'Topic', { masterKey: new kms.Key(own, 'Key') }) }),
          ),
        ],
      })),
    ).toEqual({ denied: [], unmodelled: [], unknown: [] });
  });
});

describe('validation', () => {
  function go(approval: Approval) {
    return () => ({ stages: [PipelineStage.approval('Go', approval)] });
  }

  const at = "'stages[0].approval";
  test.each<[string, Approval, string[]]>([
    ['nobody', Approval.none(), [`${at}' must not contain Approval.none(), got "Approval.none()"; remove the stage`]],
    [
      'an empty group',
      Approval.all([]),
      [
        `${at}.approvals' must contain at least one approval, got []; add an approval, or use Approval.none()`,
        `${at}' must not contain Approval.none(), got "Approval.none()"; remove the stage`,
      ],
    ],
    [
      'an empty group among others',
      Approval.all([Approval.manual(), Approval.none()]),
      [`${at}.approvals[1]' must not contain Approval.none(), got "Approval.none()"; remove it`],
    ],
    [
      'several without names',
      Approval.all([people('a'), Approval.manual()]),
      [
        `${at}.approvals[1].approvalName' must be set if there are several approvals, got nothing; name the ` +
          "approval, e.g. 'Security'",
      ],
    ],
    [
      'a name twice',
      Approval.inOrder([people('a'), Approval.all([people('a')])]),
      [
        `${at}.approvals[1].approvals[0].approvalName' must be unique among the approvals of the stage, got ` +
          '"a"; rename the approval',
      ],
    ],
    [
      'four minutes',
      Approval.manual({ timeout: Duration.minutes(4) }),
      [`${at}.timeout' must be a whole number of minutes between 5 and 86400, got 4; choose a value in that range`],
    ],
    [
      '61 days',
      Approval.manual({ timeout: Duration.days(61) }),
      [`${at}.timeout' must be a whole number of minutes between 5 and 86400, got 87840; choose a value in that range`],
    ],
    [
      'no address',
      Approval.manual({ notifyEmails: ['lead'] }),
      [
        `${at}.notifyEmails[0]' must ${consistOf(EMAIL_ADDRESS)}, got "lead"; pass an address such as ` +
          `release@example.com`,
      ],
    ],
    [
      'an address twice',
      Approval.manual({ notifyEmails: ['a@b.de', 'A@b.de'] }),
      [`${at}.notifyEmails[1]' must ${UNIQUE}, got "A@b.de"; remove the duplicate`],
    ],
  ])('%s', (_name, approval, expected) => {
    // 61 days would also outlive the artifacts of some retentions, not of the default.
    expect(complaints(go(approval)).filter((line) => !line.startsWith("'stages' must have unique"))).toEqual(expected);
  });

  test.each([FailureHandling.rollBack(), FailureHandling.retryFailedActions()])(
    'rejects approvals in a stage that rolls back or retries: %#',
    (onFailure) => {
      function ask() {
        return CustomStep.action(new actions.ManualApprovalAction({ actionName: 'Ask' }));
      }

      expect(complaints(() => ({ stages: [PipelineStage.steps('Work', [ask()], { onFailure })] }))).toEqual([
        '\'stages[0]\' must not contain approvals, because it rolls back or retries, got ["Ask"]; move them to a ' +
          'separate stage before it, with PipelineStage.approval',
      ]);
      expect(complaints(() => ({ stages: [PipelineStage.steps('Work', [ask()])] }))).toEqual([]);
    },
  );

  test('rejects alarms, functions and topics of another account or Region', () => {
    const app = new App();
    const there = new Stack(app, 'There', { env: { account: '111111111111', region: 'us-east-1' } });
    const here = new Stack(app, 'Here', { env: { account: '111111111111', region: 'eu-west-1' } });
    const alarm = new cloudwatch.Alarm(there, 'Alarm', {
      metric: new cloudwatch.Metric({ namespace: 'Shop', metricName: 'E' }),
      threshold: 1,
      evaluationPeriods: 1,
    });
    const imported = lambda.Function.fromFunctionArn(here, 'Ask', 'arn:aws:lambda:eu-west-1:222222222222:function:ask');
    expect(
      () =>
        new DeliveryPipeline(here, 'Delivery', {
          sources: [source],
          stages: [
            PipelineStage.approval('Go', Approval.manual({ notificationTopic: new sns.Topic(there, 'Topic') }), {
              beforeEntry: EntryCondition.failUnless([Gate.alarmsHealthy([alarm]), Gate.lambdaFunction(imported)]),
            }),
          ],
        }),
    ).toThrow(
      [
        `[DeliveryPipeline Here/Delivery] 'stages[0].beforeEntry.gates[0].alarms[0]' must ` +
          `${inPipelineEnv(RESOURCE.alarm, 'Region', 'eu-west-1')}, got "There/Alarm in us-east-1"; pass an ` +
          `alarm in that Region`,
        `[DeliveryPipeline Here/Delivery] 'stages[0].beforeEntry.gates[1].gateFunction' must ` +
          `${inPipelineEnv(RESOURCE.function, 'account', '111111111111')}, got "Here/Ask in 222222222222"; ` +
          `pass a function in that account`,
        `[DeliveryPipeline Here/Delivery] 'stages[0].approval.notificationTopic' must ` +
          `${inPipelineEnv('a topic', 'Region', 'eu-west-1')}, got "There/Topic in us-east-1"; pass a topic ` +
          `in that Region`,
      ].join('\n'),
    );
  });
});
