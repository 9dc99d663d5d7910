import { aws_ecr as ecr, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import {
  BuildSecret,
  BuildStep,
  BaseImageSource,
  ImagePlatform,
  TestStep,
  type DockerImageOptions,
  type PipelineStep,
} from '../../../src';
import type { StepPlan } from '../../../src/pipeline/pipeline-plan';
import type { BuildSpec } from '../../../src/steps/build/spec';
import { plansOf, specOf, stackOf } from '../../helpers/build-steps';
import {
  calledWith,
  COMMIT,
  digest,
  REPOSITORY,
  runOnRegistry,
  type RegistryRequest,
} from '../../helpers/fake-registry';

const stack = stackOf();
const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/shop');
const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'acme/ghcr');
const BOTH = [ImagePlatform.X86_64, ImagePlatform.ARM64];
const EXPORTS = ['IMAGE_URI', 'IMAGE_DIGEST', 'IMAGE_TAG'];

/** Returns one of the actions of a step. */
function planNamed(step: PipelineStep, name: string): StepPlan {
  const plan = plansOf(step).find((action) => action.name === name);
  if (!plan) throw new Error(`no action ${name}`);
  return plan;
}

function workOf(step: PipelineStep, name: string): BuildSpec {
  return specOf(planNamed(step, name));
}

/** Runs the commands of one of the actions of a step. */
function run(shell: string, step: PipelineStep, name: string, request: RegistryRequest = {}) {
  const { phases, environmentVariables } = workOf(step, name);
  return runOnRegistry(shell, [...phases.install, ...phases.build], {
    ...request,
    env: { ...environmentVariables, ...request.env },
  });
}

function image(options: DockerImageOptions) {
  return BuildStep.dockerImage(repository, options);
}

