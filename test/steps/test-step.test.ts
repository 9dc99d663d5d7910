import { aws_ecr as ecr, aws_lambda as lambda, aws_stepfunctions as stepfunctions, Duration, type Stack } from 'aws-cdk-lib';
import {
  BuildStep, DeploymentEnvironment, DeployTarget, DeviceFarmAppType, DeviceFarmFramework, DeviceFarmRadio, DeviceFarmTest, PipelineStage,
  StateMachineInput,
  TestStep, type DeviceFarmOptions,
} from '../../src';
import { complaints, delivery, deliveryTemplate, source, stepsOf, verdictsOf } from '../helpers/delivery';
import { actionsOf, jsonOf, statementsOf, type ActionJson, type CfnTemplate } from '../helpers/synth';

const PROJECT = 'arn:aws:devicefarm:us-west-2:111111111111:project:eec4905f-98f8-40aa-9afc-4c1cfexample';
const POOL = 'arn:aws:devicefarm:us-west-2::devicepool:0EXAMPLE-d7d7-48a5-ba5c-b33d66efa1f5';
const PHONE: DeviceFarmOptions = { appType: DeviceFarmAppType.ANDROID, app: 'app.apk', devicePoolArn: POOL };
const WEST = { stack: { env: { account: '111111111111', region: 'us-west-2' } } };

const functionOf = (stack: Stack) => new lambda.Function(stack, 'Smoke', {
  runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {}'),
});
const machineOf = (stack: Stack, stateMachineType = stepfunctions.StateMachineType.STANDARD) => new stepfunctions.StateMachine(stack, 'Machine', {
  definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Pass')), stateMachineType,
});
const repositoryOf = (stack: Stack) => new ecr.Repository(stack, 'Images');
const only = (template: CfnTemplate, name: string): ActionJson => actionsOf(template).find((action) => action.Name === name)!;
const grants = (template: CfnTemplate, service: string) => statementsOf(template).map(({ statement }) => statement)
  .filter(({ Action }) => [Action].flat().some((one) => one.startsWith(`${service}:`)));

