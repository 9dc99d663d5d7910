import {
  App,
  aws_ecs as ecs,
  aws_iam as iam,
  aws_ssm as ssm,
  Duration,
  type Environment,
  Stack,
  Token,
} from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
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
import { DECLARED_VARIABLES, inEnvironment, RESOURCE } from '../../../../src/pipeline/rules';
import { commandsUpTo } from '../../../../src/pipeline/validation/pipeline';
import { FAMILY_FIX, nameContainer, optionsOf } from '../../../../src/targets/ecs/plan-task-definition';
import { NOT_WITH_ROLLING_UPDATES } from '../../../../src/targets/ecs-service/native/plan';
import type { PrepareServiceSpec } from '../../../../src/targets/ecs-service/spec';
import { denialsOf, unmodelledOf } from '../../../check/verdicts';
import { runCommands } from '../../../helpers/commands';
import { source } from '../../../helpers/delivery';
import { textIn } from '../../../helpers/native-service';
import { pattern } from '../../../helpers/pattern';
import { lookedUp, repositoryOf, saidOf, serviceIn } from '../../../helpers/services';
import { actionsOf, type CfnTemplate, jsonOf, statementsOf } from '../../../helpers/synth';
import { planTarget } from '../../../helpers/targets';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const ABROAD = { account: '222222222222', region: 'eu-central-1' };

function buildOf(scope: Stack, stepName: string, repository = 'acme/api') {
  return BuildStep.dockerImage(repositoryOf(scope, repository), { stepName });
}

type TargetOf = (services: Stack, pipeline: Stack) => DeployTarget;

function made(
  target: TargetOf = (services) => DeployTarget.ecsService(serviceIn(services, 'api')),
  env = HOME,
  additionalImages?: (stack: Stack) => BuildStep[],
) {
  const app = new App();
  const services = new Stack(app, 'Services', { env });
  const stack = new Stack(app, 'Shop', { env: HOME });
  new ContainerPipeline(stack, 'Api', {
    source,
    image: BuildStep.dockerImage(repositoryOf(stack)),
    additionalImages: additionalImages?.(stack),
    environments: [new DeploymentEnvironment('live', { target: target(services, stack) })],
  });
  return { app, stack };
}

/** What is wrong, line by line. */
function wrong(target: TargetOf, env = HOME): string[] {
  try {
    made(target, env);
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace('[ContainerPipeline Shop/Api] ', ''));
  }
  return [];
}

const stack = new Stack(new App(), 'Services', { env: HOME });
const service = serviceIn(stack, 'api', {}, ['web', 'worker', 'proxy']);

function planOf(options: EcsServiceOptions = {}) {
  return planTarget(DeployTarget.ecsService(service, options));
}

describe('plan', () => {
  test('prepares a file, then deploys it with the ECS action', () => {
    const [prepare, deploy] = planOf();
    expect(prepare).toMatchObject({
      name: 'Prepare-live',
      provider: 'commands',
      inputs: ['Image'],
      outputs: ['Prepare-live'],
      files: ['imagedefinitions.json'],
    });
    expect(deploy).toMatchObject({
      name: 'Deploy-live',
      provider: 'ecs',
      inputs: ['Prepare-live'],
      outputs: [],
      configuration: { ClusterName: 'apps', ServiceName: 'api', FileName: 'imagedefinitions.json' },
    });
    expect(deploy.configuration).not.toHaveProperty('DeploymentTimeout');
  });

  test('uses the options', () => {
    const [prepare, deploy] = planOf({
      deploymentName: 'api',
      deploymentTimeout: Duration.minutes(15),
      rollout: Rollout.rolling(),
      images: { web: buildOf(stack, 'Web'), worker: buildOf(stack, 'Worker') },
    });
    expect([prepare.name, deploy.name, prepare.inputs]).toEqual([
      'Prepare-live-api',
      'Deploy-live-api',
      ['Web', 'Worker'],
    ]);
    expect(deploy.configuration.DeploymentTimeout).toBe('15');
  });

  test('records each image after the other commands', () => {
    const [web, worker] = ['web', 'worker'].map((name) =>
      ssm.StringParameter.fromStringParameterName(stack, name, `/${name}/image`),
    );
    const { commands } = planOf({
      images: { web: buildOf(stack, 'Web'), worker: buildOf(stack, 'Worker') },
      imageParameters: { web, worker },
    })[0];
    expect(commands!.slice(-3)).toEqual([
      'cat imagedefinitions.json',
      'aws ssm put-parameter --name \'/web/image\' --type String --overwrite --value "$IMAGE_1"',
      'aws ssm put-parameter --name \'/worker/image\' --type String --overwrite --value "$IMAGE_2"',
    ]);
  });

  test('deploys the image to the configured container instead of the first one', () => {
    const [{ commands, spec }] = planOf({ containerName: 'worker' });
    expect((spec as PrepareServiceSpec).service.definition.containers).toEqual([{ name: 'worker', artifact: 'Image' }]);
    expect(commands).toContain("CONTAINER_1='worker'");
  });

  test('reads each artifact once if two containers have its image', () => {
    const web = buildOf(stack, 'Web');
    expect(planOf({ images: { web, worker: web } })[0].inputs).toEqual(['Web']);
  });
});