describe.each(['dash', 'bash'])('in %s', (shell) => {
  test('exports the first tag', () => {
    expect(run(shell, image({}), 'Image', { tell: EXPORTS }).exported).toBe(
      `${REPOSITORY}@${digest(2)}\n${digest(2)}\n${COMMIT}\n`,
    );
    expect(run(shell, image({ tags: ['v1', 'latest'] }), 'Image', { tell: ['IMAGE_TAG'] }).exported).toBe('v1\n');
  });

  describe('a revision with an existing image', () => {
    function tagOf(step: PipelineStep, name: string, pushed: string[], env = {}) {
      const result = run(shell, step, name, { tell: ['IMAGE_TAG'], pushed, env });
      expect(result.error).toBe('');
      return {
        outputs: result.exported.split('\n').at(-2),
        isReported: result.exported.includes('An image of this revision exists'),
        result,
      };
    }

    test('is pushed and exported with the build number as a tag suffix', () => {
      const { outputs, isReported, result } = tagOf(image({ cacheTag: 'cache' }), 'Image', [COMMIT]);
      expect({ outputs, isReported }).toEqual({ outputs: `${COMMIT}-7`, isReported: true });
      expect(calledWith(result, 'docker', 'push').map((call) => call[2])).toEqual([
        `${REPOSITORY}:${COMMIT}-7`,
        `${REPOSITORY}:cache`,
      ]);
    });

    test('does not affect other revisions', () => {
      expect(tagOf(image({}), 'Image', [`${COMMIT}0`, 'v1'])).toMatchObject({ outputs: COMMIT, isReported: false });
    });

    test('is handled separately for each platform and for the index', () => {
      const both = image({ platforms: BOTH });
      expect(tagOf(both, 'Image-arm64', [`${COMMIT}-arm64`]).outputs).toBe(`${COMMIT}-arm64-7`);
      expect(tagOf(both, 'Image-x86_64', [`${COMMIT}-arm64`]).outputs).toBe(`${COMMIT}-x86_64`);
      const { outputs, result } = tagOf(both, 'Image', [COMMIT], { IMAGE_PARTS: `${digest(3)} ${digest(4)}` });
      expect(outputs).toBe(`${COMMIT}-7`);
      expect(calledWith(result, 'docker', 'buildx', 'imagetools', 'create')[0].slice(4, 6)).toEqual([
        '--tag',
        `${REPOSITORY}:${COMMIT}-7`,
      ]);
    });

    test('does not change configured tags', () => {
      expect(tagOf(image({ tags: ['v1', 'latest'] }), 'Image', ['v1', 'latest'])).toMatchObject({
        outputs: 'v1',
        isReported: false,
      });
      expect(
        tagOf(image({ platforms: BOTH, tags: ['v1'] }), 'Image', ['v1'], { IMAGE_PARTS: digest(3) }),
      ).toMatchObject({ outputs: 'v1', isReported: false });
    });

    test('has a tag of a valid length', () => {
      const env = { CODEBUILD_RESOLVED_SOURCE_VERSION: 'a'.repeat(300), CODEBUILD_BUILD_NUMBER: '9999999' };
      expect(
        tagOf(image({ platforms: BOTH }), 'Image-x86_64', [`${'a'.repeat(113)}-x86_64`], env).outputs,
      ).toHaveLength(128);
    });
  });

  describe('an image of one of two platforms', () => {
    test('is pushed with the platform as a tag suffix, without a description', () => {
      const result = run(shell, image({ platforms: BOTH, cacheTag: 'cache' }), 'Image-arm64', { tell: EXPORTS });
      expect(result.error).toBe('');
      expect(calledWith(result, 'docker', 'push').map((call) => call[2])).toEqual([
        `${REPOSITORY}:${COMMIT}-arm64`,
        `${REPOSITORY}:cache-arm64`,
      ]);
      expect(result.exported).toBe(`${REPOSITORY}@${digest(2)}\n${digest(2)}\n${COMMIT}-arm64\n`);
      expect(
        calledWith(result, 'aws', 'ecr', 'describe-images').filter((call) =>
          call.some((word) => word.startsWith('imageDigest=')),
        ),
      ).toEqual([]);
      expect(result.lines('image-detail/imageDetail.json')).toEqual([]);
    });

    test('has only the first of several tags', () => {
      const result = run(shell, image({ platforms: BOTH, tags: ['v1', 'latest'] }), 'Image-x86_64');
      expect(calledWith(result, 'docker', 'push').map((call) => call[2])).toEqual([`${REPOSITORY}:v1-x86_64`]);
    });

    test('has a tag of a valid length for a revision of any length', () => {
      function tagOf(name: string, env = {}) {
        return run(shell, image({ platforms: BOTH }), name, {
          tell: ['IMAGE_TAG'],
          env: { CODEBUILD_RESOLVED_SOURCE_VERSION: 'a'.repeat(300), ...env },
        }).exported.trim();
      }

      const whole = tagOf('Image', { IMAGE_PARTS: digest(1) });
      expect([tagOf('Image-x86_64'), tagOf('Image-arm64')]).toEqual([`${whole}-x86_64`, `${whole}-arm64`]);
      // Leaves space for a build number.
      expect(tagOf('Image-x86_64')).toHaveLength(120);
    });

    test('is not pushed without a revision', () => {
      const result = run(shell, image({ platforms: BOTH }), 'Image-arm64', {
        env: { CODEBUILD_RESOLVED_SOURCE_VERSION: '' },
      });
      expect(result).toMatchObject({
        ok: false,
        calls: [],
        error: 'The input has no revision to use as a tag; set the tags of the step\n',
      });
    });
  });

  describe('the index', () => {
    function index(request: RegistryRequest = {}) {
      return run(shell, image({ platforms: BOTH, tags: ['v1', 'latest'] }), 'Image', {
        ...request,
        env: { IMAGE_PARTS: `${digest(3)} ${digest(4)}`, ...request.env },
      });
    }

    test('is created from digests under every tag, and its digest is exported', () => {
      const result = index({ tell: EXPORTS });
      expect(result.error).toBe('');
      expect(calledWith(result, 'docker', 'buildx', 'imagetools', 'create')).toEqual([
        [
          'docker',
          'buildx',
          'imagetools',
          'create',
          '--tag',
          `${REPOSITORY}:v1`,
          '--tag',
          `${REPOSITORY}:latest`,
          `${REPOSITORY}@${digest(3)}`,
          `${REPOSITORY}@${digest(4)}`,
        ],
      ]);
      expect(result.exported).toBe(`${REPOSITORY}@${digest(9)}\n${digest(9)}\nv1\n`);
    });

    test('is found by its first tag and described by its digest', () => {
      const [lookedUp, described] = calledWith(index(), 'aws', 'ecr', 'describe-images');
      expect(lookedUp).toContain('imageTag=v1');
      expect(described).toContain(`imageDigest=${digest(9)}`);
      expect(index().lines('image-detail/imageDetail.json')).toEqual(['{"described": true}']);
    });

    test('is created without the Docker daemon', () => {
      const calls = index()
        .calls.filter(([tool]) => tool === 'docker')
        .map((call) => call[1]);
      expect(new Set(calls)).toEqual(new Set(['login', 'buildx']));
    });

    test('fails the step if another execution has moved the tag', () => {
      const result = index({ trouble: ['tag-moves'] });
      expect(result.ok).toBe(false);
      expect(result.error).toBe(`The image v1 does not contain ${digest(3)}: another execution has moved the tag\n`);
      expect(result.lines('image-detail/imageDetail.json')).toEqual([]);
    });

    test.each([['create-fails'], ['no-image'], ['no-password']])('fails the step: %s', (trouble) =>
      expect(index({ trouble: [trouble] }).ok).toBe(false),
    );
  });

  describe('base images', () => {
    const ORIGINS =
      '222222222222.dkr.ecr.us-east-1.amazonaws.com/golden 111111111111.dkr.ecr.eu-west-1.amazonaws.com/docker-hub';
    const ofEcr = image({
      baseImages: [BaseImageSource.ecr(repository), BaseImageSource.pullThroughCache('docker-hub')],
    });
    const ofRegistries = image({
      baseImages: [BaseImageSource.registry('ghcr.io', secret), BaseImageSource.registry('docker.io', secret)],
    });
    const logins = {
      BASE_REGISTRY_1_USERNAME: 'bot',
      BASE_REGISTRY_1_PASSWORD: '$(touch pwned) "hush" \'',
      BASE_REGISTRY_2_USERNAME: 'hub',
      BASE_REGISTRY_2_PASSWORD: 'psst',
    };

    test('in ECR: log Docker in to the other registries', () => {
      const result = run(shell, ofEcr, 'Image', { env: { BASE_IMAGES: ORIGINS } });
      expect(result.error).toBe('');
      expect(result.lines('logins').map((line) => line.split(' ')[0])).toEqual([
        '111111111111.dkr.ecr.eu-west-1.amazonaws.com',
        '222222222222.dkr.ecr.us-east-1.amazonaws.com',
      ]);
      expect(calledWith(result, 'aws', 'ecr', 'get-login-password').map((call) => call[4])).toEqual([
        'eu-west-1',
        'us-east-1',
      ]);
    });

    test('in ECR: fail the step before the build if a login fails', () => {
      const result = run(shell, ofEcr, 'Image', {
        env: { BASE_IMAGES: ORIGINS },
        trouble: ['refuses-222222222222.dkr.ecr.us-east-1.amazonaws.com'],
      });
      expect(result.ok).toBe(false);
      expect(calledWith(result, 'docker', 'build')).toEqual([]);
    });

    test('in other registries: use a separate login for each, with any password', () => {
      const result = run(shell, ofRegistries, 'Image', { env: logins });
      expect(result.error).toBe('');
      expect(result.lines('logins').slice(1)).toEqual(['ghcr.io $(touch pwned) "hush" \'', 'docker.io psst']);
      expect(calledWith(result, 'docker', 'login', '--username', 'bot')).toEqual([
        ['docker', 'login', '--username', 'bot', '--password-stdin', 'ghcr.io'],
      ]);
    });

    test('in other registries: fail the step if a login fails', () => {
      expect(run(shell, ofRegistries, 'Image', { env: logins, trouble: ['refuses-docker.io'] }).ok).toBe(false);
    });
  });

  test('passes no secret as an argument of any program', () => {
    const step = image({
      platforms: BOTH,
      secrets: { NPM_TOKEN: BuildSecret.secretsManager(secret, { field: 'npm' }) },
      baseImages: [BaseImageSource.registry('ghcr.io', secret)],
    });
    for (const name of ['Image-x86_64', 'Image-arm64']) {
      const result = run(shell, step, name, {
        env: { NPM_TOKEN: 'secret-1', BASE_REGISTRY_1_USERNAME: 'bot', BASE_REGISTRY_1_PASSWORD: 'secret-2' },
      });
      expect(result.error).toBe('');
      expect(result.calls.flat().filter((word) => word.includes('secret-'))).toEqual([]);
    }
  });

  test.each<[string, PipelineStep, string, Record<string, string>]>([
    [
      'the index',
      image({ platforms: BOTH, secrets: { NPM_TOKEN: BuildSecret.secretsManager(secret) } }),
      'Image',
      { IMAGE_PARTS: `${digest(3)} ${digest(4)}` },
    ],
    [
      'a test',
      TestStep.dockerImage(image({}), ['true'], { secrets: { NPM_TOKEN: BuildSecret.secretsManager(secret) } }),
      'Test',
      { IMAGE_DIGEST: digest(5) },
    ],
  ])('%s logs in with the password on standard input, and no secret is an argument', (_, step, name, env) => {
    const result = run(shell, step, name, { env: { NPM_TOKEN: 'secret-1', ...env } });
    expect(result).toMatchObject({ ok: true, error: '' });
    const registry = REPOSITORY.split('/')[0];
    expect(result.lines('logins')).toEqual([`${registry} the-password`]);
    expect(calledWith(result, 'docker', 'login')).toEqual([
      ['docker', 'login', '--username', 'AWS', '--password-stdin', registry],
    ]);
    expect(result.calls.flat().filter((word) => /the-password|secret-1/.test(word))).toEqual([]);
  });

  test('writes no description without the image', () => {
    const { commands } = planNamed(
      BuildStep.ecrBuildAndPublish(repository, { producesArtifact: true }),
      'Image-Detail',
    );
    const result = runOnRegistry(shell, commands!, { env: { IMAGE_DIGEST: digest(6) }, trouble: ['no-image'] });
    expect(result.ok).toBe(false);
    expect(result.lines('imageDetail.json')).toEqual([]);
  });

  describe('a test of an image', () => {
    const tested = TestStep.dockerImage(image({}), ['test "$(printenv IMAGE_URI)" = "$EXPECTED"']);

    test.each([
      ['with its algorithm', digest(5)],
      ['without', digest(5).slice('sha256:'.length)],
    ])('pulls the pushed image by its digest %s', (_, outputs) => {
      const result = run(shell, tested, 'Test', {
        env: { IMAGE_DIGEST: outputs, EXPECTED: `${REPOSITORY}@${digest(5)}` },
      });
      expect(result).toMatchObject({ ok: true, error: '' });
      expect(calledWith(result, 'docker', 'pull')).toEqual([['docker', 'pull', `${REPOSITORY}@${digest(5)}`]]);
    });

    test('does not start without the image', () => {
      expect(run(shell, tested, 'Test', { env: { IMAGE_DIGEST: digest(5) }, trouble: ['pull-fails'] }).ok).toBe(false);
    });
  });

  test.each([[digest(6)], [digest(6).slice('sha256:'.length)]])(
    'an image of CodePipeline is described by its digest: %s',
    (outputs) => {
      const { commands, environmentVariables, files } = planNamed(
        BuildStep.ecrBuildAndPublish(repository, { producesArtifact: true }),
        'Image-Detail',
      );
      expect(environmentVariables).toEqual({ IMAGE_DIGEST: '#{Image-vars.ECRImageDigestId}' });
      const result = runOnRegistry(shell, commands!, { env: { IMAGE_DIGEST: outputs }, tell: ['IMAGE_URI'] });
      expect(result).toMatchObject({ ok: true, error: '', exported: `${REPOSITORY}@${digest(6)}\n` });
      expect(calledWith(result, 'aws', 'ecr', 'describe-images')[0]).toContain(`imageDigest=${digest(6)}`);
      expect(files).toEqual(['imageDetail.json']);
      expect(result.lines('imageDetail.json')).toEqual(['{"described": true}']);
    },
  );
});
