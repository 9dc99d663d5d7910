import {
  App,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2,
  aws_iam as iam,
  Stack,
} from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import {
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelineSource,
  PipelineStage,
  ServiceDeploymentController,
  ServiceImage,
} from '../../../src';
import { HAVE_EXECUTION_ROLE } from '../../../src/pipeline/validation/execution-roles';
import { source } from '../../helpers/delivery';

const PUBLIC = ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable');

interface World {
  readonly repository: ecr.IRepository;
  readonly services: Stack;
  readonly cluster: ecs.Cluster;
}

type Definition = (world: World) => ecs.TaskDefinition;
type Target = (definition: ecs.TaskDefinition, world: World) => DeployTarget;

function withContainer<T extends ecs.TaskDefinition>(definition: T): T {
  definition.addContainer('web', { image: PUBLIC, memoryLimitMiB: 256, portMappings: [{ containerPort: 80 }] });
  return definition;
}

const fargate: Definition = ({ services }) => withContainer(new ecs.FargateTaskDefinition(services, 'Task'));

function serviceWith(definition: ecs.TaskDefinition, { services, cluster }: World, props = {}) {
  return new ecs.FargateService(services, 'Service', {
    cluster,
    taskDefinition: definition as ecs.FargateTaskDefinition,
    minHealthyPercent: 100,
    ...props,
  });
}

const rolling: Target = (definition, world) => DeployTarget.ecsService(serviceWith(definition, world));

const task: Target = (definition, { cluster }) => {
  const group = new ec2.SecurityGroup(cluster, 'Group', { vpc: cluster.vpc });
  return DeployTarget.ecsTask(definition, cluster, { securityGroups: [group] });
};

const native: Target = (definition, world) => {
  const service = serviceWith(definition, world, { deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN });
  return DeployTarget.ecsService(service);
};

const codeDeploy: Target = (definition, world) => {
  const { services, cluster } = world;
  const service = serviceWith(definition, world, {
    deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY },
  });
  const [blueTargetGroup, greenTargetGroup] = ['Blue', 'Green'].map(
    (id) =>
      new elbv2.ApplicationTargetGroup(services, id, {
        vpc: cluster.vpc,
        port: 80,
        targetType: elbv2.TargetType.IP,
      }),
  );
  blueTargetGroup.addTarget(service);
  const listener = new elbv2.ApplicationLoadBalancer(services, 'Balancer', { vpc: cluster.vpc }).addListener('Http', {
    port: 80,
    defaultTargetGroups: [blueTargetGroup],
  });
  const deploymentController = ServiceDeploymentController.codeDeploy({ blueTargetGroup, greenTargetGroup, listener });
  return DeployTarget.ecsService(service, { deploymentController });
};

type Pattern = (stack: Stack, repository: ecr.IRepository, target: DeployTarget) => unknown;

const container: Pattern = (stack, repository, target) =>
  new ContainerPipeline(stack, 'Api', {
    source,
    image: BuildStep.dockerImage(repository),
    environments: [new DeploymentEnvironment('live', { target })],
  });

const promotion: Pattern = (stack, repository, target) =>
  new MultiEnvPromotionPipeline(stack, 'Api', {
    source,
    buildStep: BuildStep.ecrBuildAndPublish(repository, { producesArtifact: true }),
    environments: [new DeploymentEnvironment('live', { target })],
  });

const fromEcr: Pattern = (stack, repository, target) =>
  new DeliveryPipeline(stack, 'Api', {
    sources: [PipelineSource.ecr(repository)],
    stages: [PipelineStage.environment(new DeploymentEnvironment('live', { target }))],
  });

interface Case {
  readonly definition?: Definition;
  readonly target?: Target;
  readonly pattern?: Pattern;
  /** Called after everything else. */
  readonly afterwards?: (definition: ecs.TaskDefinition, world: World) => void;
}

function made({ definition: definitionOf = fargate, target = rolling, pattern = container, afterwards }: Case) {
  const app = new App();
  const images = new Stack(app, 'Images');
  const { repository } = new ContainerRepository(images, 'Repository');
  const services = new Stack(app, 'Services');
  const vpc = new ec2.Vpc(services, 'Vpc', { maxAzs: 2, natGateways: 1 });
  const world = { repository, services, cluster: new ecs.Cluster(services, 'Cluster', { vpc }) };
  const definition = definitionOf(world);
  const stack = new Stack(app, 'Shop');
  pattern(stack, repository, target(definition, world));
  afterwards?.(definition, world);
  return { app, stack };
}

/** Returns the warnings about pulls. */
function warned(options: Case): string[] {
  const { app, stack } = made(options);
  app.synth();
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('image-pull'))
    .map(({ entry }) => String(entry.data));
}