describe('Device Farm', () => {
  const farm = (options: Partial<DeviceFarmOptions> = {}) => stepsOf(() => [TestStep.deviceFarm(PROJECT, { ...PHONE, ...options })]);

  test('touches an application at random unless told otherwise', () => {
    expect(only(deliveryTemplate(farm(), WEST), 'Test')).toMatchObject({
      ActionTypeId: { Category: 'Test', Owner: 'AWS', Provider: 'DeviceFarm' },
      Configuration: {
        AppType: 'Android', ProjectId: 'eec4905f-98f8-40aa-9afc-4c1cfexample', App: 'app.apk', DevicePoolArn: POOL, TestType: 'BUILTIN_FUZZ',
      },
      InputArtifacts: [{ Name: 'Source' }],
    });
  });

  test('is told all that was said', () => {
    const test = DeviceFarmTest.framework(DeviceFarmFramework.APPIUM_NODE, 'tests.zip', { testSpec: 'spec.yml' });
    const options = {
      test,
      recordVideo: true,
      recordPerformance: false,
      unmeteredDevicesOnly: true,
      jobTimeout: Duration.minutes(30),
      radiosOff: [DeviceFarmRadio.NFC],
    };
    expect(only(deliveryTemplate(farm(options), WEST), 'Test').Configuration).toMatchObject({
      TestType: 'APPIUM_NODE',
      Test: 'tests.zip',
      TestSpec: 'spec.yml',
      RecordVideo: 'true',
      RecordAppPerformanceData: 'false',
      UnmeteredDevicesOnly: 'true',
      JobTimeoutMinutes: '30',
      RadioNfcEnabled: 'false',
    });
  });

  test('is allowed its project, pool, uploads and runs, and all of it is needed by the check', () => {
    const below = (kind: string) => `arn:aws:devicefarm:us-west-2:111111111111:${kind}:eec4905f-98f8-40aa-9afc-4c1cfexample/*`;
    expect(grants(deliveryTemplate(farm(), WEST), 'devicefarm').map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ['devicefarm:ListProjects', '*'],
      [['devicefarm:ListDevicePools', 'devicefarm:CreateUpload'], PROJECT],
      ['devicefarm:ScheduleRun', [PROJECT, POOL, below('upload')]],
      ['devicefarm:GetUpload', below('upload')],
      ['devicefarm:GetRun', below('run')],
    ]);
    expect(verdictsOf(farm(), 'us-west-2')).toMatchObject({ denied: [], unmodelled: [] });
  });

  test('is in one region', () => {
    expect(complaints(farm(), { stack: { env: { account: '111111111111', region: 'eu-west-1' } } })).toEqual([
      "'stages[0].steps[0]' must run in us-west-2, where DeviceFarm is, got \"eu-west-1\"; put the pipeline into a stack of that region, started by the success of this one",
    ]);
    expect(complaints(farm())).toEqual([]);
  });

  test.each<[string, Partial<DeviceFarmOptions>, string]>([
    ['a pool of another service', { devicePoolArn: 'arn:aws:s3:::pool' }, "devicePoolArn' must be an ARN of the form"],
    ['no application', { app: '' }, "app' must be a path in the input"],
    ['no time', { jobTimeout: Duration.seconds(30) }, "jobTimeout' must be between 1 and 480 whole minutes, got 0.5"],
    ['too many events', { test: DeviceFarmTest.fuzz({ eventCount: 10_001 }) }, "test.eventCount' must be between 1 and 10000 whole events, got 10001"],
    ['too long a pause', { test: DeviceFarmTest.fuzz({ throttle: Duration.seconds(2) }) }, "test.throttle' must be between 1 and 1000 whole milliseconds, got 2000"],
  ])('%s', (_name, options, message) => {
    expect(complaints(farm(options), WEST).some((line) => line.startsWith(`'stages[0].steps[0].${message}`))).toBe(true);
  });

  test('a project is named by its ARN', () => {
    expect(complaints(stepsOf(() => [TestStep.deviceFarm('my-project', PHONE)]))).toEqual([
      "'stages[0].steps[0].projectArn' must be an ARN of the form 'arn:aws:devicefarm:us-west-2:<account>:project:<id>', got \"my-project\"; copy it from the console of Device Farm",
    ]);
  });
});

describe('Inspector', () => {
  test('lets no critical and no high finding pass', () => {
    expect(only(deliveryTemplate(stepsOf(() => [TestStep.inspectorScan()])), 'Scan')).toMatchObject({
      ActionTypeId: { Category: 'Invoke', Provider: 'InspectorScan' },
      Configuration: { InspectorRunMode: 'SourceCodeScan', CriticalThreshold: '0', HighThreshold: '0' },
      InputArtifacts: [{ Name: 'Source' }],
      OutputArtifacts: [{ Name: 'Scan' }],
    });
  });

  test('scans an image', () => {
    const template = deliveryTemplate(stepsOf((stack) => [TestStep.inspectorImageScan(repositoryOf(stack), {
      imageTag: `${source.variable('CommitId')}`, maxCritical: 1, maxHigh: 2, maxMedium: 3, maxLow: 4,
    })]));
    const scan = only(template, 'Scan');
    expect(scan.InputArtifacts).toBeUndefined();
    expect(scan.Configuration).toMatchObject({
      InspectorRunMode: 'ECRImageScan', ImageTag: '#{Source-vars.CommitId}', CriticalThreshold: '1', HighThreshold: '2', MediumThreshold: '3', LowThreshold: '4',
    });
    expect(scan.Configuration!.ECRRepositoryName).toEqual({ Ref: expect.stringMatching(/^Images/) });
  });

  test.each([
    ['source', stepsOf(() => [TestStep.inspectorScan()])],
    ['an image', stepsOf((stack) => [TestStep.inspectorImageScan(repositoryOf(stack))])],
  ])('the scan of %s is allowed all that it calls', (_name, props) => {
    expect(verdictsOf(props)).toEqual({ denied: [], unmodelled: [], unknown: [] });
  });

  test('numbers are whole and not below zero, and an image needs no input', () => {
    const options = { maxHigh: -1, maxLow: 0.5, inputs: [source.artifact] };
    expect(complaints(stepsOf((stack) => [TestStep.inspectorImageScan(repositoryOf(stack), options)]))).toEqual([
      `'stages[0].steps[0].maxHigh' must be between 0 and ${Number.MAX_SAFE_INTEGER} whole findings, got -1; choose a value in that range`,
      `'stages[0].steps[0].maxLow' must be between 0 and ${Number.MAX_SAFE_INTEGER} whole findings, got 0.5; choose a value in that range`,
      "'stages[0].steps[0].inputs' must be left out, got \"1 artifacts\"; the image is what is scanned",
    ]);
  });
});

