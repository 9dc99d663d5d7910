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
  ['nothing said', undefined, 'ECSCanary10Percent5Minutes'],
  ['canary 10, 5', Rollout.canary(10, Duration.minutes(5)), 'ECSCanary10Percent5Minutes'],
  ['canary 10, 15', Rollout.canary(10, Duration.seconds(900)), 'ECSCanary10Percent15Minutes'],
  ['linear 10, 1', Rollout.linear(10, Duration.minutes(1)), 'ECSLinear10PercentEvery1Minutes'],
  ['linear 10, 3', Rollout.linear(10, Duration.minutes(3)), 'ECSLinear10PercentEvery3Minutes'],
  ['all at once', Rollout.allAtOnce(), 'ECSAllAtOnce'],
])('%s is a configuration of AWS', (_, rollout, name) => {
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
])('%s is one of our own', (_, rollout, expected) => {
  expect(configuration(rollout)).toEqual(expected);
});

test('behind a Network Load Balancer all traffic moves at once, unless it is said', () => {
  const { group: made } = planned({ deploymentController: network.traffic }, network.service);
  expect(made).toMatchObject({ configuration: { predefined: 'CodeDeployDefault.ECSAllAtOnce' }, bakeMinutes: 5 });
});

test('old tasks stay for five minutes, or as long as is said', () => {
  expect(planned({ deploymentController: api.traffic }).group).toMatchObject({ bakeMinutes: 5 });
  expect(
    planned({ deploymentController: api.traffic, rollout: Rollout.allAtOnce({ bakeTime: Duration.hours(1) }) }).group,
  ).toMatchObject({ bakeMinutes: 60 });
  expect(
    planned({ deploymentController: api.traffic, rollout: Rollout.allAtOnce({ bakeTime: Duration.minutes(0) }) }).group,
  ).toMatchObject({ bakeMinutes: 0 });
});

test('a group that exists is used by its names; hooks stand in the file of the deployment', () => {
  const plan = planned({
    deploymentController: ServiceDeploymentController.codeDeployGroup(group, { hooks: { afterInstall: function_ } }),
  });
  expect(plan.group).toMatchObject({ applicationName: 'theirs', deploymentGroupName: 'theirs' });
  expect(Object.keys(plan.appSpec.hooks)).toEqual(['afterInstall']);
  expect(plan.appSpec.hooks.afterInstall!.function).toBe(function_);
  expect(plan.appSpec.hooks.afterInstall!.functionName).toBe('ask');
});

test('what is said of a service that was looked up', () => {
  const { appSpec } = planned(
    { ...saidOf(stack, 'seen'), deploymentController: api.traffic },
    seen as typeof api.service,
  );
  expect(appSpec).toMatchObject({ containerName: 'web', containerPort: 8080 });
});

test('another container gets the traffic at the port that it listens on', () => {
  expect(planned({ deploymentController: api.traffic, containerName: 'worker' }).appSpec).toMatchObject({
    containerName: 'worker',
    containerPort: 8081,
  });
});

