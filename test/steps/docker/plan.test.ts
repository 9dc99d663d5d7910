import { aws_codebuild as codebuild, aws_ecr as ecr, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import {
  BuildCompute,
  BuildImage,
  BuildSecret,
  BuildSize,
  BuildStep,
  DeliveryPipeline,
  BaseImageSource,
  ImagePlatform,
  ImageScan,
  PipelineSource,
  PipelineStage,
  type PipelineStep,
  TestStep,
} from '../../../src';
import type { PipelinePlan, StepPlan } from '../../../src/pipeline/pipeline-plan';
import { atLeastOne, Problems } from '../../../src/pipeline/problems';
import { NO_DUPLICATES } from '../../../src/pipeline/rules';
import { inRunOrder } from '../../../src/pipeline/run-order';
import { warningsOf } from '../../../src/pipeline/warnings';
import { buildOf, plansOf as plansOfStep, problemsOf, specOf, stackOf, templateOf } from '../../helpers/build-steps';
import { resourcesOf, statementsOf, type CfnTemplate } from '../../helpers/synth';

const stack = stackOf();
const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/shop');
const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'acme/ghcr');
const BOTH = [ImagePlatform.X86_64, ImagePlatform.ARM64];
const both = BuildStep.dockerImage(repository, { platforms: BOTH });
const byPipeline = BuildStep.ecrBuildAndPublish(repository, { producesArtifact: true, tags: ['v1', 'v2'] });

function plansOf(...steps: PipelineStep[]) {
  return steps.flatMap(plansOfStep);
}

function ordersOf(...steps: PipelineStep[]) {
  return Object.fromEntries(inRunOrder(plansOf(...steps)).map(({ name, runOrder }) => [name, runOrder]));
}

function machineOf(plan: StepPlan) {
  return specOf(plan).compute.environmentType;
}

describe('platforms', () => {
  test.each([
    ['none', {}, 'LINUX_CONTAINER'],
    ['x86', { platforms: [ImagePlatform.X86_64] }, 'LINUX_CONTAINER'],
    ['ARM', { platforms: [ImagePlatform.ARM64] }, 'ARM_CONTAINER'],
    ['ARM by the machine', { compute: BuildCompute.arm(BuildSize.LARGE) }, 'ARM_CONTAINER'],
    ['ARM by both', { platforms: [ImagePlatform.ARM64], compute: BuildCompute.arm(BuildSize.LARGE) }, 'ARM_CONTAINER'],
  ])('builds an image for %s in one action on a matching machine', (_, options, machine) => {
    const plans = plansOf(BuildStep.dockerImage(repository, options));
    expect(plans.map(({ name }) => name)).toEqual(['Image']);
    expect(plans.map(machineOf)).toEqual([machine]);
    expect(problemsOf(BuildStep.dockerImage(repository, options))).toEqual([]);
  });

  test('builds two platforms in parallel on separate machines and joins them in the step', () => {
    expect(plansOf(both).map((plan) => [plan.name, machineOf(plan)])).toEqual([
      ['Image-x86_64', 'LINUX_CONTAINER'],
      ['Image-arm64', 'ARM_CONTAINER'],
      ['Image', 'LINUX_CONTAINER'],
    ]);
    expect(ordersOf(both)).toEqual({ 'Image-x86_64': 1, 'Image-arm64': 1, Image: 2 });
    expect(plansOf(both).map(({ outputs }) => outputs)).toEqual([[], [], ['Image']]);
  });

  test('enables the Docker daemon only for the builds', () => {
    expect(plansOf(both).map((plan) => specOf(plan).docker)).toEqual([true, true, false]);
  });

  test('creates the index from digests of the same execution', () => {
    expect(buildOf(both).environmentVariables.IMAGE_PARTS).toBe(
      '#{Image-x86_64-vars.IMAGE_DIGEST} #{Image-arm64-vars.IMAGE_DIGEST}',
    );
  });

  test('uses the size of the machine for both platforms', () => {
    const large = BuildStep.dockerImage(repository, { platforms: BOTH, compute: BuildCompute.arm(BuildSize.LARGE) });
    expect(problemsOf(large)).toEqual([]);
    expect(plansOf(large).map((plan) => specOf(plan).compute.computeType)).toEqual([
      'BUILD_GENERAL1_LARGE',
      'BUILD_GENERAL1_LARGE',
      'BUILD_GENERAL1_SMALL',
    ]);
  });

  test('runs all its actions after the steps in the option after', () => {
    const lint = BuildStep.shell(['make lint'], { stepName: 'Lint' });
    const after = BuildStep.dockerImage(repository, { platforms: BOTH, after: [lint] });
    expect(ordersOf(lint, after)).toEqual({ Lint: 1, 'Image-x86_64': 2, 'Image-arm64': 2, Image: 3 });
  });
});

