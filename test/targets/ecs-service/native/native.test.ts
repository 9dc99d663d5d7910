import {
  aws_cloudwatch as cloudwatch,
  aws_ecs as ecs,
  aws_iam as iam,
  aws_lambda as lambda,
  Duration,
  type Stack,
} from 'aws-cdk-lib';
import { Rollout, ServiceDeploymentController, type EcsServiceOptions } from '../../../../src';
import { readInput } from '../../../../src/assembly/input';
import { STEP_NAME } from '../../../../src/aws/limits';
import { check } from '../../../../src/check/check';
import { consistOf } from '../../../../src/pipeline/rules';
import { denialsOf, findingsOf, unmodelledOf } from '../../../check/verdicts';
import {
  CANARY,
  ELSEWHERE,
  HOME,
  nativeApp,
  nativeService,
  nativeTemplates,
  textIn,
  type TargetOf,
} from '../../../helpers/native-service';
import { actionsOf, resourcesOf, statementsOf } from '../../../helpers/synth';

const PLACES = { 'at home': HOME, elsewhere: ELSEWHERE };

describe('the update of the service', () => {
  function updateOf(props: Partial<ecs.FargateServiceProps> = {}): unknown {
    const target: TargetOf = (stack) => ({ service: nativeService(stack, { ...CANARY, ...props }) });
    const [[, { Properties }]] = resourcesOf(nativeTemplates(target).environment, 'AWS::StepFunctions::StateMachine');
    return JSON.parse(textIn(Properties.DefinitionString)).States.UpdateService.Arguments;
  }

  const UPDATE = {
    Cluster: 'apps',
    Service: 'api',
    TaskDefinition: '{% $states.input.taskDefinition %}',
    ForceNewDeployment: true,
  };

  // AWS documents defaults for both, which would apply with each release.
  test('repeats the platform version and the source of tags of the service', () => {
    const platformVersion = ecs.FargatePlatformVersion.VERSION1_4;
    expect(updateOf({ platformVersion, propagateTags: ecs.PropagatedTagSource.SERVICE })).toEqual({
      ...UPDATE,
      PlatformVersion: '1.4.0',
      PropagateTags: 'SERVICE',
    });
  });

  test('leaves out what the service does not set', () => expect(updateOf()).toEqual(UPDATE));
});

