import { App, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, Duration, Stack, Token } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  DeploymentAccess,
  DeploymentEnvironment,
  DeployTarget,
  type EcsTaskOptions,
} from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { check } from '../../../src/check/check';
import type { RunTaskSpec } from '../../../src/targets/ecs-task/spec';
import { denialsOf, unmodelledOf } from '../../check/verdicts';
import { source } from '../../helpers/delivery';
import { textIn } from '../../helpers/native-service';
import { pattern } from '../../helpers/pattern';
import { repositoryOf, serviceIn } from '../../helpers/services';
import { actionsOf, type CfnTemplate, jsonOf, resourcesOf, statementsOf } from '../../helpers/synth';
import { planTarget } from '../../helpers/targets';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const ABROAD = { account: '222222222222', region: 'eu-central-1' };

type TargetOf = (services: Stack) => DeployTarget;

/** A migration and the service behind it, in another stack. */
const migrated: TargetOf = (services) => {
  const service = serviceIn(services, 'api');
  return DeployTarget.inOrder([
    DeployTarget.ecsTask(service.taskDefinition, service.cluster, {
      deploymentName: 'migration',
      securityGroups: service.connections.securityGroups,
    }),
    DeployTarget.ecsService(service),
  ]);
};

function made(target: TargetOf = migrated, env = HOME) {
  const app = new App();
  const services = new Stack(app, 'Services', { env });
  const stack = new Stack(app, 'Shop', { env: HOME });
  new ContainerPipeline(stack, 'Api', {
    source,
    image: BuildStep.dockerImage(repositoryOf(stack)),
    environments: [new DeploymentEnvironment('live', { target: target(services) })],
  });
  return { app, stack, services };
}

/** The templates of the pipeline and of where its environment is. */
function templates(env = HOME, target = migrated): { pipeline: CfnTemplate; environmentScope: CfnTemplate } {
  const { app, stack } = made(target, env);
  const rooms = app
    .synth()
    .stacks.filter(({ environment, stackName }) => environment.account === env.account && stackName !== 'Services')
    .map(({ template }) => template as CfnTemplate);
  const pipeline = jsonOf(stack);
  return { pipeline, environmentScope: env === HOME ? pipeline : rooms[0] };
}

/** What is wrong with a task, line by line. */
function wrong(
  options: EcsTaskOptions | ((services: Stack) => EcsTaskOptions),
  of: 'fargate' | 'bridge' | 'host-less' | 'looked-up' = 'fargate',
  env = HOME,
): string[] {
  try {
    made((services) => {
      const service = serviceIn(services, 'api');
      const said = typeof options === 'function' ? options(services) : options;
      const definition = {
        fargate: () => service.taskDefinition,
        bridge: () => withContainer(new ecs.Ec2TaskDefinition(services, 'Ec2Task')),
        'host-less': () =>
          withContainer(new ecs.Ec2TaskDefinition(services, 'AwsVpcTask', { networkMode: ecs.NetworkMode.AWS_VPC })),
        'looked-up': () =>
          ecs.TaskDefinition.fromTaskDefinitionArn(
            services,
            'LookedUp',
            'arn:aws:ecs:eu-west-1:111111111111:task-definition/acme-api:3',
          ),
      }[of]();
      return DeployTarget.ecsTask(definition, service.cluster, {
        ...(of !== 'bridge' && { securityGroups: service.connections.securityGroups }),
        ...said,
      });
    }, env);
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace('[ContainerPipeline Shop/Api] ', ''));
  }
  return [];
}

function withContainer(definition: ecs.Ec2TaskDefinition): ecs.Ec2TaskDefinition {
  definition.addContainer('web', { image: ecs.ContainerImage.fromRegistry('acme/api'), memoryLimitMiB: 128 });
  return definition;
}