describe('without an execution role', () => {
  test('a Fargate service is rejected, with the property and the fix', () => {
    expect(() => made({})).toThrow(
      "[ContainerPipeline Shop/Api] 'environments[0].target.service.taskDefinition' must have an execution role, " +
        'which pulls the images of ECR, got "Services/Task"; call ' +
        'repository.grantPull(taskDefinition.obtainExecutionRole()) before the pipeline is created, with the ' +
        'repository in a separate stack',
    );
  });

  test.each<[string, Case]>([
    ['a service that CodeDeploy deploys', { target: codeDeploy }],
    ['a service whose traffic ECS shifts', { target: native }],
    ['a task', { target: task }],
    ['an image that CodePipeline builds', { pattern: promotion }],
    ['an image of an ECR source', { pattern: fromEcr }],
    [
      'a definition for Fargate and instances',
      {
        definition: ({ services }) =>
          withContainer(
            new ecs.TaskDefinition(services, 'Task', {
              compatibility: ecs.Compatibility.EC2_AND_FARGATE,
              cpu: '256',
              memoryMiB: '512',
            }),
          ),
      },
    ],
    [
      'a definition for external instances',
      {
        definition: ({ services }) => withContainer(new ecs.ExternalTaskDefinition(services, 'Task')),
        target: (definition, { services, cluster }) =>
          DeployTarget.ecsService(
            new ecs.ExternalService(services, 'Service', { cluster, taskDefinition: definition }),
          ),
      },
    ],
    [
      'a role that is obtained after the pipeline, which could not pass it',
      { afterwards: (definition) => definition.obtainExecutionRole() },
    ],
  ])('rejects %s', (_, options) => expect(() => made(options)).toThrow(HAVE_EXECUTION_ROLE));

  test('accepts a definition for instances, which pull with their own role', () => {
    const options: Case = {
      definition: ({ services }) => withContainer(new ecs.Ec2TaskDefinition(services, 'Task')),
      target: (definition, { cluster }) => DeployTarget.ecsTask(definition, cluster),
    };
    expect(() => made(options)).not.toThrow();
  });

  test('accepts an image of an unknown registry', () => {
    const options: Case = {
      pattern: (stack, _repository, target) =>
        new MultiEnvPromotionPipeline(stack, 'Api', {
          source,
          buildStep: BuildStep.shell(['./push-elsewhere.sh'], { outputDirectory: 'out' }),
          environments: [new DeploymentEnvironment('live', { target })],
        }),
    };
    expect(() => made(options)).not.toThrow();
  });
});

/** Returns a definition of Fargate with an execution role that `allow` grants something to. */
function withRole(allow: (role: iam.Role, world: World) => void, props: Partial<iam.RoleProps> = {}): Definition {
  return (world) => {
    const executionRole = new iam.Role(world.services, 'ExecutionRole', {
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
      ...props,
    });
    allow(executionRole, world);
    return withContainer(new ecs.FargateTaskDefinition(world.services, 'Task', { executionRole }));
  };
}

function policyOf(resources: string[], actions = ['ecr:*']) {
  return new iam.PolicyStatement({ actions, resources });
}

const TOKEN = policyOf(['*'], ['ecr:GetAuthorizationToken']);
const REGISTRY = 'arn:aws:ecr:eu-west-1:111111111111:repository';

