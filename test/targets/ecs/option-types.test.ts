import { App, Duration, Stack, Token } from 'aws-cdk-lib';
import { BuildStep, DeployTarget, Rollout, ServiceDeploymentController } from '../../../src';
import { A_LIST, AN_OBJECT } from '../../../src/common/rules';
import { NON_EMPTY_STRING } from '../../../src/pipeline/problems';
import { DURATION_IN_MINUTES, TYPE, wholeNumber, RESOURCE } from '../../../src/pipeline/rules';
import { blueGreenIn } from '../../helpers/blue-green';
import { lookedUp, repositoryOf, serviceIn } from '../../helpers/services';
import { checkTarget } from '../../helpers/targets';

/* Not every user has a compiler: whatever is passed ends in a problem at its property, never in a TypeError. */

const stack = new Stack(new App(), 'Services', { env: { account: '111111111111', region: 'eu-west-1' } });
const rolling = serviceIn(stack, 'rolling');
const {
  taskDefinition,
  cluster,
  connections: { securityGroups },
} = rolling;
const { service: moved, sides, hook } = blueGreenIn(stack, 'moved');

/** A value that the compiler would refuse. */
function any(value: unknown) {
  return value as never;
}

const tokenSeconds = Duration.seconds(Token.asNumber({ Ref: 'Seconds' }));

function service(options: object, of = rolling) {
  return DeployTarget.ecsService(of, any(options));
}

function task(options: object) {
  return DeployTarget.ecsTask(taskDefinition, cluster, any({ securityGroups, ...options }));
}

function traffic(options: unknown) {
  return service({ deploymentController: ServiceDeploymentController.codeDeploy(any(options)) }, moved);
}

function rollout(options: unknown) {
  return service(
    { deploymentController: ServiceDeploymentController.codeDeploy(sides), rollout: Rollout.allAtOnce(any(options)) },
    moved,
  );
}

const WRONG: ReadonlyArray<[string, DeployTarget, string[]]> = [
  ['a service', DeployTarget.ecsService(any('api')), ['\'target.service\' must be an Amazon ECS service, got "api"']],
  [
    'a service without a cluster',
    DeployTarget.ecsService(any(taskDefinition)),
    ["'target.service' must be an Amazon ECS service, got Services/rollingTask;"],
  ],
  ['options', service(any('canary')), [`'target.options' must ${AN_OBJECT}, got "canary"`]],
  ['a rollout', service({ rollout: 'canary' }), ['\'target.rollout\' must be a Rollout, got "canary"']],
  [
    'deploymentController',
    service({ deploymentController: sides }),
    ["'target.deploymentController' must be a ServiceDeploymentController, got "],
  ],
  ['images', service({ images: [] }), [`'target.images' must ${AN_OBJECT}, got []`]],
  [
    'an image',
    service({ images: { web: 'acme/api' } }),
    ['\'target.images.web\' must be a step with an image, got "acme/api"'],
  ],
  ['roles', service({ taskRoles: taskDefinition.taskRole }), [`'target.taskRoles' must ${A_LIST}, got `]],
  ['a role', service({ taskRoles: ['arn'] }), ['\'target.taskRoles[0]\' must be a role, got "arn"']],
  [
    'a parameter',
    service({ imageParameters: { web: '/web' } }),
    ['\'target.imageParameters.web\' must be a parameter, got "/web"'],
  ],
  [
    'texts',
    service({ family: 5, containerName: {} }),
    [`'target.containerName' must be ${TYPE.string}, got {}`, `'target.family' must be ${TYPE.string}, got 5`],
  ],
  ['a deployment name', service({ deploymentName: 5 }), [`'target.deploymentName' must ${NON_EMPTY_STRING}, got 5`]],
  ['a timeout', service({ deploymentTimeout: 15 }), [`'target.deploymentTimeout' must be ${TYPE.duration}, got 15`]],
  [
    'a timeout in a token of another unit',
    service({ deploymentTimeout: tokenSeconds }),
    [`'target.deploymentTimeout' must ${DURATION_IN_MINUTES}, got "a token"`],
  ],
  [
    'a port',
    service({ deploymentController: ServiceDeploymentController.codeDeploy(sides), containerPort: '8080' }, moved),
    ['\'target.containerPort\' must be a port between 1 and 65535, got "8080"'],
  ],
  [
    'target groups and listeners',
    traffic({ blueTargetGroup: 'blue', greenTargetGroup: 'green', listener: 80, testListener: 81 }),
    [
      "'target.deploymentController.testListener' must be a listener, got 81",
      "'target.deploymentController.blueTargetGroup' must be the target group that the service is " +
        'registered with, got "blue"',
      "'target.deploymentController.greenTargetGroup' must be a second target group, since CodeDeploy " +
        'shifts traffic between two, got "green"',
      "'target.deploymentController.listener' must be the production listener, whose target CodeDeploy changes, " +
        'got 80',
    ],
  ],
  [
    'a deployment group',
    service(
      {
        deploymentController: ServiceDeploymentController.codeDeployGroup(any('theirs'), {
          hooks: { afterInstall: any('ask') },
        }),
      },
      moved,
    ),
    [
      '\'target.deploymentController.group\' must be a deployment group, got "theirs"',
      '\'target.deploymentController.hooks.afterInstall\' must be a function, got "ask"',
    ],
  ],
  [
    'options of a deployment group',
    service({ deploymentController: ServiceDeploymentController.codeDeployGroup(any('theirs'), any(5)) }, moved),
    [
      '\'target.deploymentController.group\' must be a deployment group, got "theirs"',
      `'target.deploymentController.options' must ${AN_OBJECT}, got 5`,
    ],
  ],
  ['options of a rollout', rollout(5), [`'target.rollout.options' must ${AN_OBJECT}, got 5`]],
  [
    'alarms',
    rollout({ alarms: 'errors', bakeTime: '5m' }),
    [
      `'target.rollout.alarms' must ${A_LIST}, got "errors"`,
      `'target.rollout.bakeTime' must be ${TYPE.duration}, got "5m"`,
    ],
  ],
  [
    'a hook',
    rollout({ hooks: { afterInstall: 'ask', beforeInstall: hook } }),
    ['\'target.rollout.hooks.afterInstall\' must be a function, got "ask"'],
  ],
  [
    'the wait of a canary',
    service({ rollout: Rollout.canary(10, any(5)) }),
    [`'target.rollout.wait' must be ${TYPE.duration}, got 5`],
  ],
  [
    'the interval of a linear rollout',
    service({ rollout: Rollout.linear(10, any(5)) }),
    [`'target.rollout.interval' must be ${TYPE.duration}, got 5`],
  ],
  [
    'a percentage',
    service(
      {
        deploymentController: ServiceDeploymentController.codeDeploy(sides),
        rollout: Rollout.canary(any('10'), Duration.minutes(5)),
      },
      moved,
    ),
    [`'target.rollout.percentage' must ${wholeNumber('percent', { min: 1, max: 99 })}, got "10"`],
  ],
  [
    'a task definition and a cluster',
    DeployTarget.ecsTask(any('acme-api'), any('apps')),
    [
      '\'target.taskDefinition\' must be a task definition, got "acme-api"',
      '\'target.cluster\' must be a cluster, got "apps"',
    ],
  ],
  ['a command', task({ command: 'npm run migrate' }), [`'target.command' must ${A_LIST}, got "npm run migrate"`]],
  ['a word', task({ command: ['sleep', 5] }), [`'target.command[1]' must be ${TYPE.string}, got 5`]],
  [
    'variables',
    task({ environmentVariables: { A: 5 } }),
    [`'target.environmentVariables.A' must be ${TYPE.string}, got 5`],
  ],
  ['subnets', task({ subnets: 'private' }), ['\'target.subnets\' must be a subnet selection, got "private"']],
  [
    'subnets by their ids',
    task({ subnets: { subnets: ['subnet-1'] } }),
    ['\'target.subnets.subnets[0]\' must be a subnet, got "subnet-1"'],
  ],
  [
    'a security group',
    task({ securityGroups: ['sg-1'] }),
    [`'target.securityGroups[0]' must be ${RESOURCE.securityGroup}, got "sg-1"`],
  ],
  ['a flag', task({ assignPublicIp: 'yes' }), [`'target.assignPublicIp' must be ${TYPE.boolean}, got "yes"`]],
  [
    'strategies',
    task({ capacityProviderStrategies: ['FARGATE_SPOT', { capacityProvider: 5 }] }),
    [
      '\'target.capacityProviderStrategies[0]\' must be a capacity provider strategy, got "FARGATE_SPOT"',
      `'target.capacityProviderStrategies[1].capacityProvider' must be ${TYPE.string}, got 5`,
    ],
  ],
  ['the timeout of a task', task({ timeout: 5 }), [`'target.timeout' must be ${TYPE.duration}, got 5`]],
];