describe('an image of ECRBuildAndPublish', () => {
  test('is described by a separate action that produces the artifact of the step', () => {
    expect(plansOf(byPipeline).map(({ name, outputs }) => [name, outputs])).toEqual([
      ['Image', []],
      ['Image-Detail', ['Image-Detail']],
    ]);
    expect(byPipeline.artifact.artifactName).toBe('Image-Detail');
    expect(ordersOf(byPipeline)).toEqual({ Image: 1, 'Image-Detail': 2 });
  });

  test('produces no artifact by default', () => {
    expect(plansOf(BuildStep.ecrBuildAndPublish(repository)).map(({ name }) => name)).toEqual(['Image']);
  });
});

describe('a scan', () => {
  function scanned(step: TestStep) {
    return plansOf(step).map(({ name, configuration, outputs }) => [name, configuration.ImageTag, outputs]);
  }

  test('reads the pushed tag after the push', () => {
    const image = BuildStep.dockerImage(repository);
    expect(scanned(TestStep.imageScan(image))).toEqual([['Scan', '#{Image-vars.IMAGE_TAG}', ['Scan']]]);
    expect(ordersOf(image, TestStep.imageScan(image))).toEqual({ Image: 1, Scan: 2 });
  });

  test('has an action for each platform', () => {
    expect(scanned(TestStep.imageScan(both))).toEqual([
      ['Scan', '#{Image-x86_64-vars.IMAGE_TAG}', ['Scan']],
      ['Scan-arm64', '#{Image-arm64-vars.IMAGE_TAG}', ['Scan_arm64']],
    ]);
    expect(TestStep.imageScan(both).artifactNamed('arm64').artifactName).toBe('Scan_arm64');
  });

  test('follows an image of ECRBuildAndPublish even with a constant tag', () => {
    expect(scanned(TestStep.imageScan(byPipeline))).toEqual([['Scan', 'v1', ['Scan']]]);
    expect(ordersOf(byPipeline, TestStep.imageScan(byPipeline)).Scan).toBe(2);
    expect(() => templateOf(stackOf(), TestStep.imageScan(byPipeline))).toThrow(
      '\'stages[0].steps[0]\' must run after the step that builds its image, got "Image"; move that step to the ' +
        'same stage or an earlier one',
    );
  });

  test('can be in a later stage', () => {
    const pipelineStack = stackOf();
    new DeliveryPipeline(pipelineStack, 'Delivery', {
      sources: [PipelineSource.gitHub('acme/shop', 'main')],
      stages: [
        PipelineStage.steps('Build', [byPipeline]),
        PipelineStage.steps('Look', [TestStep.imageScan(byPipeline)]),
      ],
    });
  });

  test.each([
    ['no critical ones', {}, { CriticalThreshold: '0' }],
    [
      'as many as are configured',
      { maxCritical: 1, maxHigh: 2, maxMedium: 3, maxLow: 4 },
      { CriticalThreshold: '1', HighThreshold: '2', MediumThreshold: '3', LowThreshold: '4' },
    ],
  ])('accepts %s', (_, options, limits) => {
    expect(
      plansOf(TestStep.imageScan(both, options)).map(({ configuration }) =>
        Object.fromEntries(Object.entries(configuration).filter(([key]) => key.endsWith('Threshold'))),
      ),
    ).toEqual([limits, limits]);
  });

  test('has a different name for each image', () => {
    const worker = BuildStep.dockerImage(repository, { stepName: 'Worker' });
    expect(
      plansOf(
        ...ImageScan.inspector({ maxHigh: 1 })._steps([BuildStep.dockerImage(repository), worker], new Problems()),
      ).map(({ name, configuration }) => [name, configuration.HighThreshold]),
    ).toEqual([
      ['Scan', '1'],
      ['Scan-Worker', '1'],
    ]);
    expect(ImageScan.none()._steps([worker], new Problems())).toEqual([]);
  });
});

