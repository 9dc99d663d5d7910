import { Token, type Duration } from 'aws-cdk-lib';
import { DeviceFarmFramework, DeviceFarmTest, type DeviceFarmFuzzOptions } from './device-farm-test';
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
  TEXT,
  typeOf,
} from '../../pipeline/read-options';
import { commonStepFields } from '../common-step-fields';
import type { StepOptions } from '../pipeline-step';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';

/** What kind of application is tested on devices. */
export enum DeviceFarmAppType {
  /** An Android application, such as `app-release.apk`. */
  ANDROID = 'Android',
  /** An iOS application, such as `app.ipa`. */
  IOS = 'iOS',
  /** A web application. */
  WEB = 'Web',
}

/** A radio of a device. */
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
  /** What kind of application it is. */
  readonly appType: DeviceFarmAppType;

  /** The application, as a path in the input, e.g. `app-release.apk`. */
  readonly app: string;

  /** ARN of the devices that it is tested on: a pool of the project, or one that AWS keeps. */
  readonly devicePoolArn: string;

  /**
   * What is done with it.
   *
   * @default DeviceFarmTest.fuzz()
   */
  readonly test?: DeviceFarmTest;

  /**
   * How long the run may take on each device, in whole minutes of at least 1. The action as a whole ends after 8 hours
   * at most.
   *
   * @default - as the project says
   */
  readonly jobTimeout?: Duration;

  /**
   * A video of the run is kept.
   *
   * @default - as Device Farm decides
   */
  readonly recordVideo?: boolean;

  /**
   * Processor, memory, frames and so on are recorded.
   *
   * @default - as Device Farm decides
   */
  readonly recordPerformance?: boolean;

  /**
   * Only devices are used that you pay for by the month.
   *
   * @default false
   */
  readonly unmeteredDevicesOnly?: boolean;

  /**
   * Radios that are off when the test begins.
   *
   * @default - as Device Farm decides
   */
  readonly radiosOff?: DeviceFarmRadio[];
}

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

type OwnOptions = Omit<DeviceFarmOptions, keyof StepOptions>;

const OPTION_TYPES: OptionTypes<OwnOptions> = {
  appType: enumOf(DeviceFarmAppType),
  app: TEXT,
  devicePoolArn: TEXT,
  test: typeOf('a DeviceFarmTest', 'use e.g. DeviceFarmTest.fuzz()', (value) => value instanceof DeviceFarmTest),
  jobTimeout: DURATION,
  recordVideo: FLAG,
  recordPerformance: FLAG,
  unmeteredDevicesOnly: FLAG,
  radiosOff: listOf(enumOf(DeviceFarmRadio), 'write it as in [DeviceFarmRadio.NFC]'),
};

const FUZZ_OPTION_TYPES: OptionTypes<DeviceFarmFuzzOptions> = {
  eventCount: ANY, // validated with its bounds
  throttle: DURATION,
  randomizerSeed: typeOf('a whole number', 'choose any', (value) => typeof value === 'number'),
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
    const options = readOptions<OwnOptions>(this.options, OPTION_TYPES, problems);
    const { devicePoolArn = '', test = DeviceFarmTest.fuzz() } = options;
    problems
      .at('appType')
      .required('a kind of application', this.options?.appType, 'use e.g. DeviceFarmAppType.ANDROID');
    const configuration = {
      AppType: options.appType,
      ProjectId: readProjectId(projectArn, problems.at('projectArn')),
      App: readApp(options.app, problems.at('app')),
      DevicePoolArn: readArn(devicePoolArn, POOL, problems.at('devicePoolArn')),
      ...testConfiguration(test, problems.at('test')),
      ...runConfiguration(options, problems),
    };
    const step: StepPlan<DeviceFarmSpec> = {
      ...commonStepFields(stepName, this.options ?? {}, context),
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

function readApp(app: string | undefined, problems: Problems): string | undefined {
  if (app !== undefined && app !== '') return app;
  problems.add('be a path in the input', app, "name the file, as in 'app-release.apk'");
  return undefined;
}

type Configuration = Readonly<Record<string, string | undefined>>;

function testConfiguration({ _content: content }: DeviceFarmTest, problems: Problems): Configuration {
  if (content.kind === 'fuzz') return fuzzConfiguration(content.options, problems);
  const { framework, testPackage, options } = content;
  return {
    TestType: readRequired(framework, enumOf(DeviceFarmFramework), problems.at('framework')),
    Test: readRequired(testPackage, TEXT, problems.at('testPackage')),
    TestSpec: readOptions(options, { testSpec: TEXT }, problems).testSpec,
  };
}

function fuzzConfiguration(options: DeviceFarmFuzzOptions, problems: Problems): Configuration {
  const { eventCount, throttle, randomizerSeed } = readOptions(options, FUZZ_OPTION_TYPES, problems);
  const milliseconds = throttle?.toMilliseconds({ integral: false });
  problems.at('eventCount').range(eventCount, DEVICE_FARM.fuzzEvents, 'events');
  problems.at('throttle').range(milliseconds, DEVICE_FARM.fuzzThrottle, 'milliseconds');
  return {
    TestType: 'BUILTIN_FUZZ',
    FuzzEventCount: textOf(eventCount),
    FuzzEventThrottle: textOf(milliseconds),
    FuzzRandomizerSeed: textOf(randomizerSeed),
  };
}

function runConfiguration(options: Partial<OwnOptions>, problems: Problems): Configuration {
  const { jobTimeout, recordVideo, recordPerformance, unmeteredDevicesOnly, radiosOff = [] } = options;
  const minutes = jobTimeout?.toMinutes({ integral: false });
  problems.at('jobTimeout').range(minutes, DEVICE_FARM.jobMinutes, 'minutes');
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
