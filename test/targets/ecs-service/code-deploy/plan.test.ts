import {
  App,
  aws_codedeploy as codedeploy,
  aws_cloudwatch as cloudwatch,
  aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2,
  aws_lambda as lambda,
  Duration,
  Fn,
  Stack,
  Token,
} from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { BuildStep, DeployTarget, type EcsServiceOptions, Rollout, ServiceDeploymentController } from '../../../../src';
import { UNIQUE } from '../../../../src/common/rules';
import type { CodeDeployDeployment, DeployServiceSpec } from '../../../../src/targets/ecs-service/spec';
import { blueGreenIn, CODE_DEPLOY, networkIn } from '../../../helpers/blue-green';
import { lookedUp, repositoryOf, saidOf, serviceIn } from '../../../helpers/services';
import { checkTarget, planTarget } from '../../../helpers/targets';

const app = new App();
const stack = new Stack(app, 'Api', { env: { account: '111111111111', region: 'eu-west-1' } });
const api = blueGreenIn(stack, 'api', ['web', 'worker']);
const network = networkIn(stack, 'network');
const rolling = serviceIn(stack, 'rolling');
const portless = serviceIn(stack, 'portless', CODE_DEPLOY, []);
portless.taskDefinition.addContainer('quiet', { image: ecs.ContainerImage.fromRegistry('busybox') });
const ranged = serviceIn(stack, 'ranged', CODE_DEPLOY, []);
ranged.taskDefinition.addContainer('web', {
  image: ecs.ContainerImage.fromRegistry('busybox'),
  portMappings: [{ containerPort: ecs.ContainerDefinition.CONTAINER_PORT_USE_RANGE, containerPortRange: '8080-8090' }],
});
const seen = lookedUp(stack, 'seen');
const group = codedeploy.EcsDeploymentGroup.fromEcsDeploymentGroupAttributes(stack, 'Group', {
  application: codedeploy.EcsApplication.fromEcsApplicationName(stack, 'Application', 'theirs'),
  deploymentGroupName: 'theirs',
});
const function_ = lambda.Function.fromFunctionName(stack, 'Function', 'ask');

function planned(options: EcsServiceOptions, service = api.service) {
  return (planTarget(DeployTarget.ecsService(service, options))[1].spec as DeployServiceSpec)
    .deployment as CodeDeployDeployment;
}

function problems(options: EcsServiceOptions, service: Parameters<typeof DeployTarget.ecsService>[0] = api.service) {
  return checkTarget(DeployTarget.ecsService(service, options));
}

function configuration(rollout?: Rollout, by = api) {
  const { group: made } = planned({ deploymentController: by.traffic, rollout }, by.service);
  return made.existing ? undefined : made.configuration;
}

test.each<[string, Rollout | undefined, string]>([
  ['no options', undefined, 'ECSCanary10Percent5Minutes'],
  ['canary 10, 5', Rollout.canary(10, Duration.minutes(5)), 'ECSCanary10Percent5Minutes'],
  ['canary 10, 15', Rollout.canary(10, Duration.seconds(900)), 'ECSCanary10Percent15Minutes'],
  ['linear 10, 1', Rollout.linear(10, Duration.minutes(1)), 'ECSLinear10PercentEvery1Minutes'],
  ['linear 10, 3', Rollout.linear(10, Duration.minutes(3)), 'ECSLinear10PercentEvery3Minutes'],
  ['all at once', Rollout.allAtOnce(), 'ECSAllAtOnce'],
])('uses a predefined configuration for %s', (_, rollout, name) => {
  expect(configuration(rollout)).toEqual({ predefined: `CodeDeployDefault.${name}` });
});

test.each<[string, Rollout, object]>([
  ['another wait', Rollout.canary(10, Duration.minutes(10)), { kind: 'canary', percentage: 10, minutes: 10 }],
  ['another percentage', Rollout.canary(25, Duration.minutes(5)), { kind: 'canary', percentage: 25, minutes: 5 }],
  [
    'linear as slow as a canary of AWS',
    Rollout.linear(10, Duration.minutes(5)),
    { kind: 'linear', percentage: 10, minutes: 5 },
  ],
])('creates a configuration for %s', (_, rollout, expected) => {
  expect(configuration(rollout)).toEqual(expected);
});

