import { Token, type Duration } from 'aws-cdk-lib';
import { DeviceFarmFramework, DeviceFarmTest, type DeviceFarmFuzzOptions } from './device-farm-test';
import { definedValues } from '../../common/compact';
import { DEVICE_FARM, DEVICE_FARM_POOL_ARN, DEVICE_FARM_PROJECT_ARN } from '../../aws/device-farm';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import {
  DURATION,
  enumOf,
  readRequired,
  ANY,
  FLAG,
  listOf,
  type OptionTypes,
  readOptions,
  instanceOf,
  minutesOf,
  TEXT,
  typeOf,
} from '../../pipeline/read-options';
import { A_FILE_PATH, KNOWN_VALUE } from '../../pipeline/rules';
import { commonStepFields, STEP_OPTIONS } from '../common-step-fields';
import type { StepOptions } from '../pipeline-step';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';
import { validateFile } from '../validate-names';

/** Type of an application on Device Farm. */
export enum DeviceFarmAppType {
  /** An Android application, such as `app-release.apk`. */
  ANDROID = 'Android',
  /** An iOS application, such as `app.ipa`. */
  IOS = 'iOS',
  /** A web application. */
  WEB = 'Web',
}

/** Radio of a device. */
export enum DeviceFarmRadio {
  /** Bluetooth. */
  BLUETOOTH = 'RadioBluetoothEnabled',
  /** GPS. */
  GPS = 'RadioGpsEnabled',
  /** NFC. */
  NFC = 'RadioNfcEnabled',
  /** Wi-Fi. */
  WIFI = 'RadioWifiEnabled',
}

/** Options of {@link TestStep.deviceFarm}. */
export interface DeviceFarmOptions extends StepOptions {
  /** Type of the application. */
  readonly appType: DeviceFarmAppType;

  /** Path of the application in the input, e.g. `app-release.apk`. */
  readonly app: string;

  /** ARN of the device pool: a pool of the project, or one that AWS curates. */
  readonly devicePoolArn: string;

  /**
   * Type of the test.
   *
   * @default DeviceFarmTest.fuzz()
   */
  readonly test?: DeviceFarmTest;

  /**
   * Maximum duration of the run on each device, in whole minutes, at least 1. The action ends after at most 8 hours.
   *
   * @default - the setting of the project
   */
  readonly jobTimeout?: Duration;

  /**
   * Records a video of the run.
   *
   * @default - the default of Device Farm
   */
  readonly recordVideo?: boolean;

  /**
   * Records performance data, such as CPU, memory and frames.
   *
   * @default - the default of Device Farm
   */
  readonly recordPerformance?: boolean;

  /**
   * Uses only unmetered devices, which are charged per month.
   *
   * @default false
   */
  readonly unmeteredDevicesOnly?: boolean;

  /**
   * Radios that are off at the start of the test.
   *
   * @default - the default of Device Farm
   */
  readonly radiosOff?: DeviceFarmRadio[];
}

/** Describes a test of an application on devices. */
export interface DeviceFarmSpec extends ActionSpec {
  readonly kind: 'device-farm';
  readonly projectArn: string;
  readonly devicePoolArn: string;
}

/** Properties by the configuration keys that they set. */
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

const OPTION_TYPES: OptionTypes<DeviceFarmOptions> = {
  ...STEP_OPTIONS,
  appType: enumOf(DeviceFarmAppType),
  app: TEXT,
  devicePoolArn: TEXT,
  test: instanceOf(DeviceFarmTest, 'use e.g. DeviceFarmTest.fuzz()'),
  jobTimeout: DURATION,
  recordVideo: FLAG,
  recordPerformance: FLAG,
  unmeteredDevicesOnly: FLAG,
  radiosOff: listOf(enumOf(DeviceFarmRadio), 'pass a list, e.g. [DeviceFarmRadio.NFC]'),
};