describe.each(Object.entries(PLACES))('%s', (_place, env) => {
  const { pipeline, environment } = nativeTemplates(undefined, env);
  const deploy = actionsOf(pipeline).find(({ Name }) => Name === 'Deploy-live')!;
  const [[, machine]] = resourcesOf(environment, 'AWS::StepFunctions::StateMachine');

  test('starts the state machine of the environment with the prepared file', () => {
    const { StateMachineArn, ...configuration } = deploy.Configuration!;
    expect(configuration).toEqual({ InputType: 'FilePath', Input: 'deployment.json' });
    expect(
      textIn(StateMachineArn)
        .replace(/<[^>]*AccountId[^>]*>/, HOME.account)
        .replace(/<[^>]*Region[^>]*>/, HOME.region),
    ).toBe(`arn:aws:states:${env.region}:${env.account}:stateMachine:${String(machine.Properties.StateMachineName)}`);
    expect([deploy.InputArtifacts, deploy.OutputArtifacts]).toEqual([[{ Name: 'Prepare-live' }], undefined]);
  });

  test('creates a standard state machine with a valid name', () => {
    expect(machine.Properties.StateMachineType ?? 'STANDARD').toBe('STANDARD');
    expect(machine.Properties.StateMachineName).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
  });

  test('restricts the role to deploying to this service and reading its deployments', () => {
    const statements = statementsOf(environment)
      .filter(({ holder }) => holder.includes('StateMachineRole'))
      .map(({ statement }) => statement);

    function service(kind: string, below = '') {
      return `arn:aws:ecs:\${AWS::Region}:\${AWS::AccountId}:${kind}/apps/api${below}`;
    }

    expect(
      statements.map(({ Action, Resource }) => [Action, Action === 'iam:PassRole' ? 2 : textIn(Resource)]),
    ).toEqual([
      [
        [
          'ecs:UpdateService',
          'ecs:ListServiceDeployments',
          'ecs:DescribeServiceDeployments',
          'ecs:DescribeServiceRevisions',
        ],
        service('service'),
      ],
      ['ecs:DescribeServiceDeployments', service('service-deployment', '/*')],
      ['ecs:DescribeServiceRevisions', service('service-revision', '/*')],
      ['iam:PassRole', 2],
    ]);
    const [{ Principal, Condition }] = trustOf(environment);
    expect(Principal).toEqual({ Service: 'states.amazonaws.com' });
    expect(textIn((Condition.ArnEquals as Record<string, unknown>)['aws:SourceArn'])).toContain(
      `:stateMachine:${String(machine.Properties.StateMachineName)}`,
    );
    expect(Condition.StringEquals).toEqual({ 'aws:SourceAccount': env.account });
  });

  test('allows the action role to start the state machine, but not to update the service', () => {
    const actions = statementsOf(environment)
      .filter(({ holder }) => /liveActionRole/.test(holder))
      .flatMap(({ statement }) => statement.Action);
    expect(actions).toEqual(
      expect.arrayContaining([
        'states:StartExecution',
        'states:DescribeStateMachine',
        'states:DescribeExecution',
        'ecs:RegisterTaskDefinition',
      ]),
    );
    expect(actions).not.toContain('ecs:UpdateService');
    const [reads] = statementsOf(environment).filter(({ statement }) =>
      [statement.Action].flat().includes('states:DescribeExecution'),
    );
    expect(textIn(reads.statement.Resource)).toContain(`:execution:${String(machine.Properties.StateMachineName)}:*`);
  });

  test('passes the permission check without denied or unknown actions', () => {
    const report = check(readInput(nativeApp(undefined, env).app.synth().directory, {}));
    expect([
      denialsOf(report),
      unmodelledOf(report),
      findingsOf(report).filter(({ verdict }) => verdict === 'UNKNOWN'),
    ]).toEqual([[], [], []]);
  });
});

interface Trust {
  readonly Principal: unknown;
  readonly Condition: Record<string, unknown>;
}

function trustOf(template: ReturnType<typeof nativeTemplates>['environment']) {
  return resourcesOf(template, 'AWS::IAM::Role')
    .filter(([id]) => id.includes('StateMachineRole'))
    .flatMap(([, { Properties }]) => (Properties.AssumeRolePolicyDocument as { Statement: Trust[] }).Statement);
}

describe('reports each removed permission of the state machine', () => {
  function without(lost: string) {
    const { app, stack } = nativeApp();
    const role = stack.node.findAll().find(({ node }) => node.path.endsWith('/StateMachineRole'))!.node
      .defaultChild as iam.CfnRole;
    const [{ policyDocument }] = role.policies as Array<{
      policyDocument: { Statement: Array<{ Action: string | string[]; Resource: unknown }> };
    }>;
    const [call, on] = lost.split(' on ');
    policyDocument.Statement = policyDocument.Statement.map((statement) =>
      on !== undefined && !JSON.stringify(statement.Resource).includes(`:${on}/`)
        ? statement
        : { ...statement, Action: [statement.Action].flat().filter((action) => action !== call) },
    ).filter(({ Action }) => Action.length > 0);
    return findingsOf(check(readInput(app.synth().directory, {})))
      .filter(({ verdict }) => verdict === 'DENIED')
      .map(({ call: denied }) => denied);
  }

  test.each([
    'ecs:UpdateService',
    'ecs:ListServiceDeployments',
    'ecs:DescribeServiceDeployments on service',
    'ecs:DescribeServiceDeployments on service-deployment',
    'ecs:DescribeServiceRevisions on service',
    'ecs:DescribeServiceRevisions on service-revision',
    'iam:PassRole',
  ])('%s', (lost) => {
    const denied = without(lost);
    expect(denied.length).toBeGreaterThan(0);
    expect(new Set(denied)).toEqual(new Set([lost.split(' ')[0]]));
  });
});