describe('a test of an image', () => {
  test.each([
    ['x86', BuildStep.dockerImage(repository), 'LINUX_CONTAINER'],
    ['ARM', BuildStep.dockerImage(repository, { platforms: [ImagePlatform.ARM64] }), 'ARM_CONTAINER'],
    [
      'ARM by its machine',
      BuildStep.dockerImage(repository, { compute: BuildCompute.arm(BuildSize.SMALL) }),
      'ARM_CONTAINER',
    ],
    ['both', both, 'LINUX_CONTAINER'],
  ])('runs on a matching machine: %s', (_, image, machine) => {
    const [plan] = plansOf(TestStep.dockerImage(image, ['true']));
    expect(machineOf(plan)).toBe(machine);
    expect(plan).toMatchObject({
      provider: 'codeBuildTest',
      spec: { docker: true, environmentVariables: { IMAGE_DIGEST: '#{Image-vars.IMAGE_DIGEST}' } },
    });
  });

  test('runs after the image build', () => {
    expect(ordersOf(both, TestStep.dockerImage(both, ['true'])).Test).toBe(3);
    expect(ordersOf(byPipeline, TestStep.dockerImage(byPipeline, ['true'])).Test).toBe(2);
  });
});

const OTHER_MACHINE = 'because images are built without emulation';