describe('a function', () => {
  test('is told its parameters, and may answer', () => {
    const props = stepsOf((stack) => [TestStep.lambdaFunction(functionOf(stack), { parameters: { COMMIT: `${source.variable('CommitId')}` }, exportedVariables: ['RESULT'] })]);
    const template = deliveryTemplate(props);
    expect(only(template, 'Test')).toMatchObject({
      ActionTypeId: { Category: 'Invoke', Provider: 'Lambda' }, Configuration: { UserParameters: '{"COMMIT":"#{Source-vars.CommitId}"}' },
    });
    expect(grants(template, 'codepipeline').map(({ Action }) => Action)).toContainEqual(['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult']);
    expect(verdictsOf(props)).toEqual({ denied: [], unmodelled: [], unknown: [] });
  });

  test('that is imported is called all the same', () => {
    const props = stepsOf((stack) => [TestStep.lambdaFunction(lambda.Function.fromFunctionArn(stack, 'Smoke', 'arn:aws:lambda:eu-west-1:111111111111:function:smoke'))]);
    expect(verdictsOf(props)).toMatchObject({ denied: [], unmodelled: [] });
    expect(only(deliveryTemplate(props), 'Test').Configuration).toEqual({ FunctionName: 'smoke' });
  });

  test('may make and take artifacts', () => {
    const props = stepsOf((stack) => [
      TestStep.lambdaFunction(functionOf(stack), { stepName: 'Find', inputs: [source.artifact], makesArtifact: true }),
      TestStep.shell(['cat found.json'], { inputs: [source.artifact, TestStep.shell([], { stepName: 'Find' }).artifact] }),
    ]);
    expect(only(deliveryTemplate(props), 'Find')).toMatchObject({ InputArtifacts: [{ Name: 'Source' }], OutputArtifacts: [{ Name: 'Find' }], RunOrder: 1 });
    expect(only(deliveryTemplate(props), 'Test')).toMatchObject({ RunOrder: 2 });
  });

  test('is not told what could break its JSON, nor more than fits', () => {
    expect(complaints(stepsOf((stack) => [TestStep.lambdaFunction(functionOf(stack), { parameters: { MESSAGE: `${source.variable('CommitMessage')}`, LONG: 'x'.repeat(1000) } })]))).toEqual([
      expect.stringMatching(/^'stages\[0\]\.steps\[0\]\.parameters' must have at most 1000 characters, got "10\d\d characters"; it is JSON of what a run fills in: use fewer or shorter variables$/),
      "'stages[0].steps[0].parameters' must be free of variables that may hold any text, got \"#{Source-vars.CommitMessage}\"; it is JSON, and a quote in the value breaks it; hand it on in a file of an artifact, or use an id or a digest",
    ]);
  });

  test('exports what it says', () => {
    const step = (stack: Stack) => TestStep.lambdaFunction(functionOf(stack), { stepName: 'Ask', exportedVariables: ['ANSWER'] });
    const use = (key: string) => stepsOf((stack) => [step(stack), TestStep.inspectorImageScan(repositoryOf(stack), { imageTag: `#{Ask-vars.${key}}` })]);
    expect(complaints(use('ANSWER'))).toEqual([]);
    expect(complaints(use('OTHER'))).toEqual(["'stages[0].steps[1].imageTag' must use variables that an earlier action produces, got \"#{Ask-vars.OTHER}\"; 'Ask' exports ANSWER"]);
  });
});