describe('supported services', () => {
  const strategies: Array<[string, Partial<ecs.FargateServiceProps>]> = [
    ['BLUE_GREEN', { deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN, bakeTime: Duration.hours(24) }],
    [
      'LINEAR',
      {
        deploymentStrategy: ecs.DeploymentStrategy.LINEAR,
        linearConfiguration: { stepPercent: 20, stepBakeTime: Duration.hours(24) },
      },
    ],
    ['CANARY', CANARY],
  ];

  function providersOf(target?: TargetOf) {
    return actionsOf(nativeTemplates(target).pipeline).map(({ ActionTypeId }) => ActionTypeId.Provider);
  }

  test.each(strategies)('deploys %s with the state machine by default', (_strategy, props) => {
    expect(providersOf((stack) => ({ service: nativeService(stack, props) }))).toContain('StepFunctions');
  });

  test('deploys a service without a load balancer', () => {
    expect(providersOf((stack) => ({ service: nativeService(stack, CANARY, 'none') }))).toContain('StepFunctions');
  });

  test('deploys an imported service if the controller is set', () => {
    const providers = providersOf((stack) => ({ service: lookedUp(stack), options: lookedUpOptions(stack) }));
    expect([providers.includes('StepFunctions'), providers.includes('ECS')]).toEqual([true, false]);
  });

  test('does not deploy a rolling service with the state machine', () => {
    const providers = providersOf((stack) => ({ service: nativeService(stack, {}, 'one') }));
    expect([providers.includes('StepFunctions'), providers.includes('ECS')]).toEqual([false, true]);
  });
});

function lookedUp(stack: Stack) {
  return ecs.FargateService.fromFargateServiceAttributes(stack, 'Service', {
    serviceName: 'api',
    cluster: ecs.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'apps', vpc: undefined as never }),
  }) as ecs.IBaseService;
}

function lookedUpOptions(stack: Stack): EcsServiceOptions {
  return {
    deploymentController: ServiceDeploymentController.ecs(),
    family: 'api',
    containerName: 'web',
    taskRoles: [iam.Role.fromRoleName(stack, 'TaskRole', 'api-task')],
  };
}