test('shifts all traffic at once behind a Network Load Balancer by default', () => {
  const { group: made } = planned({ deploymentController: network.traffic }, network.service);
  expect(made).toMatchObject({ configuration: { predefined: 'CodeDeployDefault.ECSAllAtOnce' }, bakeMinutes: 5 });
});

test('keeps the old tasks for five minutes or the bake time', () => {
  expect(planned({ deploymentController: api.traffic }).group).toMatchObject({ bakeMinutes: 5 });
  expect(
    planned({ deploymentController: api.traffic, rollout: Rollout.allAtOnce({ bakeTime: Duration.hours(1) }) }).group,
  ).toMatchObject({ bakeMinutes: 60 });
  expect(
    planned({ deploymentController: api.traffic, rollout: Rollout.allAtOnce({ bakeTime: Duration.minutes(0) }) }).group,
  ).toMatchObject({ bakeMinutes: 0 });
});

test('references an existing group by its names, and writes hooks to the AppSpec', () => {
  const plan = planned({
    deploymentController: ServiceDeploymentController.codeDeployGroup(group, { hooks: { afterInstall: function_ } }),
  });
  expect(plan.group).toMatchObject({ applicationName: 'theirs', deploymentGroupName: 'theirs' });
  expect(Object.keys(plan.appSpec.hooks)).toEqual(['afterInstall']);
  expect(plan.appSpec.hooks.afterInstall!.function).toBe(function_);
  expect(plan.appSpec.hooks.afterInstall!.functionName).toBe('ask');
});

test('uses the options of an imported service', () => {
  const { appSpec } = planned(
    { ...saidOf(stack, 'seen'), deploymentController: api.traffic },
    seen as typeof api.service,
  );
  expect(appSpec).toMatchObject({ containerName: 'web', containerPort: 8080 });
});

test('uses the first port of another container', () => {
  expect(planned({ deploymentController: api.traffic, containerName: 'worker' }).appSpec).toMatchObject({
    containerName: 'worker',
    containerPort: 8081,
  });
});

test('references an alias by its full name', () => {
  const alias = lambda.Alias.fromAliasAttributes(stack, 'Alias', {
    aliasName: 'live',
    aliasVersion: lambda.Version.fromVersionArn(
      stack,
      'Version',
      'arn:aws:lambda:eu-west-1:111111111111:function:ask:3',
    ),
  });
  const { appSpec } = planned({
    deploymentController: ServiceDeploymentController.codeDeployGroup(group, { hooks: { afterInstall: alias } }),
  });
  expect(appSpec.hooks.afterInstall?.functionName).toBe('ask:live');
});

const alarms = Array.from({ length: 51 }, (_, i) => cloudwatch.Alarm.fromAlarmName(stack, `Alarm${i}`, `alarm-${i}`));
const images = Object.fromEntries(
  ['one', 'two', 'three', 'four', 'five'].map((name) => [
    name,
    BuildStep.dockerImage(repositoryOf(stack), { stepName: name }),
  ]),
);
const { blueTargetGroup, greenTargetGroup, listener } = api.sides;
const imported = elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'Imported', {
  targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/a/1',
});
const again = elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'Again', {
  targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/a/1',
});
const another = elbv2.NetworkTargetGroup.fromTargetGroupAttributes(stack, 'Another', {
  targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/b/1',
});
const netListener = elbv2.NetworkListener.fromNetworkListenerArn(
  stack,
  'NetListener',
  'arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/net/api/1/2',
);

/** Only the target groups show that the listener belongs to a Network Load Balancer. */
const unseenListener = elbv2.NetworkListener.fromNetworkListenerArn(
  stack,
  'UnseenListener',
  Fn.importValue('Listener'),
);
const behindUnseen = ServiceDeploymentController.codeDeploy({ ...network.sides, listener: unseenListener });

