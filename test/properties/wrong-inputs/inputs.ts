import {
  aws_certificatemanager as acm,
  aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_ecs as ecs,
  aws_iam as iam,
  App,
  Stack,
} from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  ImageScan,
  MultiEnvPromotionPipeline,
  PipelineSource,
  PipelineStage,
  Gate,
  Rollout,
  SiteHosting,
  SuccessCondition,
  WebAppPipeline,
} from '../../../src';
import { blueGreenIn } from '../../helpers/blue-green';

/* Inputs have wrong types, as in JavaScript. */
export type Untyped = any;

/** Creates a construct with a wrong input. */
export type Make = (stack: Stack, app: App) => unknown;

/**
 * A wrong input: what the user did, the construct, and the path and the rule of the error. Without a path, the rule is
 * part of an error of the CDK, which is raised before the library sees the input.
 */
export type WrongInput = readonly [title: string, make: Make, path: string, rule: string];

export const HOME = { account: '111111111111', region: 'eu-west-1' };
export const OTHER = { account: '222222222222', region: 'eu-west-1' };
export const source = PipelineSource.gitHub('acme/shop', 'main');

/** Reads a variable of the shell that is not set, as users do. */
export function unset(): string {
  return process.env.VARIABLE_THAT_IS_NOT_SET!;
}

export function web(props: Untyped): Make {
  return (stack, app) =>
    new WebAppPipeline(stack, 'P', { source, ...(typeof props === 'function' ? props(stack, app) : props) });
}

export function gitHub(...args: Untyped[]): Make {
  return web(() => ({ source: (PipelineSource.gitHub as Untyped)(...args) }));
}

export function environment(name: Untyped, options?: Untyped): DeploymentEnvironment {
  return new DeploymentEnvironment(name, options);
}

/** A front end with two environments, of which the second has options. */
export function second(options: Untyped): Make {
  return web((stack: Stack, app: App) => ({
    environments: [environment('a'), environment('b', typeof options === 'function' ? options(stack, app) : options)],
  }));
}

export function promotion(environments: Untyped, props: object = {}): Make {
  return (stack, app) =>
    new MultiEnvPromotionPipeline(stack, 'P', {
      source,
      buildStep: BuildStep.shell(['make'], { outputDirectory: 'out' }),
      environments: typeof environments === 'function' ? environments(stack, app) : environments,
      ...props,
    });
}

export function stackIn(name: string, options?: Untyped): DeploymentEnvironment {
  return environment('p', { target: DeployTarget.cloudFormationStack(name, options) });
}

export function stages(make: (stack: Stack) => Untyped): Make {
  return (stack) => new DeliveryPipeline(stack, 'P', { sources: [source], stages: make(stack) });
}

export function repository(stack: Stack): ecr.IRepository {
  const scope = new Stack(stack.node.root as App, `Images${stack.node.root.node.children.length}`, { env: HOME });
  return new ContainerRepository(scope, 'R').repository;
}

/** A cluster, a task definition with the container `web`, and a service, in a separate stack. */
export function services(app: App, props: object = {}) {
  const stack = new Stack(app, 'Svc', { env: HOME });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
  });
  const cluster = new ecs.Cluster(stack, 'C', { vpc });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'T');
  taskDefinition.addContainer('web', {
    image: ecs.ContainerImage.fromRegistry('nginx'),
    portMappings: [{ containerPort: 80 }],
  });
  taskDefinition.obtainExecutionRole();
  const service = new ecs.FargateService(stack, 'F', { cluster, taskDefinition, minHealthyPercent: 100, ...props });
  const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'G', 'sg-1');
  return { stack, cluster, taskDefinition, service, group };
}

/** A container pipeline whose target is made of services. */
export function container(make: (all: ReturnType<typeof services>) => Untyped, props: Untyped = {}): Make {
  return (stack, app) =>
    new ContainerPipeline(stack, 'P', {
      source,
      scan: ImageScan.none(),
      image: BuildStep.dockerImage(repository(stack)),
      environments: [environment('p', { target: make(services(app, props)) })],
    });
}

export function alarmIn(app: App, env: object): cloudwatch.IAlarm {
  return new cloudwatch.Alarm(new Stack(app, 'O', { env }), 'A', {
    metric: new cloudwatch.Metric({ namespace: 'Shop', metricName: 'Errors' }),
    threshold: 1,
    evaluationPeriods: 1,
  });
}

export function roleIn(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
}

export function steps(...all: Untyped[]): Make {
  return stages(() => [PipelineStage.steps('Work', all)]);
}

export const ENV = 'environments[0].env';
export const TARGET = 'environments[0].target';

export function at(env: Untyped): Make {
  return promotion([environment('p', { target: DeployTarget.staticSite(), env })]);
}

export function target(made: (stack: Stack) => Untyped): Make {
  return promotion((stack: Stack) => [environment('p', { target: made(stack) })]);
}

export function shifted(make: (all: ReturnType<typeof blueGreenIn>) => Rollout): Make {
  return (stack, app) => {
    const all = blueGreenIn(new Stack(app, 'Svc', { env: HOME }), 'api');
    return new ContainerPipeline(stack, 'P', {
      source,
      image: BuildStep.dockerImage(repository(stack)),
      environments: [
        environment('p', {
          target: DeployTarget.ecsService(all.service, { deploymentController: all.traffic, rollout: make(all) }),
        }),
      ],
    });
  };
}

export function hosted(options: (stack: Stack) => Untyped, ...names: string[]): Make {
  return promotion((stack: Stack) =>
    (names.length > 0 ? names : ['p']).map((name) =>
      environment(name, { target: DeployTarget.staticSite({ hosting: SiteHosting.managed(options(stack)) }) }),
    ),
  );
}

export function certificate(stack: Stack, region = 'us-east-1') {
  const id = `Certificate${stack.node.children.length}`;
  return acm.Certificate.fromCertificateArn(stack, id, `arn:aws:acm:${region}:111111111111:certificate/1`);
}

export function image(make: (stack: Stack) => Untyped): Make {
  return (stack, app) => {
    const { service } = services(app);
    return new ContainerPipeline(stack, 'P', {
      source,
      image: make(stack),
      environments: [environment('p', { target: DeployTarget.ecsService(service) })],
    });
  };
}

export function task(options: (all: ReturnType<typeof services>) => Untyped): Make {
  return container((all) => DeployTarget.ecsTask(all.taskDefinition, all.cluster, options(all)));
}

export function inRegion(region: string): Make {
  return (_, app) =>
    new WebAppPipeline(new Stack(app, 'Far', { env: { account: '111111111111', region } }), 'P', { source });
}

export function gate(make: () => Gate): Make {
  return second(() => ({ onSuccess: SuccessCondition.failUnless([make()]) }));
}

export const ROLLOUT = `${TARGET}.rollout`;
