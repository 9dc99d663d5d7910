import { aws_lambda as lambda, Duration, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  CustomActionCategory,
  CustomStep,
  DeviceFarmAppType,
  DeviceFarmFramework,
  DeviceFarmTest,
  type PipelineStep,
  StateMachineInput,
  TestStep,
} from '../../src';
import { source } from '../helpers/delivery';
import { problemsAt } from '../helpers/plans';

/** Returns a value with a type that only JavaScript accepts. */
function odd(value: unknown) {
  return value as never;
}

const circular: Record<string, unknown> = {};
circular.self = circular;

const stack = new Stack();
const smoke = lambda.Function.fromFunctionName(stack, 'Smoke', 'smoke');
const machine = odd({ stateMachineArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:checks', node: {} });
const repository = odd({ repositoryArn: 'arn:aws:ecr:eu-west-1:111111111111:repository/shop', node: {} });
const PROJECT = 'arn:aws:devicefarm:us-west-2:111111111111:project:eec4905f-98f8-40aa-9afc-4c1cfexample';
const phone = {
  appType: DeviceFarmAppType.IOS,
  app: 'app.ipa',
  devicePoolArn: 'arn:aws:devicefarm:us-west-2::devicepool:0EXAMPLE',
};

function farm(options: object) {
  return TestStep.deviceFarm(PROJECT, { ...phone, ...options });
}

const image = BuildStep.dockerImage(repository);

function problemsOf(step: PipelineStep) {
  return problemsAt('step', (problems) => step._plan({ defaultInput: 'Source', problems }));
}

/** Steps with one wrong value each, and the property that the error must name. */
const WRONG: ReadonlyArray<[string, () => PipelineStep]> = [
  ['commands', () => TestStep.shell(odd(undefined))],
  ['commands', () => TestStep.shell(odd('npm test'))],
  ['commands[1]', () => TestStep.shell(['ls', odd(5)])],
  ['image', () => TestStep.dockerImage(odd(undefined), ['ls'])],
  ['image', () => TestStep.dockerImage(odd(source), ['ls'])],
  ['commands', () => TestStep.dockerImage(image, odd(null))],
  ['commands', () => TestStep.dockerImage(image, [])],
  ['environmentVariables', () => TestStep.dockerImage(image, ['ls'], { environmentVariables: { IMAGE_URI: 'x' } })],
  ['image', () => TestStep.imageScan(odd(BuildStep.shell(['make'])))],
  ['maxHigh', () => TestStep.imageScan(image, { maxHigh: odd('many') })],
  ['maxMedium', () => TestStep.inspectorScan({ maxMedium: odd('5') })],
  ['repository', () => TestStep.inspectorImageScan(odd(undefined))],
  ['repository', () => TestStep.inspectorImageScan(odd('acme/shop'))],
  ['imageTag', () => TestStep.inspectorImageScan(repository, { imageTag: odd(5) })],
  ['testFunction', () => TestStep.lambdaFunction(odd(undefined))],
  ['testFunction', () => TestStep.lambdaFunction(odd('smoke'))],
  ['parameters', () => TestStep.lambdaFunction(smoke, { parameters: odd(['a']) })],
  ['parameters.LEVEL', () => TestStep.lambdaFunction(smoke, { parameters: { LEVEL: odd(5) } })],
  ['exportedVariables', () => TestStep.lambdaFunction(smoke, { exportedVariables: odd('RESULT') })],
  ['producesArtifact', () => TestStep.lambdaFunction(smoke, { producesArtifact: odd('yes') })],
  ['stateMachine', () => TestStep.stepFunction(odd(null))],
  ['input', () => TestStep.stepFunction(machine, { input: odd({ depth: 3 }) })],
  ['input.value', () => TestStep.stepFunction(machine, { input: StateMachineInput.literal(odd(undefined)) })],
  ['input.value', () => TestStep.stepFunction(machine, { input: StateMachineInput.literal(circular) })],
  [
    'input.artifact',
    () => TestStep.stepFunction(machine, { input: StateMachineInput.fromFile(odd(undefined), 'a.json') }),
  ],
  [
    'input.path',
    () => TestStep.stepFunction(machine, { input: StateMachineInput.fromFile(source.artifact, odd(undefined)) }),
  ],
  ['projectArn', () => TestStep.deviceFarm(odd(undefined), phone)],
  ['appType', () => farm({ appType: undefined })],
  ['appType', () => farm({ appType: 'Symbian' })],
  ['app', () => farm({ app: undefined })],
  ['devicePoolArn', () => farm({ devicePoolArn: undefined })],
  ['jobTimeout', () => farm({ jobTimeout: 30 })],
  ['recordVideo', () => farm({ recordVideo: 'yes' })],
  ['radiosOff[0]', () => farm({ radiosOff: ['RadioFm'] })],
  ['test', () => farm({ test: 'fuzz' })],
  ['test.throttle', () => farm({ test: DeviceFarmTest.fuzz({ throttle: odd(5) }) })],
  ['test.eventCount', () => farm({ test: DeviceFarmTest.fuzz({ eventCount: odd('5') }) })],
  ['test.randomizerSeed', () => farm({ test: DeviceFarmTest.fuzz({ randomizerSeed: odd('5') }) })],
  ['test.framework', () => farm({ test: DeviceFarmTest.framework(odd('JEST'), 'tests.zip') })],
  ['test.testPackage', () => farm({ test: DeviceFarmTest.framework(DeviceFarmFramework.XCTEST, odd(undefined)) })],
  [
    'test.testSpec',
    () => farm({ test: DeviceFarmTest.framework(DeviceFarmFramework.XCTEST, 'tests.zip', { testSpec: odd(5) }) }),
  ],
  ['action', () => CustomStep.action(odd(undefined))],
  ['action', () => CustomStep.action(odd({ actionName: 'Deploy' }))],
  ['category', () => CustomStep.actionType(odd('Paint'), 'Acme')],
  ['typeName', () => CustomStep.actionType(CustomActionCategory.BUILD, odd(5), { stepName: 'Acme' })],
  ['typeVersion', () => CustomStep.actionType(CustomActionCategory.BUILD, 'Acme', { typeVersion: odd(2) })],
  ['configuration', () => CustomStep.actionType(CustomActionCategory.BUILD, 'Acme', { configuration: odd('a=b') })],
  [
    'configuration.Key',
    () => CustomStep.actionType(CustomActionCategory.BUILD, 'Acme', { configuration: { Key: odd(true) } }),
  ],
];

test.each(WRONG)('reports a value of a wrong type only at %s', (prop, step) => {
  const problems = problemsOf(step());
  expect(problems.map((problem) => /^'([^']+)' must .+, got .+; .+$/s.exec(problem)?.[1])).toEqual([`step.${prop}`]);
});

test('treats null options as not set', () => {
  const none = odd(null);
  const steps = [
    TestStep.inspectorScan(none),
    TestStep.inspectorImageScan(repository, none),
    TestStep.imageScan(image, none),
    TestStep.lambdaFunction(smoke, none),
    TestStep.stepFunction(machine, none),
    CustomStep.actionType(CustomActionCategory.TEST, 'Acme', none),
  ];
  expect(steps.flatMap(problemsOf)).toEqual([]);
});

test('accepts valid values', () => {
  expect(
    problemsOf(
      farm({ jobTimeout: Duration.minutes(5), recordVideo: true, test: DeviceFarmTest.fuzz({ randomizerSeed: 7 }) }),
    ),
  ).toEqual([]);
});
