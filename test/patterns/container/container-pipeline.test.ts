import { App, aws_ecr as ecr, aws_iam as iam, Stack } from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  ContainerPipeline,
  type ContainerPipelineProps,
  DeploymentEnvironment,
  DeploymentWave,
  DeployTarget,
  type DockerImageOptions,
  ImageScan,
  TestStep,
} from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { check } from '../../../src/check/check';
import { atLeastOne } from '../../../src/pipeline/problems';
import { A_SOURCE, A_TARGET, RESOURCE } from '../../../src/pipeline/rules';
import { denialsOf, unmodelledOf } from '../../check/verdicts';
import { blueGreenNear } from '../../helpers/blue-green';
import { source } from '../../helpers/delivery';
import { planContainer } from '../../helpers/plans';
import { repositoryOf, serviceOf } from '../../helpers/services';
import { actionsOf, jsonOf, pipelineOf, statementsOf } from '../../helpers/synth';

const ENV = { account: '111111111111', region: 'eu-west-1' };

function made(props: (stack: Stack) => Partial<ContainerPipelineProps> = () => ({})) {
  const app = new App();
  const stack = new Stack(app, 'Api', { env: ENV });
  const all: ContainerPipelineProps = {
    source,
    image: BuildStep.dockerImage(repositoryOf(stack)),
    environments: ['staging', 'production'].map(
      (name) => new DeploymentEnvironment(name, { target: DeployTarget.ecsService(serviceOf(stack, name)) }),
    ),
    ...props(stack),
  };
  return { app, stack, props: all, pipeline: new ContainerPipeline(stack, 'Delivery', all) };
}

function error(props: (stack: Stack) => Partial<ContainerPipelineProps>) {
  try {
    made(props);
  } catch (thrown) {
    return (thrown as Error).message;
  }
  return '';
}

test('renders the plan, and deploys a single image by digest', () => {
  const { stack, props } = made();
  const { Stages } = pipelineOf(jsonOf(stack));
  const plan = planContainer(props);
  expect(Stages.map(({ Name, Actions }) => [Name, ...Actions.map((action) => [action.Name, action.RunOrder])])).toEqual(
    plan.stages.map(({ name, actions }) => [name, ...actions.map((action) => [action.name, action.runOrder])]),
  );
  for (const name of ['Prepare-staging', 'Prepare-production']) {
    const [{ InputArtifacts, Commands }] = actionsOf(jsonOf(stack)).filter((action) => action.Name === name);
    expect(InputArtifacts).toEqual([{ Name: 'Image' }]);
    expect(Commands!.join('\n')).toContain('contains("@sha256:")');
  }
});

test('requires approvals for production and waves, but not for a single environment', () => {
  function stages(props?: (stack: Stack) => Partial<ContainerPipelineProps>) {
    return pipelineOf(jsonOf(made(props).stack)).Stages.map(({ Name }) => Name);
  }

  expect(stages()).toEqual(['Source', 'Build', 'staging', 'production-Approve', 'production']);

  function live(stack: Stack, name = 'live') {
    return new DeploymentEnvironment(name, { target: DeployTarget.ecsService(serviceOf(stack, name)) });
  }

  expect(stages((stack) => ({ environments: [live(stack)] }))).toEqual(['Source', 'Build', 'live']);
  expect(
    stages((stack) => ({
      environments: [live(stack, 'dev'), new DeploymentWave('all', [live(stack, 'a'), live(stack, 'b')])],
    })),
  ).toEqual(['Source', 'Build', 'dev', 'all-Approve', 'all']);
});

test('builds several images at the same time, and deploys each to its service', () => {
  const { stack } = made((scope) => {
    const worker = BuildStep.dockerImage(repositoryOf(scope, 'acme/worker'), { stepName: 'Worker' });
    return {
      additionalImages: [worker],
      environments: [
        new DeploymentEnvironment('live', {
          target: DeployTarget.together([
            DeployTarget.ecsService(serviceOf(scope, 'api'), { deploymentName: 'Api' }),
            DeployTarget.ecsService(serviceOf(scope, 'worker', {}, ['worker']), {
              deploymentName: 'Worker',
              images: { worker },
            }),
          ]),
        }),
      ],
    };
  });
  const actions = actionsOf(jsonOf(stack));
  const [image, worker] = ['Image', 'Worker'].map((name) => actions.find((action) => action.Name === name)!);
  expect(worker.RunOrder).toBe(image.RunOrder);

  function inputs(name: string) {
    return actions.find((action) => action.Name === name)!.InputArtifacts;
  }

  expect([inputs('Prepare-live-Api'), inputs('Prepare-live-Worker')]).toEqual([
    [{ Name: 'Image' }],
    [{ Name: 'Worker' }],
  ]);
  expect(
    actions.filter(({ Name }) => Name.startsWith('Deploy-')).map(({ Name, RunOrder }) => [Name, RunOrder]),
  ).toEqual([
    ['Deploy-live-Api', 2],
    ['Deploy-live-Worker', 2],
  ]);
});

