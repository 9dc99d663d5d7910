import { Annotations, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ServiceImagePlan } from './plan';
import { compact } from '../../common/compact';

/**
 * Adds warnings if a service cannot become stable with the default placeholder: its container has other ports, or its
 * load balancer checks a path that the placeholder does not serve. They are evaluated at the end of the synthesis,
 * because ports and services are added after the container is created.
 */
export function checkPlaceholder(
  owner: Construct,
  { placeholderPort }: ServiceImagePlan,
  container: ecs.ContainerDefinition,
): void {
  if (placeholderPort === undefined) return;
  container.node.addValidation({
    validate: () => {
      const services = startedServices(container);
      const mismatches = compact([
        services.length > 0 && portMismatch(container, placeholderPort),
        ...services.flatMap((service) => healthCheckMismatches(service, container)),
      ]);
      for (const mismatch of new Set(mismatches)) {
        Annotations.of(container).addWarningV2(
          `cdk-pipeline-patterns:placeholder-image[${container.containerName}]`,
          `Until the first release, ${container.node.path} runs the placeholder of ${owner.node.path}, which ` +
            `responds on port ${placeholderPort} to '/' only, but ${mismatch}. The service cannot become stable with ` +
            "it. Set 'placeholder' of the ServiceImage to an image that the health check accepts, or desiredCount: 0 " +
            'until the first release.',
        );
      }
      return [];
    },
  });
}

/** Returns the services of this app that start tasks with a container. */
function startedServices({ node, taskDefinition }: ecs.ContainerDefinition): ecs.BaseService[] {
  return node.root.node
    .findAll()
    .filter((construct): construct is ecs.BaseService => construct instanceof ecs.BaseService)
    .filter((service) => service.taskDefinition === taskDefinition && resourceOf(service).desiredCount !== 0);
}

function resourceOf(service: ecs.BaseService): ecs.CfnService {
  return service.node.defaultChild as ecs.CfnService;
}

/** Returns the mismatch of the ports, if all are known. A container without ports needs no answer. */
function portMismatch({ portMappings }: ecs.ContainerDefinition, placeholderPort: number): string | undefined {
  const ports = portMappings.map(({ containerPort }) => containerPort);
  const isKnown = ports.length > 0 && !ports.includes(ecs.ContainerDefinition.CONTAINER_PORT_USE_RANGE);
  if (!isKnown || ports.includes(placeholderPort)) return undefined;
  return `the container listens on port ${ports.join(' and ')}`;
}

/** Returns the mismatches of the load balancers that check a container. */
function healthCheckMismatches(service: ecs.BaseService, { containerName }: ecs.ContainerDefinition): string[] {
  const stack = Stack.of(service);
  const targets = (stack.resolve(resourceOf(service).loadBalancers) ?? []) as LoadBalancerTarget[];
  const arns = targets.filter((target) => target.containerName === containerName).map((each) => each.targetGroupArn);
  const groups = stack.node
    .findAll()
    .filter((construct): construct is elbv2.CfnTargetGroup => construct instanceof elbv2.CfnTargetGroup)
    .filter(({ logicalId }) => arns.some((arn) => Object(arn).Ref === stack.resolve(logicalId)));
  return compact(groups.map((group) => pathMismatch(stack, group)));
}

interface LoadBalancerTarget {
  readonly containerName?: string;
  readonly targetGroupArn?: unknown;
}

/** The placeholder responds to all paths but the root with this code. */
const NOT_FOUND = 404;

function pathMismatch(stack: Stack, { healthCheckPath, matcher }: elbv2.CfnTargetGroup): string | undefined {
  const path = String(stack.resolve(healthCheckPath) ?? '/');
  const codes = String(Object(stack.resolve(matcher)).httpCode ?? '200');
  const ranges = codes.split(',').map((range) => range.split('-').map(Number));
  const acceptsNotFound = ranges.some(([from, to = from]) => from <= NOT_FOUND && NOT_FOUND <= to);
  return path === '/' || acceptsNotFound ? undefined : `the health check requests '${path}'`;
}
