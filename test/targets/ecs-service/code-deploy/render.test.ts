import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  aws_cloudwatch as cloudwatch,
  aws_codedeploy as codedeploy,
  aws_ec2 as ec2,
  aws_elasticloadbalancingv2 as elbv2,
  aws_lambda as lambda,
  Duration,
  type Environment,
  Stack,
} from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  DeploymentEnvironment,
  DeployTarget,
  type EcsServiceOptions,
  Rollout,
  ServiceDeploymentController,
} from '../../../../src';
import { readInput } from '../../../../src/assembly/input';
import { check } from '../../../../src/check/check';
import { denialsOf, findingsOf, unmodelledOf } from '../../../check/verdicts';
import { blueGreenIn, groupIn, networkIn } from '../../../helpers/blue-green';
import { pattern } from '../../../helpers/pattern';
import { repositoryOf } from '../../../helpers/services';
import {
  actionsOf,
  jsonOf,
  resourcesOf,
  statementsOf,
  type CfnTemplate,
  type StatementJson,
} from '../../../helpers/synth';
import { source } from '../../../laws/variants';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const THERE = { account: '222222222222', region: 'eu-central-1' };

type Made = ReturnType<typeof blueGreenIn>;
type Options = (made: Made, services: Stack) => EcsServiceOptions;

/** A pipeline, and a service in its environment or in another one. */
function deployed(options: Options, env: Required<Environment> = HOME) {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'code-deploy-')) });
  const services = new Stack(app, 'Services', { env });
  const made = blueGreenIn(services, 'api');
  const stack = new Stack(app, 'Shop', { env: HOME });
  new ContainerPipeline(stack, 'Api', {
    source,
    image: BuildStep.dockerImage(repositoryOf(stack)),
    environments: [
      new DeploymentEnvironment('live', { target: DeployTarget.ecsService(made.service, options(made, services)) }),
    ],
  });
  const assembly = app.synth();
  const environmentScope =
    env === HOME
      ? jsonOf(stack)
      : (assembly.getStackByName(`Shop-Api-${env.account}-${env.region}`).template as CfnTemplate);
  const action = actionsOf(jsonOf(stack)).find(({ Name }) => Name === 'Deploy-live')!;
  return {
    environmentScope,
    action,
    configuration: action.Configuration as Record<string, unknown>,
    report: check(readInput(assembly.directory)),
  };
}

function propertiesOf(template: CfnTemplate, type: string) {
  return resourcesOf(template, `AWS::CodeDeploy::${type}`).map(([, { Properties }]) => Properties);
}

function serviceRoleOf(template: CfnTemplate) {
  return resourcesOf(template, 'AWS::IAM::Role').find(([, { Properties }]) =>
    JSON.stringify(Properties.AssumeRolePolicyDocument).includes('codedeploy.amazonaws.com'),
  )!;
}

const full: Options = ({ traffic, alarm, hook }) => ({
  deploymentController: traffic,
  rollout: Rollout.canary(20, Duration.minutes(7), {
    alarms: [alarm],
    bakeTime: Duration.minutes(30),
    hooks: { afterAllowTestTraffic: hook },
  }),
});