describe('with an execution role', () => {
  test('that allows nothing, warns with the missing actions and the fix', () => {
    expect(warned({ definition: withRole(() => {}) })).toEqual([
      "'Deploy-live' starts tasks with images of Images/Repository/Repository, but their execution role, " +
        'Services/ExecutionRole, lacks ecr:BatchGetImage, ecr:GetDownloadUrlForLayer, ecr:GetAuthorizationToken, ' +
        'so they cannot pull them. Call repository.grantPull(taskDefinition.obtainExecutionRole()). ' +
        '[ack: cdk-pipeline-patterns:image-pull[Services-ExecutionRole-Images-Repository-Repository]]',
    ]);
  });

  test.each<[string, Case]>([
    ['a service that CodeDeploy deploys', { target: codeDeploy }],
    ['a service whose traffic ECS shifts', { target: native }],
    ['a task', { target: task }],
    ['an ECR source', { pattern: fromEcr }],
  ])('warns about %s', (_, options) => {
    expect(warned({ definition: withRole(() => {}), ...options })).toHaveLength(1);
  });

  test.each<[string, Definition, string]>([
    [
      'the role pulls from another repository',
      withRole((role, { services }) => new ecr.Repository(services, 'Other').grantPull(role)),
      'lacks ecr:BatchGetImage, ecr:GetDownloadUrlForLayer, so',
    ],
    [
      'the token is missing',
      withRole((role, { repository }) => role.addToPolicy(policyOf([repository.repositoryArn]))),
      'lacks ecr:GetAuthorizationToken, so',
    ],
    [
      'the role can push only',
      withRole((role, { repository }) =>
        [TOKEN, policyOf([repository.repositoryArn], ['ecr:Put*', 'ecr:BatchCheck*'])].map((one) =>
          role.addToPolicy(one),
        ),
      ),
      'lacks ecr:BatchGetImage',
    ],
  ])('warns if %s', (_, definition, text) => {
    const [warning, ...more] = warned({ definition });
    expect(warning).toContain(text);
    expect(more).toEqual([]);
  });

  test.each<{ when: string; definition: Definition; afterwards?: Case['afterwards'] }>([
    { when: 'the repository grants it', definition: withRole((role, { repository }) => repository.grantPull(role)) },
    {
      when: 'the repository grants it after the pipeline',
      definition: withRole(() => {}),
      afterwards: (definition, { repository }) => repository.grantPull(definition.executionRole!),
    },
    {
      when: 'a container of the definition has an image of the repository',
      definition: ({ services, repository }) => {
        const definition = new ecs.FargateTaskDefinition(services, 'Task');
        definition.addContainer('web', { image: ecs.ContainerImage.fromEcrRepository(repository, 'first') });
        return definition;
      },
    },
    {
      when: 'an AWS managed policy allows it',
      definition: withRole(() => {}, {
        managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonECSTaskExecutionRolePolicy')],
      }),
    },
    {
      when: 'a managed policy is unknown',
      definition: withRole((role) =>
        role.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyName(role, 'Theirs', 'acme-execution')),
      ),
    },
    {
      when: 'a managed policy of the app allows it',
      definition: withRole((role, { services, repository }) => {
        const statements = [TOKEN, policyOf([repository.repositoryArn])];
        role.addManagedPolicy(new iam.ManagedPolicy(services, 'Ours', { statements }));
      }),
    },
    {
      when: 'a policy in another stack allows it',
      definition: withRole((role, { repository }) => {
        const policy = new iam.Policy(Stack.of(repository), 'Pull', { roles: [role] });
        policy.addStatements(TOKEN, policyOf([repository.repositoryArn]));
      }),
    },
    {
      when: 'an inline policy allows it',
      definition: withRole(() => {}, {
        inlinePolicies: { All: new iam.PolicyDocument({ statements: [policyOf(['*'], ['ecr:Get*', 'ecr:*Image'])] }) },
      }),
    },
    {
      when: 'a statement lists what it does not allow',
      definition: withRole((role) =>
        role.addToPolicy(new iam.PolicyStatement({ notActions: ['iam:*'], resources: ['*'] })),
      ),
    },
    {
      when: 'the role is imported',
      definition: ({ services }) =>
        withContainer(
          new ecs.FargateTaskDefinition(services, 'Task', {
            executionRole: iam.Role.fromRoleName(services, 'Theirs', 'acme-execution'),
          }),
        ),
    },
  ])('does not warn if $when', (options) => expect(warned(options)).toEqual([]));

  test.each([
    ['acme/api', 0],
    ['acme/*', 0],
    ['acme/ap?', 0],
    ['acme/api-other', 1],
    ['acme', 1],
  ])('compares the name acme/api with %s', (name, count) => {
    const app = new App();
    const stack = new Stack(app, 'Shop');
    const services = new Stack(app, 'Services');
    const cluster = new ecs.Cluster(services, 'Cluster', { vpc: new ec2.Vpc(services, 'Vpc', { maxAzs: 2 }) });
    const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/api');
    const world = { services, cluster, repository };
    const definition = withRole((role) =>
      [TOKEN, policyOf([`${REGISTRY}/${name}`])].map((one) => role.addToPolicy(one)),
    )(world);
    container(stack, repository, rolling(definition, world));
    app.synth();
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('image-pull'));
    expect(warnings).toHaveLength(count);
  });

  test('does not warn about the role of a ServiceImage in another account', () => {
    const app = new App();
    const [home, abroad] = ['111111111111', '222222222222'].map((account) => ({ account, region: 'eu-west-1' }));
    const images = new Stack(app, 'Images', { env: home });
    const { repository } = new ContainerRepository(images, 'Repository', {
      repositoryName: 'acme/api',
      pullAccounts: [abroad.account],
    });
    const live = new Stack(app, 'Live', { env: abroad });
    const imported = ecr.Repository.fromRepositoryArn(live, 'Repository', `${REGISTRY}/acme/api`);
    const image = new ServiceImage(live, 'Image', { repository: imported });
    const services = new Stack(app, 'Services', { env: abroad });
    const vpc = new ec2.Vpc(services, 'Vpc', { maxAzs: 2 });
    const cluster = new ecs.Cluster(services, 'Cluster', { vpc, clusterName: 'apps' });
    const definition = new ecs.FargateTaskDefinition(services, 'Task', { family: 'api' });
    definition.addContainer('web', { image: image.containerImage, portMappings: [{ containerPort: 80 }] });
    const service = serviceWith(definition, { services, cluster, repository }, { serviceName: 'api' });
    const stack = new Stack(app, 'Shop', { env: home });
    container(stack, repository, DeployTarget.ecsService(service));
    app.synth();
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('image-pull'))).toEqual([]);
  });
});