test('an alias is asked by its whole name', () => {
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

const alarms = Array.from({ length: 11 }, (_, i) => cloudwatch.Alarm.fromAlarmName(stack, `Alarm${i}`, `alarm-${i}`));
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

/** Nothing tells that the listener is one of a Network Load Balancer but the target groups. */
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
      "'target.service' must have the deployment controller CODE_DEPLOY, since CodeDeploy is to move its " +
        'traffic, got "ECS of Api/rollingService"; ' +
        'make the service with deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY }',
    ],
  ],
  [
    'no traffic',
    () => problems({}),
    [
      '\'target.deploymentController\' must say with what CodeDeploy moves the traffic of the service, got "nothing"; ' +
        'give two target groups and the listener that sends to them: ServiceDeploymentController.codeDeploy({ ' +
        'blueTargetGroup, greenTargetGroup, listener })',
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
      '\'target.deploymentController.greenTargetGroup\' must be another target group than blueTargetGroup, got "Api/apiBlue"; ' +
        'make a second one like it, with no targets',
    ],
  ],
  [
    'one target group looked up twice',
    () =>
      problems({
        deploymentController: ServiceDeploymentController.codeDeploy({
          blueTargetGroup: imported,
          greenTargetGroup: again,
          listener,
        }),
      }),
    [
      "'target.deploymentController.greenTargetGroup' must be another target group than blueTargetGroup, got " +
        '"Api/Imported"; make a second one like it, with no targets',
    ],
  ],
  [
    'one listener for both',
    () =>
      problems({
        deploymentController: ServiceDeploymentController.codeDeploy({ ...api.sides, testListener: listener }),
      }),
    [
      "'target.deploymentController.testListener' must be another listener than that of the users, got " +
        '"Api/apiBalancer/Port80"; make one on another port, or leave it out',
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
      '\'target.rollout\' must be Rollout.allAtOnce() behind a Network Load Balancer, got "canary"; CodeDeploy ' +
        'can do nothing else there; put an Application Load Balancer before the service',
    ],
  ],
  [
    'linear behind one that was looked up',
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
      '\'target.rollout\' must be Rollout.allAtOnce() behind a Network Load Balancer, got "linear"; CodeDeploy ' +
        'can do nothing else there; put an Application Load Balancer before the service',
    ],
  ],
  [
    'linear behind one that only its target groups tell of',
    () =>
      problems(
        { deploymentController: behindUnseen, rollout: Rollout.linear(10, Duration.minutes(5)) },
        network.service,
      ),
    [
      '\'target.rollout\' must be Rollout.allAtOnce() behind a Network Load Balancer, got "linear"; CodeDeploy ' +
        'can do nothing else there; put an Application Load Balancer before the service',
    ],
  ],
  [
    'rolling',
    () => problems({ deploymentController: api.traffic, rollout: Rollout.rolling() }),
    [
      '\'target.rollout\' must move traffic, since CodeDeploy does, got "rolling"; use Rollout.allAtOnce(), ' +
        'canary(…) or linear(…), or a service with the deployment controller ECS',
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
      "'target.deploymentController' must hold target groups and listeners of one load balancer, got " +
        '{"blueTargetGroup":"application","greenTargetGroup":"application","listener":"network"}; ' +
        'make both target groups and all listeners for the same one',
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
    ['\'target.rollout.alarms[2]\' must name every alarm once, got "Api/Alarm0Again"; remove one of them'],
  ],
  [
    'too many alarms',
    () => problems({ deploymentController: api.traffic, rollout: Rollout.allAtOnce({ alarms }) }),
    ["'target.rollout.alarms' must be at most 10, got 11; combine some in a composite alarm"],
  ],
  [
    'old tasks that stay for three days',
    () => problems({ deploymentController: api.traffic, rollout: Rollout.allAtOnce({ bakeTime: Duration.days(3) }) }),
    [
      "'target.rollout.bakeTime' must be a whole number of minutes between 0 and 2880, got 4320; choose a value in that range",
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
      '\'target.rollout.hooks.afterAllowTestTraffic\' must have test traffic to come after, got "Api/Function"; ' +
        'give ServiceDeploymentController.codeDeploy a testListener',
    ],
  ],
  [
    'five images',
    () => problems({ ...SAID, deploymentController: api.traffic, images }, seen),
    [
      "'target.images' must be at most 4 different images where CodeDeploy moves the traffic, got " +
        '["one","two","three","four","five"]; leave those out that change seldom: they stay what the task ' +
        'definition says',
    ],
  ],
  [
    'a timeout of rolling',
    () => problems({ deploymentController: api.traffic, deploymentTimeout: Duration.minutes(30) }),
    [
      '\'target.deploymentTimeout\' must be left out where CodeDeploy moves the traffic, got "30 minutes"; it is ' +
        'for rolling deployments; how long one takes follows from its rollout',
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
      '\'target.rollout\' must be left out with a deployment group that exists, got "all-at-once"; how traffic ' +
        'moves is said by the group (deploymentConfig, alarms, blueGreenDeploymentConfig); hooks are options of ' +
        'ServiceDeploymentController.codeDeployGroup',
    ],
  ],
  [
    'a service looked up, of which nothing is said',
    () => problems({ deploymentController: api.traffic }, seen),
    [
      "'target' must say what a service that was looked up does not, got \"no family, no containerName, no " +
        'taskRoles, no containerPort"; give family, containerName, taskRoles, containerPort, as the task ' +
        'definition of the service says',
    ],
  ],
  [
    'a container without a port',
    () => problems({ deploymentController: api.traffic }, portless),
    [
      "'target.containerPort' must be given, since the container that gets the traffic has no port, got " +
        '"quiet"; give the container a port mapping, or say which container gets the traffic: containerName',
    ],
  ],
  [
    'a port that the container does not have',
    () => problems({ deploymentController: api.traffic, containerPort: 8081 }),
    [
      "'target.containerPort' must be a port of the container 'web', got 8081; use 8080, or give the container a " +
        'port mapping',
    ],
  ],
  [
    'a canary in no number',
    () => problems({ deploymentController: api.traffic, rollout: Rollout.canary(NaN, Duration.minutes(5)) }),
    [
      "'target.rollout.percentage' must be a whole number of percent between 1 and 99, got NaN; choose a value in that range",
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
      '\'target.rollout.percentage\' must be concrete, since names are made of it, got "a token"; write a number',
      '\'target.rollout.wait\' must be concrete, since names are made of it, got "a token"; write a number',
    ],
  ],
  [
    'a canary in the wrong numbers',
    () => problems({ deploymentController: api.traffic, rollout: Rollout.canary(100, Duration.seconds(90)) }),
    [
      "'target.rollout.percentage' must be a whole number of percent between 1 and 99, got 100; choose a value in that range",
      "'target.rollout.wait' must be a whole number of minutes between 1 and 2880, got 1.5; choose a value in that range",
    ],
  ],
  [
    'linear for three days',
    () => problems({ deploymentController: api.traffic, rollout: Rollout.linear(10, Duration.hours(8)) }),
    [
      "'target.rollout' must take at most 2880 minutes from the first step to the last, got 4320; use larger " +
        'steps, or shorter ones',
    ],
  ],
];

