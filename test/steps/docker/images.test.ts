import { aws_ecr as ecr, aws_secretsmanager as secretsmanager, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { BuildStep, BaseImageSource, ImagePlatform, ImageScan, TestStep, type DockerImageOptions } from '../../../src';
import { Problems } from '../../../src/pipeline/problems';
import { wholeNumber } from '../../../src/pipeline/rules';
import { problemsOf, stackOf, templateOf } from '../../helpers/build-steps';
import { delivery, stepsOf, verdictsOf } from '../../helpers/delivery';
import { problemsAt } from '../../helpers/plans';
import { actionsOf, resourcesOf, statementsOf, type CfnTemplate } from '../../helpers/synth';

const BOTH = [ImagePlatform.X86_64, ImagePlatform.ARM64];

function repositoryOf(stack: Stack) {
  return ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/shop');
}

function imageOf(stack: Stack, options: DockerImageOptions = {}) {
  return BuildStep.dockerImage(repositoryOf(stack), options);
}

interface EnvironmentJson {
  readonly Type: string;
  readonly PrivilegedMode: boolean;
  readonly EnvironmentVariables?: Array<{ readonly Name: string; readonly Value: unknown }>;
}

/** Returns the environment of the project of an action. */
function environmentOf(template: CfnTemplate, action: string): EnvironmentJson {
  const { Configuration } = actionsOf(template).find(({ Name }) => Name === action)!;
  const { Ref } = Configuration!.ProjectName as { Ref: string };
  return new Map(resourcesOf(template, 'AWS::CodeBuild::Project')).get(Ref)!.Properties.Environment as EnvironmentJson;
}

function variableOf(template: CfnTemplate, action: string, name: string) {
  return environmentOf(template, action).EnvironmentVariables?.find(({ Name }) => Name === name)?.Value;
}

test('builds each platform on a matching machine and enables Docker only where it is needed', () => {
  const stack = stackOf();
  const image = imageOf(stack, { platforms: BOTH });
  const template = templateOf(stack, image, TestStep.dockerImage(image, ['true']));

  function machineOf(action: string) {
    const { Type, PrivilegedMode } = environmentOf(template, action);
    return [Type, PrivilegedMode];
  }

  expect(
    Object.fromEntries(['Image-x86_64', 'Image-arm64', 'Image', 'Test'].map((action) => [action, machineOf(action)])),
  ).toEqual({
    'Image-x86_64': ['LINUX_CONTAINER', true],
    'Image-arm64': ['ARM_CONTAINER', true],
    Image: ['LINUX_CONTAINER', false],
    Test: ['LINUX_CONTAINER', true],
  });
});

test('passes the repository and the base image registries to commands with one ECR token', () => {
  const stack = stackOf();
  const golden = ecr.Repository.fromRepositoryArn(
    stack,
    'Golden',
    'arn:aws:ecr:us-east-1:222222222222:repository/golden',
  );
  const template = templateOf(
    stack,
    imageOf(stack, { baseImages: [BaseImageSource.ecr(golden), BaseImageSource.pullThroughCache('docker-hub')] }),
  );

  function text(name: string) {
    return JSON.stringify(variableOf(template, 'Image', name));
  }

  expect(text('IMAGE_REPOSITORY')).toContain('/acme/shop');
  expect(text('BASE_IMAGES')).toMatch(/222222222222\.dkr\.ecr\.us-east-1\..*\/golden .*\/docker-hub/);
  const tokens = statementsOf(template).filter(
    ({ holder, statement }) =>
      /DeliveryImage/.test(holder) && [statement.Action].flat().includes('ecr:GetAuthorizationToken'),
  );
  expect(tokens).toHaveLength(1);
});

test('reads registry logins at run time by the key of the secret', () => {
  const stack = stackOf();
  const login = secretsmanager.Secret.fromSecretNameV2(stack, 'Login', 'acme/ghcr');
  const template = templateOf(stack, imageOf(stack, { baseImages: [BaseImageSource.registry('ghcr.io', login)] }));
  expect(variableOf(template, 'Image', 'BASE_REGISTRY_1')).toBe('ghcr.io');
  expect(
    environmentOf(template, 'Image').EnvironmentVariables!.filter(({ Name }) => Name.startsWith('BASE_REGISTRY_1_')),
  ).toEqual([
    { Name: 'BASE_REGISTRY_1_USERNAME', Type: 'SECRETS_MANAGER', Value: 'acme/ghcr:username' },
    { Name: 'BASE_REGISTRY_1_PASSWORD', Type: 'SECRETS_MANAGER', Value: 'acme/ghcr:password' },
  ]);
});

test('scans the tag of each platform in the repository', () => {
  const stack = stackOf();
  const image = imageOf(stack, { platforms: BOTH });
  const scans = actionsOf(templateOf(stack, image, TestStep.imageScan(image))).filter(
    ({ ActionTypeId }) => ActionTypeId.Provider === 'InspectorScan',
  );
  expect(scans.map(({ Name, Configuration, RunOrder }) => [Name, Configuration, RunOrder])).toEqual([
    [
      'Scan',
      {
        InspectorRunMode: 'ECRImageScan',
        ECRRepositoryName: 'acme/shop',
        ImageTag: '#{Image-x86_64-vars.IMAGE_TAG}',
        CriticalThreshold: '0',
      },
      3,
    ],
    [
      'Scan-arm64',
      {
        InspectorRunMode: 'ECRImageScan',
        ECRRepositoryName: 'acme/shop',
        ImageTag: '#{Image-arm64-vars.IMAGE_TAG}',
        CriticalThreshold: '0',
      },
      3,
    ],
  ]);
});

test('outputs the image of ECRBuildAndPublish through the action that describes it', () => {
  const stack = stackOf();
  const template = templateOf(stack, BuildStep.ecrBuildAndPublish(repositoryOf(stack), { producesArtifact: true }));
  const [image, detail] = actionsOf(template).filter(({ Name }) => Name.startsWith('Image'));
  expect([image.OutputArtifacts ?? [], detail.OutputArtifacts]).toEqual([
    [],
    [{ Name: 'Image-Detail', Files: ['imageDetail.json'] }],
  ]);
  expect([detail.ActionTypeId.Provider, detail.RunOrder > image.RunOrder]).toEqual(['Commands', true]);
});

test('warns about build arguments that look like secrets, and accepts an acknowledgement', () => {
  function warned(name: string) {
    return Annotations.fromStack(
      delivery(stepsOf((stack) => [imageOf(stack, { buildArguments: { [name]: 'x' } })])).stack,
    )
      .findWarning('*', Match.stringLikeRegexp('looks like a secret'))
      .map(({ entry }) => entry.data);
  }

  expect(warned('NPM_TOKEN')).toEqual([
    expect.stringMatching(
      /'NPM_TOKEN' looks like a secret.*\[ack: cdk-pipeline-patterns:secret-build-argument\[NPM_TOKEN\]\]/s,
    ),
  ]);
  expect(warned('VERSION')).toEqual([]);
});

test('reports invalid scan thresholds once for any number of images', () => {
  const stack = stackOf();
  const worker = BuildStep.dockerImage(repositoryOf(stackOf()), { stepName: 'Worker' });
  const scans = ImageScan.inspector({ maxHigh: -1 })._steps([imageOf(stack), worker], new Problems());
  expect(scans).toHaveLength(2);
  const problems = problemsAt('scan', (at) =>
    scans.map((scan) => scan._plan({ defaultInput: 'Source', problems: at })),
  );
  expect(problems).toEqual([
    expect.stringContaining(`'scan.maxHigh' must ${wholeNumber('findings', { min: 0, max: Number.MAX_SAFE_INTEGER })}`),
  ]);
});

test('reports all problems of an image at once', () => {
  const stack = stackOf();
  const step = imageOf(stack, { platforms: [], tags: [], baseImages: [BaseImageSource.pullThroughCache('*')] });
  expect(
    problemsOf(step)
      .map((problem) => /^'([^']+)'/.exec(problem)?.[1])
      .sort(),
  ).toEqual(['step.baseImages[0].prefix', 'step.platforms', 'step.tags']);
});

test.each<[string, DockerImageOptions]>([
  ['one platform', { platforms: [ImagePlatform.ARM64] }],
  [
    'two platforms on private base images',
    { platforms: BOTH, baseImages: [BaseImageSource.pullThroughCache('docker-hub')] },
  ],
])('passes the check without denials: %s', (_, options) => {
  const { denied, unmodelled } = verdictsOf(
    stepsOf((stack) => {
      const image = imageOf(stack, options);
      return [image, TestStep.imageScan(image), TestStep.dockerImage(image, ['true'])];
    }),
  );
  expect({ denied, unmodelled }).toEqual({ denied: [], unmodelled: [] });
});
