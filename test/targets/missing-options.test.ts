import {
  App,
  type aws_appconfig as appconfig,
  aws_cloudwatch as cloudwatch,
  aws_ecs as ecs,
  aws_eks as eks,
  aws_iam as iam,
  aws_lambda as lambda,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import {
  AppConfigProfile,
  type AppConfigOptions,
  BuildStep,
  ContainerPipeline,
  DeploymentEnvironment,
  DeployTarget,
  type EcsServiceOptions,
  type EksHelmOptions,
  type EksManifestsOptions,
  PipelineSource,
  Rollout,
  ServiceDeploymentController,
} from '../../src';
import { environmentIn, IMPORTED } from '../helpers/app-config';
import { blueGreenIn } from '../helpers/blue-green';
import { repositoryOf, serviceIn } from '../helpers/services';
import { checkTarget } from '../helpers/targets';

const app = new App();
const stack = new Stack(app, 'Api', { env: { account: '111111111111', region: 'eu-west-1' } });
const rolling = serviceIn(stack, 'rolling');
const { taskDefinition, cluster } = rolling;
const { service: moved, sides } = blueGreenIn(stack, 'moved');
const live = environmentIn(stack);
const kubernetes = eks.CfnCluster.fromClusterName(stack, 'Kubernetes', 'shop');

/** What only a compiler keeps from being left out. */
function left<T>(): T {
  return undefined as unknown as T;
}

function service(options: EcsServiceOptions, one: ecs.IBaseService = rolling) {
  return DeployTarget.ecsService(one, options);
}

function traffic(parts: object) {
  return service({ deploymentController: ServiceDeploymentController.codeDeploy({ ...sides, ...parts }) }, moved);
}

function helm(options: Partial<EksHelmOptions>) {
  return DeployTarget.eksHelm(kubernetes, { releaseName: 'shop', chartPath: 'chart', ...options } as EksHelmOptions);
}

const LEFT_OUT: ReadonlyArray<[string, () => DeployTarget, string[]]> = [
  ['a service', () => DeployTarget.ecsService(left()), ['target.service']],
  [
    'a second target group',
    () => traffic({ greenTargetGroup: undefined }),
    ['target.deploymentController.greenTargetGroup'],
  ],
  [
    'the first target group',
    () => traffic({ blueTargetGroup: undefined }),
    ['target.deploymentController.blueTargetGroup'],
  ],
  ['a listener', () => traffic({ listener: undefined }), ['target.deploymentController.listener']],
  [
    'all that moves traffic',
    () => service({ deploymentController: ServiceDeploymentController.codeDeploy(left()) }, moved),
    [
      'target.deploymentController.blueTargetGroup',
      'target.deploymentController.greenTargetGroup',
      'target.deploymentController.listener',
    ],
  ],
  [
    'a deployment group',
    () => service({ deploymentController: ServiceDeploymentController.codeDeployGroup(left()) }, moved),
    ['target.deploymentController.group'],
  ],
  [
    'an alarm',
    () =>
      service(
        {
          deploymentController: ServiceDeploymentController.codeDeploy(sides),
          rollout: Rollout.allAtOnce({ alarms: [left<cloudwatch.IAlarm>()] }),
        },
        moved,
      ),
    ['target.rollout.alarms[0]'],
  ],
  [
    'the numbers of a canary',
    () =>
      service(
        {
          deploymentController: ServiceDeploymentController.codeDeploy(sides),
          rollout: Rollout.canary(left(), left()),
        },
        moved,
      ),
    ['target.rollout.percentage', 'target.rollout.wait'],
  ],
  [
    'those of a linear rollout',
    () =>
      service(
        {
          deploymentController: ServiceDeploymentController.codeDeploy(sides),
          rollout: Rollout.linear(left(), left()),
        },
        moved,
      ),
    ['target.rollout.percentage', 'target.rollout.interval'],
  ],
  ['the step of an image', () => service({ images: { web: left() } }), ['target.images.web']],
  ['the parameter of an image', () => service({ imageParameters: { web: left() } }), ['target.imageParameters.web']],
  [
    'a role',
    () => service({ taskRoles: [rolling.taskDefinition.taskRole, left<iam.IRole>()] }),
    ['target.taskRoles[1]'],
  ],
  [
    'a task definition and a cluster',
    () => DeployTarget.ecsTask(left(), left()),
    ['target.taskDefinition', 'target.cluster'],
  ],
  [
    'options of a task',
    () =>
      DeployTarget.ecsTask(taskDefinition, cluster, {
        command: ['a', left()],
        environmentVariables: { A: left() },
        securityGroups: [left()],
        capacityProviderStrategies: [left()],
      }),
    [
      'target.command[1]',
      'target.environmentVariables.A',
      'target.securityGroups[0]',
      'target.capacityProviderStrategies[0]',
    ],
  ],
  [
    'a cluster of EKS',
    () => DeployTarget.eksHelm(left(), { releaseName: 'shop', chartPath: 'chart' }),
    ['target.cluster'],
  ],
  ['what Helm installs', () => DeployTarget.eksHelm(kubernetes, left()), ['target.options']],
  [
    'its parts',
    () => helm({ chartPath: undefined, valuesFiles: [left()], environmentVariables: { A: left() } }),
    ['target.environmentVariables.A', 'target.valuesFiles[0]', 'target.chartPath'],
  ],
  ['manifests', () => DeployTarget.eksManifests(kubernetes, {} as EksManifestsOptions), ['target.manifestFiles']],
  ['a manifest', () => DeployTarget.eksManifests(kubernetes, { manifestFiles: [left()] }), ['target.manifestFiles[0]']],
  ['a function', () => DeployTarget.lambdaImage(left<lambda.IFunction>()), ['target.function']],
  [
    'all of a configuration',
    () => DeployTarget.appConfig(left(), left(), left()),
    ['target.environment', 'target.profile', 'target.options'],
  ],
  [
    'file and strategy',
    () => DeployTarget.appConfig(live, AppConfigProfile.hostedById(IMPORTED.profileId), {} as AppConfigOptions),
    ['target.configurationPath', 'target.deploymentStrategy'],
  ],
  [
    'a configuration profile',
    () => DeployTarget.appConfig(live, AppConfigProfile.hosted(left<appconfig.IConfiguration>()), left()),
    ['target.profile', 'target.options'],
  ],
  ['targets', () => DeployTarget.inOrder(left()), ['target.targets']],
  ['a target', () => DeployTarget.together([service({}), left()]), ['target.targets[1]']],
];

function wrongIn(text: string) {
  return text.split('\n').map((line) => /'(.*?)' must .*, got nothing; ./.exec(line)?.[1] ?? line);
}

test.each(LEFT_OUT)('reports missing options: %s', (_, target, props) => {
  const outputs = checkTarget(target());
  expect(wrongIn(outputs.join('\n'))).toEqual(props);
});

test.each(LEFT_OUT)('reports nothing but the missing options in a pipeline: %s', (name, target, props) => {
  function make() {
    return new ContainerPipeline(new Stack(app, name.replace(/\W/g, '')), 'Pipeline', {
      source: PipelineSource.gitHub('acme/api', 'main'),
      image: BuildStep.dockerImage(repositoryOf(stack)),
      environments: [new DeploymentEnvironment('live', { target: target() })],
    });
  }

  expect(complaints(make)).toEqual(props.map((prop) => `environments[0].${prop}`));
});

function complaints(make: () => unknown): string[] {
  try {
    make();
    return [];
  } catch (error) {
    return wrongIn((error as Error).message);
  }
}

test('rejects a duration that is not a whole number of minutes', () => {
  const native = serviceIn(stack, 'native', { deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN });
  expect(checkTarget(service({ deploymentTimeout: Duration.seconds(90) }, native))).toEqual([
    expect.stringContaining('got "1.5 minutes"'),
  ]);
});