const FUZZ_OPTION_TYPES: OptionTypes<DeviceFarmFuzzOptions> = {
  eventCount: ANY, // validated with its bounds
  throttle: DURATION,
  randomizerSeed: typeOf('a whole number', 'use any whole number', Number.isInteger),
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
    const { projectArn, stepName } = this;
    const { problems } = context;
    const options = readOptions(this.options, OPTION_TYPES, problems);
    const { devicePoolArn = '', test = DeviceFarmTest.fuzz() } = options;
    problems.at('appType').required('an application type', this.options?.appType, 'use e.g. DeviceFarmAppType.ANDROID');
    const configuration = {
      AppType: options.appType,
      ProjectId: readProjectId(projectArn, problems.at('projectArn')),
      App: readApp(options.app, problems.at('app')),
      DevicePoolArn: readArn(devicePoolArn, POOL, problems.at('devicePoolArn')),
      ...testConfiguration(test, problems.at('test')),
      ...runConfiguration(options, problems),
    };
    const step: StepPlan<DeviceFarmSpec> = {
      ...commonStepFields(stepName, options, context),
      provider: 'deviceFarm',
      outputs: [],
      configuration: definedValues(configuration),
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

/** Returns the id of a project from its ARN, which must therefore be concrete. */
function readProjectId(projectArn: string, problems: Problems): string | undefined {
  if (!Token.isUnresolved(projectArn)) return PROJECT.pattern.exec(readArn(projectArn, PROJECT, problems) ?? '')?.[1];
  const rule = 'be concrete, because the id of the project is read from it';
  problems.add(rule, 'a token', 'pass the ARN as a literal string');
  return undefined;
}

function readArn(arn: string, { pattern, words }: ArnForm, problems: Problems): string | undefined {
  if (typeof arn === 'string' && (Token.isUnresolved(arn) || pattern.test(arn))) return arn;
  problems.add(`be an ARN of the form ${words}`, arn, 'copy it from the Device Farm console');
  return undefined;
}

function readApp(app: string | undefined, problems: Problems): string | undefined {
  if (app === undefined) problems.add(A_FILE_PATH, app, "use e.g. 'app-release.apk'");
  else validateFile(app, problems, 'app-release.apk');
  return app;
}

type Configuration = Readonly<Record<string, string | undefined>>;

function testConfiguration({ _content: content }: DeviceFarmTest, problems: Problems): Configuration {
  if (content.kind === 'fuzz') return fuzzConfiguration(content.options, problems);
  const { framework, testPackage, options } = content;
  const { testSpec } = readOptions(options, { testSpec: TEXT }, problems);
  const tests = readRequired(testPackage, TEXT, problems.at('testPackage'));
  if (tests !== undefined) validateFile(tests, problems.at('testPackage'), 'tests.zip');
  if (testSpec !== undefined) validateFile(testSpec, problems.at('testSpec'), 'testspec.yml');
  return {
    TestType: readRequired(framework, enumOf(DeviceFarmFramework), problems.at('framework')),
    Test: tests,
    TestSpec: testSpec,
  };
}

function fuzzConfiguration(options: DeviceFarmFuzzOptions, problems: Problems): Configuration {
  const { eventCount, throttle, randomizerSeed } = readOptions(options, FUZZ_OPTION_TYPES, problems);
  if (throttle?.isUnresolved()) problems.at('throttle').add(KNOWN_VALUE, 'a token', 'pass a literal duration');
  const milliseconds = throttle?.isUnresolved() ? undefined : throttle?.toMilliseconds({ integral: false });
  problems.at('eventCount').range(eventCount, DEVICE_FARM.fuzzEvents, 'events');
  problems.at('throttle').range(milliseconds, DEVICE_FARM.fuzzThrottle, 'milliseconds');
  return {
    TestType: 'BUILTIN_FUZZ',
    FuzzEventCount: eventCount?.toString(),
    FuzzEventThrottle: milliseconds?.toString(),
    FuzzRandomizerSeed: randomizerSeed?.toString(),
  };
}

function runConfiguration(options: Partial<DeviceFarmOptions>, problems: Problems): Configuration {
  const { jobTimeout, recordVideo, recordPerformance, unmeteredDevicesOnly, radiosOff = [] } = options;
  const minutes = minutesOf(jobTimeout);
  problems.at('jobTimeout').range(minutes, DEVICE_FARM.jobMinutes, 'minutes');
  return {
    JobTimeoutMinutes: minutes?.toString(),
    RecordVideo: recordVideo?.toString(),
    RecordAppPerformanceData: recordPerformance?.toString(),
    UnmeteredDevicesOnly: unmeteredDevicesOnly?.toString(),
    ...Object.fromEntries(radiosOff.map((radio) => [radio, 'false'])),
  };
}
