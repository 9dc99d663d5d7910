import { aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs, aws_iam as iam, Stack, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EcsServiceOptions } from '../../src';

/** Services are in a separate stack, of the account and region of the pipeline. */
export function servicesNear(scope: Construct): Stack {
  const { account, region } = Stack.of(scope);
  const root = Stage.of(scope) ?? (scope.node.root as Construct);
  return once(root, 'Services', () => new Stack(root, 'Services', { env: { account, region } }));
}

function once<T extends Construct>(scope: Construct, id: string, make: () => T): T {
  return (scope.node.tryFindChild(id) as T | undefined) ?? make();
}

/** A repository in another account. */
export function repositoryOf(scope: Construct, name = 'acme/api'): ecr.IRepository {
  return once(
    scope,
    `Repository-${name}`,
    () => ecr.Repository.fromRepositoryName(scope, `Repository-${name}`, name) as ecr.Repository,
  );
}

function clusterIn(scope: Stack, clusterName = 'apps'): ecs.Cluster {
  return once(
    scope,
    `Cluster-${clusterName}`,
    () =>
      new ecs.Cluster(scope, `Cluster-${clusterName}`, {
        clusterName,
        vpc: once(scope, 'Vpc', () => new ec2.Vpc(scope, 'Vpc', { maxAzs: 2, natGateways: 1 })),
      }),
  );
}

function taskDefinitionIn(
  scope: Stack,
  id: string,
  containers: readonly string[] = ['web'],
): ecs.FargateTaskDefinition {
  const definition = new ecs.FargateTaskDefinition(scope, `${id}Task`, { family: `acme-${id}` });
  containers.forEach((name, i) =>
    definition.addContainer(name, {
      image: ecs.ContainerImage.fromEcrRepository(repositoryOf(scope)),
      portMappings: [{ containerPort: 8080 + i }],
    }),
  );
  return definition;
}

/** A service of this app. */
export function serviceOf(
  near: Construct,
  id: string,
  props: Partial<ecs.FargateServiceProps> = {},
  containers?: readonly string[],
): ecs.FargateService {
  return serviceIn(servicesNear(near), id, props, containers);
}

/** A service in a stack. */
export function serviceIn(
  scope: Stack,
  id: string,
  props: Partial<ecs.FargateServiceProps> = {},
  containers?: readonly string[],
): ecs.FargateService {
  return once(
    scope,
    `${id}Service`,
    () =>
      new ecs.FargateService(scope, `${id}Service`, {
        cluster: clusterIn(scope),
        taskDefinition: taskDefinitionIn(scope, id, containers),
        serviceName: id,
        minHealthyPercent: 100,
        ...(props.deploymentController ? {} : { circuitBreaker: { rollback: true } }),
        ...props,
      }),
  );
}

/** An imported service. */
export function lookedUp(scope: Construct, id: string): ecs.IBaseService {
  return once(
    scope,
    `${id}LookedUp`,
    () =>
      ecs.FargateService.fromFargateServiceAttributes(scope, `${id}LookedUp`, {
        cluster: ecs.Cluster.fromClusterAttributes(scope, `${id}Cluster`, {
          clusterName: 'apps',
          vpc: ec2.Vpc.fromVpcAttributes(scope, `${id}Vpc`, { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'] }),
        }),
        serviceName: id,
      }) as ecs.FargateService,
  );
}

/** Options that it requires. */
export function saidOf(scope: Construct, id: string): EcsServiceOptions {
  return {
    family: `acme-${id}`,
    containerName: 'web',
    containerPort: 8080,
    taskRoles: ['task', 'execution'].map((role) =>
      once(
        scope,
        `${id}-${role}`,
        () =>
          iam.Role.fromRoleArn(scope, `${id}-${role}`, `arn:aws:iam::111111111111:role/acme-${id}-${role}`) as iam.Role,
      ),
    ),
  };
}