describe('plan', () => {
  const stack = new Stack(new App(), 'Services', { env: HOME });
  const service = serviceIn(stack, 'api', {}, ['web', 'worker']);
  const worker = BuildStep.dockerImage(repositoryOf(stack, 'acme/worker'), { stepName: 'Worker' });

  function planOf(options: EcsTaskOptions = {}) {
    return planTarget(DeployTarget.ecsTask(service.taskDefinition, service.cluster, options))[0];
  }

  test('is one step that runs the default container with the released image', () => {
    const { name, inputs, outputs, spec } = planOf();
    expect({ name, inputs, outputs }).toEqual({ name: 'Run-live-Task', inputs: ['Image'], outputs: [] });
    expect(spec).toMatchObject({
      kind: 'run-task',
      deploymentId: 'Task',
      clusterName: 'apps',
      containerName: 'web',
      definition: { family: 'acme-api', containers: [{ name: 'web', artifact: 'Image' }] },
      capacity: { launchType: 'FARGATE' },
      timeoutMinutes: 30,
      network: { assignPublicIp: false },
    });
  });

  test('uses the options', () => {
    const { name, inputs, spec } = planOf({
      deploymentName: 'seed',
      containerName: 'worker',
      images: { worker },
      timeout: Duration.minutes(50),
      assignPublicIp: true,
      family: 'other',
    });
    expect([name, inputs]).toEqual(['Run-live-seed', ['Worker']]);
    expect(spec).toMatchObject({
      deploymentId: 'seed',
      containerName: 'worker',
      definition: { family: 'other', containers: [{ name: 'worker', artifact: 'Worker' }] },
      timeoutMinutes: 50,
      network: { assignPublicIp: true },
    });
  });

  test('uses private subnets, or public ones with a public address', () => {
    function subnetsOf(options: EcsTaskOptions) {
      const { network } = planOf(options).spec as RunTaskSpec;
      return network!.subnets;
    }

    const { vpc } = service.cluster;
    expect(subnetsOf({})).toEqual(vpc.privateSubnets);
    expect(subnetsOf({ assignPublicIp: true })).toEqual(vpc.publicSubnets);
    expect(subnetsOf({ subnets: { subnets: [vpc.publicSubnets[0]] } })).toEqual([vpc.publicSubnets[0]]);
  });
});

describe.each([
  ['in the account and Region of the pipeline', HOME],
  ['elsewhere', ABROAD],
])('%s', (_, env) => {
  const { pipeline, environmentScope } = templates(env);
  const [role] = resourcesOf(environmentScope, 'AWS::IAM::Role').find(([id]) => id.includes('ActionRole'))!;
  const statements = statementsOf(environmentScope)
    .filter(({ holder }) => holder === role)
    .map(({ statement }) => statement);

  function about(action: string) {
    return statements
      .filter(({ Action }) => [Action].flat().includes(action))
      .map(({ Resource, Condition }) => ({ resource: textIn(Resource), condition: Condition }));
  }

  test('runs the task before the service deployment, under the same role', () => {
    const actions = actionsOf(pipeline).filter(({ Name }) => Name.includes('live'));
    expect(actions.map(({ Name, RunOrder }) => [Name, RunOrder])).toEqual([
      ['Run-live-migration', 1],
      ['Prepare-live', 2],
      ['Deploy-live', 3],
    ]);
    expect(new Set(actions.map(({ RoleArn }) => JSON.stringify(RoleArn))).size).toBe(1);
  });

  test('allows the role to run and stop revisions of one family in one cluster', () => {
    expect(about('ecs:RunTask')).toEqual([
      {
        resource: expect.stringMatching(/:task-definition\/acme-api:\*$/),
        condition: {
          ArnEquals: {
            'ecs:cluster': { 'Fn::Sub': 'arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:cluster/apps' },
          },
        },
      },
    ]);
    expect(about('ecs:StopTask')).toEqual([
      { resource: expect.stringMatching(/:task\/apps\/\*$/), condition: undefined },
    ]);
    expect(
      about('ecs:RegisterTaskDefinition').every(({ resource }) => resource.endsWith(':task-definition/acme-api:*')),
    ).toBe(true);
    expect(
      about('iam:PassRole').every(({ condition }) => JSON.stringify(condition).includes('ecs-tasks.amazonaws.com')),
    ).toBe(true);
  });

  test('passes the permission check without denied or unknown actions', () => {
    const report = check(readInput(made(migrated, env).app.synth().directory, {}));
    expect([denialsOf(report), unmodelledOf(report)]).toEqual([[], []]);
  });
});

test(
  'at home the commands refer to the network; elsewhere they read it from what the environment tells, and refer to ' +
    'nothing',
  () => {
    function commands(template: CfnTemplate) {
      return JSON.stringify(actionsOf(template).find(({ Name }) => Name === 'Run-live-migration')!.Commands);
    }

    expect(commands(templates().pipeline)).toMatch(/NETWORK='.*Fn::ImportValue/);
    const { pipeline, environmentScope } = templates(ABROAD);
    const [[, { Properties }]] = resourcesOf(environmentScope, 'AWS::SSM::Parameter');
    expect(commands(pipeline)).toContain(`aws ssm get-parameter --name ${Properties.Name as string} `);
    expect(commands(pipeline)).not.toMatch(/Fn::|Ref/);
    // The ids of two subnets and one security group, in the same account and region.
    expect(textIn(Properties.Value).replace(/<\{[^}]*\}>/g, 'id')).toBe(
      '{"awsvpcConfiguration":{"subnets":["id","id"],"securityGroups":["id"]}}',
    );
    const read = statementsOf(environmentScope)
      .filter(({ statement: { Action } }) => [Action].flat().includes('ssm:GetParameter'))
      .map(({ statement }) => textIn(statement.Resource));
    expect(read).toEqual([expect.stringMatching(new RegExp(`:parameter${Properties.Name as string}$`))]);
  },
);

