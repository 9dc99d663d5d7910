import {
  aws_codebuild as codebuild,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_secretsmanager as secretsmanager,
} from 'aws-cdk-lib';
import { BuildCompute, BuildNetwork, BuildSecret, BuildSize, BuildStep, PipelineSource } from '../../src';
import { LANGUAGES } from '../../src/aws/languages';
import { buildSpecOf } from '../../src/steps/build/buildspec';
import { emptyReportCommands } from '../../src/steps/build/empty-reports';
import { buildOf, planOf, stackOf } from '../helpers/build-steps';

const stack = stackOf();
const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/shop');
const project = codebuild.Project.fromProjectName(stack, 'Project', 'acme-build');
const secret = BuildSecret.secretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'acme/token'));
const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-1',
  availabilityZones: ['a'],
  privateSubnetIds: ['subnet-1'],
});
const source = PipelineSource.gitHub('acme/shop', 'main');

describe('buildspecs', () => {
  test('for Python', () => {
    expect(buildSpecOf(buildOf(BuildStep.python({ directory: 'api' })))).toEqual({
      version: '0.2',
      phases: {
        install: {
          'runtime-versions': { python: '3.13' },
          commands: ['cd "$CODEBUILD_SRC_DIR/api"', 'python -m pip install -r requirements.txt'],
        },
        build: {
          commands: [
            'cd "$CODEBUILD_SRC_DIR/api"',
            'python -m pytest --junitxml=reports/junit.xml --cov --cov-report=xml:reports/coverage.xml',
            'python -m pip wheel --no-deps --wheel-dir dist .',
            ...emptyReportCommands('api', [
              { name: 'tests', ...LANGUAGES.python.tests },
              { name: 'coverage', ...LANGUAGES.python.coverage },
            ]),
          ],
        },
      },
      reports: {
        tests: { 'base-directory': 'api', files: ['reports/junit.xml'], 'file-format': 'JUNITXML' },
        coverage: { 'base-directory': 'api', files: ['reports/coverage.xml'], 'file-format': 'COBERTURAXML' },
      },
      artifacts: { 'base-directory': 'api/dist', files: ['**/*'] },
      cache: { paths: ['/root/.cache/pip/**/*'] },
    });
  });

  test('write versions as strings, because the number 3.10 would be 3.1', () => {
    const spec = JSON.stringify(buildSpecOf(buildOf(BuildStep.python({ pythonVersion: '3.10' }))));
    expect(spec).toContain('"python":"3.10"');
  });

  test('prefer configured values to defaults', () => {
    const step = BuildStep.maven({
      javaVersion: '17',
      installCommands: ['./fetch'],
      testCommands: [],
      buildCommands: ['./make'],
      outputDirectory: 'out',
      testReports: ['r/*.xml'],
      coverageReports: [],
      cachePaths: ['/opt/cache/**/*'],
    });
    expect(buildSpecOf(buildOf(step))).toEqual({
      version: '0.2',
      phases: {
        install: { 'runtime-versions': { java: 'corretto17' }, commands: ['./fetch'] },
        build: {
          commands: [
            './make',
            ...emptyReportCommands('.', [{ name: 'tests', files: ['r/*.xml'], format: 'JUNITXML' }]),
          ],
        },
      },
      reports: { tests: { 'base-directory': '.', files: ['r/*.xml'], 'file-format': 'JUNITXML' } },
      artifacts: { 'base-directory': 'out', files: ['**/*'] },
      cache: { paths: ['/opt/cache/**/*'] },
    });
  });

  test.each(['nodeJs', 'python', 'maven', 'gradle', 'golang', 'dotNet'] as const)(
    'have no artifact if a build of %s consists of tests only',
    (language) => {
      const step = BuildStep[language]({ buildCommands: [] });
      expect(buildSpecOf(buildOf(step))).not.toHaveProperty('artifacts');
      expect(planOf(step).outputs).toEqual([]);
      expect(planOf(BuildStep[language]({ buildCommands: [], outputDirectory: 'reports' })).outputs).toEqual(['Build']);
    },
  );

  test('have no cache if it is disabled', () =>
    expect(buildSpecOf(buildOf(BuildStep.golang({ cachePaths: [] })))).not.toHaveProperty('cache'));

  test('for a matrix', () => {
    const step = BuildStep.matrix(
      ['./test "$DB"'],
      { DB: ['postgres', 'mysql'], TLS: ['on', 'off'] },
      { outputDirectory: 'out', failFast: true },
    );
    expect(buildSpecOf(buildOf(step))).toMatchObject({
      batch: {
        'fast-fail': true,
        'build-matrix': { dynamic: { env: { variables: { DB: ['postgres', 'mysql'], TLS: ['on', 'off'] } } } },
      },
    });
    expect(planOf(step).configuration).toEqual({ BatchEnabled: 'true', CombineArtifacts: 'true' });
    expect(planOf(BuildStep.matrix(['make'], { A: ['1'] })).configuration).toEqual({ BatchEnabled: 'true' });
  });

  test('configure a proxy for CodeBuild and for commands', () => {
    const build = buildOf(
      BuildStep.shell(['make'], {
        network: BuildNetwork.vpc(vpc, { proxy: 'http://proxy:3128', noProxy: ['a', 'b'] }),
      }),
    );
    expect(buildSpecOf(build)).toMatchObject({ proxy: { 'upload-artifacts': 'yes', logs: 'yes' } });
    expect(build.environmentVariables).toEqual({
      HTTP_PROXY: 'http://proxy:3128',
      HTTPS_PROXY: 'http://proxy:3128',
      NO_PROXY: 'a,b',
    });
  });

  test('exclude credentials and metadata from the proxy', () => {
    const { environmentVariables } = buildOf(
      BuildStep.shell(['make'], { network: BuildNetwork.vpc(vpc, { proxy: 'http://proxy:3128' }) }),
    );
    expect(environmentVariables.NO_PROXY.split(',')).toEqual(
      expect.arrayContaining(['169.254.169.254', '169.254.170.2']),
    );
  });
});

