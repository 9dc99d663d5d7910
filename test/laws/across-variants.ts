import {
  type App,
  CfnWaitConditionHandle,
  type Environment,
  Stack,
  Stage,
  aws_codecommit as codecommit,
} from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { containersAcross } from './container-across';
import {
  BuildSecret,
  BuildStep,
  DeploymentAccess,
  DeploymentEnvironment,
  type DeploymentEnvironmentOptions,
  DeploymentWave,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelineSource,
  SelfUpdate,
  SiteFile,
  SiteRelease,
  TestStep,
  WebAppPipeline,
} from '../../src';
import { hostedTarget } from '../helpers/app-config';

export const HOME: Required<Environment> = { account: '111111111111', region: 'eu-west-1' };
export const PLACES: Readonly<Record<string, Required<Environment>>> = {
  'another region': { account: HOME.account, region: 'us-east-1' },
  'another account': { account: '222222222222', region: HOME.region },
  both: { account: '333333333333', region: 'us-east-1' },
};
const { 'another region': REGION, 'another account': ACCOUNT, both: BOTH } = PLACES;

const source = PipelineSource.gitHub('acme/shop', 'main');
const buildStep = BuildStep.shell(['make'], { outputDirectory: 'cdk.out' });
const test = TestStep.shell(['./accept.sh']);

function home(app: App, id = 'Shop') {
  return new Stack(app, id, { env: HOME });
}

function site(name: string, env?: Environment, more: DeploymentEnvironmentOptions = {}) {
  return new DeploymentEnvironment(name, { env, ...more });
}

function stackOf(name: string, env?: Environment) {
  return new DeploymentEnvironment(name, {
    env,
    target: DeployTarget.cloudFormationStack(`orders-${name}`, { outputs: ['Url'] }),
    tests: [test],
  });
}

function sites(scope: Stack, id: string, ...environments: DeploymentEnvironment[]) {
  return new WebAppPipeline(scope, id, { source, environments });
}