/* The rendered commands run in real shells, with the real jq, against recorded artifacts. */
describe.each(['dash', 'bash'])('in %s', (shell) => {
  function imageOf(of: string) {
    return `111111111111.dkr.ecr.eu-west-1.amazonaws.com/acme/${of}@sha256:${'0123456789abcdef'.repeat(4)}`;
  }

  function run(images: Readonly<Record<string, unknown>>, options?: EcsServiceOptions) {
    return runCommands({ shell, commands: planOf(options)[0].commands!, images });
  }

  test('writes imagedefinitions.json as CodePipeline documents it', () => {
    const { status, stderr, output } = run({ Image: { ImageURI: imageOf('api'), RepositoryName: 'acme/api' } });
    expect([status, stderr]).toEqual([0, '']);
    // https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html: a list of `name` and `imageUri`,
    // and nothing else.
    expect(output('imagedefinitions.json')).toEqual([{ name: 'web', imageUri: imageOf('api') }]);
  });

  test('writes the image of its artifact for each container', () => {
    const web = buildOf(stack, 'Web');
    const { status, output } = run(
      { Web: { ImageURI: imageOf('web') }, Worker: { ImageURI: imageOf('worker') } },
      { images: { web, worker: buildOf(stack, 'Worker'), proxy: web } },
    );
    expect(status).toBe(0);
    expect(output('imagedefinitions.json')).toEqual([
      { name: 'web', imageUri: imageOf('web') },
      { name: 'worker', imageUri: imageOf('worker') },
      { name: 'proxy', imageUri: imageOf('web') },
    ]);
  });

  test.each<[string, unknown]>([
    ['an image with a tag alone', { ImageURI: 'acme/api:latest' }],
    ['no image', { RepositoryName: 'acme/api' }],
    ['no file', undefined],
  ])('fails without a file with %s', (_, detail) => {
    const { status, stderr, output } = run({ Image: detail });
    expect(status).not.toBe(0);
    expect(stderr).toContain('The artifact Image has no imageDetail.json with an ImageURI that is pinned to a digest');
    expect(output('imagedefinitions.json')).toBeUndefined();
  });

  test('reports the artifact of an invalid second image', () => {
    const { status, stderr } = run(
      { Web: { ImageURI: imageOf('web') }, Worker: { ImageURI: 'acme/worker:1' } },
      { images: { web: buildOf(stack, 'Web'), worker: buildOf(stack, 'Worker') } },
    );
    expect(status).not.toBe(0);
    expect(stderr).toContain('The artifact Worker has no');
  });
});

