import { Token } from 'aws-cdk-lib';
import { DeviceFarmFramework, DeviceFarmTest, type DeviceFarmFuzzOptions } from './device-farm-test';
import { DeviceFarmAppType, DeviceFarmRadio, type DeviceFarmOptions } from './options';
import { commonStepFields } from '../common-step-fields';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';
import { DEVICE_FARM, DEVICE_FARM_POOL_ARN, DEVICE_FARM_PROJECT_ARN } from '../../aws/device-farm';
import type { ActionSpec } from '../../pipeline/action-spec';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { readChoice, readDuration, readList, readText } from '../../pipeline/option-readers';

/** Describes a test of an application on devices. */
export interface DeviceFarmSpec extends ActionSpec {
  readonly kind: 'device-farm';
  readonly projectArn: string;
  readonly devicePoolArn: string;
}

/** Properties that configuration keys come from. */
const PROP_NAMES = {
  AppType: 'appType',
  ProjectId: 'projectArn',
  App: 'app',
  DevicePoolArn: 'devicePoolArn',
  TestType: 'test',
  Test: 'test.testPackage',
  TestSpec: 'test.testSpec',
  FuzzEventCount: 'test.eventCount',
  FuzzEventThrottle: 'test.throttle',
  FuzzRandomizerSeed: 'test.randomizerSeed',
  JobTimeoutMinutes: 'jobTimeout',
  RecordVideo: 'recordVideo',
  RecordAppPerformanceData: 'recordPerformance',
  UnmeteredDevicesOnly: 'unmeteredDevicesOnly',
};

/** Plans a test of an application on devices. */
export class DeviceFarmStep implements StepPlanner {
  public readonly stepName: string;

  public constructor(
    private readonly projectArn: string,
    private readonly options: DeviceFarmOptions,
  ) {
    this.stepName = options?.stepName ?? 'Test';
  }

  public plan(context: StepContext): StepPlan[] {
    const { projectArn, options, stepName } = this;
    const { problems } = context;
    const fix = "pass an object with 'appType', 'app' and 'devicePoolArn'";
    if (!problems.at('options').required('the options of the test', options, fix)) return [];
    const { devicePoolArn } = options;
    const configuration = {
      AppType: readAppType(options.appType, problems.at('appType')),
      ProjectId: readProjectId(projectArn, problems.at('projectArn')),
      App: readApp(options.app, problems.at('app')),
      DevicePoolArn: readArn(devicePoolArn, POOL, problems.at('devicePoolArn')),
      ...testConfiguration(options.test ?? DeviceFarmTest.fuzz(), problems.at('test')),
      ...runConfiguration(options, problems),
    };
    const step: StepPlan<DeviceFarmSpec> = {
      ...commonStepFields(stepName, options, context),
      provider: 'deviceFarm',
      outputs: [],
      configuration: compact(configuration),
      propNames: PROP_NAMES,
      spec: { kind: 'device-farm', projectArn, devicePoolArn },
    };
    return [step];
  }
}

interface ArnForm {
  readonly pattern: RegExp;
  readonly words: string;
}

const PROJECT: ArnForm = {
  pattern: DEVICE_FARM_PROJECT_ARN,
  words: "'arn:aws:devicefarm:us-west-2:<account>:project:<id>'",
};
const POOL: ArnForm = {
  pattern: DEVICE_FARM_POOL_ARN,
  words: "'arn:aws:devicefarm:us-west-2:<account>:devicepool:<id>'",
};

/** Reads the id of a project from its ARN, which must be concrete for that. */
function readProjectId(projectArn: string, problems: Problems): string | undefined {
  if (!Token.isUnresolved(projectArn)) return PROJECT.pattern.exec(readArn(projectArn, PROJECT, problems) ?? '')?.[1];
  const rule = 'be concrete, since the id of the project is a part of it';
  problems.add(rule, 'a token', 'pass the ARN as a literal string');
  return undefined;
}

function readArn(arn: string, { pattern, words }: ArnForm, problems: Problems): string | undefined {
  if (Token.isUnresolved(arn) || (typeof arn === 'string' && pattern.test(arn))) return arn;
  problems.add(`be an ARN of the form ${words}`, arn, 'copy it from the console of Device Farm');
  return undefined;
}

function readAppType(appType: DeviceFarmAppType, problems: Problems): string | undefined {
  const isGiven = problems.required('a kind of application', appType, 'choose one of DeviceFarmAppType');
  return isGiven ? readChoice(appType, DeviceFarmAppType, problems) : undefined;
}

function readApp(app: string, problems: Problems): string | undefined {
  if (typeof app === 'string' && app !== '') return app;
  problems.add('be a path in the input', app, "name the file, as in 'app-release.apk'");
  return undefined;
}

type Configuration = Readonly<Record<string, string | undefined>>;

function testConfiguration(test: DeviceFarmTest, problems: Problems): Configuration {
  if (!(test instanceof DeviceFarmTest)) {
    problems.add('be a DeviceFarmTest', test, 'use DeviceFarmTest.fuzz or DeviceFarmTest.framework');
    return {};
  }
  const { _content: content } = test;
  if (content.kind === 'fuzz') return fuzzConfiguration(content.options ?? {}, problems);
  const { framework, testPackage, options } = content;
  const type = problems.at('framework');
  type.required('a framework', framework, 'choose one of DeviceFarmFramework');
  const tests = problems.at('testPackage');
  tests.required('a path in the input', testPackage, "name the file, as in 'tests.zip'");
  return {
    TestType: readChoice(framework ?? undefined, DeviceFarmFramework, type),
    Test: readText(testPackage ?? undefined, tests),
    TestSpec: readText(options?.testSpec, problems.at('testSpec')),
  };
}

function fuzzConfiguration(options: DeviceFarmFuzzOptions, problems: Problems): Configuration {
  const { eventCount, throttle, randomizerSeed } = options;
  const milliseconds = readDuration(throttle, 'toMilliseconds', problems.at('throttle'));
  problems.at('eventCount').range(eventCount, DEVICE_FARM.fuzzEvents, 'events');
  problems.at('throttle').range(milliseconds, DEVICE_FARM.fuzzThrottle, 'milliseconds');
  return {
    TestType: 'BUILTIN_FUZZ',
    FuzzEventCount: textOf(eventCount),
    FuzzEventThrottle: textOf(milliseconds),
    FuzzRandomizerSeed: textOf(randomizerSeed),
  };
}

function runConfiguration(options: DeviceFarmOptions, problems: Problems): Configuration {
  const { jobTimeout, recordVideo, recordPerformance, unmeteredDevicesOnly } = options;
  const minutes = readDuration(jobTimeout, 'toMinutes', problems.at('jobTimeout'));
  problems.at('jobTimeout').range(minutes, DEVICE_FARM.jobMinutes, 'minutes');
  const radiosOff = readList(options.radiosOff, problems.at('radiosOff')) ?? [];
  radiosOff.forEach((radio, i) => readChoice(radio, DeviceFarmRadio, problems.at('radiosOff').index(i)));
  return {
    JobTimeoutMinutes: textOf(minutes),
    RecordVideo: textOf(recordVideo),
    RecordAppPerformanceData: textOf(recordPerformance),
    UnmeteredDevicesOnly: textOf(unmeteredDevicesOnly),
    ...Object.fromEntries(radiosOff.map((radio) => [radio, 'false'])),
  };
}

function textOf(value: number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** Returns the keys that have a value. */
function compact(configuration: Configuration): Record<string, string> {
  const entries = Object.entries(configuration).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return Object.fromEntries(entries) as Record<string, string>;
}