/** A pipeline and where its environments are; the laws hold for each. */
export const ACROSS: Readonly<Record<string, (app: App) => void>> = {
  'one account': (app) => {
    sites(home(app), 'Site', site('dev'), site('production'));
  },
  'a site in another account': (app) => {
    sites(home(app), 'Site', site('dev'), site('production', ACCOUNT, { tests: [test] }));
  },
  'sites with configurations': (app) => {
    function of(url: string) {
      return DeployTarget.staticSite({ files: { 'config.json': SiteFile.json({ url }) } });
    }

    const there = new CfnWaitConditionHandle(new Stack(app, 'There', { env: ACCOUNT }), 'Handle');
    const literal = site('dev', BOTH, { target: of('https://dev.example.com') });
    sites(home(app), 'Site', literal, site('production', ACCOUNT, { target: of(there.ref) }));
  },
  'a site in another region, released atomically': (app) => {
    sites(
      home(app),
      'Site',
      site('dev'),
      site('production', REGION, { target: DeployTarget.staticSite({ release: SiteRelease.atomic() }) }),
    );
  },
  'sites in three accounts and two regions': (app) => {
    sites(
      home(app),
      'Site',
      site('dev'),
      site('staging', ACCOUNT, { tests: [test] }),
      site('production', BOTH, { tests: [test] }),
    );
  },
  'two environments of one account and region': (app) => {
    sites(home(app), 'Site', site('dev', ACCOUNT), site('staging', ACCOUNT), site('production'));
  },
  'a stack in another account': (app) => {
    new MultiEnvPromotionPipeline(home(app), 'Orders', {
      source,
      buildStep,
      environments: [stackOf('dev'), stackOf('production', ACCOUNT)],
    });
  },
  'tests that run in accounts of environments': (app) => {
    function stack(name: string, env: Environment | undefined, secret: string) {
      const imported = Secret.fromSecretCompleteArn(new Stack(app, `Secrets-${name}`, { env }), 'Secret', secret);
      const invoke = new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [`arn:aws:lambda:${env?.region}:${env?.account}:function:orders`],
      });
      return new DeploymentEnvironment(name, {
        env,
        target: DeployTarget.cloudFormationStack(`orders-${name}`, { outputs: ['Url'] }),
        tests: [
          test,
          TestStep.commands(['aws lambda invoke --function-name orders out.json'], {
            stepName: 'Invoke',
            rolePolicyStatements: [invoke],
          }),
          TestStep.commands(['./accept.sh "$TOKEN"'], {
            stepName: 'Accept',
            secrets: { TOKEN: BuildSecret.secretsManager(imported) },
          }),
        ],
      });
    }

    new MultiEnvPromotionPipeline(home(app), 'Orders', {
      source,
      buildStep,
      environments: [
        stack('dev', HOME, 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:token-AbCdEf'),
        stack('staging', ACCOUNT, 'arn:aws:secretsmanager:eu-west-1:222222222222:secret:token-AbCdEf'),
        stack('production', BOTH, 'arn:aws:secretsmanager:us-east-1:333333333333:secret:token-AbCdEf'),
      ],
    });
  },
  'a test that runs in the account of a site': (app) => {
    const open = TestStep.commands(['curl --fail "$SITE_URL"']);
    sites(home(app), 'Site', site('dev', undefined, { tests: [open] }), site('production', BOTH, { tests: [open] }));
  },
  'waves of stacks': (app) => {
    new MultiEnvPromotionPipeline(home(app), 'Orders', {
      source,
      buildStep,
      environments: [
        stackOf('dev'),
        new DeploymentWave('first', [stackOf('a', REGION), stackOf('b', ACCOUNT)]),
        new DeploymentWave('all', [stackOf('c', BOTH), stackOf('d')]),
      ],
    });
  },
  'a CDK app': (app) => {
    function stage(id: string, env: Environment) {
      const made = new Stage(app, id, { env });
      new CfnTopic(new Stack(made, 'Data'), 'Topic');
      return DeployTarget.cdkStage(made);
    }

    new MultiEnvPromotionPipeline(home(app), 'Orders', {
      source,
      buildStep,
      environments: [
        new DeploymentEnvironment('dev', { target: stage('Dev', HOME) }),
        new DeploymentEnvironment('staging', { target: stage('Staging', ACCOUNT) }),
        new DeploymentEnvironment('production', { target: stage('Production', BOTH) }),
      ],
    });
  },
  'feature flags in another account, and in another region': (app) => {
    function flags(name: string, env: Required<Environment>) {
      return new DeploymentEnvironment(name, { target: hostedTarget(new Stack(app, `Services-${name}`, { env })) });
    }

    new MultiEnvPromotionPipeline(home(app), 'Flags', {
      source,
      buildStep,
      environments: [flags('dev', HOME), flags('staging', REGION), flags('production', ACCOUNT)],
    });
  },
  'several pipelines': (app) => {
    const stack = home(app);
    sites(stack, 'Site', site('production', BOTH));
    sites(stack, 'Docs', site('production', BOTH));
    sites(home(app, 'Blog'), 'Site', site('production', BOTH));
  },
  'access made by others': (app) => {
    const target = DeployTarget.cloudFormationStack('orders');

    function access(id: string, env: Environment, ...environments: DeploymentEnvironment[]) {
      return new DeploymentAccess(new Stack(app, id, { env }), 'Access', {
        pipelineName: 'orders',
        pipelineEnv: HOME,
        environments,
      });
    }

    const shop = new DeploymentEnvironment('shop', {
      target: DeployTarget.staticSite(),
      env: ACCOUNT,
      existingAccess: true,
    });
    const orders = new DeploymentEnvironment('orders', {
      target,
      env: BOTH,
      existingAccess: true,
      tests: [TestStep.commands(['./accept.sh'])],
    });
    access('ShopAccess', ACCOUNT, shop);
    access('OrdersAccess', BOTH, orders);
    new MultiEnvPromotionPipeline(home(app), 'Orders', {
      pipelineName: 'orders',
      source,
      buildStep,
      environments: [shop, orders],
    });
  },
  'a source in another account, a site in a third': (app) => {
    const repository = new codecommit.Repository(new Stack(app, 'Code', { env: ACCOUNT }), 'Repository', {
      repositoryName: 'shop',
    });
    new WebAppPipeline(home(app), 'Site', {
      source: PipelineSource.codeCommit(repository, 'main'),
      environments: [site('production', BOTH)],
    });
  },
  'a pipeline that updates itself': (app) => {
    new MultiEnvPromotionPipeline(home(app), 'Orders', {
      source,
      buildStep,
      selfUpdate: SelfUpdate.fromAssembly(buildStep.artifact),
      environments: [stackOf('dev'), stackOf('production', BOTH)],
    });
  },
  ...containersAcross({ home: HOME, account: ACCOUNT, region: REGION, both: BOTH }),
};