describe.each([
  ['in the account and Region of the pipeline', HOME],
  ['elsewhere', ABROAD],
])('%s', (_, env) => {
  const { app, stack: pipeline } = made(undefined, env);
  const assembly = app.synth();
  const environmentScope =
    env === HOME
      ? jsonOf(pipeline)
      : (assembly.stacks.find(
          ({ environment, stackName }) => environment.account === env.account && stackName !== 'Services',
        )!.template as CfnTemplate);
  const granted = statementsOf(environmentScope)
    .filter(({ holder }) => holder.includes('ActionRole'))
    .map(({ statement }) => statement);

  function on(action: string) {
    return granted.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => textIn(Resource));
  }

  test('runs both actions under the role of the environment, in its Region', () => {
    const actions = actionsOf(jsonOf(pipeline)).filter(({ Name }) => Name.endsWith('-live')) as Array<
      ReturnType<typeof actionsOf>[number] & { Region?: string }
    >;
    expect(actions.map(({ Name, Region }) => [Name, Region])).toEqual(
      ['Prepare-live', 'Deploy-live'].map((name) => [name, env === HOME ? undefined : env.region]),
    );
    expect(JSON.stringify(actions[0].RoleArn)).toBe(JSON.stringify(actions[1].RoleArn));
  });

  test('allows the role to update this service, to register its family and to pass its task roles', () => {
    expect(on('ecs:UpdateService')).toEqual([expect.stringMatching(/:service\/apps\/api$/)]);
    expect(on('ecs:RegisterTaskDefinition')).toEqual([expect.stringMatching(/:task-definition\/acme-api:\*$/)]);

    function conditionOf(action: string) {
      return granted.filter(({ Action }) => [Action].flat().includes(action)).map(({ Condition }) => Condition);
    }

    expect(on('ecs:TagResource')).toEqual(on('ecs:RegisterTaskDefinition'));
    expect(conditionOf('ecs:TagResource')).toEqual([
      { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } },
    ]);
    expect(granted.find(({ Action }) => Action === 'iam:PassRole')!.Resource).toHaveLength(2);
    expect(conditionOf('iam:PassRole')).toEqual([
      { StringEquals: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com'] } },
    ]);
  });

  test('passes the permission check, which derives the family of a revision', () => {
    const report = check(readInput(assembly.directory, {}));
    expect([denialsOf(report), unmodelledOf(report)]).toEqual([[], []]);
    const unknown = report.pipelines
      .flatMap(({ findings }) => findings)
      .filter(({ verdict }) => verdict === 'UNKNOWN')
      .map(({ call }) => call);
    expect(unknown.filter((call) => call!.startsWith('ecs:'))).toEqual([]);
  });
});

