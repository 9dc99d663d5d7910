import { aws_ecr as ecr, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { BuildNetwork, BuildSecret, BuildStep, type DockerImageOptions } from '../../../src';
import { buildOf, stackOf } from '../../helpers/build-steps';
import { calledWith as called, COMMIT, digest, REPOSITORY, runOnRegistry } from '../../helpers/fake-registry';

const DIGEST = digest(2);
const stack = stackOf();
const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/shop');
const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'acme/npm');

/** Runs the commands of the step like CodeBuild, with fakes of `docker` and `aws`. */
function run(
  shell: string,
  options: DockerImageOptions,
  { env, trouble }: { env?: Record<string, string>; trouble?: string } = {},
) {
  const { phases, environmentVariables } = buildOf(BuildStep.dockerImage(repository, options));
  const result = runOnRegistry(shell, [...phases.install, ...phases.build], {
    env: { ...environmentVariables, ...env },
    trouble: trouble === undefined ? [] : [trouble],
    tell: ['IMAGE_URI', 'IMAGE_DIGEST'],
  });
  return {
    ...result,
    images: result.lines('images'),
    arguments: result.lines('arguments'),
    detail: result.lines('image-detail/imageDetail.json'),
  };
}

/** Evaluates a JMESPath of the form `list[0].{Key: member, Other: 'text'}`. */
function answer(query: string, [image]: Array<Record<string, unknown>>): Record<string, unknown> {
  const [, members] = /^imageDetails\[0\]\.\{(.*)\}$/.exec(query)!;
  return Object.fromEntries(
    members.split(', ').map((member) => {
      const [, key, value] = /^(\w+): (.*)$/.exec(member)!;
      return [key, value.startsWith("'") ? value.slice(1, -1) : image[value]];
    }),
  );
}

