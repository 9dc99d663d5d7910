import {
  App,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2,
  Stack,
} from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ServiceImage, type ServiceImageProps } from '../../../src';

interface Case {
  readonly container?: Partial<ecs.ContainerDefinitionOptions>;
  readonly image?: Partial<ServiceImageProps>;
  /** Properties of the service; null for a task definition without one. */
  readonly service?: Partial<ecs.FargateServiceProps> | null;
  /** Health check of a load balancer. */
  readonly healthCheck?: elbv2.HealthCheck;
}

/** Returns the warnings about the placeholder, when everything has been created. */
function warned({ container, image, service, healthCheck }: Case): string[] {
  const app = new App();
  const images = new Stack(app, 'Images');
  const repository = ecr.Repository.fromRepositoryName(images, 'Repository', 'acme/api');
  const { containerImage } = new ServiceImage(images, 'Image', { repository, ...image });
  const stack = new Stack(app, 'Live');
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('web', { image: containerImage, portMappings: [{ containerPort: 80 }], ...container });
  if (service !== null) {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
    const created = new ecs.FargateService(stack, 'Service', {
      cluster,
      taskDefinition,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
      ...service,
    });
    if (healthCheck) {
      const targets = [created.loadBalancerTarget({ containerName: 'web' })];
      const listener = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc }).addListener('Http', { port: 80 });
      listener.addTargets('Web', { port: 80, targets, healthCheck });
    }
  }
  app.synth();
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('placeholder'))
    .map(({ entry }) => String(entry.data));
}

test('warns about a container on another port, with the fix', () => {
  expect(warned({ container: { portMappings: [{ containerPort: 8000 }] } })).toEqual([
    "Until the first release, Live/Task/web runs the placeholder of Images/Image, which responds on port 80 to '/' " +
      'only, but the container listens on port 8000. The service cannot become stable with it. Set ' +
      "'placeholder' of the ServiceImage to an image that the health check accepts, or desiredCount: 0 until the " +
      'first release. [ack: cdk-pipeline-patterns:placeholder-image[web]]',
  ]);
});

test('warns about a health check of another path', () => {
  const [warning, ...more] = warned({ healthCheck: { path: '/health' } });
  expect(warning).toContain("but the health check requests '/health'");
  expect(more).toEqual([]);
  expect(warned({ healthCheck: { path: '/health', healthyHttpCodes: '200-299,301' } })).toHaveLength(1);
});

test.each<[string, Case]>([
  ['the port of the placeholder', {}],
  [
    'several ports, one of them that of the placeholder',
    { container: { portMappings: [9090, 80].map((containerPort) => ({ containerPort })) } },
  ],
  ['no ports', { container: { portMappings: [] } }],
  [
    'a range of ports',
    {
      container: {
        portMappings: [
          { containerPort: ecs.ContainerDefinition.CONTAINER_PORT_USE_RANGE, containerPortRange: '8000-8010' },
        ],
      },
    },
  ],
  [
    'a placeholder of the user',
    { container: { portMappings: [{ containerPort: 8000 }] }, image: { placeholder: 'acme/hello' } },
  ],
  ['no service', { container: { portMappings: [{ containerPort: 8000 }] }, service: null }],
  [
    'no tasks until the first release',
    { container: { portMappings: [{ containerPort: 8000 }] }, service: { desiredCount: 0 } },
  ],
  ['a health check of the root', { healthCheck: { path: '/' } }],
  ['a health check without a path', { healthCheck: {} }],
  ['a health check that accepts 404', { healthCheck: { path: '/health', healthyHttpCodes: '200,404' } }],
  ['a health check that accepts a range with 404', { healthCheck: { path: '/health', healthyHttpCodes: '200-499' } }],
])('does not warn about %s', (_, options) => expect(warned(options)).toEqual([]));