test('grants all permissions that it uses', () => {
  const report = check(readInput(made().app.synth().directory, {}));
  expect([denialsOf(report), unmodelledOf(report)]).toEqual([[], []]);
});

test('scans every image before its deployment, by default without critical findings', () => {
  function scansIn(props?: (stack: Stack) => Partial<ContainerPipelineProps>) {
    const actions = pipelineOf(jsonOf(made(props).stack)).Stages.find(({ Name }) => Name === 'Build')!.Actions;
    const built = Math.max(
      ...actions.filter(({ ActionTypeId }) => ActionTypeId.Provider === 'CodeBuild').map(({ RunOrder }) => RunOrder),
    );
    return actions
      .filter(({ ActionTypeId }) => ActionTypeId.Provider === 'InspectorScan')
      .map(({ Name, RunOrder, Configuration }) => [Name, RunOrder - built, Configuration!.CriticalThreshold]);
  }

  function worker(stack: Stack) {
    return BuildStep.dockerImage(repositoryOf(stack, 'acme/worker'), { stepName: 'Worker' });
  }

  expect(scansIn((stack) => ({ additionalImages: [worker(stack)] }))).toEqual([
    ['Scan', 1, '0'],
    ['Scan-Worker', 1, '0'],
  ]);
  expect(scansIn(() => ({ scan: ImageScan.inspector({ maxCritical: 2 }) }))).toEqual([['Scan', 1, '2']]);
  expect(scansIn(() => ({ scan: ImageScan.none() }))).toEqual([]);
});

test('exposes the created resources', () => {
  const { pipeline, stack } = made(() => ({ checks: [TestStep.shell(['make lint'], { stepName: 'Lint' })] }));

  function allow(role: iam.Role, action: string) {
    return role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [action], resources: ['*'] }));
  }

  allow(pipeline.buildRole('Image'), 'ssm:GetParameter');
  allow(pipeline.actionRole('staging'), 'sns:Publish');
  allow(pipeline.pipelineRole, 'lambda:GetFunction');

  function holderOf(action: string) {
    return statementsOf(jsonOf(stack)).find(({ statement }) => [statement.Action].flat().includes(action))!.holder;
  }

  expect([holderOf('ssm:GetParameter'), holderOf('sns:Publish'), holderOf('lambda:GetFunction')]).toEqual([
    expect.stringMatching(/^DeliveryImage/),
    expect.stringMatching(/^DeliveryEnvironmentsstaging/),
    expect.stringMatching(/^DeliveryRole/),
  ]);
  expect(pipeline.buildProject('Lint').role!.roleArn).toBe(pipeline.buildRole('Lint').roleArn);
  expect(pipeline.artifactBucket.bucketArn).toBe(pipeline.pipeline.artifactBucket.bucketArn);
  expect(() => pipeline.buildRole('Nothing')).toThrow(
    "'stepName' must be one of 'Image', 'Lint', 'Scan', got \"Nothing\"",
  );
  expect(() => pipeline.actionRole('qa')).toThrow("'environmentName' must be one of");
});