test.each(WRONG)('%s', (_, given, expected) => {
  expect(given()).toEqual(expected);
});

test.each<[string, () => readonly string[]]>([
  ['a group that exists', () => problems({ deploymentController: ServiceDeploymentController.codeDeployGroup(group) })],
  [
    'all that may be said',
    () =>
      problems({
        deploymentController: api.traffic,
        rollout: Rollout.linear(20, Duration.minutes(720), {
          alarms: alarms.slice(1),
          bakeTime: Duration.minutes(2880),
          hooks: { afterAllowTestTraffic: api.hook },
        }),
      }),
  ],
  [
    'all at once behind a Network Load Balancer',
    () => problems({ deploymentController: network.traffic, rollout: Rollout.allAtOnce() }, network.service),
  ],
  [
    'a service that was looked up, of which all is said',
    () => problems({ ...SAID, deploymentController: api.traffic }, seen),
  ],
  ['a port of a range', () => problems({ deploymentController: api.traffic, containerPort: 8085 }, ranged)],
  [
    'five containers of four images',
    () => problems({ ...SAID, deploymentController: api.traffic, images: { ...images, five: images.four } }, seen),
  ],
])('allowed: %s', (_, given) => {
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
    if (seconds % 60 !== 0 || seconds < 60 || bake % 60 !== 0 || bake > 2880 * 60) return false;
    let waited = 0;
    for (let moved = percentage; moved < 100; moved = kind === 'canary' ? 100 : moved + percentage) waited += seconds;
    return waited <= 2880 * 60;
  }

  test('gives a configuration within the limits, or an error that says what is wrong', () => {
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
