import { App, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelinePattern,
  PipelineStage,
  WebAppPipeline,
} from '../../src';
import { blueGreenNear } from '../helpers/blue-green';
import { source } from '../helpers/delivery';
import { repositoryOf } from '../helpers/services';

const site = new DeploymentEnvironment('site', { target: DeployTarget.staticSite() });
const stacks = new DeploymentEnvironment('stacks', { target: DeployTarget.cloudFormationStack('shop') });

function service(stack: Stack) {
  const { service: one, traffic } = blueGreenNear(stack, 'api');
  return new DeploymentEnvironment('service', {
    target: DeployTarget.ecsService(one, { deploymentController: traffic }),
  });
}

function image(stack: Stack) {
  return BuildStep.dockerImage(repositoryOf(stack));
}

const PATTERNS: Readonly<Record<string, (stack: Stack) => PipelinePattern>> = {
  WebAppPipeline: (stack) => new WebAppPipeline(stack, 'P', { source, environments: [site] }),
  MultiEnvPromotionPipeline: (stack) =>
    new MultiEnvPromotionPipeline(stack, 'P', {
      source,
      buildStep: image(stack),
      environments: [site, stacks, service(stack)],
    }),
  ContainerPipeline: (stack) =>
    new ContainerPipeline(stack, 'P', { source, image: image(stack), environments: [service(stack)] }),
  DeliveryPipeline: (stack) =>
    new DeliveryPipeline(stack, 'P', {
      sources: [source],
      stages: [
        PipelineStage.steps('Build', [image(stack)]),
        ...[site, stacks, service(stack)].map((one) => PipelineStage.environment(one)),
      ],
    }),
};

describe.each(Object.entries(PATTERNS))('%s', (_, make) => {
  const stack = new Stack(new App(), 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
  const pattern = make(stack);

  function names(path: RegExp) {
    return new Set(pattern.node.findAll().flatMap(({ node }) => path.exec(node.path)?.[1] ?? []));
  }

  test('exposes the pipeline, its role and its bucket', () => {
    expect(pattern).toBeInstanceOf(PipelinePattern);
    expect(pattern.pipeline.role.roleArn).toBe(pattern.pipelineRole.roleArn);
    expect(pattern.pipeline.artifactBucket.bucketArn).toBe(pattern.artifactBucket.bucketArn);
  });

  test('exposes the resources of each environment', () => {
    const all = [...names(/\/Environments\/(\w+)$/)];
    expect(all.length).toBeGreaterThan(0);
    for (const name of all) expect(pattern.actionRole(name).node.path).toBe(`Shop/P/Environments/${name}/ActionRole`);
    const known: Record<string, () => unknown> = {
      site: () => pattern.site('site').bucket,
      stacks: () => pattern.cloudFormationRole('stacks'),
      service: () => pattern.deploymentGroup('service'),
    };
    for (const [name, get] of Object.entries(known)) {
      if (all.includes(name)) {
        expect(get()).toMatchObject({ node: { path: expect.stringContaining(`Shop/P/Environments/${name}/`) } });
      } else {
        expect(get).toThrow(`got "${name}"`);
      }
    }
  });
});