describe.each([
  ['in the account and Region of the pipeline', HOME],
  ['elsewhere', THERE],
])('%s', (_, env) => {
  const { environmentScope, action, configuration, report } = deployed(full, env);
  const [group] = propertiesOf(environmentScope, 'DeploymentGroup');

  test('configures the action with the names of the created group', () => {
    expect(action.ActionTypeId).toEqual({
      Category: 'Deploy',
      Owner: 'AWS',
      Provider: 'CodeDeployToECS',
      Version: '1',
    });
    const { ApplicationName, DeploymentGroupName, ...files } = configuration;
    expect(propertiesOf(environmentScope, 'Application')).toEqual([{ ApplicationName, ComputePlatform: 'ECS' }]);
    expect(group.DeploymentGroupName).toBe(DeploymentGroupName);
    expect(ApplicationName).toMatch(/^[A-Za-z0-9-]{1,64}$/);
    expect(files).toEqual({
      TaskDefinitionTemplateArtifact: 'Prepare-live',
      TaskDefinitionTemplatePath: 'taskdef.json',
      AppSpecTemplateArtifact: 'Prepare-live',
      AppSpecTemplatePath: 'appspec.yaml',
      Image1ArtifactName: expect.any(String),
      Image1ContainerName: 'IMAGE1_NAME',
    });
    expect(action.InputArtifacts).toEqual([{ Name: 'Prepare-live' }, { Name: files.Image1ArtifactName }]);
  });

  test('rolls back if a deployment fails or is stopped, or if an alarm fires', () => {
    expect(group).toMatchObject({
      DeploymentStyle: { DeploymentOption: 'WITH_TRAFFIC_CONTROL', DeploymentType: 'BLUE_GREEN' },
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
      },
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: expect.anything() }] },
      BlueGreenDeploymentConfiguration: {
        DeploymentReadyOption: { ActionOnTimeout: 'CONTINUE_DEPLOYMENT', WaitTimeInMinutes: 0 },
        TerminateBlueInstancesOnDeploymentSuccess: { Action: 'TERMINATE', TerminationWaitTimeInMinutes: 30 },
      },
      ECSServices: [{ ClusterName: 'apps', ServiceName: 'api' }],
    });
    const [pair] = (group.LoadBalancerInfo as { TargetGroupPairInfoList: Array<Record<string, unknown>> })
      .TargetGroupPairInfoList;
    expect(pair).toEqual({
      TargetGroups: [{ Name: expect.anything() }, { Name: expect.anything() }],
      ProdTrafficRoute: { ListenerArns: [expect.anything()] },
      TestTrafficRoute: { ListenerArns: [expect.anything()] },
    });
  });

  test('creates a deployment configuration that is named after its properties', () => {
    expect(propertiesOf(environmentScope, 'DeploymentConfig')).toEqual([
      {
        DeploymentConfigName: expect.stringMatching(/canary-20-7-[0-9a-f]{8}$/),
        ComputePlatform: 'ECS',
        TrafficRoutingConfig: { Type: 'TimeBasedCanary', TimeBasedCanary: { CanaryPercentage: 20, CanaryInterval: 7 } },
      },
    ]);
  });

  test('restricts the service role to this group, without an AWS managed policy', () => {
    const [, { Properties }] = serviceRoleOf(environmentScope);
    expect(Properties.ManagedPolicyArns).toBeUndefined();
    const [statement] = (Properties.AssumeRolePolicyDocument as { Statement: StatementJson[] }).Statement;
    expect(statement).toMatchObject({
      Principal: { Service: 'codedeploy.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': env.account },
        ArnEquals: { 'aws:SourceArn': { 'Fn::Sub': expect.stringMatching(/:deploymentgroup:(.+)\/\1$/) } },
      },
    });
  });

  test('allows all resources only for actions without resource-level permissions', () => {
    const everywhere = statementsOf(environmentScope)
      .filter(({ statement }) => [statement.Resource].flat().includes('*'))
      .flatMap(({ holder, statement }) =>
        [statement.Action]
          .flat()
          .map((one) => `${holder === serviceRoleOf(environmentScope)[0] ? 'service role' : 'deploy role'} ${one}`),
      );
    expect(everywhere.filter((one) => /codedeploy|ecs:|elasticload|iam:|lambda|cloudwatch/.test(one)).sort()).toEqual([
      'deploy role ecs:DescribeTaskDefinition',
      'service role elasticloadbalancing:DescribeListeners',
      'service role elasticloadbalancing:DescribeRules',
      'service role elasticloadbalancing:DescribeTargetGroups',
    ]);
  });

  test('restricts the statements to the resources of the service', () => {
    const granted = statementsOf(environmentScope)
      .filter(({ holder }) => holder === serviceRoleOf(environmentScope)[0])
      .map(({ statement: { Action, Resource } }) => [[Action].flat()[0], JSON.stringify([Resource].flat())] as const);
    expect(Object.fromEntries(granted)).toEqual({
      'ecs:DescribeServices': expect.stringMatching(/:service\/apps\/api"}.*:task-set\/apps\/api\/\*"}]$/),
      'elasticloadbalancing:DescribeTargetGroups': '["*"]',
      'elasticloadbalancing:ModifyListener': expect.stringMatching(/Port80[^,]*,[^,]*Port8080[^,]*$/),
      'elasticloadbalancing:ModifyRule': expect.stringMatching(
        /listener-rule\/.*Port80\D.*"\/\*".*listener-rule\/.*Port8080.*"\/\*"/,
      ),
      'cloudwatch:DescribeAlarms': expect.stringMatching(/^[^,]*Alarm[^,]*$/),
      'lambda:InvokeFunction': expect.stringMatching(/^[^,]*Hook[^,]*$/),
      'iam:PassRole': expect.stringMatching(/TaskRole.*ExecutionRole/),
    });
    const passes = statementsOf(environmentScope).filter(
      ({ holder, statement }) => holder === serviceRoleOf(environmentScope)[0] && statement.Action === 'iam:PassRole',
    );
    expect(passes.map(({ statement }) => statement.Condition)).toEqual([
      { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    ]);
  });

  test('passes the permission check without denied or unknown actions', () => {
    expect(denialsOf(report)).toEqual([]);
    expect(unmodelledOf(report)).toEqual([]);
    expect(findingsOf(report)).toEqual([]);
  });
});