test.each(WRONG)('reports %s of a wrong type', (_, target, expected) => {
  expect(checkTarget(target)).toEqual(expected.map((start) => expect.stringContaining(start)));
});

test.each(['__proto__', 'constructor', 'toString'])('accepts a container named %s', (name) => {
  const images = { [name]: BuildStep.dockerImage(repositoryOf(stack)) };
  expect(checkTarget(service({ images }))).toEqual([
    expect.stringMatching(/^'target\.images' must name a container of the task definition: 'web'/),
  ]);
});

const VALUES: readonly unknown[] = [
  null,
  0,
  5,
  NaN,
  '',
  'x',
  true,
  [],
  [null],
  ['x'],
  {},
  { web: null },
  { web: 'x' },
  () => undefined,
  Symbol('x'),
  stack,
];
const SERVICE_OPTIONS = [
  'deploymentName',
  'rollout',
  'traffic',
  'images',
  'imageParameters',
  'containerName',
  'containerPort',
  'family',
  'taskRoles',
  'deploymentTimeout',
];
const TASK_OPTIONS = [
  'deploymentName',
  'command',
  'environmentVariables',
  'containerName',
  'images',
  'family',
  'taskRoles',
  'subnets',
  'securityGroups',
  'assignPublicIp',
  'capacityProviderStrategies',
  'timeout',
];

describe.each<[string, readonly string[], (options: object) => DeployTarget]>([
  ['a service that replaces tasks', SERVICE_OPTIONS, service],
  [
    'a service with CodeDeploy',
    SERVICE_OPTIONS,
    (options) => service({ deploymentController: ServiceDeploymentController.codeDeploy(sides), ...options }, moved),
  ],
  ['an imported service', SERVICE_OPTIONS, (options) => service(options, any(lookedUp(stack, 'seen')))],
  ['a task', TASK_OPTIONS, task],
])('%s', (_, names, targetOf) => {
  test.each(names)('reports any value of %s as a problem of the target', (name) => {
    for (const value of VALUES) {
      for (const problem of checkTarget(targetOf({ [name]: value }))) {
        expect(problem).toMatch(/^'target[\w.[\]]*' must /);
      }
    }
  });
});