test('passes variables of the pipeline in the configuration of the action', () => {
  const { configuration } = planOf(
    BuildStep.shell(['make'], { environmentVariables: { COMMIT: source.variable('CommitId'), MODE: 'x' } }),
  );
  expect(JSON.parse(configuration.EnvironmentVariables)).toEqual([
    { name: 'COMMIT', value: '#{Source-vars.CommitId}', type: 'PLAINTEXT' },
  ]);
});

describe('image builds', () => {
  test('output the image details, export the digest, and use Docker', () => {
    const step = BuildStep.dockerImage(repository);
    expect(planOf(step)).toMatchObject({
      name: 'Image',
      provider: 'codeBuild',
      outputs: ['Image'],
      exports: ['IMAGE_URI', 'IMAGE_DIGEST', 'IMAGE_TAG'],
    });
    expect(buildOf(step)).toMatchObject({
      docker: true,
      outputs: [{ artifact: 'Image', folder: 'image-detail' }],
      pushesTo: repository,
      cachePaths: [],
    });
  });

  test('pass tags and build arguments as environment variables', () => {
    const step = BuildStep.dockerImage(repository, {
      tags: [source.variable('CommitId'), 'v1'],
      buildArguments: { A: 'x' },
    });
    expect(buildOf(step).environmentVariables).toEqual({
      BUILDX_NO_DEFAULT_ATTESTATIONS: '1',
      IMAGE_TAGS: '#{Source-vars.CommitId} v1',
      A: 'x',
    });
    expect(planOf(step).configuration.EnvironmentVariables).toContain('#{Source-vars.CommitId} v1');
  });

  test.each([
    ['on a separate machine', BuildStep.dockerImage(repository), true],
    ['in a VPC', BuildStep.dockerImage(repository, { network: BuildNetwork.vpc(vpc) }), false],
    [
      'on the largest machine',
      BuildStep.dockerImage(repository, { compute: BuildCompute.x86(BuildSize.XXLARGE) }),
      false,
    ],
  ])('cache layers only where CodeBuild supports it: %s', (_, step, kept) =>
    expect(buildOf(step).layerCache).toBe(kept),
  );

  test('with the action ECRBuildAndPublish', () => {
    expect(
      planOf(
        BuildStep.ecrBuildAndPublish(repository, {
          dockerfileDirectory: 'docker',
          tags: ['v1', source.variable('CommitId')],
        }),
      ),
    ).toEqual({
      name: 'Image',
      path: 'step',
      inputs: ['Source'],
      after: [],
      provider: 'ecrBuildAndPublish',
      outputs: [],
      namespace: 'Image-vars',
      configuration: { DockerFilePath: 'docker', ImageTags: 'v1,#{Source-vars.CommitId}' },
      propNames: { DockerFilePath: 'dockerfileDirectory', ImageTags: 'tags' },
      spec: { kind: 'image', repository },
    });
    expect(planOf(BuildStep.ecrBuildAndPublish(repository)).configuration).toEqual({});
  });
});