describe.each(['dash', 'bash'])('in %s', (shell) => {
  test('builds, tags, pushes and describes the image', () => {
    const result = run(shell, {});
    expect(result.error).toBe('');
    // The two ends of the pipe, which are the first calls, start at the same time.
    expect(result.calls.map((call) => call.slice(0, 3).join(' ')).slice(2)).toEqual([
      'aws ecr describe-images',
      'docker build --file',
      `docker push ${REPOSITORY}:${COMMIT}`,
      'docker image inspect',
      'aws ecr describe-images',
    ]);
    expect(called(result, 'docker', 'build')).toEqual([
      ['docker', 'build', '--file', 'Dockerfile', '--tag', `${REPOSITORY}:${COMMIT}`, '.'],
    ]);
    expect(result.exported).toBe(`${REPOSITORY}@${DIGEST}\n${DIGEST}\n`);
  });

  test('logs in with the password on standard input only', () => {
    const result = run(shell, {});
    expect(called(result, 'aws', 'ecr', 'get-login-password')).toEqual([
      ['aws', 'ecr', 'get-login-password', '--region', 'eu-west-1'],
    ]);
    expect(called(result, 'docker', 'login')).toEqual([
      ['docker', 'login', '--username', 'AWS', '--password-stdin', '111111111111.dkr.ecr.eu-west-1.amazonaws.com'],
    ]);
    expect(result.calls.flat()).not.toContain('the-password');
  });

  test('uses the account and Region of the repository URI', () => {
    const result = run(
      shell,
      {},
      { env: { IMAGE_REPOSITORY: '222222222222.dkr.ecr.us-gov-west-1.amazonaws.com/deep/er/name' } },
    );
    expect(called(result, 'aws', 'ecr', 'get-login-password')[0]).toContain('us-gov-west-1');
    const [describe] = called(result, 'aws', 'ecr', 'describe-images');
    expect(describe.join(' ')).toContain(
      '--region us-gov-west-1 --registry-id 222222222222 --repository-name deep/er/name',
    );
  });

  test('writes the same imageDetail.json as an ECR source', () => {
    const describe = called(run(shell, {}), 'aws', 'ecr', 'describe-images').at(-1)!;
    expect(describe).toContain(`imageDigest=${DIGEST}`);
    const image = {
      registryId: '111111111111',
      repositoryName: 'acme/shop',
      imageDigest: DIGEST,
      imageTags: ['v1'],
      imageSizeInBytes: 7,
      imagePushedAt: '2026-11-26T10:00:00+00:00',
    };
    expect(answer(describe[describe.indexOf('--query') + 1], [image])).toEqual({
      ImageSizeInBytes: 7,
      ImageDigest: DIGEST,
      Version: '1.0',
      ImagePushedAt: '2026-11-26T10:00:00+00:00',
      RegistryId: '111111111111',
      RepositoryName: 'acme/shop',
      ImageURI: `${REPOSITORY}@${DIGEST}`,
      ImageTags: ['v1'],
    });
    expect(run(shell, {}).detail).toEqual(['{"described": true}']);
  });

  test('sets and pushes every tag', () => {
    const result = run(shell, { tags: ['v1', 'latest'] });
    expect(result.images).toEqual([`${REPOSITORY}:v1`, `${REPOSITORY}:latest`]);
    expect(called(result, 'docker', 'push').map((call) => call[2])).toEqual(result.images);
  });

  test.each([
    ['a version id of S3', '.Hq5~x/y+z=', '_Hq5_x_y_z_'],
    ['a digest', 'sha256:0123', 'sha256_0123'],
    // Leaves space for a build number.
    ['something long', 'a'.repeat(300), 'a'.repeat(120)],
    ['something that would run', '$(touch pwned) `id`; x', '__touch_pwned___id___x'],
  ])('converts %s to a tag', (_, version, tag) => {
    expect(run(shell, {}, { env: { CODEBUILD_RESOLVED_SOURCE_VERSION: version } }).images).toEqual([
      `${REPOSITORY}:${tag}`,
    ]);
  });

  test('passes build arguments with any content through the environment', () => {
    const value = '$(touch pwned)"; rm -rf / \' `id` #';
    const result = run(shell, { buildArguments: { VERSION: value, EMPTY: '' } });
    expect(result.arguments).toEqual([`VERSION=${value}`, 'EMPTY=']);
    expect(result.calls.flat().join(' ')).not.toContain('pwned');
  });

  test('mounts secrets instead of passing them as arguments', () => {
    const result = run(
      shell,
      { secrets: { NPM_TOKEN: BuildSecret.secretsManager(secret) } },
      { env: { NPM_TOKEN: 'hush' } },
    );
    const [build] = called(result, 'docker', 'build');
    expect(build).toEqual(expect.arrayContaining(['--secret', 'id=NPM_TOKEN,env=NPM_TOKEN']));
    expect(build).not.toContain('--build-arg');
    expect(result.calls.flat().join(' ')).not.toContain('hush');
  });

  test('a Dockerfile with a space in its path, a stage and a cache', () => {
    const result = run(shell, { dockerfile: 'docker files/web.Dockerfile', target: 'runtime', cacheTag: 'cache' });
    expect(called(result, 'docker', 'build')[0].slice(2)).toEqual([
      '--file',
      'docker files/web.Dockerfile',
      '--target',
      'runtime',
      '--cache-from',
      `${REPOSITORY}:cache`,
      '--cache-to',
      'type=inline',
      '--tag',
      `${REPOSITORY}:cache`,
      '--tag',
      `${REPOSITORY}:${COMMIT}`,
      '.',
    ]);
    expect(called(result, 'docker', 'push').map((call) => call[2])).toEqual([
      `${REPOSITORY}:${COMMIT}`,
      `${REPOSITORY}:cache`,
    ]);
  });

  test('passes the proxy to the Dockerfile', () => {
    const vpc = { vpcId: 'vpc-1' } as never;
    const { phases } = buildOf(
      BuildStep.dockerImage(repository, { network: BuildNetwork.vpc(vpc, { proxy: 'http://proxy.example.com:3128' }) }),
    );
    expect(phases.build.join('\n')).toContain('--build-arg HTTP_PROXY --build-arg HTTPS_PROXY --build-arg NO_PROXY');
  });

  test.each([
    ['there is no password', 'no-password', ['docker login', 'aws ecr']],
    ['the build fails', 'build-fails', ['docker login', 'aws ecr', 'aws ecr', 'docker build']],
    ['the push fails', 'push-fails', ['docker login', 'aws ecr', 'aws ecr', 'docker build', 'docker push']],
    [
      'there is no digest',
      'no-digest',
      ['docker login', 'aws ecr', 'aws ecr', 'docker build', 'docker push', 'docker image'],
    ],
    [
      'the image is not found',
      'no-image',
      ['docker login', 'aws ecr', 'aws ecr', 'docker build', 'docker push', 'docker image', 'aws ecr'],
    ],
  ])('fails when %s', (_, trouble, calls) => {
    const result = run(shell, {}, { trouble });
    expect(result.ok).toBe(false);
    expect(result.calls.map((call) => call.slice(0, 2).join(' ')).sort()).toEqual([...calls].sort());
  });

  test('fails when the push of the first of several tags fails', () => {
    const result = run(shell, { tags: ['refused', 'latest'] });
    expect(result.ok).toBe(false);
    expect(called(result, 'docker', 'push')).toHaveLength(1);
  });

  test('fails with an instruction if there is no revision', () => {
    const result = run(shell, {}, { env: { CODEBUILD_RESOLVED_SOURCE_VERSION: '' } });
    expect(result.error).toBe('The input has no revision to use as a tag; set the tags of the step\n');
    expect(result.calls).toEqual([]);
  });
});