test('assigns a public address in public subnets', () => {
  const { environmentScope } = templates(ABROAD, (services) => {
    const { taskDefinition, cluster, connections } = serviceIn(services, 'api');
    return DeployTarget.ecsTask(taskDefinition, cluster, {
      securityGroups: connections.securityGroups,
      assignPublicIp: true,
    });
  });
  const [[, { Properties }]] = resourcesOf(environmentScope, 'AWS::SSM::Parameter');
  expect(textIn(Properties.Value).replace(/<\{[^}]*\}>/g, 'id')).toBe(
    '{"awsvpcConfiguration":{"subnets":["id","id"],"securityGroups":["id"],"assignPublicIp":"ENABLED"}}',
  );
});

test('reads the network of each task in another account or Region', () => {
  const { pipeline, environmentScope } = templates(ABROAD, (services) => {
    const { taskDefinition, cluster, connections } = serviceIn(services, 'api');
    return DeployTarget.inOrder(
      ['first', 'second'].map((deploymentName) =>
        DeployTarget.ecsTask(taskDefinition, cluster, { deploymentName, securityGroups: connections.securityGroups }),
      ),
    );
  });
  const outputs = resourcesOf(environmentScope, 'AWS::SSM::Parameter').map(
    ([, { Properties }]) => Properties.Name as string,
  );
  expect(outputs).toEqual([expect.stringContaining('first'), expect.stringContaining('second')]);
  expect(
    ['first', 'second'].map(
      (name) =>
        /get-parameter --name (\S+) /.exec(
          JSON.stringify(actionsOf(pipeline).find(({ Name }) => Name === `Run-live-${name}`)!.Commands),
        )![1],
    ),
  ).toEqual(outputs);
});

test('publishes the network under the name that the pipeline reads with DeploymentAccess', () => {
  const app = new App();
  const services = new Stack(app, 'Services', { env: ABROAD });
  const environment = new DeploymentEnvironment('live', { target: migrated(services), existingAccess: true });
  const access = new Stack(app, 'Access', { env: ABROAD });
  new DeploymentAccess(access, 'Access', { pipelineName: 'api', pipelineEnv: HOME, environments: [environment] });
  const stack = new Stack(app, 'Shop', { env: HOME });
  new ContainerPipeline(stack, 'Api', {
    pipelineName: 'api',
    source,
    image: BuildStep.dockerImage(repositoryOf(stack)),
    environments: [environment],
  });
  const [[, { Properties }]] = resourcesOf(jsonOf(access), 'AWS::SSM::Parameter');
  expect(JSON.stringify(actionsOf(jsonOf(stack)))).toContain(
    `aws ssm get-parameter --name ${Properties.Name as string} `,
  );
});

