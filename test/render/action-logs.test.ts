import { App, type Environment, Stack, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  BuildStep,
  DeliveryPipeline,
  DeploymentAccess,
  DeploymentEnvironment,
  DeployTarget,
  PipelineStage,
  WebAppPipeline,
} from '../../src';
import { source } from '../helpers/delivery';

const TOOLS = { account: '111111111111', region: 'eu-west-1' };
const OTHER_TOOLS = { account: '444444444444', region: 'eu-west-1' };
const LIVE = { account: '222222222222', region: 'eu-west-1' };

interface Pipeline {
  readonly id?: string;
  readonly env?: Environment;
  readonly pipelineName?: string;
  readonly target?: Environment;
}

/** A pipeline that deploys a site, with commands. */
function pipelineIn(scope: Construct, { id = 'Shop', env = TOOLS, pipelineName = 'shop', target = LIVE }: Pipeline) {
  const environments = [new DeploymentEnvironment('live', { env: target })];
  return new WebAppPipeline(new Stack(scope, id, { env }), 'Site', { source, pipelineName, environments });
}

function two(first: Pipeline, second: Pipeline, scopes: (app: App) => [Construct, Construct] = (app) => [app, app]) {
  return () => {
    const [one, other] = scopes(new App());
    pipelineIn(one, first);
    pipelineIn(other, { id: 'Other', ...second });
  };
}

const CONFLICT = "'pipelineName' must be unique among the pipelines that deploy to 222222222222/eu-west-1";

test('rejects two pipelines of one name that deploy to the same account and Region', () => {
  expect(two({}, { env: OTHER_TOOLS })).toThrow(
    `[WebAppPipeline Other/Site] ${CONFLICT}, whose log group there is /aws/codepipeline/shop, got "shop"; rename ` +
      'this pipeline or that of Shop/Site, or list all environments of a pipeline in one DeploymentAccess',
  );
});

test.each<[string, Pipeline, Pipeline]>([
  ['pipelines in two Regions of an account', {}, { env: { ...TOOLS, region: 'us-east-1' } }],
  ['a pipeline there', {}, { env: LIVE, target: undefined }],
])('rejects %s', (_, first, second) => {
  expect(two(first, second)).toThrow(/pipelineName' must be unique among the pipelines that deploy to/);
});

test('rejects pipelines of two stages', () => {
  const inStages = two({}, { env: OTHER_TOOLS }, (app) => [new Stage(app, 'Blue'), new Stage(app, 'Green')]);
  expect(inStages).toThrow(CONFLICT);
});

test('rejects two accesses of a pipeline in an account and Region', () => {
  const app = new App();

  function access(id: string) {
    return new DeploymentAccess(new Stack(app, id, { env: LIVE }), 'Access', {
      pipelineName: 'shop',
      pipelineEnv: TOOLS,
      environments: [new DeploymentEnvironment(id, { target: DeployTarget.staticSite() })],
    });
  }

  access('blue');
  expect(() => access('green')).toThrow(`[DeploymentAccess green/Access] ${CONFLICT}`);
});

test.each<[string, Pipeline, Pipeline]>([
  ['other names', {}, { env: OTHER_TOOLS, pipelineName: 'blog' }],
  ['another account', {}, { env: OTHER_TOOLS, target: { ...LIVE, account: '333333333333' } }],
  ['another Region', {}, { env: OTHER_TOOLS, target: { ...LIVE, region: 'us-east-1' } }],
])('accepts %s', (_, first, second) => expect(two(first, second)).not.toThrow());

test('accepts several environments in an account and Region, and several apps', () => {
  const environments = ['blue', 'green'].map((name) => new DeploymentEnvironment(name, { env: LIVE }));
  for (const app of [new App(), new App()]) {
    const stack = new Stack(app, 'Shop', { env: TOOLS });
    new WebAppPipeline(stack, 'Site', { source, pipelineName: 'shop', environments });
  }
});

test('accepts the same name in unknown accounts, and without commands', () => {
  const app = new App();
  for (const id of ['Blue', 'Green']) {
    new WebAppPipeline(new Stack(app, id), 'Site', {
      source,
      pipelineName: 'shop',
      environments: [new DeploymentEnvironment('live')],
    });
    new DeliveryPipeline(new Stack(app, `${id}Build`, { env: TOOLS }), 'Build', {
      sources: [source],
      pipelineName: 'build',
      stages: [PipelineStage.steps('Build', [BuildStep.shell(['make'])])],
    });
  }
});