test('omits statements for alarms, hooks and a test listener that are not set', () => {
  const { environmentScope } = deployed(({ sides }) => ({
    deploymentController: ServiceDeploymentController.codeDeploy(sides),
  }));
  expect(propertiesOf(environmentScope, 'DeploymentConfig')).toEqual([]);
  expect(propertiesOf(environmentScope, 'DeploymentGroup')).toMatchObject([
    {
      DeploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
      AutoRollbackConfiguration: { Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'] },
    },
  ]);
  const actions = statementsOf(environmentScope)
    .filter(({ holder }) => holder === serviceRoleOf(environmentScope)[0])
    .flatMap(({ statement }) => statement.Action);
  expect(actions.sort()).toEqual([
    'ecs:CreateTaskSet',
    'ecs:DeleteTaskSet',
    'ecs:DescribeServices',
    'ecs:UpdateServicePrimaryTaskSet',
    'elasticloadbalancing:DescribeListeners',
    'elasticloadbalancing:DescribeRules',
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:ModifyListener',
    'elasticloadbalancing:ModifyRule',
    'iam:PassRole',
  ]);
});

test('restricts rules to those of the listener', () => {
  const { environmentScope } = deployed(({ sides }, services) => ({
    deploymentController: ServiceDeploymentController.codeDeploy({
      ...sides,
      listener: elbv2.ApplicationListener.fromApplicationListenerAttributes(services, 'Seen', {
        listenerArn:
          'arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/api/50dc6c495c0c9188/f2f7dc8efc522ab2',
        securityGroup: ec2.SecurityGroup.fromSecurityGroupId(services, 'Group', 'sg-1'),
      }),
    }),
  }));
  const [rules] = statementsOf(environmentScope).filter(
    ({ statement }) => statement.Action === 'elasticloadbalancing:ModifyRule',
  );
  expect(JSON.stringify(rules.statement.Resource)).toMatch(
    /:listener-rule\/app\/api\/50dc6c495c0c9188\/f2f7dc8efc522ab2\/\*"/,
  );
});

test('allows describing all alarms for composite alarms', () => {
  const { environmentScope, report } = deployed(({ traffic, alarm }, services) => ({
    deploymentController: traffic,
    rollout: Rollout.allAtOnce({
      alarms: [alarm, new cloudwatch.CompositeAlarm(services, 'All', { alarmRule: alarm, compositeAlarmName: 'all' })],
    }),
  }));
  expect(statementsOf(environmentScope)).toContainEqual({
    holder: serviceRoleOf(environmentScope)[0],
    statement: { Effect: 'Allow', Action: 'cloudwatch:DescribeAlarms', Resource: '*' },
  });
  expect(findingsOf(report)).toEqual([]);
});

test('supports a Network Load Balancer', () => {
  const { environmentScope, report } = deployed((_, services) => ({
    deploymentController: networkIn(services, 'network').traffic,
  }));
  expect(propertiesOf(environmentScope, 'DeploymentGroup')).toMatchObject([
    { DeploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce' },
  ]);
  expect(findingsOf(report)).toEqual([]);
});

describe('an existing deployment group', () => {
  test.each([
    ['in the account and Region of the pipeline', HOME],
    ['elsewhere', THERE],
  ])('uses %s by its names, with the AWS managed policy on its role', (_, env) => {
    const theirs: Options = (made, services) => ({
      deploymentController: ServiceDeploymentController.codeDeployGroup(groupIn(services, made)),
    });
    const { environmentScope, configuration, report } = deployed(theirs, env);
    expect(configuration).toMatchObject({ ApplicationName: 'theirs', DeploymentGroupName: 'theirs' });
    expect(propertiesOf(environmentScope, 'DeploymentGroup')).toEqual([]);
    expect(findingsOf(report)).toEqual([]);
  });

  test('reports missing permissions of its role', () => {
    const { report } = deployed((made, services) => {
      const group = groupIn(services, made);
      (
        services.node.findChild('Theirs').node.findChild('ServiceRole').node.defaultChild as unknown as {
          managedPolicyArns: string[];
        }
      ).managedPolicyArns = [];
      return { deploymentController: ServiceDeploymentController.codeDeployGroup(group) };
    });
    expect(findingsOf(report).map(({ severity, call }) => `${severity} ${call}`)).toEqual(
      expect.arrayContaining(['warning ecs:CreateTaskSet', 'warning elasticloadbalancing:ModifyListener']),
    );
    expect(findingsOf(report).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('resources in another account or Region', () => {
  function outputs(options: Options, env: Required<Environment> = THERE) {
    try {
      deployed(options, env);
      return [];
    } catch (error) {
      return (error as Error).message.split('\n').map((line) => line.replace(/^\[\w+ Shop\/Api\] /, ''));
    }
  }

  test('rejects a function, an alarm and a group in another account or Region', () => {
    function imported(stack: Stack) {
      return new Stack(stack.node.root as App, 'Imported', { env: { account: '222222222222', region: 'eu-west-1' } });
    }

    expect(
      outputs(({ traffic }, services) => {
        const other = imported(services);
        return {
          deploymentController: traffic,
          rollout: Rollout.allAtOnce({
            alarms: [cloudwatch.Alarm.fromAlarmName(other, 'Alarm', 'a')],
            hooks: {
              afterInstall: lambda.Function.fromFunctionArn(
                other,
                'F',
                'arn:aws:lambda:eu-central-1:333333333333:function:f',
              ),
            },
          }),
        };
      }),
    ).toEqual([
      "'environments[0].target.rollout.hooks.afterInstall' must be a function in the account of the environment, " +
        '222222222222, got "Imported/F in 333333333333"; set the env of the environment, e.g. { account: ' +
        "'333333333333', … }, or pass a function in 222222222222",
      "'environments[0].target.rollout.alarms[0]' must be an alarm in the Region of the environment, " +
        'eu-central-1, got "Imported/Alarm in eu-west-1"; pass an alarm in eu-central-1',
    ]);
  });

  test('rejects a listener in another Region', () => {
    expect(
      outputs(({ sides }, services) => {
        const other = new Stack(services.node.root as App, 'Imported', {
          env: { account: '222222222222', region: 'eu-west-1' },
        });
        const [listener, testListener] = ['Users', 'Tests'].map((id, i) =>
          elbv2.ApplicationListener.fromApplicationListenerAttributes(other, id, {
            listenerArn: `arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app/api/1/${i}`,
            securityGroup: ec2.SecurityGroup.fromSecurityGroupId(other, `Group${i}`, 'sg-1'),
          }),
        );
        return { deploymentController: ServiceDeploymentController.codeDeploy({ ...sides, listener, testListener }) };
      }),
    ).toEqual(
      [
        ['Users', 'listener'],
        ['Tests', 'testListener'],
      ].map(
        ([id, prop]) =>
          `'environments[0].target.deploymentController.${prop}' must be a listener in the Region of the ` +
          `environment, eu-central-1, got "Imported/${id} in eu-west-1"; pass a listener in eu-central-1`,
      ),
    );
  });

  test('rejects a group and a function without explicit names', () => {
    expect(
      outputs((made, services) => ({
        deploymentController: ServiceDeploymentController.codeDeployGroup(
          new codedeploy.EcsDeploymentGroup(services, 'Nameless', {
            service: made.service,
            blueGreenDeploymentConfig: made.sides,
          }),
          {
            hooks: {
              afterInstall: new lambda.Function(services, 'F', {
                runtime: lambda.Runtime.NODEJS_22_X,
                handler: 'index.handler',
                code: lambda.Code.fromInline('//'),
              }),
            },
          },
        ),
      })),
    ).toEqual([
      expect.stringMatching(
        pattern(
          /^'environments\[0\]\.target\.deploymentController\.hooks\.afterInstall' must have an explicit /,
          /name, .* set its functionName$/,
        ),
      ),
      expect.stringMatching(
        pattern(
          /^'environments\[0\]\.target\.deploymentController\.group' must have an explicit name, .* set /,
          /its deploymentGroupName, and its application an applicationName$/,
        ),
      ),
    ]);
  });
});