test('plans a Commands action', () => {
  const step = BuildStep.commands(['make', 'make docs'], {
    outputDirectory: 'out/docs',
    exportedVariables: ['VERSION'],
    environmentVariables: { MESSAGE: source.variable('CommitMessage') },
    secrets: { TOKEN: secret },
    size: BuildSize.LARGE,
  });
  expect(planOf(step)).toMatchObject({
    provider: 'commands',
    outputs: ['Build'],
    files: ['out/docs/**/*'],
    exports: ['VERSION'],
    commands: ['make', 'make docs'],
    environmentVariables: { MESSAGE: '#{Source-vars.CommitMessage}' },
    configuration: { ComputeType: 'BUILD_GENERAL1_LARGE' },
    spec: { kind: 'commands', secrets: { TOKEN: { kind: 'secrets-manager' } } },
  });
  expect(planOf(BuildStep.commands(['make'], { outputDirectory: '.' })).files).toEqual(['**/*']);
  expect(planOf(BuildStep.commands(['make']))).toMatchObject({ outputs: [], configuration: {} });
});

test('plans an existing project', () => {
  const step = BuildStep.project(project, {
    producesArtifact: true,
    outputNames: ['docs'],
    exportedVariables: ['V'],
    batch: true,
    environmentVariables: { MODE: 'x' },
  });
  expect(planOf(step)).toMatchObject({
    provider: 'codeBuild',
    outputs: ['Build', 'Build_docs'],
    exports: ['V'],
    configuration: {
      BatchEnabled: 'true',
      CombineArtifacts: 'true',
      EnvironmentVariables: '[{"name":"MODE","value":"x","type":"PLAINTEXT"}]',
    },
    spec: { kind: 'project', project, batch: true },
  });
  const lint = BuildStep.shell(['make'], { stepName: 'Lint', outputDirectory: 'out' });
  expect(planOf(BuildStep.project(project, { inputs: [lint.artifact, source.artifact] })).configuration).toEqual({
    PrimarySource: 'Lint',
  });
});

test('plans a Jenkins job', () => {
  expect(
    planOf(BuildStep.jenkins('shop-build', { providerName: 'AcmeJenkins', typeVersion: '2', producesArtifact: true })),
  ).toMatchObject({
    provider: {
      category: 'Build',
      owner: 'Custom',
      provider: 'AcmeJenkins',
      version: '2',
      inputs: { min: 0, max: 5 },
      outputs: { min: 0, max: 5 },
    },
    outputs: ['Build'],
    configuration: { ProjectName: 'shop-build' },
    spec: { kind: 'jenkins' },
  });
});
