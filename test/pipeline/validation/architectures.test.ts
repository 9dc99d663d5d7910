import { App, aws_ecs as ecs, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { BuildStep, DeploymentEnvironment, DeployTarget, type DockerImageOptions, ImagePlatform } from '../../../src';
import { warningsOf } from '../../../src/pipeline/warnings';
import { source } from '../../helpers/delivery';
import { checkContainer, planContainer } from '../../helpers/plans';
import { lookedUp, repositoryOf, saidOf, serviceIn } from '../../helpers/services';

const stack = new Stack(new App(), 'Api', { env: { account: '111111111111', region: 'eu-west-1' } });
const { cluster } = serviceIn(stack, 'x86');
const { ARM64, X86_64 } = ImagePlatform;

function taskDefinition(id: string, runtimePlatform?: ecs.RuntimePlatform) {
  const definition = new ecs.FargateTaskDefinition(stack, id, { cpu: 256, runtimePlatform });
  repositoryOf(stack).grantPull(definition.obtainExecutionRole());
  definition.addContainer('web', { image: ecs.ContainerImage.fromRegistry('busybox') });
  return definition;
}

const arm = serviceIn(stack, 'arm', {
  taskDefinition: taskDefinition('Arm', {
    cpuArchitecture: ecs.CpuArchitecture.ARM64,
    operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
  }),
});
const onInstances = new ecs.Ec2TaskDefinition(stack, 'OnInstances');
onInstances.addContainer('web', { image: ecs.ContainerImage.fromRegistry('busybox'), memoryLimitMiB: 64 });

function functionOn(architecture?: lambda.Architecture) {
  return new lambda.DockerImageFunction(stack, `On${architecture?.name ?? 'Any'}`, {
    architecture,
    code: lambda.DockerImageCode.fromEcr(repositoryOf(stack)),
  });
}

const onX86 = functionOn();
const onArm = functionOn(lambda.Architecture.ARM_64);

function service(one: ecs.IBaseService) {
  return DeployTarget.ecsService(one);
}

const {
  connections: { securityGroups },
} = arm;

function task(definition: ecs.TaskDefinition) {
  return DeployTarget.ecsTask(definition, cluster, definition.isFargateCompatible ? { securityGroups } : {});
}

function props(target: DeployTarget, options: DockerImageOptions) {
  return {
    source,
    image: BuildStep.dockerImage(repositoryOf(stack), options),
    environments: [new DeploymentEnvironment('live', { target })],
  };
}

test.each<[string, DeployTarget, ImagePlatform[] | undefined, string[]]>([
  [
    'an image for ARM of a service without an architecture',
    service(serviceIn(stack, 'x86')),
    [ARM64],
    ['architecture-mismatch[Deploy-live]'],
  ],
  [
    'an image without an architecture, of a service on ARM',
    service(arm),
    undefined,
    ['architecture-mismatch[Deploy-live]'],
  ],
  ['a task', task(taskDefinition('Job')), [ARM64], ['architecture-mismatch[Run-live-Task]']],
  ['a function', DeployTarget.lambdaImage(onX86), [ARM64], ['architecture-mismatch[Deploy-live]']],
  ['a function on ARM', DeployTarget.lambdaImage(onArm), [X86_64], ['architecture-mismatch[Deploy-live]']],
  ['ARM on ARM', service(arm), [ARM64], []],
  ['a function, ARM on ARM', DeployTarget.lambdaImage(onArm), [ARM64], []],
  ['both', service(arm), [ARM64, X86_64], []],
  ['instances of an unknown type', task(onInstances), [ARM64], []],
  ['an imported service', DeployTarget.ecsService(lookedUp(stack, 'seen'), saidOf(stack, 'seen')), [ARM64], []],
])('%s', (_, target, platforms, expected) => {
  expect(checkContainer(props(target, { platforms }))).toEqual([]);
  const warnings = warningsOf(planContainer(props(target, { platforms }))).filter(
    ({ informational }) => !informational,
  );
  expect(warnings.map(({ id }) => id)).toEqual(expected);
});

test('rejects an image with several platforms for a function', () => {
  expect(checkContainer(props(DeployTarget.lambdaImage(onX86), { platforms: [ARM64, X86_64] }))).toEqual([
    "'environments[0].target' must deploy an image with one platform, because Lambda does not accept an image index, " +
      'got "Image"; configure a single platform for the image',
  ]);
});