describe('a state machine', () => {
  test('gets a literal', () => {
    const props = stepsOf((stack) => [TestStep.stepFunction(machineOf(stack), { input: StateMachineInput.literal({ commit: `${source.variable('CommitId')}`, depth: 3 }) })]);
    expect(only(deliveryTemplate(props), 'Test')).toMatchObject({
      ActionTypeId: { Category: 'Invoke', Provider: 'StepFunctions' },
      Configuration: { InputType: 'Literal', Input: '{"commit":"#{Source-vars.CommitId}","depth":3}' },
    });
    expect(verdictsOf(props)).toEqual({ denied: [], unmodelled: [], unknown: [] });
  });

  test('gets a file', () => {
    const props = stepsOf((stack) => [TestStep.stepFunction(machineOf(stack), { input: StateMachineInput.fromFile(source.artifact, 'checks/input.json'), makesArtifact: true })]);
    expect(only(deliveryTemplate(props), 'Test')).toMatchObject({
      Configuration: { InputType: 'FilePath', Input: 'checks/input.json' }, InputArtifacts: [{ Name: 'Source' }], OutputArtifacts: [{ Name: 'Test' }],
    });
    expect(verdictsOf(props)).toEqual({ denied: [], unmodelled: [], unknown: [] });
  });

  test('gets nothing', () => {
    const test = only(deliveryTemplate(stepsOf((stack) => [TestStep.stepFunction(machineOf(stack))])), 'Test');
    expect(test.Configuration).toEqual({ StateMachineArn: { Ref: expect.stringMatching(/^Machine/) } });
  });

  test('is a standard one, and files have paths', () => {
    expect(complaints(stepsOf((stack) => [TestStep.stepFunction(machineOf(stack, stepfunctions.StateMachineType.EXPRESS), { input: StateMachineInput.fromFile(source.artifact, '') })]))).toEqual([
      "'stages[0].steps[0].input.path' must be a path in the artifact, got \"\"; name the file, as in 'checks/input.json'",
      "'stages[0].steps[0].stateMachine' must be a standard one, got \"an express one\"; CodePipeline starts it and does not wait, so no test could fail; make it a standard one",
      "'stages[0].steps[0].input.path' must not be empty, got \"\"; leave it out, or say something",
    ]);
  });
});