describe('errors', () => {
  function target(rest: string) {
    return expect.stringMatching(new RegExp(`^'environments\\[0\\]\\.target${rest}`));
  }

  test('reports all missing options of an imported service at once', () => {
    expect(wrong((services) => DeployTarget.ecsService(lookedUp(services, 'api')))).toEqual([
      target(
        `' must ${optionsOf('an imported service')}, got "no family, no containerName, no taskRoles"; set ` +
          `family, containerName, taskRoles, as in the task definition of the service$`,
      ),
    ]);
    expect(wrong((services) => DeployTarget.ecsService(lookedUp(services, 'api'), saidOf(services, 'api')))).toEqual(
      [],
    );
  });

  test.each<[string, (services: Stack) => EcsServiceOptions, string]>([
    [
      'an image for no container',
      (services) => ({ images: { api: buildOf(services, 'Image') } }),
      `\\.images' must ${nameContainer(['web'])}, got "api"; use one of these names$`,
    ],
    [
      'no container of the service',
      () => ({ containerName: 'api' }),
      `\\.containerName' must ${nameContainer(['web'])}, got "api"`,
    ],
    [
      'longer than the action waits',
      () => ({ deploymentTimeout: Duration.minutes(61) }),
      "\\.deploymentTimeout' must be a whole number of minutes between 1 and 60, got 61",
    ],
    [
      'a canary, where tasks are replaced',
      () => ({ rollout: Rollout.canary(10, Duration.minutes(5)) }),
      '\\.rollout\' must be Rollout.rolling\\(\\) for this service, got "canary"',
    ],
    ['a family with a revision', () => ({ family: 'api:3' }), `\\.family' must consist of .*; ${FAMILY_FIX}$`],
  ])('%s', (_, options, expected) =>
    expect(wrong((services) => DeployTarget.ecsService(serviceIn(services, 'api'), options(services)))).toEqual([
      target(expected),
    ]),
  );

  test('rejects a service with an external deployment controller', () => {
    const external = { deploymentController: { type: ecs.DeploymentControllerType.EXTERNAL } };
    expect(wrong((services) => DeployTarget.ecsService(serviceIn(services, 'api', external)))).toEqual([
      target(
        '\\.service\' must have the deployment controller ECS or CODE_DEPLOY, got "EXTERNAL"; change the ' +
          'deployment controller; CodePipeline supports no other$',
      ),
    ]);
  });

  test('rejects the ECS controller for a service with rolling updates', () => {
    expect(
      wrong((services) =>
        DeployTarget.ecsService(serviceIn(services, 'api'), {
          deploymentController: ServiceDeploymentController.ecs(),
        }),
      ),
    ).toEqual([target(`\\.deploymentController' must ${NOT_WITH_ROLLING_UPDATES}`)]);
  });

  test('requires task roles in the account of the service, and parameters in its Region', () => {
    function other(services: Stack, env: Environment) {
      return new Stack(services.node.root as App, 'Other', { env });
    }

    expect(
      wrong((services) =>
        DeployTarget.ecsService(serviceIn(services, 'api'), {
          taskRoles: [iam.Role.fromRoleArn(services, 'Role', 'arn:aws:iam::222222222222:role/task')],
        }),
      ),
    ).toEqual([
      expect.stringMatching(
        pattern(
          /^'environments\[0\]\.target\.taskRoles\[0\]' must be a role in the account of the environment, /,
          /111111111111, got "Services\/Role in 222222222222"/,
        ),
      ),
    ]);
    expect(
      wrong((services) =>
        DeployTarget.ecsService(serviceIn(services, 'api'), {
          imageParameters: {
            web: ssm.StringParameter.fromStringParameterName(
              other(services, { ...HOME, region: 'eu-central-1' }),
              'Live',
              '/live',
            ),
          },
        }),
      ),
    ).toEqual([
      expect.stringMatching(
        pattern(
          /^'environments\[0\]\.target\.imageParameters\.web' must be a parameter in the Region of the /,
          /environment, eu-west-1, got "Other\/Live in eu-central-1"/,
        ),
      ),
    ]);
  });

  test('validates the roles of the task definition', () => {
    function role(services: Stack) {
      return iam.Role.fromRoleArn(services, 'Role', 'arn:aws:iam::222222222222:role/task');
    }

    function rolesOf(property: 'taskRole' | 'executionRole'): TargetOf {
      return (services) => {
        const { cluster } = serviceIn(services, 'other');
        const taskDefinition = new ecs.FargateTaskDefinition(services, 'Own', {
          family: 'own',
          [property]: role(services),
        });
        taskDefinition.addContainer('web', { image: ecs.ContainerImage.fromRegistry('acme/api') });
        taskDefinition.obtainExecutionRole();
        return DeployTarget.ecsService(
          new ecs.FargateService(services, 'OwnService', {
            cluster,
            taskDefinition,
            serviceName: 'own',
            circuitBreaker: {},
          }),
        );
      };
    }

    for (const property of ['taskRole', 'executionRole'] as const) {
      expect(wrong(rolesOf(property))).toEqual([
        target(
          `\\.service\\.taskDefinition\\.${property}' must ` +
            `${inEnvironment(RESOURCE.role, 'account', '111111111111')}, got "Services/Role in 222222222222"`,
        ),
      ]);
    }
  });

  test('reports problems of the whole pipeline at the options of the target', () => {
    function named(services: Stack, clusterName: string, serviceName: string) {
      return ecs.FargateService.fromFargateServiceAttributes(services, 'Named', {
        cluster: ecs.Cluster.fromClusterAttributes(services, 'NamedCluster', { clusterName, vpc: undefined as never }),
        serviceName,
      });
    }

    function from(clusterName: string, serviceName: string): TargetOf {
      return (services) =>
        DeployTarget.ecsService(named(services, clusterName, serviceName) as ecs.IBaseService, saidOf(services, 'api'));
    }

    expect(wrong(from('apps', '#{variables.Service}'))).toEqual([target(`\\.service' must ${DECLARED_VARIABLES}`)]);
    expect(wrong(from('#{variables.Cluster}', 'api'))).toEqual([
      target(`\\.service\\.cluster' must ${DECLARED_VARIABLES}`),
    ]);

    function parameter(services: Stack) {
      return ssm.StringParameter.fromStringParameterName(services, 'Live', `/${'x'.repeat(1000)}`);
    }

    expect(
      wrong((services) =>
        DeployTarget.ecsService(serviceIn(services, 'api'), { imageParameters: { web: parameter(services) } }),
      ),
    ).toEqual([target(`\\.images' must ${commandsUpTo(1000)}`)]);
  });

  test('requires explicit names in another account or Region', () => {
    const nameless: TargetOf = (services) =>
      DeployTarget.ecsService(serviceIn(services, 'api', { serviceName: undefined }));
    expect(wrong(nameless, ABROAD)).toEqual([
      expect.stringMatching(/^'environments\[0\]\.target\.service' must have an explicit name.*; set its serviceName$/),
    ]);
    expect(wrong(nameless)).toEqual([]);
    expect(
      wrong((services) => {
        const { vpc } = serviceIn(services, 'other').cluster;
        return DeployTarget.ecsService(
          serviceIn(services, 'api', { cluster: new ecs.Cluster(services, 'Nameless', { vpc }) }),
        );
      }, ABROAD),
    ).toEqual([
      expect.stringMatching(
        /^'environments\[0\]\.target\.service\.cluster' must have an explicit name.*; set its clusterName$/,
      ),
    ]);
    expect(
      wrong(
        (services) =>
          DeployTarget.ecsService(serviceIn(services, 'api'), {
            imageParameters: { web: new ssm.StringParameter(services, 'Live', { stringValue: 'none' }) },
          }),
        ABROAD,
      ),
    ).toEqual([
      expect.stringMatching(
        /^'environments\[0\]\.target\.imageParameters\.web' must have an explicit name.*; set its parameterName$/,
      ),
    ]);
    expect(
      wrong(
        (services) =>
          DeployTarget.ecsService(serviceIn(services, 'api'), { family: Token.asString({ Ref: 'Family' }) }),
        ABROAD,
      ),
    ).toEqual([
      expect.stringMatching(/^'environments\[0\]\.target\.family' must have an explicit name.*; set its family$/),
    ]);
  });
});

