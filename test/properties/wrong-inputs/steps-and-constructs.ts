import { aws_ecr as ecr, aws_ssm as ssm, aws_stepfunctions as sfn, Duration, Lazy } from 'aws-cdk-lib';
import {
  environment,
  gate,
  image,
  promotion,
  repository,
  services,
  source,
  stackIn,
  stages,
  steps,
  unset,
  web,
  type Make,
  type Untyped,
  type WrongInput,
} from './inputs';
import * as api from '../../../src';
import { A_LIST } from '../../../src/common/rules';
import { NON_EMPTY_STRING } from '../../../src/pipeline/problems';
import { A_FILE_PATH, KNOWN_VALUE, NO_PARENT, UNIQUE_STAGES } from '../../../src/pipeline/rules';
import { CLEAN_PATH, WITHOUT_EMPTY_SEGMENTS } from '../../../src/steps/validate-names';

/** The library without its types, as in JavaScript. */
const library: Untyped = api;

/** Rule of strings. */
const A_STRING = 'be a string';

function built(options: Untyped): Make {
  return web(() => ({ buildStep: library.BuildStep.nodeJs(options) }));
}

/** Wrong images, stages, steps, and props of other constructs. */
export const STEPS_AND_CONSTRUCTS: readonly WrongInput[] = [
  ['image step nodeJs', image(() => library.BuildStep.nodeJs()), 'image', 'be a BuildStep that builds an image'],
  ['image new', image(() => new library.BuildStep()), 'image', 'be a BuildStep that builds an image'],
  [
    'image repository uri',
    image(() => library.BuildStep.dockerImage('111111111111.dkr.ecr.eu-west-1.amazonaws.com/x')),
    'image.repository',
    'be an ECR repository',
  ],
  [
    'image L1 repo',
    image((s) => library.BuildStep.dockerImage(new ecr.CfnRepository(s, 'R'))),
    'image.repository',
    'be an ECR repository',
  ],
  [
    'image tags string',
    image((s) => library.BuildStep.dockerImage(repository(s), { tags: 'latest' })),
    'image.tags',
    A_LIST,
  ],
  [
    'image tags []',
    image((s) => library.BuildStep.dockerImage(repository(s), { tags: [] })),
    'image.tags',
    'contain at least one tag',
  ],
  [
    'image tag colon',
    image((s) => library.BuildStep.dockerImage(repository(s), { tags: ['a:b'] })),
    'image.tags[0]',
    "consist of letters, digits, '_', '.' and '-', beginning with neither of the last two",
  ],
  [
    'image buildArguments list',
    image((s) => library.BuildStep.dockerImage(repository(s), { buildArguments: ['A=b'] })),
    'image.buildArguments',
    'be an object',
  ],
  [
    'image dockerfile ..',
    image((s) => library.BuildStep.dockerImage(repository(s), { dockerfile: '../Dockerfile' })),
    'image.dockerfile',
    NO_PARENT,
  ],
  [
    'image dockerfile dir',
    image((s) => library.BuildStep.dockerImage(repository(s), { dockerfile: 'docker/' })),
    'image.dockerfile',
    WITHOUT_EMPTY_SEGMENTS,
  ],
  [
    'stage steps single',
    stages(() => [library.PipelineStage.steps('W', library.BuildStep.nodeJs())]),
    'stages[0].steps',
    A_LIST,
  ],
  [
    'stage steps []',
    stages(() => [library.PipelineStage.steps('W', [])]),
    'stages[0].steps',
    'contain at least one step',
  ],
  [
    'stage step string',
    stages(() => [library.PipelineStage.steps('W', ['make'])]),
    'stages[0].steps[0]',
    'be a step of the pipeline',
  ],
  [
    'stage env name',
    stages(() => [library.PipelineStage.environment('prod')]),
    'stages[0].environment',
    'be a DeploymentEnvironment or a DeploymentWave',
  ],
  [
    'stage spread',
    stages(() => [{ ...library.PipelineStage.steps('W', [library.BuildStep.nodeJs()]) }]),
    'stages[0]',
    'be a PipelineStage',
  ],
  ['stage new', stages(() => [new library.PipelineStage()]), 'stages[0]', 'be a PipelineStage'],
  [
    'stages object',
    stages(() => ({ Build: [library.BuildStep.nodeJs()] })),
    'stages',
    'contain at least one PipelineStage',
  ],
  [
    'stage name dup case',
    stages(() => [
      library.PipelineStage.steps('W', [library.BuildStep.nodeJs()]),
      library.PipelineStage.steps('w', [library.BuildStep.shell(['x'], { stepName: 'X' })]),
    ]),
    'stages',
    UNIQUE_STAGES,
  ],
  [
    'after name',
    steps(library.BuildStep.nodeJs({ after: ['Build'] })),
    'stages[0].steps[0].after[0]',
    'be a step of the pipeline',
  ],
  [
    'inputs step',
    steps(library.BuildStep.nodeJs({ inputs: [source] })),
    'stages[0].steps[0].inputs[0]',
    'be a PipelineArtifact',
  ],
  [
    'inputs string',
    steps(library.BuildStep.nodeJs({ inputs: ['Source'] })),
    'stages[0].steps[0].inputs[0]',
    'be a PipelineArtifact',
  ],
  [
    'lambda test name',
    steps(library.TestStep.lambdaFunction('fn')),
    'stages[0].steps[0].testFunction',
    'be a Lambda function',
  ],
  [
    'sfn express',
    stages((s) => [
      library.PipelineStage.steps('W', [
        library.TestStep.stepFunction(
          new sfn.StateMachine(s, 'M', {
            stateMachineType: sfn.StateMachineType.EXPRESS,
            definitionBody: sfn.DefinitionBody.fromString('{}'),
          }),
        ),
      ]),
    ]),
    'stages[0].steps[0].stateMachine',
    'be a standard state machine',
  ],
  [
    'sfn input object',
    stages((s) => [
      library.PipelineStage.steps('W', [
        library.TestStep.stepFunction(sfn.StateMachine.fromStateMachineName(s, 'M', 'x'), { input: { a: 1 } }),
      ]),
    ]),
    'stages[0].steps[0].input',
    'be a StateMachineInput',
  ],
  [
    'sfn literal Map',
    stages((s) => [
      library.PipelineStage.steps('W', [
        library.TestStep.stepFunction(sfn.StateMachine.fromStateMachineName(s, 'M', 'x'), {
          input: library.StateMachineInput.literal(new Map([['a', 1]])),
        }),
      ]),
    ]),
    'stages[0].steps[0].input.value',
    'be a JSON object',
  ],
  [
    'sfn literal function',
    stages((s) => [
      library.PipelineStage.steps('W', [
        library.TestStep.stepFunction(sfn.StateMachine.fromStateMachineName(s, 'M', 'x'), {
          input: library.StateMachineInput.literal({ a: () => 1 }),
        }),
      ]),
    ]),
    'stages[0].steps[0].input.value',
    'be a JSON object',
  ],
  [
    'devicefarm region',
    steps(library.TestStep.deviceFarm('arn:aws:devicefarm:eu-west-1:111111111111:project:1', {})),
    'stages[0].steps[0].appType',
    'be an application type',
  ],
  [
    'scan maxHigh string',
    steps(library.TestStep.inspectorScan({ maxHigh: '0' })),
    'stages[0].steps[0].maxHigh',
    'be a whole number of findings between 0 and 9007199254740991',
  ],
  [
    'scan maxHigh -1',
    steps(library.TestStep.inspectorScan({ maxHigh: -1 })),
    'stages[0].steps[0].maxHigh',
    'be a whole number of findings between 0 and 9007199254740991',
  ],
  ['project name', steps(library.BuildStep.project('x')), 'stages[0].steps[0].project', 'be a CodeBuild project'],
  [
    'jenkins no options',
    steps(library.BuildStep.jenkins('x')),
    'stages[0].steps[0].providerName',
    "consist of 1 to 35 letters, digits, '_' and '-'",
  ],
  [
    'jenkins provider slash',
    steps(library.BuildStep.jenkins('x', { providerName: 'a b' })),
    'stages[0].steps[0].providerName',
    "consist of 1 to 35 letters, digits, '_' and '-'",
  ],
  [
    'custom category',
    steps(library.CustomStep.actionType('build', 'Acme')),
    'stages[0].steps[0].category',
    'be one of Build, Test, Deploy, Invoke',
  ],
  [
    'custom config number',
    steps(library.CustomStep.actionType(library.CustomActionCategory.BUILD, 'Acme', { configuration: { A: 1 } })),
    'stages[0].steps[0].configuration.A',
    A_STRING,
  ],
  [
    'custom action plain',
    steps(library.CustomStep.action({ actionProperties: {} })),
    'stages[0].steps[0].action',
    'be an action',
  ],
  ['new CustomStep', steps(new library.CustomStep()), 'stages[0].steps[0]', 'be a step of the pipeline'],
  ['new TestStep', steps(new library.TestStep()), 'stages[0].steps[0]', 'be a step of the pipeline'],
  [
    'freeze doc arn other service',
    (s) => new library.ReleaseFreeze(s, 'F', { freezeState: library.FreezeState.changeCalendar(['arn:aws:s3:::x']) }),
    'freezeState.calendars[0]',
    "be the name of a document (3 to 128 letters, digits, '_', '-' and '.') or its ARN",
  ],
  [
    'freeze doc arn typo region',
    (s) =>
      new library.ReleaseFreeze(s, 'F', {
        freezeState: library.FreezeState.changeCalendar(['arn:aws:ssm:ue-west-1:111111111111:document/holidays']),
      }),
    'freezeState.calendars[0]',
    'be in the Region of the freeze, eu-west-1',
  ],
  [
    'freeze doc arn other region',
    (s) =>
      new library.ReleaseFreeze(s, 'F', {
        freezeState: library.FreezeState.changeCalendar(['arn:aws:ssm:us-east-1:111111111111:document/holidays']),
      }),
    'freezeState.calendars[0]',
    'be in the Region of the freeze, eu-west-1',
  ],
  [
    'freeze doc partition',
    (s) =>
      new library.ReleaseFreeze(s, 'F', {
        freezeState: library.FreezeState.changeCalendar(['arn:aws-cn:ssm:eu-west-1:111111111111:document/holidays']),
      }),
    'freezeState.calendars[0]',
    'have the partition of its Region, aws',
  ],
  [
    'freeze doc account 11',
    (s) =>
      new library.ReleaseFreeze(s, 'F', {
        freezeState: library.FreezeState.changeCalendar(['arn:aws:ssm:eu-west-1:11111111111:document/holidays']),
      }),
    'freezeState.calendars[0]',
    "be the name of a document (3 to 128 letters, digits, '_', '-' and '.') or its ARN",
  ],
  [
    'freeze calendar string',
    (s) => new library.ReleaseFreeze(s, 'F', { freezeState: library.FreezeState.changeCalendar('x') }),
    'freezeState.calendars',
    A_LIST,
  ],
  [
    'freeze new',
    (s) => new library.ReleaseFreeze(s, 'F', { freezeState: new library.FreezeState() }),
    'freezeState',
    'be a FreezeState',
  ],
  [
    'freeze param name string',
    (s) => new library.ReleaseFreeze(s, 'F', { freezeState: library.FreezeState.existingParameter('/x') }),
    'freezeState.parameter',
    'be a parameter',
  ],
  [
    'freeze param L1',
    (s) =>
      new library.ReleaseFreeze(s, 'F', {
        freezeState: library.FreezeState.existingParameter(
          new ssm.CfnParameter(s, 'X', { type: 'String', value: 'x' }),
        ),
      }),
    'freezeState.parameter',
    'be a parameter',
  ],
  [
    'freeze retention token',
    (s) => new library.ReleaseFreeze(s, 'F', { recordRetention: Duration.days(Lazy.number({ produce: () => 5 })) }),
    'recordRetention',
    KNOWN_VALUE,
  ],
  [
    'repo name upper',
    (s) => new library.ContainerRepository(s, 'R', { repositoryName: 'Acme' }),
    'repositoryName',
    "consist of 2 or more lower-case letters and digits, with single '.', '_', '-' and '/' between them",
  ],
  [
    'repo pullAccounts number',
    (s) => new library.ContainerRepository(s, 'R', { pullAccounts: [222222222222] }),
    'pullAccounts[0]',
    A_STRING,
  ],
  [
    'repo keepImages string',
    (s) => new library.ContainerRepository(s, 'R', { keepImages: '10' }),
    'keepImages',
    'be a whole number of images between 10 and 10000',
  ],
  [
    'serviceImage placeholder bad',
    (s) =>
      new library.ServiceImage(s, 'R', {
        repository: ecr.Repository.fromRepositoryName(s, 'E', 'x'),
        placeholder: 'nginx latest',
      }),
    'placeholder',
    "consist of an image name such as 'registry.example.com/tools/node:22'",
  ],
  [
    'serviceImage parameterName aws',
    (s) =>
      new library.ServiceImage(s, 'R', {
        repository: ecr.Repository.fromRepositoryName(s, 'E', 'x'),
        parameterName: '/aws/x',
      }),
    'parameterName',
    "not begin with 'aws' or 'ssm', which Systems Manager reserves",
  ],
  ['serviceImage no repo', (s) => new library.ServiceImage(s, 'R', {}), 'repository', 'be an ECR repository'],
  [
    'access no env',
    (s) => new library.DeploymentAccess(s, 'R', { pipelineName: 'x', environments: [environment('a')] }),
    'pipelineEnv.account',
    NON_EMPTY_STRING,
  ],
  [
    'access region typo',
    (s) =>
      new library.DeploymentAccess(s, 'R', {
        pipelineName: 'x',
        pipelineEnv: { account: '111111111111', region: 'ue-west-1' },
        environments: [environment('a', { target: library.DeployTarget.staticSite() })],
      }),
    'pipelineEnv.region',
    "consist of a Region such as 'eu-west-1'",
  ],
  [
    'gate buildStep new',
    gate(() => library.Gate.buildStep(new library.BuildStep())),
    'environments[1].onSuccess.gates[0].buildStep',
    'be a BuildStep',
  ],
  [
    'imageScan new',
    steps(library.TestStep.imageScan(new library.BuildStep())),
    'stages[0].steps[0].image',
    'be a step that builds an image',
  ],
  [
    'multi buildStep new',
    promotion([environment('p', { target: library.DeployTarget.staticSite() })], {
      buildStep: new library.BuildStep(),
    }),
    'buildStep',
    'be a BuildStep',
  ],
  ['checks null', web({ checks: [null] }), 'checks[0]', 'be a step of the pipeline'],
  [
    'imageTag bad',
    steps(library.TestStep.inspectorImageScan('x', { imageTag: 'a b' })),
    'stages[0].steps[0].repository',
    'be an ECR repository',
  ],
  [
    'imageTag bad 2',
    stages((s) => [
      library.PipelineStage.steps('W', [
        library.TestStep.inspectorImageScan(ecr.Repository.fromRepositoryName(s, 'E', 'x'), { imageTag: 'a b' }),
      ]),
    ]),
    'stages[0].steps[0].imageTag',
    "consist of letters, digits, '_', '.' and '-', beginning with neither of the last two",
  ],
  ['symbol name', web({ pipelineName: Symbol('x') }), 'pipelineName', NON_EMPTY_STRING],
  ['symbol stepName', built({ stepName: Symbol('x') }), 'buildStep.stepName', NON_EMPTY_STRING],
  ['nullproto name', built({ stepName: Object.create(null) }), 'buildStep.stepName', NON_EMPTY_STRING],
  ['bigint timeout', built({ timeout: 10n }), 'buildStep.timeout', 'be a Duration'],
  [
    'date literal',
    stages((s) => [
      library.PipelineStage.steps('W', [
        library.TestStep.stepFunction(sfn.StateMachine.fromStateMachineName(s, 'M', 'x'), {
          input: library.StateMachineInput.literal({ a: new Date(0) }),
        }),
      ]),
    ]),
    'stages[0].steps[0].input.value',
    'be a JSON object',
  ],
  [
    'undefined literal',
    stages((s) => [
      library.PipelineStage.steps('W', [
        library.TestStep.stepFunction(sfn.StateMachine.fromStateMachineName(s, 'M', 'x'), {
          input: library.StateMachineInput.literal({ a: unset() }),
        }),
      ]),
    ]),
    'stages[0].steps[0].input.value',
    'be a JSON object',
  ],
  [
    'params undefined',
    promotion(() => [stackIn('x', { parameters: { A: unset() } })]),
    'environments[0].target.parameters.A',
    A_STRING,
  ],
  [
    'env undefined value',
    built({ environmentVariables: { A: unset() } }),
    'buildStep.environmentVariables.A',
    A_STRING,
  ],
  [
    'scan(0)',
    (s, a) => {
      const { service } = services(a);
      return new library.ContainerPipeline(s, 'P', {
        source,
        image: library.BuildStep.dockerImage(repository(s)),
        scan: library.ImageScan.inspector(0),
        environments: [environment('p', { target: library.DeployTarget.ecsService(service) })],
      });
    },
    'scan.options',
    'be an object',
  ],
  [
    'scan new',
    (s, a) => {
      const { service } = services(a);
      return new library.ContainerPipeline(s, 'P', {
        source,
        image: library.BuildStep.dockerImage(repository(s)),
        scan: new library.ImageScan(),
        environments: [environment('p', { target: library.DeployTarget.ecsService(service) })],
      });
    },
    'scan',
    'be an ImageScan',
  ],
  [
    'fromFile dir',
    stages((s) => [
      library.PipelineStage.steps('W', [
        library.TestStep.stepFunction(sfn.StateMachine.fromStateMachineName(s, 'M', 'x'), {
          input: library.StateMachineInput.fromFile(source.artifact, 'a/'),
        }),
      ]),
    ]),
    'stages[0].steps[0].input.path',
    A_FILE_PATH,
  ],
  [
    'fromFile ..',
    stages((s) => [
      library.PipelineStage.steps('W', [
        library.TestStep.stepFunction(sfn.StateMachine.fromStateMachineName(s, 'M', 'x'), {
          input: library.StateMachineInput.fromFile(source.artifact, '../a'),
        }),
      ]),
    ]),
    'stages[0].steps[0].input.path',
    NO_PARENT,
  ],
  [
    'jenkins space',
    steps(library.BuildStep.jenkins(' ', { providerName: 'J' })),
    'stages[0].steps[0].projectName',
    CLEAN_PATH,
  ],
  [
    'jenkins padded',
    steps(library.BuildStep.jenkins(' x', { providerName: 'J' })),
    'stages[0].steps[0].projectName',
    CLEAN_PATH,
  ],
];
