import { aws_ecs as ecs, type aws_iam as iam, type IResource, Resource, Stack, Token } from 'aws-cdk-lib';
import type { PlacePlan } from '../../plan/place-plan';

/** What a service says of itself; nothing but its names when it was looked up. */
export interface ServiceFacts {
  readonly service: ecs.IBaseService;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly family?: string;
  readonly roles?: readonly iam.IRole[];
  readonly containers?: readonly ContainerFacts[];
  /** The container that gets traffic. */
  readonly main?: ContainerFacts;
  /** Who deploys: `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
  readonly controller?: string;
  /** How ECS deploys: `ROLLING`, `BLUE_GREEN`, `LINEAR` or `CANARY`. */
  readonly strategy?: string;
}

export interface ContainerFacts {
  readonly name: string;
  readonly port?: number;
}

/** Reads a service, as far as it is known. It must be whole by then: what is added to its task definition afterwards is not seen. */
export function readService(service: ecs.IBaseService): ServiceFacts {
  const names = {
    service,
    clusterName: givenName(service.cluster, 'clusterName') ?? service.cluster.clusterName,
    serviceName: givenName(service, 'serviceName') ?? service.serviceName,
  };
  return service instanceof ecs.BaseService ? { ...names, ...readDefinition(service.taskDefinition), ...readController(service) } : names;
}

/** The name that a resource of this app was given: unlike its attributes, it can be said in any account and region. */
export function givenName({ node: { defaultChild } }: IResource, key: string): string | undefined {
  const name = (defaultChild as unknown as Record<string, unknown> | undefined)?.[key];
  return typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined;
}

export function readDefinition({ family, taskRole, executionRole, defaultContainer, node }: ecs.TaskDefinition) {
  const containers = node.children.filter((one): one is ecs.ContainerDefinition => one instanceof ecs.ContainerDefinition);
  return {
    family,
    roles: [taskRole, ...executionRole ? [executionRole] : []],
    containers: containers.map(readContainer),
    main: defaultContainer && readContainer(defaultContainer),
  };
}

const readContainer = ({ containerName, portMappings }: ecs.ContainerDefinition): ContainerFacts => ({ name: containerName, port: portMappings[0]?.containerPort });

function readController(service: ecs.BaseService) {
  const { deploymentController, deploymentConfiguration } = service.node.defaultChild as ecs.CfnService;
  const resolved = (value: unknown) => Stack.of(service).resolve(value) as Record<string, string> | undefined;
  return { controller: resolved(deploymentController)?.type ?? 'ECS', strategy: resolved(deploymentConfiguration)?.strategy ?? 'ROLLING' };
}

/** Account and region of what a target consists of; those of something looked up are known only where its ARN says them. */
export function placeOfResource(resource: IResource): PlacePlan | undefined {
  const { account, region } = resource.env;
  const stack = Stack.of(resource);
  return Resource.isOwnedResource(resource) || account !== stack.account || region !== stack.region ? { account, region } : undefined;
}