describe('a service without failure detection', () => {
  function warned(props: Partial<ecs.FargateServiceProps>, options?: EcsServiceOptions) {
    return Annotations.fromStack(
      made((services) => DeployTarget.ecsService(serviceIn(services, 'api', props), options)).stack,
    )
      .findWarning('*', Match.stringLikeRegexp('If the tasks of a release fail'))
      .map(({ entry: { data } }) => data as string);
  }

  test('is reported by a warning with the timeout', () => {
    expect(warned({ circuitBreaker: undefined })).toEqual([
      expect.stringMatching(
        pattern(
          /'Deploy-live' fails after 60 minutes.*circuitBreaker: \{ rollback: true \}.*on /,
          /Services\/apiService\..*endless-rolling\[Deploy-live\]/,
        ),
      ),
    ]);
    expect(warned({ circuitBreaker: undefined }, { deploymentTimeout: Duration.minutes(10) })).toEqual([
      expect.stringContaining('fails after 10 minutes'),
    ]);
  });

  test('does not include services with a circuit breaker or alarms, or imported ones', () => {
    expect(warned({ circuitBreaker: {} })).toEqual([]);
    expect(warned({ circuitBreaker: undefined, deploymentAlarms: { alarmNames: ['slow'] } })).toEqual([]);
    const { stack: pipeline } = made((services) =>
      DeployTarget.ecsService(lookedUp(services, 'api'), saidOf(services, 'api')),
    );
    expect(Annotations.fromStack(pipeline).findWarning('*', Match.anyValue())).toEqual([]);
  });
});