test.each<[string, PipelineStep, string]>([
  [
    'no platform',
    BuildStep.dockerImage(repository, { platforms: [] }),
    "'step.platforms' must contain at least one platform, got []; remove it to use the platform of the machine",
  ],
  [
    'a platform twice',
    BuildStep.dockerImage(repository, { platforms: [ImagePlatform.ARM64, ImagePlatform.ARM64] }),
    `'step.platforms' must ${NO_DUPLICATES}, got "linux/arm64"; remove one of them`,
  ],
  [
    'another platform',
    BuildStep.dockerImage(repository, { platforms: ['linux/riscv64' as ImagePlatform] }),
    '\'step.platforms\' must contain only linux/amd64 and linux/arm64, got "linux/riscv64"; use ImagePlatform',
  ],
  [
    'the other machine',
    BuildStep.dockerImage(repository, { platforms: [ImagePlatform.ARM64], compute: BuildCompute.x86(BuildSize.SMALL) }),
    `'step.compute' must have the CPU architecture of linux/arm64, ${OTHER_MACHINE}, got "x86"; remove it, or ` +
      'choose a machine with that architecture',
  ],
  [
    'an image of the machine for two',
    BuildStep.dockerImage(repository, {
      platforms: BOTH,
      compute: BuildCompute.x86(BuildSize.SMALL, { image: BuildImage.fromCodeBuild('aws/codebuild/standard:7.0') }),
    }),
    '\'step.compute.image\' must not be set for several platforms, got "an image"; remove it; a build image has ' +
      'one CPU architecture',
  ],
  [
    'outputs of two',
    BuildStep.dockerImage(repository, { platforms: BOTH, outputs: { docs: 'docs' } }),
    '\'step.outputs\' must not be set for several platforms, got ["docs"]; create these files in a separate ' +
      'step; each platform is built separately',
  ],
  [
    'exports of two',
    BuildStep.dockerImage(repository, { platforms: BOTH, exportedVariables: ['V'] }),
    '\'step.exportedVariables\' must not be set for several platforms, got ["V"]; export them from a separate ' +
      'step; each platform is built separately',
  ],
  [
    'a tag without room',
    BuildStep.dockerImage(repository, { platforms: BOTH, tags: ['t'.repeat(122)] }),
    "'step.tags[0]' must have at most 121 characters, got",
  ],
  [
    'a tag of the cache without room',
    BuildStep.dockerImage(repository, { platforms: BOTH, cacheTag: 't'.repeat(122) }),
    "'step.cacheTag' must have at most 121 characters, got",
  ],
  [
    'an export of the step',
    BuildStep.dockerImage(repository, { exportedVariables: ['IMAGE_TAG'] }),
    '\'step.exportedVariables\' must not contain IMAGE_URI, IMAGE_DIGEST, IMAGE_TAG, got "IMAGE_TAG"; remove it; ' +
      'the step always exports these variables',
  ],
  [
    'a registry with a scheme',
    BuildStep.dockerImage(repository, { baseImages: [BaseImageSource.registry('https://ghcr.io', secret)] }),
    '\'step.baseImages[0].domain\' must consist of a domain and perhaps a port, got "https://ghcr.io"; use the ' +
      "domain without 'https://' and path, e.g. 'ghcr.io'",
  ],
  [
    'a registry that would run',
    BuildStep.dockerImage(repository, { baseImages: [BaseImageSource.registry('ghcr.io; id', secret)] }),
    "'step.baseImages[0].domain' must consist of",
  ],
  [
    'a prefix that allows all',
    BuildStep.dockerImage(repository, { baseImages: [BaseImageSource.pullThroughCache('*')] }),
    "'step.baseImages[0].prefix' must consist of",
  ],
  [
    'a variable of a login',
    BuildStep.dockerImage(repository, {
      baseImages: [BaseImageSource.registry('ghcr.io', secret)],
      environmentVariables: { BASE_REGISTRY_1_PASSWORD: 'x' },
    }),
    'BASE_REGISTRY_1_USERNAME, BASE_REGISTRY_1_PASSWORD, got "BASE_REGISTRY_1_PASSWORD"; rename the variable',
  ],
  [
    'a secret of the step',
    BuildStep.dockerImage(repository, { secrets: { IMAGE_DIGEST: BuildSecret.secretsManager(secret) } }),
    'IMAGE_INDEX, got "IMAGE_DIGEST"; rename the variable',
  ],
  [
    'two logins for one registry',
    BuildStep.dockerImage(repository, {
      baseImages: [
        BaseImageSource.registry('ghcr.io', secret),
        BaseImageSource.registry('docker.io', secret),
        BaseImageSource.registry('ghcr.io', secret),
      ],
    }),
    '\'step.baseImages\' must not contain duplicate registries, got "ghcr.io"; remove one of them, and use one ' +
      'login for all images of the registry',
  ],
  [
    'a scan of no image',
    TestStep.imageScan(BuildStep.nodeJs()),
    '\'step.image\' must be a step that builds an image, got "Build"; use BuildStep.dockerImage or ' +
      'BuildStep.ecrBuildAndPublish',
  ],
  [
    'a scan with a negative number',
    TestStep.imageScan(both, { maxHigh: -1 }),
    "'step.maxHigh' must be a whole number of findings between 0 and 9007199254740991",
  ],
  [
    'a test of no image',
    TestStep.dockerImage(BuildStep.nodeJs(), ['true']),
    '\'step.image\' must be a step that builds an image, got "Build"',
  ],
  ['a test of nothing', TestStep.dockerImage(both, []), `'step.commands' must ${atLeastOne('command')}`],
  [
    'a test with a variable of the step',
    TestStep.dockerImage(both, ['true'], { secrets: { IMAGE_URI: BuildSecret.secretsManager(secret) } }),
    'IMAGE_INDEX, got "IMAGE_URI"; rename the variable',
  ],
])('rejects %s', (_, step, message) => expect(problemsOf(step).join('\n')).toContain(message));

describe('build arguments that look like secrets', () => {
  function warningIds(names: string[], options = {}) {
    return warningsOf({
      stages: [
        {
          name: 'Build',
          actions: inRunOrder(
            plansOf(
              BuildStep.dockerImage(repository, {
                buildArguments: Object.fromEntries(names.map((name) => [name, 'x'])),
                ...options,
              }),
            ),
          ),
        },
      ],
    } as unknown as PipelinePlan)
      .filter(({ informational }) => !informational)
      .map(({ id }) => id);
  }

  test.each([['NPM_TOKEN'], ['db_password'], ['ClientSecret'], ['API_KEY']])('cause a warning: %s', (name) =>
    expect(warningIds([name])).toEqual([`secret-build-argument[${name}]`]),
  );
  test('cause no warning for other names', () => expect(warningIds(['VERSION', 'COMMIT'])).toEqual([]));
  test('cause one warning for any number of platforms', () =>
    expect(warningIds(['A_KEY'], { platforms: BOTH })).toEqual(['secret-build-argument[A_KEY]']));
  test('cause no warning as secrets', () =>
    expect(warningIds([], { secrets: { NPM_TOKEN: BuildSecret.secretsManager(secret) } })).toEqual([]));
});

