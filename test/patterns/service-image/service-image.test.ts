import { App, aws_ecr as ecr, aws_ecs as ecs, type Environment, Stack, Tags } from 'aws-cdk-lib';
import { BuildStep, ContainerPipeline, DeploymentEnvironment, DeployTarget, ServiceImage } from '../../../src';
import { RESOURCE, TYPE } from '../../../src/pipeline/rules';
import { source } from '../../helpers/delivery';
import { serviceIn } from '../../helpers/services';
import { actionsOf, jsonOf, resolved, resourcesOf, statementsOf } from '../../helpers/synth';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const ABROAD = { account: '222222222222', region: 'eu-central-1' };

/** Creates a service whose parameter is in the same account and Region, and its pipeline. */
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
  const imagesTemplate = jsonOf(images);
  const [[, { Properties }]] = resourcesOf(imagesTemplate, 'Custom::ServiceImage');
  const [[functionId]] = resourcesOf(imagesTemplate, 'AWS::Lambda::Function');
  expect(Properties).toEqual({
    ServiceToken: { 'Fn::GetAtt': [functionId, 'Arn'] },
    Placeholder: 'public.ecr.aws/nginx/nginx:stable',
    Description: expect.any(String),
    Name: expect.stringMatching(/^\/Images-Image-\w{8}\/image$/),
  });
  // CloudFormation would write the placeholder again with each update.
  expect(resourcesOf(imagesTemplate, 'AWS::SSM::Parameter')).toEqual([]);
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
  ['in the account and Region of the pipeline', HOME],
  ['in another account and region', ABROAD],
])('%s, allows the pipeline to write only its parameter', (_, env) => {
  const { app, stack, images } = made(env);
  const [{ Commands }] = actionsOf(jsonOf(stack)).filter(({ Name }) => Name === 'Prepare-live');
  const name = resourcesOf(jsonOf(images), 'Custom::ServiceImage')[0][1].Properties.Name as string;
  expect(resolved(Commands!.at(-1))).toBe(
    `aws ssm put-parameter --name '${name}' --type String --overwrite --value "$IMAGE_1"`,
  );
  const templates = app.synth().stacks.map(({ template }) => template as ReturnType<typeof jsonOf>);
  const written = templates
    .filter((template) => resourcesOf(template, 'Custom::ServiceImage').length === 0)
    .flatMap((template) => statementsOf(template))
    .filter(({ statement }) => [statement.Action].flat().includes('ssm:PutParameter'));
  expect(written).toHaveLength(1);
  expect(JSON.stringify(written[0].statement.Resource)).toMatch(/ImageParameter|\/Images-Image-/);
});

describe('the function', () => {
  test('may create and delete the parameters of its stack, and nothing else', () => {
    const stack = new Stack(new App(), 'Images');
    const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/api');
    for (const id of ['Api', 'Worker']) new ServiceImage(stack, id, { repository, parameterName: `/acme/${id}` });
    const template = jsonOf(stack);
    expect(resourcesOf(template, 'AWS::Lambda::Function')).toHaveLength(1);
    const parameters = ['Api', 'Worker'].map((id) =>
      expect.objectContaining({ 'Fn::Join': ['', expect.arrayContaining([`:parameter/acme/${id}`])] }),
    );
    expect(statementsOf(template).map(({ statement: { Action, Resource } }) => [Action, Resource])).toEqual([
      [['logs:CreateLogStream', 'logs:PutLogEvents'], expect.anything()],
      [['ssm:PutParameter', 'ssm:DeleteParameter'], parameters],
    ]);
  });

  // CloudFormation calls the function only if a property of the custom resource changes.
  test.each<[string, (app: App) => unknown]>([
    ['tags of the app', (app) => Tags.of(app).add('commit', '0123abc')],
    ['tags of the stack', (app) => (app.node.findChild('Images') as Stack).tags.setTag('commit', '0123abc')],
  ])('%s do not change the custom resource', (_, change) => {
    const resources = [() => undefined, change].map((each) => {
      const { app, images } = made();
      each(app);
      return resourcesOf(jsonOf(images), 'Custom::ServiceImage');
    });
    expect(resources[1]).toEqual(resources[0]);
  });

  test('another name is another resource', () => {
    const [first, second] = ['/acme/api', '/acme/other'].map((parameterName) => {
      const stack = new Stack(new App(), 'Images');
      const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/api');
      new ServiceImage(stack, 'Image', { repository, parameterName });
      return resourcesOf(jsonOf(stack), 'Custom::ServiceImage')[0][0];
    });
    expect(first).not.toBe(second);
  });
});