const SAID = saidOf(stack, 'seen');
const WRONG: ReadonlyArray<[string, () => readonly string[], string[]]> = [
  [
    'a service that rolls',
    () => problems({ deploymentController: api.traffic }, rolling),
    [
      "'target.service' must have the deployment controller CODE_DEPLOY, got \"ECS of " +
        'Api/rollingService"; create the service with deploymentController: { type: ' +
        'ecs.DeploymentControllerType.CODE_DEPLOY }',
    ],
  ],
  [
    'no traffic',
    () => problems({}),
    [
      "'target.deploymentController' must be set for a service with the deployment controller " +
        'CODE_DEPLOY, got nothing; pass two target groups and their listener: ' +
        'ServiceDeploymentController.codeDeploy({ blueTargetGroup, greenTargetGroup, listener })',
    ],
  ],
  [
    'one target group for both',
    () =>
      problems({
        deploymentController: ServiceDeploymentController.codeDeploy({
          blueTargetGroup,
          greenTargetGroup: blueTargetGroup,
          listener,
        }),
      }),
    [
      '\'target.deploymentController.greenTargetGroup\' must differ from blueTargetGroup, got "Api/apiBlue"; ' +
        'create a second target group like it, without targets',
    ],
  ],
  [
    'one target group imported twice',
    () =>
      problems({
        deploymentController: ServiceDeploymentController.codeDeploy({
          blueTargetGroup: imported,
          greenTargetGroup: again,
          listener,
        }),
      }),
    [
      "'target.deploymentController.greenTargetGroup' must differ from blueTargetGroup, got " +
        '"Api/Imported"; create a second target group like it, without targets',
    ],
  ],
  [
    'one listener for both',
    () =>
      problems({
        deploymentController: ServiceDeploymentController.codeDeploy({ ...api.sides, testListener: listener }),
      }),
    [
      "'target.deploymentController.testListener' must differ from listener, got " +
        '"Api/apiBalancer/Port80"; create one on another port, or remove it',
    ],
  ],
  [
    'a canary behind a Network Load Balancer',
    () =>
      problems(
        { deploymentController: network.traffic, rollout: Rollout.canary(10, Duration.minutes(5)) },
        network.service,
      ),
    [
      '\'target.rollout\' must be Rollout.allAtOnce() behind a Network Load Balancer, got "canary"; use ' +
        'Rollout.allAtOnce(), or an Application Load Balancer',
    ],
  ],
  [
    'linear behind an imported one',
    () =>
      problems({
        deploymentController: ServiceDeploymentController.codeDeploy({
          blueTargetGroup: imported,
          greenTargetGroup: another,
          listener: netListener,
        }),
        rollout: Rollout.linear(10, Duration.minutes(5)),
      }),
    [
      '\'target.rollout\' must be Rollout.allAtOnce() behind a Network Load Balancer, got "linear"; use ' +
        'Rollout.allAtOnce(), or an Application Load Balancer',
    ],
  ],
  [
    'linear behind one that only its target groups reveal',
    () =>
      problems(
        { deploymentController: behindUnseen, rollout: Rollout.linear(10, Duration.minutes(5)) },
        network.service,
      ),
    [
      '\'target.rollout\' must be Rollout.allAtOnce() behind a Network Load Balancer, got "linear"; use ' +
        'Rollout.allAtOnce(), or an Application Load Balancer',
    ],
  ],
  [
    'rolling',
    () => problems({ deploymentController: api.traffic, rollout: Rollout.rolling() }),
    [
      "'target.rollout' must be allAtOnce, canary or linear if CodeDeploy shifts the traffic, got " +
        '"rolling"; use Rollout.allAtOnce(), canary(…) or linear(…), or a service with the deployment ' +
        'controller ECS',
    ],
  ],
  [
    'a listener of another load balancer',
    () =>
      problems({
        deploymentController: ServiceDeploymentController.codeDeploy({
          blueTargetGroup,
          greenTargetGroup,
          listener: netListener,
        }),
      }),
    [
      "'target.deploymentController' must have target groups and listeners of one load balancer, got " +
        '{"blueTargetGroup":"application","greenTargetGroup":"application","listener":"network"}; ' +
        'create both target groups and all listeners for the same load balancer',
    ],
  ],
  [
    'an alarm twice',
    () =>
      problems({
        deploymentController: api.traffic,
        rollout: Rollout.allAtOnce({
          alarms: [alarms[0], alarms[1], cloudwatch.Alarm.fromAlarmName(stack, 'Alarm0Again', 'alarm-0')],
        }),
      }),
    [`'target.rollout.alarms[2]' must ${UNIQUE}, got "Api/Alarm0Again"; remove one of them`],
  ],
  [
    'too many alarms',
    () => problems({ deploymentController: api.traffic, rollout: Rollout.allAtOnce({ alarms }) }),
    ["'target.rollout.alarms' must contain at most 50 alarms, got 51; combine some in a composite alarm"],
  ],
  [
    'old tasks that stay longer than the quota',
    () =>
      problems({ deploymentController: api.traffic, rollout: Rollout.allAtOnce({ bakeTime: Duration.minutes(2801) }) }),
    [
      "'target.rollout.bakeTime' must be a whole number of minutes between 0 and 2800, got 2801; " +
        'choose a value in that range',
    ],
  ],
  [
    'a hook after test traffic that does not come',
    () =>
      problems({
        deploymentController: ServiceDeploymentController.codeDeploy(api.sides),
        rollout: Rollout.allAtOnce({ hooks: { afterAllowTestTraffic: function_ } }),
      }),
    [
      '\'target.rollout.hooks.afterAllowTestTraffic\' must not be set without a test listener, got "Api/Function"; ' +
        'pass a testListener to ServiceDeploymentController.codeDeploy',
    ],
  ],
  [
    'five images',
    () => problems({ ...SAID, deploymentController: api.traffic, images }, seen),
    [
      "'target.images' must contain at most 4 different images if CodeDeploy shifts the traffic, got " +
        '["one","two","three","four","five"]; remove images that rarely change; their containers keep the ' +
        'image of the task definition',
    ],
  ],
  [
    'a timeout of rolling',
    () => problems({ deploymentController: api.traffic, deploymentTimeout: Duration.minutes(30) }),
    [
      '\'target.deploymentTimeout\' must not be set if CodeDeploy shifts the traffic, got "30 minutes"; ' +
        'remove it; it applies to rolling updates only',
    ],
  ],
  [
    'a rollout beside a group that exists',
    () =>
      problems({
        deploymentController: ServiceDeploymentController.codeDeployGroup(group),
        rollout: Rollout.allAtOnce(),
      }),
    [
      '\'target.rollout\' must not be set with an existing deployment group, got "all-at-once"; ' +
        'configure the group (deploymentConfig, alarms, blueGreenDeploymentConfig); pass hooks to ' +
        'ServiceDeploymentController.codeDeployGroup',
    ],
  ],
  [
    'an imported service without options',
    () => problems({ deploymentController: api.traffic }, seen),
    [
      "'target' must have the options that an imported service requires, got \"no family, no " +
        'containerName, no taskRoles, no containerPort"; set family, containerName, taskRoles, ' +
        'containerPort, as in the task definition of the service',
    ],
  ],
  [
    'a container without a port',
    () => problems({ deploymentController: api.traffic }, portless),
    [
      "'target.containerPort' must be set, since the container that receives the traffic has no port mapping, got " +
        '"quiet"; add a port mapping to the container, or set containerName to the container that receives the traffic',
    ],
  ],
  [
    'a port that the container does not have',
    () => problems({ deploymentController: api.traffic, containerPort: 8081 }),
    [
      "'target.containerPort' must be a port of the container 'web', got 8081; use 8080, or add a port " +
        'mapping to the container',
    ],
  ],
  [
    'a canary in no number',
    () => problems({ deploymentController: api.traffic, rollout: Rollout.canary(NaN, Duration.minutes(5)) }),
    [
      "'target.rollout.percentage' must be a whole number of percent between 1 and 99, got NaN; " +
        'choose a value in that range',
    ],
  ],
  [
    'a canary in tokens',
    () =>
      problems({
        deploymentController: api.traffic,
        rollout: Rollout.canary(Token.asNumber({ Ref: 'Percent' }), Duration.minutes(Token.asNumber({ Ref: 'Wait' }))),
      }),
    [
      '\'target.rollout.percentage\' must be concrete, since names contain it, got "a token"; pass a ' +
        'literal number',
      '\'target.rollout.wait\' must be concrete, since names contain it, got "a token"; pass a literal ' + 'number',
    ],
  ],
  [
    'a canary in the wrong numbers',
    () => problems({ deploymentController: api.traffic, rollout: Rollout.canary(100, Duration.seconds(90)) }),
    [
      "'target.rollout.percentage' must be a whole number of percent between 1 and 99, got 100; " +
        'choose a value in that range',
      "'target.rollout.wait' must be a whole number of minutes between 1 and 2880, got 1.5; choose a " +
        'value in that range',
    ],
  ],
  [
    'linear for three days',
    () => problems({ deploymentController: api.traffic, rollout: Rollout.linear(10, Duration.hours(8)) }),
    [
      "'target.rollout' must take at most 2880 minutes from the first step to the last, got 4320; use " +
        'larger steps or a shorter interval',
    ],
  ],
];