describe('permissions', () => {
  const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

  /** Returns the permissions of roles by their ids: each resource with its actions. */
  function granted(template: CfnTemplate, role: RegExp) {
    return statementsOf(template)
      .filter(({ holder }) => role.test(holder))
      .map(({ statement: { Action, Resource } }) => ({ resource: JSON.stringify(Resource), actions: [Action].flat() }))
      .filter(({ actions }) => actions.some((name) => /^(ecr|secretsmanager):/.test(name)));
  }

  test('allow pulling base images and nothing else', () => {
    const pipelineStack = stackOf();
    const golden = ecr.Repository.fromRepositoryArn(
      pipelineStack,
      'Golden',
      'arn:aws:ecr:us-east-1:222222222222:repository/golden',
    );
    const own = ecr.Repository.fromRepositoryName(pipelineStack, 'Own', 'acme/shop');
    const login = secretsmanager.Secret.fromSecretNameV2(pipelineStack, 'Login', 'acme/ghcr');
    const template = templateOf(
      pipelineStack,
      BuildStep.dockerImage(own, {
        baseImages: [
          BaseImageSource.ecr(golden),
          BaseImageSource.pullThroughCache('docker-hub'),
          BaseImageSource.registry('ghcr.io', login),
        ],
      }),
    );
    const all = granted(template, /DeliveryImage/);

    function on(resource: string) {
      return all
        .filter((statement) => statement.resource.includes(resource))
        .flatMap(({ actions }) => actions)
        .sort();
    }

    expect(on('repository/golden')).toEqual(PULL);
    expect(on('repository/docker-hub/*')).toEqual(
      [...PULL, 'ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'].sort(),
    );
    expect(on('secret:acme/ghcr')).toEqual(['secretsmanager:GetSecretValue']);
    expect(on('"*"')).toEqual(['ecr:GetAuthorizationToken']);
    const [[, { Properties }]] = resourcesOf(template, codebuild.CfnProject.CFN_RESOURCE_TYPE_NAME);
    type Variable = { Name: string; Type: string; Value: unknown };
    const variables = (Properties.Environment as { EnvironmentVariables: Variable[] }).EnvironmentVariables;
    expect(variables.filter(({ Type }) => Type === 'SECRETS_MANAGER').map(({ Name, Value }) => [Name, Value])).toEqual([
      ['BASE_REGISTRY_1_USERNAME', 'acme/ghcr:username'],
      ['BASE_REGISTRY_1_PASSWORD', 'acme/ghcr:password'],
    ]);
  });

  test('allow a test to pull, and a description to describe images', () => {
    const pipelineStack = stackOf();
    const own = ecr.Repository.fromRepositoryName(pipelineStack, 'Own', 'acme/shop');
    const image = BuildStep.ecrBuildAndPublish(own, { producesArtifact: true });
    const template = templateOf(pipelineStack, image, TestStep.dockerImage(image, ['true']));

    function ofRole(role: RegExp) {
      return granted(template, role)
        .flatMap(({ actions }) => actions)
        .sort();
    }

    expect(ofRole(/DeliveryTest/)).toEqual([...PULL, 'ecr:GetAuthorizationToken'].sort());
    expect(ofRole(/DeliveryImageDetail/)).toEqual(['ecr:DescribeImages']);
    expect(granted(template, /DeliveryImageDetail/).map(({ resource }) => resource)).toEqual([
      expect.stringMatching(/:repository\/acme\/shop"\]{0,2}\}?$/),
    ]);
  });
});

test('accepts digests and tags in commands and JSON, but not other variables of a build', () => {
  function announce(key: string) {
    return BuildStep.shell(['true'], {
      stepName: 'Announce',
      environmentVariables: { IMAGE: image.variable(key) },
    });
  }

  const image = BuildStep.dockerImage(repository, { exportedVariables: ['OTHER'] });

  function newStack() {
    return new Stack();
  }

  for (const key of ['IMAGE_URI', 'IMAGE_DIGEST', 'IMAGE_TAG']) templateOf(newStack(), image, announce(key));
  expect(() => templateOf(newStack(), image, announce('OTHER'))).toThrow('not contain variables with arbitrary values');
});