test('generates no reserved name', () => {
  const stack = new Stack(new App(), 'AwsImages');
  const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/api');
  new ServiceImage(stack, 'Image', { repository });
  const [[, { Properties }]] = resourcesOf(jsonOf(stack), 'Custom::ServiceImage');
  expect(Properties.Name).toMatch(/^\/delivery\/AwsImages-Image-\w{8}\/image$/);
});

describe('in another account or Region', () => {
  function used(serviceEnv: Environment, imageEnv: Environment = HOME) {
    const app = new App();
    const images = new Stack(app, 'Images', { env: imageEnv });
    const repository = ecr.Repository.fromRepositoryName(images, 'Repository', 'acme/api');
    const { containerImage } = new ServiceImage(images, 'Image', { repository });
    const services = new Stack(app, 'Live', { env: serviceEnv });
    const task = new ecs.FargateTaskDefinition(services, 'Task');
    return () => task.addContainer('web', { image: containerImage });
  }

  test('rejects the use by a service, with a fix that works', () => {
    expect(used(ABROAD)).toThrow(
      "[ServiceImage Images/Image] 'containerImage' must be used in the account and Region of the ServiceImage, " +
        '111111111111/eu-west-1, got "Live/Task/web in 222222222222/eu-central-1"; create a ServiceImage in a ' +
        'separate stack in 222222222222/eu-central-1, which is deployed before the service, with the repository ' +
        'imported by its ARN',
    );
    expect(used({ ...HOME, region: 'us-east-1' })).toThrow('be used in the account and Region');
    expect(used({})).not.toThrow();
  });

  test('rejects the repository itself', () => {
    const app = new App();
    const repository = new ecr.Repository(new Stack(app, 'Repositories', { env: HOME }), 'Api');
    const images = new Stack(app, 'Images', { env: ABROAD });
    expect(() => new ServiceImage(images, 'Image', { repository })).toThrow(
      "[ServiceImage Images/Image] 'repository' must be imported in the account and Region of the ServiceImage, " +
        '222222222222/eu-central-1, got "Repositories/Api in 111111111111/eu-west-1"; set its repositoryName, and ' +
        "pass ecr.Repository.fromRepositoryArn(this, 'Repository', 'arn:aws:ecr:eu-west-1:111111111111:repository/…')",
    );
  });

  test('rejects the parameter of another account, with a fix that works', () => {
    function parameterAtHome() {
      const stack = new Stack(new App(), 'Others', { env: HOME });
      const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/api');
      return { web: new ServiceImage(stack, 'Image', { repository }).parameter };
    }

    expect(() => made(ABROAD, parameterAtHome)).toThrow(
      "'environments[0].target.imageParameters.web' must be a parameter in the account of the environment, " +
        '222222222222, got "Others/Image/Parameter in 111111111111"; create a ServiceImage in a separate stack in ' +
        '222222222222/eu-central-1',
    );
  });
});

test('rejects use in its own stack', () => {
  const stack = new Stack(new App(), 'Live');
  const image = new ServiceImage(stack, 'Image', {
    repository: ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/api'),
  });
  const task = new ecs.FargateTaskDefinition(stack, 'Task');
  expect(() => task.addContainer('web', { image: image.containerImage })).toThrow(
    "[ServiceImage Live/Image] 'containerImage' must be used in a stack that is deployed after its own, got " +
      '"Live/Task/web"; create the ServiceImage in another stack of the same account and Region',
  );
});

test('rejects invalid names and containers without an image', () => {
  const stack = new Stack(new App(), 'Live');
  const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/api');
  expect(() => new ServiceImage(stack, 'Image', { repository, parameterName: 'a b' })).toThrow(
    "'parameterName' must consist of",
  );
  expect(() => new ServiceImage(stack, 'Without', undefined as never)).toThrow(
    `[ServiceImage Live/Without] 'repository' must be ${RESOURCE.repository}, got nothing; pass the ` +
      `repository that the pipeline pushes to`,
  );
  expect(() => new ServiceImage(stack, 'Odd', { repository, placeholder: 5 as never })).toThrow(
    `'placeholder' must be ${TYPE.string}, got 5`,
  );
  for (const parameterName of ['/aws/image', 'SSM-image']) {
    expect(() => new ServiceImage(stack, parameterName, { repository, parameterName })).toThrow(
      "'parameterName' must not begin with 'aws' or 'ssm'",
    );
  }
  expect(() => made(HOME, (image) => ({ sidecar: image.parameter }))).toThrow(
    "'environments[0].target.imageParameters' must name containers that receive an image, got \"sidecar\"; use 'web'",
  );
});