describe('errors', () => {
  function complaints(target: TargetOf): string[] {
    try {
      nativeApp(target);
    } catch (error) {
      return (error as Error).message
        .split('\n')
        .map((line) => line.replace('[MultiEnvPromotionPipeline Shop/Api] ', ''));
    }
    return [];
  }

  function rolloutOf(rollout: Rollout): TargetOf {
    return (stack) => ({ service: nativeService(stack), options: { rollout } });
  }

  const WHERE = "'environments[0].target";

  test('accepts a rollout that matches the service', () => {
    expect(complaints(rolloutOf(Rollout.canary(10, Duration.minutes(15))))).toEqual([]);
  });

  test.each([
    ['canary 5 % for 15 minutes', Rollout.canary(5, Duration.minutes(15))],
    ['canary 10 % for 10 minutes', Rollout.canary(10, Duration.minutes(10))],
    ['linear 10 % every 15 minutes', Rollout.linear(10, Duration.minutes(15))],
    ['all-at-once', Rollout.allAtOnce()],
    ['rolling', Rollout.rolling()],
  ])('rejects the rollout %s, which does not match the service', (words, rollout) => {
    expect(complaints(rolloutOf(rollout))).toEqual([
      `${WHERE}.rollout' must match the deploymentStrategy of the service, canary 10 % for 15 minutes, ` +
        `got "${words}"; remove it, or change the deploymentStrategy of Service/Service`,
    ]);
  });

  test('compares the size and the interval of linear steps', () => {
    function linear(rollout: Rollout): TargetOf {
      return (stack) => ({
        service: nativeService(stack, {
          deploymentStrategy: ecs.DeploymentStrategy.LINEAR,
          linearConfiguration: { stepPercent: 20, stepBakeTime: Duration.minutes(15) },
        }),
        options: { rollout },
      });
    }

    expect(complaints(linear(Rollout.linear(20, Duration.minutes(15))))).toEqual([]);
    expect(complaints(linear(Rollout.linear(20, Duration.minutes(20))))).toEqual([
      expect.stringContaining(
        'must match the deploymentStrategy of the service, linear 20 % every 15 minutes, got "linear ' +
          '20 % every 20 minutes"',
      ),
    ]);
  });

  test('compares a rollout with the defaults of ECS', () => {
    const open: TargetOf = (stack) => ({
      service: nativeService(stack, { deploymentStrategy: ecs.DeploymentStrategy.LINEAR }),
      options: { rollout: Rollout.linear(10, Duration.minutes(6)) },
    });
    expect(complaints(open)).toEqual([]);
  });

  test('rejects alarms, a bake time and hooks, which the service configures', () => {
    expect(
      complaints((stack) => ({
        service: nativeService(stack),
        options: {
          rollout: Rollout.canary(10, Duration.minutes(15), {
            alarms: [
              cloudwatch.Alarm.fromAlarmArn(stack, 'Errors', 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors'),
            ],
            bakeTime: Duration.minutes(30),
            hooks: { beforeAllowTraffic: lambda.Function.fromFunctionName(stack, 'Hook', 'hook') },
          }),
        },
      })),
    ).toEqual([
      `${WHERE}.rollout.alarms' must not be set if ECS shifts the traffic, got "a value"; set ` +
        'deploymentAlarms on the service',
      `${WHERE}.rollout.bakeTime' must not be set if ECS shifts the traffic, got "a value"; set bakeTime ` +
        'on the service',
      `${WHERE}.rollout.hooks' must not be set if ECS shifts the traffic, got "a value"; set ` +
        'lifecycleHooks on the service',
    ]);
  });

  test('rejects a rollout of an imported service', () => {
    expect(
      complaints((stack) => ({
        service: lookedUp(stack),
        options: { ...lookedUpOptions(stack), rollout: Rollout.allAtOnce() },
      })),
    ).toEqual([
      `${WHERE}.rollout' must not be set for an imported service, whose deployment strategy is unknown ` +
        'at synth time, got "all-at-once"; remove it',
    ]);
  });

  test('reports the missing options of an imported service', () => {
    expect(
      complaints((stack) => ({
        service: lookedUp(stack),
        options: { deploymentController: ServiceDeploymentController.ecs() },
      })),
    ).toEqual([expect.stringContaining('no family, no containerName, no taskRoles')]);
  });

  test('rejects an invalid family', () => {
    expect(
      complaints((stack) => ({ service: lookedUp(stack), options: { ...lookedUpOptions(stack), family: "api'; id" } })),
    ).toEqual([
      `${WHERE}.family' must ${consistOf(STEP_NAME)}, got "api'; id"; pass the family ` + 'without the revision',
    ]);
  });

  test('rejects another controller and another strategy', () => {
    const traffic = { options: { deploymentController: ServiceDeploymentController.ecs() } };
    const codeDeploy = { deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY } };
    expect(complaints((stack) => ({ service: nativeService(stack, codeDeploy, 'none'), ...traffic }))).toEqual([
      `${WHERE}.deploymentController' must match the deployment controller of the service, CODE_DEPLOY, ` +
        'got "ServiceDeploymentController.ecs()"; use ServiceDeploymentController.codeDeploy({ … })',
    ]);
    expect(complaints((stack) => ({ service: nativeService(stack, {}, 'none'), ...traffic }))).toEqual([
      `${WHERE}.deploymentController' must not be set for a service with rolling updates, got "ROLLING"; ` +
        'set a deploymentStrategy on the service (Service/Service), e.g. ecs.DeploymentStrategy.CANARY, or ' +
        'remove deploymentController for a rolling update',
    ]);
  });

  test('rejects a single target group', () => {
    expect(complaints((stack) => ({ service: nativeService(stack, CANARY, 'one') }))).toEqual([
      `${WHERE}.service' must have an alternate target group for each load balancer, got "CANARY"; set ` +
        'alternateTarget: new ecs.AlternateTarget(…) on the load balancer target of Service/Service',
    ]);
  });

  test('rejects a timeout', () => {
    expect(
      complaints((stack) => ({ service: nativeService(stack), options: { deploymentTimeout: Duration.minutes(30) } })),
    ).toEqual([
      `${WHERE}.deploymentTimeout' must not be set if ECS shifts the traffic, got "30 minutes"; ` +
        'remove it: the service configures the duration, and the action waits up to 7 days',
    ]);
  });
});