test('returns the deployment group by environment and deployment', () => {
  const { pipeline } = made((stack) => {
    const { service, traffic } = blueGreenNear(stack, 'api');
    return {
      environments: [
        new DeploymentEnvironment('staging', { target: DeployTarget.ecsService(serviceOf(stack, 'staging')) }),
        new DeploymentEnvironment('live', {
          target: DeployTarget.together([
            DeployTarget.ecsService(service, { deploymentController: traffic, deploymentName: 'Api' }),
            DeployTarget.ecsService(serviceOf(stack, 'web'), { deploymentName: 'Web' }),
          ]),
        }),
      ],
    };
  });
  expect(pipeline.deploymentGroup('live', 'Api').node.path).toMatch(/^Api\/Delivery\/Environments\/live\/Api\//);
  for (const [environment, deployment] of [['live'], ['live', 'Web'], ['staging']]) {
    expect(() => pipeline.deploymentGroup(environment, deployment)).toThrow(
      "'environmentName' must be one of 'live/Api', got",
    );
  }
});

test('rejects missing props together', () => {
  expect(
    error(
      () => ({ source: undefined, image: undefined, environments: [] }) as unknown as Partial<ContainerPipelineProps>,
    ).split('\n'),
  ).toEqual([
    expect.stringContaining(`'source' must ${A_SOURCE}`),
    expect.stringContaining("'image' must be a BuildStep that builds an image"),
    expect.stringContaining(`'environments' must ${atLeastOne('environment')}`),
  ]);
});

test('rejects images without a repository and steps that build no image', () => {
  expect(error(() => ({ image: BuildStep.dockerImage(undefined as never) }))).toContain(
    `'image.repository' must be ${RESOURCE.repository}, got nothing`,
  );
  expect(error(() => ({ additionalImages: [undefined] as never }))).toContain(
    "'additionalImages[0]' must be a BuildStep that builds an image, got nothing",
  );
});

test('rejects an environment without a target, and suggests a service', () => {
  expect(error(() => ({ environments: [new DeploymentEnvironment('live')] }))).toContain(
    `'environments[0].target' must ${A_TARGET}, got nothing; set the target of the environment, e.g. ` +
      'DeployTarget.ecsService(service)',
  );
});

test('rejects targets that accept no image', () => {
  function live(target: DeployTarget) {
    return error(() => ({ environments: [new DeploymentEnvironment('live', { target })] }));
  }

  expect(live(DeployTarget.staticSite())).toContain(
    "'environments[0].target' must be a target that deploys images, since the release is an image, got \"a " +
      'static site"',
  );
});

test('deploys a stack with a template of the source', () => {
  const { props } = made(() => ({
    environments: [
      new DeploymentEnvironment('live', {
        target: DeployTarget.cloudFormationStack('queues', { templateConfigurationPath: 'live.json' }),
      }),
    ],
  }));
  const [prepare] = planContainer(props).stages.find(({ name }) => name === 'live')!.actions;
  expect(prepare).toMatchObject({
    inputs: ['Source'],
    configuration: { TemplatePath: 'Source::template.yaml', TemplateConfiguration: 'Source::live.json' },
  });
});

test('requires the imageDetail.json of each image', () => {
  expect(error(() => ({ image: BuildStep.shell(['make']) }))).toContain(
    "'image' must have an output artifact with the imageDetail.json of its image, got " +
      '"Build with the artifacts none"',
  );
  expect(
    error((stack) => ({
      additionalImages: [
        BuildStep.ecrBuildAndPublish(ecr.Repository.fromRepositoryName(stack, 'W', 'w'), { stepName: 'W' }),
      ],
    })),
  ).toContain("'additionalImages[0]' must have an output artifact with the imageDetail.json");
});

test('requires different tags in the same repository', () => {
  // Whether it is imported once or twice, it is the same repository.
  function two(first: DockerImageOptions, second: DockerImageOptions, name = 'acme/shop') {
    return (stack: Stack) => {
      const repository = ecr.Repository.fromRepositoryName(stack, 'Shop', 'acme/shop');
      const other = ecr.Repository.fromRepositoryName(stack, 'Other', name);
      return {
        image: BuildStep.dockerImage(repository, first),
        additionalImages: [BuildStep.dockerImage(other, { ...second, stepName: 'Worker' })],
      };
    };
  }

  expect(error(two({}, {}))).toContain(
    "'additionalImages[0]' must have other tags than image, which is pushed to the same repository, got [\"the " +
      'revision of the source"]',
  );
  expect(error(two({ tags: ['v1', 'latest'] }, { tags: ['worker', 'latest'] }))).toContain(
    'which is pushed to the same repository, got ["latest"]',
  );
  for (const fine of [
    two({}, { tags: ['worker'] }),
    two({}, {}, 'acme/worker'),
    two({ tags: ['api'] }, { tags: ['worker'] }),
  ]) {
    expect(error(fine)).toBe('');
  }
});

test('deploys to the account and Region of an environment', () => {
  expect(error(() => ({ environments: [new DeploymentEnvironment('live', { approval: Approval.none() })] }))).toContain(
    `'environments[0].target' must ${A_TARGET}`,
  );
});
