import { aws_codepipeline_actions as actions, aws_ecr as ecr, aws_ecs as ecs, Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  alarmIn,
  container,
  environment,
  HOME,
  OTHER,
  promotion,
  repository,
  second,
  services,
  source,
  stackIn,
  steps,
  type Untyped,
  web,
  type WrongInput,
  ENV,
  TARGET,
  at,
  target,
  shifted,
  hosted,
  image,
  task,
  inRegion,
  gate,
  ROLLOUT,
} from './inputs';
import {
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  CustomStep,
  DeploymentWave,
  DeployTarget,
  EntryCondition,
  Gate,
  PipelineSource,
  Rollout,
  ServiceDeploymentController,
  SuccessCondition,
  TestStep,
  WebAppPipeline,
} from '../../../src';

/** Wrong gates, waves, images and services. */
export const TARGETS: Readonly<Record<string, WrongInput>> = {
  a0: ['office hours in CET', gate(() => Gate.officeHours('CET')), 'environments[1].onSuccess.gates[0].timeZone', ''],
  a1: [
    'a city that is not listed',
    gate(() => Gate.officeHours('Europe/Muenchen')),
    'environments[1].onSuccess.gates[0].timeZone',
    '',
  ],
  a2: [
    'a cron of five fields',
    second(() => ({ beforeEntry: EntryCondition.failUnless([Gate.deploymentWindow('0 9-16 * * MON-FRI')]) })),
    'environments[1].beforeEntry.gates[0].cron',
    'have six fields',
  ],
  a5: [
    'an empty wave',
    promotion(() => [new DeploymentWave('w', [])]),
    'environments[0].environments',
    'contain at least one environment',
  ],
  a6: [
    'a wave with the name of an environment',
    promotion(() => [
      new DeploymentWave('w', [environment('a', { target: DeployTarget.staticSite() })]),
      environment('w', { target: DeployTarget.staticSite() }),
    ]),
    'environments',
    '',
  ],
  a7: [
    'the site of an environment that does not exist',
    (stack) => new WebAppPipeline(stack, 'P', { source, environments: [environment('a')] }).site('prod'),
    'environmentName',
    "be one of 'a'",
  ],
  b1: [
    'a service behind a build of a language',
    (stack, app) =>
      promotion([environment('p', { target: DeployTarget.ecsService(services(app).service) })], {
        buildStep: BuildStep.nodeJs(),
      })(stack, app),
    TARGET,
    'deploy an artifact that describes an image',
  ],
  b5: [
    'a regional web ACL',
    hosted(() => ({ webAclArn: 'arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/x/1' })),
    `${TARGET}.hosting.webAclArn`,
    'be a web ACL in us-east-1',
  ],
  b8: [
    'patterns as a string',
    target(() => DeployTarget.staticSite({ immutablePaths: 'assets/**' as Untyped })),
    `${TARGET}.immutablePaths`,
    'be a list',
  ],
  b9: [
    'an account as a number',
    (stack) => new ContainerRepository(stack, 'R', { pullAccounts: [222222222222 as Untyped] }),
    'pullAccounts[0]',
    'be',
  ],
  c0: [
    '-1 images',
    (stack) => new ContainerRepository(stack, 'R', { keepImages: -1 }),
    'keepImages',
    'be a whole number',
  ],
  c1: [
    'an alarm of another Region',
    (stack, app) =>
      second({
        onSuccess: SuccessCondition.failUnless([Gate.alarmsHealthy([alarmIn(app, { ...HOME, region: 'us-east-1' })])]),
      })(stack, app),
    'environments[1].onSuccess.gates[0].alarms[0]',
    'be',
  ],
  c2: [
    'no alarms',
    gate(() => Gate.alarmsHealthy([])),
    'environments[1].onSuccess.gates[0].alarms',
    'contain at least one alarm',
  ],
  c3: [
    'ten seconds',
    (stack, app) =>
      second({
        onSuccess: SuccessCondition.failUnless([
          Gate.alarmsHealthy([alarmIn(app, HOME)], { waitTime: Duration.seconds(10) }),
        ]),
      })(stack, app),
    'environments[1].onSuccess.gates[0].waitTime',
    'be a whole number of minutes',
  ],
  c4: ['tests as strings', second({ tests: ['npm test'] }), 'environments[1].tests[0]', 'be a TestStep'],
  c5: ['a target as a string', second({ target: 'site' }), 'environments[1].target', 'be a DeployTarget'],
  c9: [
    'an environment of another partition',
    (_, app) => at(OTHER)(new Stack(app, 'G', { env: { account: '111111111111', region: 'us-gov-west-1' } }), app),
    `${ENV}.region`,
    'be in the partition of the pipeline, aws-us-gov',
  ],
  'China from Ireland': [
    'an environment in China',
    at({ ...OTHER, region: 'cn-north-1' }),
    `${ENV}.region`,
    'be in the partition of the pipeline, aws',
  ],
  'a Region of the stack': ['a stack in eu-wst-1', inRegion('eu-wst-1'), 'scope', 'be in a stack whose Region'],
  d3: [
    'the account of the pipeline as a token',
    at({ account: Aws.ACCOUNT_ID, region: 'eu-west-1' }),
    `${ENV}.account`,
    'be a literal',
  ],
  e7: ['an environment named Source', web({ environments: [environment('Source')] }), 'environments', ''],
  e8: ['an environment named Build', web({ environments: [environment('Build')] }), 'environments', ''],
  e9: [
    'no environments at the same time',
    promotion(() => [
      new DeploymentWave('w', [environment('a', { target: DeployTarget.staticSite() })], { maxParallel: 0 }),
    ]),
    'environments[0].maxParallel',
    'be a whole number',
  ],
  f0: [
    'the stack of the pipeline',
    promotion(() => [stackIn('S')]),
    `${TARGET}.stackName`,
    'not be the stack of the pipeline',
  ],
  f1: [
    'a stack in two environments',
    promotion(() => [stackIn('x'), environment('q', { target: DeployTarget.cloudFormationStack('x') })]),
    'environments',
    'deploy each stack in only one environment',
  ],
  f2: [
    "an output with '-'",
    promotion(() => [stackIn('x', { outputs: ['Api-Url'] })]),
    `${TARGET}.outputs`,
    'consist of',
  ],
  f3: [
    'a container that does not exist',
    container(({ service }) => DeployTarget.ecsService(service, { containerName: 'api' })),
    `${TARGET}.containerName`,
    'name a container',
  ],
  f4: [
    'a repository in the stack of the pipeline',
    image((stack) => BuildStep.dockerImage(new ecr.Repository(stack, 'Repo'))),
    'image',
    '',
  ],
  f5: [
    'a build of a language as the image',
    image(() => BuildStep.nodeJs()),
    'image',
    'be a BuildStep that builds an image',
  ],
  f6: [
    'a repository as the image',
    image((stack) => new ecr.Repository(stack, 'Repo')),
    'image',
    'be a BuildStep that builds',
  ],
  f7: [
    'a service of CodeDeploy without a controller',
    container(({ service }) => DeployTarget.ecsService(service), {
      deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY },
    }),
    `${TARGET}.deploymentController`,
    '',
  ],
  f8: [
    'an alarm that is undefined',
    shifted(() => Rollout.allAtOnce({ alarms: [undefined as Untyped] })),
    `${ROLLOUT}.alarms[0]`,
    'be an alarm',
  ],
  f9: [
    'a service in two environments',
    (stack, app) => {
      const { service } = services(app);
      return new ContainerPipeline(stack, 'P', {
        source,
        image: BuildStep.dockerImage(repository(stack)),
        environments: ['a', 'b'].map((name) => environment(name, { target: DeployTarget.ecsService(service) })),
      });
    },
    'environments',
    'deploy to each service only once',
  ],
  g0: [
    'a command as a string',
    task(({ group }) => ({ command: 'npm run migrate', securityGroups: [group] })),
    `${TARGET}.command`,
    'be a list',
  ],
  g1: [
    'a task without security groups',
    task(() => ({})),
    `${TARGET}.securityGroups`,
    'contain 1 to 5 security groups',
  ],
  g2: [
    'a command as one word',
    task(({ group }) => ({ command: ['npm run migrate && npm run seed'], securityGroups: [group] })),
    `${TARGET}.command`,
    'contain one word of the command in each item',
  ],
  g3: [
    'targets as a list',
    container(({ service }) => [DeployTarget.ecsService(service)]),
    TARGET,
    'be a DeployTarget',
  ],
  g4: ['no targets in order', container(() => DeployTarget.inOrder([])), TARGET, 'contain at least one'],
  g9: ['a buildspec as a build', web({ buildStep: 'buildspec.yml' }), 'buildStep', 'be a BuildStep'],

  // Further inputs of the same kinds
  'run order': [
    'a run order of an action',
    steps(CustomStep.action(new actions.ManualApprovalAction({ actionName: 'Ask', runOrder: 2 }))),
    'stages[0].steps[0].action',
    'not set a runOrder',
  ],
  'a test as a build': [
    'a test as the build',
    web(() => ({ buildStep: TestStep.shell(['make']) })),
    'buildStep',
    'be a BuildStep',
  ],
  'a source as a check': [
    'a source as a step',
    steps(PipelineSource.gitHub('a/b', 'main')),
    'stages[0].steps',
    'not contain sources',
  ],
  controller: [
    'a misspelt option of a controller',
    container(({ service }) =>
      DeployTarget.ecsService(service, {
        deploymentController: ServiceDeploymentController.codeDeploy({ blueTargetGrup: 1 } as Untyped),
      }),
    ),
    `${TARGET}.deploymentController.blueTargetGrup`,
    'be a known property',
  ],
};