describe('several targets', () => {
  function both(services: Stack) {
    return ['one', 'two'].map((id) => DeployTarget.ecsService(serviceIn(services, id), { deploymentName: id }));
  }

  function orderOf(target: TargetOf) {
    return actionsOf(jsonOf(made(target).stack))
      .filter(({ Name }) => Name.includes('live'))
      .map(({ Name, RunOrder }) => `${RunOrder} ${Name}`)
      .sort();
  }

  test('run one after the other with inOrder', () => {
    expect(orderOf((services) => DeployTarget.inOrder(both(services)))).toEqual([
      '1 Prepare-live-one',
      '2 Deploy-live-one',
      '3 Prepare-live-two',
      '4 Deploy-live-two',
    ]);
  });

  test('run in parallel with together', () => {
    expect(orderOf((services) => DeployTarget.together(both(services)))).toEqual([
      '1 Prepare-live-one',
      '1 Prepare-live-two',
      '2 Deploy-live-one',
      '2 Deploy-live-two',
    ]);
  });

  test('combine inOrder and together', () => {
    expect(
      orderOf((services) => {
        const { taskDefinition, cluster, connections } = serviceIn(services, 'one');
        const task = DeployTarget.ecsTask(taskDefinition, cluster, { securityGroups: connections.securityGroups });
        return DeployTarget.inOrder([task, DeployTarget.together(both(services))]);
      }),
    ).toEqual([
      '1 Run-live-Task',
      '2 Prepare-live-one',
      '2 Prepare-live-two',
      '3 Deploy-live-one',
      '3 Deploy-live-two',
    ]);
  });

  const TWICE = pattern(
    /^'environments\[0\]\.target' must have unique step names, got "duplicate steps Prepare-live, /,
    /Deploy-live"; set a different deploymentName for each target$/,
  );

  test.each<[string, TargetOf, RegExp]>([
    ['none', () => DeployTarget.inOrder([]), /^'environments\[0\]\.target' must contain at least one target, got \[\]/],
    [
      'none at the same time',
      () => DeployTarget.together([]),
      /^'environments\[0\]\.target' must contain at least one target, got \[\]/,
    ],
    [
      'two of one name',
      (services) => DeployTarget.together(['one', 'two'].map((id) => DeployTarget.ecsService(serviceIn(services, id)))),
      TWICE,
    ],
    [
      'two of one name, one after the other',
      (services) => DeployTarget.inOrder(['one', 'two'].map((id) => DeployTarget.ecsService(serviceIn(services, id)))),
      TWICE,
    ],
    [
      'two places',
      (services, pipeline) =>
        DeployTarget.inOrder([
          DeployTarget.ecsService(serviceIn(services, 'one'), { deploymentName: 'one' }),
          DeployTarget.ecsService(serviceIn(new Stack(pipeline.node.root as App, 'More', { env: ABROAD }), 'two'), {
            deploymentName: 'two',
          }),
        ]),
      pattern(
        /^'environments\[0\]\.target' must be in one account and Region, got /,
        /\["111111111111\/eu-west-1","222222222222\/eu-central-1"\]/,
      ),
    ],
    [
      'two tasks of one name',
      (services) =>
        DeployTarget.inOrder(
          ['one', 'two'].map((id) => {
            const { taskDefinition, cluster, connections } = serviceIn(services, id);
            return DeployTarget.ecsTask(taskDefinition, cluster, { securityGroups: connections.securityGroups });
          }),
        ),
      /^'environments\[0\]\.target' must have unique step names, got "duplicate steps Run-live-Task"/,
    ],
  ])('reports an error: %s', (_, target, expected) =>
    expect(wrong(target)).toContainEqual(expect.stringMatching(expected)),
  );

  test('report a problem at the target that has it', () => {
    expect(
      wrong((services) =>
        DeployTarget.inOrder([
          both(services)[0],
          DeployTarget.ecsService(serviceIn(services, 'two'), { containerName: 'api' }),
        ]),
      ),
    ).toEqual([
      expect.stringMatching(/^'environments\[0\]\.target\.targets\[1\]\.containerName' must name a container/),
    ]);
  });
});
