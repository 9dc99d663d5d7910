import { App, aws_ecr as ecr, aws_ecs as ecs, Stack } from 'aws-cdk-lib';
import { BuildStep, ContainerPipeline, DeploymentEnvironment, DeployTarget, ServiceImage } from '../../../src';
import { source } from '../../helpers/delivery';
import { serviceIn } from '../../helpers/services';
import { actionsOf, jsonOf, resolved, resourcesOf, statementsOf } from '../../helpers/synth';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const ABROAD = { account: '222222222222', region: 'eu-central-1' };

function made(env = HOME, parameters?: (image: ServiceImage) => Record<string, ServiceImage['parameter']>) {
  const app = new App();
  const images = new Stack(app, 'Images', { env });
  const repository = ecr.Repository.fromRepositoryArn(
    images,
    'Repository',
    'arn:aws:ecr:eu-west-1:111111111111:repository/acme/api',
  );
  const image = new ServiceImage(images, 'Image', { repository });
  const services = new Stack(app, 'Live', { env });
  const service = serviceIn(services, 'api', {}, []);
  service.taskDefinition.addContainer('web', { image: image.containerImage, portMappings: [{ containerPort: 80 }] });
  const stack = new Stack(app, 'Shop', { env: HOME });
  new ContainerPipeline(stack, 'Api', {
    source,
    image: BuildStep.dockerImage(ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/api')),
    environments: [
      new DeploymentEnvironment('live', {
        target: DeployTarget.ecsService(service, { imageParameters: parameters?.(image) ?? { web: image.parameter } }),
      }),
    ],
  });
  return { app, images, services, stack };
}

test('creates the service with the placeholder in the parameter', () => {
  const { images, services } = made();
  const [[, { Properties }]] = resourcesOf(jsonOf(images), 'AWS::SSM::Parameter');
  expect(Properties).toMatchObject({
    Type: 'String',
    Value: 'public.ecr.aws/nginx/nginx:stable',
    Name: expect.stringMatching(/^\/Images-Image-\w{8}\/image$/),
  });
  const template = jsonOf(services);
  const [[, task]] = resourcesOf(template, 'AWS::ECS::TaskDefinition');
  const { Ref } = (task.Properties.ContainerDefinitions as Array<{ Image: { Ref: string } }>)[0].Image;
  expect((template as unknown as { Parameters: Record<string, unknown> }).Parameters[Ref]).toEqual({
    Type: 'AWS::SSM::Parameter::Value<String>',
    Default: Properties.Name,
  });
  expect(services.dependencies).toContain(images);
  // The role that starts tasks pulls from the repository as soon as the placeholder is gone.
  expect(statementsOf(template).some(({ statement }) => [statement.Action].flat().includes('ecr:BatchGetImage'))).toBe(
    true,
  );
});

test.each([
  ['at home', HOME],
  ['in another account and region', ABROAD],
])('%s, allows the pipeline to write only its parameter', (_, env) => {
  const { app, stack, images } = made(env);
  const [{ Commands }] = actionsOf(jsonOf(stack)).filter(({ Name }) => Name === 'Prepare-live');
  const name = resourcesOf(jsonOf(images), 'AWS::SSM::Parameter')[0][1].Properties.Name as string;
  expect(resolved(Commands!.at(-1))).toBe(
    `aws ssm put-parameter --name '${name}' --type String --overwrite --value "$IMAGE_1"`,
  );
  const templates = app.synth().stacks.map(({ template }) => template as ReturnType<typeof jsonOf>);
  const written = templates
    .flatMap((template) => statementsOf(template))
    .filter(({ statement }) => [statement.Action].flat().includes('ssm:PutParameter'));
  expect(written).toHaveLength(1);
  expect(JSON.stringify(written[0].statement.Resource)).toMatch(/ImageParameter|\/Images-Image-/);
});

test('rejects use in its own stack', () => {
  const stack = new Stack(new App(), 'Live');
  const image = new ServiceImage(stack, 'Image', {
    repository: ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/api'),
  });
  const task = new ecs.FargateTaskDefinition(stack, 'Task');
  expect(() => task.addContainer('web', { image: image.containerImage })).toThrow(
    "[ServiceImage Live/Image] 'containerImage' must be used in a stack that is deployed after its own, got " +
      '"Live/Task/web"',
  );
});

test('rejects invalid names and containers without an image', () => {
  const stack = new Stack(new App(), 'Live');
  const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/api');
  expect(() => new ServiceImage(stack, 'Image', { repository, parameterName: 'a b' })).toThrow(
    "'parameterName' must consist of",
  );
  expect(() => new ServiceImage(stack, 'Without', undefined as never)).toThrow(
    "[ServiceImage Live/Without] 'repository' must be an ECR repository, got nothing; pass the repository that " +
      'the pipeline pushes to',
  );
  expect(() => new ServiceImage(stack, 'Odd', { repository, placeholder: 5 as never })).toThrow(
    "'placeholder' must be a string, got 5",
  );
  expect(() => made(HOME, (image) => ({ sidecar: image.parameter }))).toThrow(
    "'environments[0].target.imageParameters' must name containers that receive an image, got \"sidecar\"; use 'web'",
  );
});