describe('errors', () => {
  function at(rest: string) {
    return expect.stringMatching(new RegExp(`^'environments\\[0\\]\\.target${rest}`));
  }

  test('reports all missing options of an imported task definition at once', () => {
    expect(wrong({}, 'looked-up')).toEqual([
      at(
        '\' must have the options that an imported task definition requires, got "no family, no ' +
          'containerName, no taskRoles"; set family, containerName, taskRoles, as in the task definition$',
      ),
    ]);
    expect(
      wrong(
        (stack) => ({
          family: 'acme-api',
          containerName: 'web',
          taskRoles: [iam.Role.fromRoleName(stack, 'TaskRole', 'task')],
        }),
        'looked-up',
      ),
    ).toEqual([]);
  });

  test.each<[string, EcsTaskOptions, string]>([
    [
      'an image for no container',
      { images: { api: BuildStep.dockerImage(repositoryOf(new Stack())) } },
      "\\.images' must name a container of the task definition: 'web', got \"api\"",
    ],
    [
      'no container of the task',
      { containerName: 'api' },
      "\\.containerName' must name a container of the task definition: 'web', got \"api\"",
    ],
    [
      'a timeout that Commands does not survive',
      { timeout: Duration.minutes(51) },
      "\\.timeout' must be a whole number of minutes between 1 and 50, got 51",
    ],
    [
      'half a minute',
      { timeout: Duration.seconds(90) },
      "\\.timeout' must be a whole number of minutes between 1 and 50, got 1.5",
    ],
    [
      'a family with a revision',
      { family: 'api:3' },
      "\\.family' must consist of .*; pass the family without the revision$",
    ],
    ['an empty command', { command: [] }, "\\.command' must contain at least one word"],
    [
      'a command that is too long',
      { command: ['x'.repeat(900)] },
      "\\.command' must have at most 900 characters as JSON",
    ],
    ['no name of a variable', { environmentVariables: { 'A-B': 'c' } }, "\\.environmentVariables' must consist of"],
    ['a name that cannot be one', { deploymentName: 'a b' }, "\\.deploymentName' must consist of"],
    [
      'no security groups',
      { securityGroups: undefined },
      '\\.securityGroups\' must contain 1 to 5 security groups, got "0"; pass groups that',
    ],
    [
      'subnets that are not there',
      { subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } },
      '\\.subnets\' must select 1 to 16 subnets, got "0"',
    ],
  ])('%s', (_, options, expected) => expect(wrong(options)).toEqual([at(expected)]));

  test('accepts a command of 900 characters as JSON, and no longer one', () => {
    const environmentScope = 900 - JSON.stringify({ command: [''], environmentVariables: {} }).length;
    expect(wrong({ command: ['x'.repeat(environmentScope)] })).toEqual([]);
    expect(wrong({ command: ['x'.repeat(environmentScope + 1)] })).toEqual([
      at('\\.command\' must have at most 900 characters as JSON, environment variables included, got "901 characters"'),
    ]);
  });

  test('rejects subnets without awsvpc, and a public address on instances', () => {
    expect(wrong({}, 'bridge')).toEqual([]);
    expect(
      wrong({ subnets: { subnetType: ec2.SubnetType.PUBLIC }, assignPublicIp: true }, 'bridge').map(
        (line) => line.split(' ')[0],
      ),
    ).toEqual(["'environments[0].target.subnets'", "'environments[0].target.assignPublicIp'"]);
    expect(wrong({ assignPublicIp: true }, 'host-less')).toEqual([
      at("\\.assignPublicIp' must not be set unless the task runs on Fargate"),
    ]);
  });

  test('requires subnets for a cluster that is imported by ARN', () => {
    function target(subnets?: ec2.SubnetSelection): TargetOf {
      return (stack) => {
        const cluster = ecs.Cluster.fromClusterArn(stack, 'Cluster', 'arn:aws:ecs:eu-west-1:111111111111:cluster/apps');
        const { taskDefinition, connections } = serviceIn(stack, 'api');
        return DeployTarget.ecsTask(taskDefinition, cluster, { securityGroups: connections.securityGroups, subnets });
      };
    }

    expect(() => made(target())).toThrow("'environments[0].target.subnets' must select 1 to 16 subnets");

    function subnet(stack: Stack) {
      return ec2.Subnet.fromSubnetId(stack, 'Subnet', 'subnet-1');
    }

    expect(() => made((stack) => target({ subnets: [subnet(stack)] })(stack))).not.toThrow();
  });

  test('requires the resources of a task in the account of its environment', () => {
    function imported(services: Stack) {
      return new Stack(services.node.root as App, 'Imported', { env: { ...HOME, account: '333333333333' } });
    }

    function of(prop: string, what: string) {
      return expect.stringMatching(
        new RegExp(
          `^'environments\\[0\\]\\.target\\.${prop}' must be ${what} in the account of the environment, ` +
            '111111111111, got "Imported/It in 333333333333"',
        ),
      );
    }

    expect(
      wrong((services) => ({
        securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(imported(services), 'It', 'sg-1')],
      })),
    ).toEqual([of('securityGroups\\[0\\]', 'a security group')]);
    expect(
      wrong((services) => ({ subnets: { subnets: [ec2.Subnet.fromSubnetId(imported(services), 'It', 'subnet-1')] } })),
    ).toEqual([of('subnets', 'a subnet')]);
    expect(
      wrong((services) => ({
        taskRoles: [iam.Role.fromRoleArn(imported(services), 'It', 'arn:aws:iam::333333333333:role/task')],
      })),
    ).toEqual([of('taskRoles\\[0\\]', 'a role')]);
  });

  test('rejects tokens in another account or Region', () => {
    const token = Token.asString({ Ref: 'Something' });
    expect(wrong({ command: [token] }, 'fargate', ABROAD)).toEqual([
      expect.stringMatching(/^'environments\[0\]\.target\.command\[0\]' must have an explicit name/),
    ]);
    expect(wrong({ capacityProviderStrategies: [{ capacityProvider: token }] }, 'fargate', ABROAD)).toEqual([
      expect.stringMatching(
        pattern(
          /^'environments\[0\]\.target\.capacityProviderStrategies\[0\]' must have an explicit name.*; /,
          /set its capacityProviderName$/,
        ),
      ),
    ]);
    expect(wrong({ command: [token] })).toEqual([]);
    expect(() =>
      made((services) => {
        const {
          taskDefinition,
          cluster: { vpc },
          connections,
        } = serviceIn(services, 'api');
        return DeployTarget.ecsTask(taskDefinition, new ecs.Cluster(services, 'Nameless', { vpc }), {
          securityGroups: connections.securityGroups,
        });
      }, ABROAD),
    ).toThrow(/'environments\[0\]\.target\.cluster' must have an explicit name.*; set its clusterName$/);
  });
});