test.each(WRONG)('%s', (_, given, expected) => {
  expect(given()).toEqual(expected);
});

test.each<[string, () => readonly string[]]>([
  ['a group that exists', () => problems({ deploymentController: ServiceDeploymentController.codeDeployGroup(group) })],
  [
    'all options',
    () =>
      problems({
        deploymentController: api.traffic,
        rollout: Rollout.linear(20, Duration.minutes(720), {
          alarms: alarms.slice(1),
          bakeTime: Duration.minutes(2800),
          hooks: { afterAllowTestTraffic: api.hook },
        }),
      }),
  ],
  [
    'all at once behind a Network Load Balancer',
    () => problems({ deploymentController: network.traffic, rollout: Rollout.allAtOnce() }, network.service),
  ],
  ['an imported service with all options', () => problems({ ...SAID, deploymentController: api.traffic }, seen)],
  ['a port of a range', () => problems({ deploymentController: api.traffic, containerPort: 8085 }, ranged)],
  [
    'five containers of four images',
    () => problems({ ...SAID, deploymentController: api.traffic, images: { ...images, five: images.four } }, seen),
  ],
])('accepts %s', (_, given) => {
  expect(given()).toEqual([]);
});

describe('any rollout', () => {
  function number(max: number) {
    return fc.oneof(fc.integer({ min: -1, max }), fc.double({ min: 0, max, noNaN: true }));
  }

  const steps = fc.record({
    kind: fc.constantFrom('canary' as const, 'linear' as const),
    percentage: number(110),
    seconds: fc.oneof(
      fc.integer({ min: 0, max: 60 * 3000 }),
      fc.integer({ min: 0, max: 3000 }).map((m) => m * 60),
    ),
    bake: fc.integer({ min: 0, max: 60 * 3000 }),
  });

  /** From the rules of AWS, by walking through the steps. */
  function valid({ kind, percentage, seconds, bake }: typeof steps extends fc.Arbitrary<infer T> ? T : never): boolean {
    if (!Number.isInteger(percentage) || percentage < 1 || percentage > 99) return false;
    if (seconds % 60 !== 0 || seconds < 60 || bake % 60 !== 0 || bake > 2800 * 60) return false;
    let waited = 0;
    for (let moved = percentage; moved < 100; moved = kind === 'canary' ? 100 : moved + percentage) waited += seconds;
    return waited <= 2880 * 60;
  }

  test('results in a configuration within the limits, or in an error', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const rollout = Rollout[given.kind](given.percentage, Duration.seconds(given.seconds), {
          bakeTime: Duration.seconds(given.bake),
        });
        const found = problems({ deploymentController: api.traffic, rollout });
        expect(found.length === 0).toBe(valid(given));
        for (const one of found) {
          expect(one).toMatch(/^'target\.rollout(\.percentage|\.wait|\.interval|\.bakeTime)?' must .+, got [\d.e-]+; /);
        }
        if (found.length > 0) return;
        const made = configuration(rollout)!;
        if (made.predefined !== undefined) expect(made.predefined).toMatch(/^CodeDeployDefault\.ECS/);
        else expect(made).toEqual({ kind: given.kind, percentage: given.percentage, minutes: given.seconds / 60 });
      }),
      { numRuns: 500 },
    );
  });
});