describe('in an environment', () => {
  const staging = (tests: (stack: Stack) => TestStep[]) => (stack: Stack) => ({
    stages: [
      PipelineStage.ofSteps('Build', [BuildStep.nodeJs()]),
      PipelineStage.environment(new DeploymentEnvironment('staging', { target: DeployTarget.staticSite(), tests: tests(stack) })),
    ],
  });
  const url = { 'Fn::GetAtt': [expect.stringMatching(/Distribution/), 'DomainName'] };

  test('commands, functions and state machines learn its address', () => {
    const { stack, pipeline } = delivery(staging((scope) => [
      TestStep.shell(['curl "$SITE_URL"'], { stepName: 'Shell' }),
      TestStep.lambdaFunction(functionOf(scope), { stepName: 'Function', parameters: { PATH: '/' } }),
      TestStep.stepFunction(machineOf(scope), { stepName: 'Machine', input: StateMachineInput.literal({ depth: 1 }) }),
    ]));
    const template = jsonOf(stack);
    const outputs = (name: string, key: string) => only(template, name).Configuration![key];
    expect(outputs('Function-staging', 'UserParameters')).toEqual({ 'Fn::Join': ['', ['{"SITE_URL":"https://', url, '","PATH":"/"}']] });
    expect(outputs('Machine-staging', 'Input')).toEqual({ 'Fn::Join': ['', ['{"SITE_URL":"https://', url, '","depth":1}']] });
    const project = stack.resolve(pipeline.buildProject('Shell-staging').projectName);
    expect(template.Resources[project.Ref].Properties.Environment).toMatchObject({
      EnvironmentVariables: [{ Name: 'SITE_URL', Value: { 'Fn::Join': ['', ['https://', url]] } }],
    });
    expect(actionsOf(template).filter(({ Name }) => Name.endsWith('-staging')).map(({ RunOrder }) => RunOrder)).toEqual([1, 2, 2, 2]);
  });

  test('nobody says it but the environment', () => {
    const rule = (prop: string) => `'stages[1].environment.${prop}' must leave the names alone that the environment sets, got "SITE_URL"; rename the variable`;
    expect(complaints(staging((stack) => [
      TestStep.shell(['ls'], { stepName: 'A', environmentVariables: { SITE_URL: 'https://example.com' } }),
      TestStep.shell(['ls'], { stepName: 'B', environmentVariables: { SITE_URL: `${source.variable('CommitId')}` } }),
      TestStep.lambdaFunction(functionOf(stack), { stepName: 'C', parameters: { SITE_URL: 'x' } }),
      TestStep.stepFunction(machineOf(stack), { stepName: 'D', input: StateMachineInput.literal({ SITE_URL: 'x' }) }),
    ]))).toEqual([rule('tests[0].environmentVariables'), rule('tests[1].environmentVariables'), rule('tests[2].parameters'), rule('tests[3].input')]);
  });

  test('tests use the artifacts and variables of those beside them', () => {
    const first = TestStep.shell(['./measure.sh'], { stepName: 'Measure', outputDirectory: 'out', outputs: { raw: 'raw' }, exportedVariables: ['SCORE'] });
    const template = deliveryTemplate(staging((stack) => [
      TestStep.inspectorImageScan(repositoryOf(stack), { imageTag: `${first.variable('SCORE')}` }),
      TestStep.shell(['ls'], { stepName: 'Compare', inputs: [first.artifact, first.artifactNamed('raw')] }),
      first,
      TestStep.shell(['ls'], { stepName: 'Last', after: [first] }),
    ]));
    expect(only(template, 'Scan-staging')).toMatchObject({ Configuration: { ImageTag: '#{Measure-staging-vars.SCORE}' }, RunOrder: 3 });
    expect(only(template, 'Compare-staging')).toMatchObject({
      InputArtifacts: [{ Name: 'Measure-staging' }, { Name: 'Measure-staging_raw' }], Configuration: { PrimarySource: 'Measure-staging' }, RunOrder: 3,
    });
    expect(only(template, 'Last-staging').RunOrder).toBe(3);
  });

  test('outside of it they have its name', () => {
    const test = TestStep.shell(['ls'], { outputDirectory: 'out', exportedVariables: ['SCORE'] });
    const props = (stack: Stack) => ({
      stages: [...staging(() => [test])(stack).stages, PipelineStage.ofSteps('After', [
        TestStep.inspectorImageScan(repositoryOf(stack), { imageTag: `${test.variable('SCORE')}` }), BuildStep.shell(['ls'], { stepName: 'Use', inputs: [test.artifact] }),
      ])],
    });
    expect(complaints(props)).toEqual([
      "'stages[2].steps[1]' must use artifacts of earlier actions only, got \"Test\"; it is made inside of an environment, for the tests of that environment alone",
      "'stages[2].steps[0].imageTag' must use variables that an earlier action produces, got \"#{Test-vars.SCORE}\"; a test of an environment has the name of that behind its own; outside of the environment write '#{Test-staging-vars.SCORE}'",
    ]);
  });
});
