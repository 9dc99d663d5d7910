import { Token, type Duration } from 'aws-cdk-lib';
import { DEVICE_FARM, DEVICE_FARM_POOL_ARN, DEVICE_FARM_PROJECT_ARN } from '../../aws/device-farm';
import { checkRange, problem, type Problem } from '../../pipeline/problems';
import type { StepOptions } from '../pipeline-step';

/** What kind of application is tested on devices. */
export enum DeviceFarmAppType {
  /** An Android application, such as `app-release.apk`. */
  ANDROID = 'Android',
  /** An iOS application, such as `app.ipa`. */
  IOS = 'iOS',
  /** A web application. */
  WEB = 'Web',
}

/**
 * A testing framework that Device Farm knows.
 *
 * @see https://docs.aws.amazon.com/devicefarm/latest/developerguide/test-types.html
 */
export enum DeviceFarmFramework {
  /** Appium with Java and JUnit. */
  APPIUM_JAVA_JUNIT = 'APPIUM_JAVA_JUNIT',
  /** Appium with Java and TestNG. */
  APPIUM_JAVA_TESTNG = 'APPIUM_JAVA_TESTNG',
  /** Appium with Node.js. */
  APPIUM_NODE = 'APPIUM_NODE',
  /** Appium with Python. */
  APPIUM_PYTHON = 'APPIUM_PYTHON',
  /** Appium with Ruby. */
  APPIUM_RUBY = 'APPIUM_RUBY',
  /** Appium with Java and JUnit, for web applications. */
  APPIUM_WEB_JAVA_JUNIT = 'APPIUM_WEB_JAVA_JUNIT',
  /** Appium with Java and TestNG, for web applications. */
  APPIUM_WEB_JAVA_TESTNG = 'APPIUM_WEB_JAVA_TESTNG',
  /** Appium with Node.js, for web applications. */
  APPIUM_WEB_NODE = 'APPIUM_WEB_NODE',
  /** Appium with Python, for web applications. */
  APPIUM_WEB_PYTHON = 'APPIUM_WEB_PYTHON',
  /** Appium with Ruby, for web applications. */
  APPIUM_WEB_RUBY = 'APPIUM_WEB_RUBY',
  /** Instrumentation of Android: JUnit, Espresso and others. */
  INSTRUMENTATION = 'INSTRUMENTATION',
  /** XCTest of iOS. */
  XCTEST = 'XCTEST',
  /** XCTest for user interfaces of iOS. */
  XCTEST_UI = 'XCTEST_UI',
}

/** Options of {@link DeviceFarmTest.fuzz}. */
export interface DeviceFarmFuzzOptions {
  /**
   * How often the user interface is touched: 1 to 10000 times.
   *
   * @default - as Device Farm decides
   */
  readonly eventCount?: number;

  /**
   * How long it waits between two events: 1 to 1000 milliseconds.
   *
   * @default - as Device Farm decides
   */
  readonly throttle?: Duration;

  /**
   * Where the events come from: the same whole number gives the same events.
   *
   * @default - another one each time
   */
  readonly randomizerSeed?: number;
}

/** Options of {@link DeviceFarmTest.framework}. */
export interface DeviceFarmFrameworkOptions {
  /**
   * The test spec, as a path in the input: it makes the run one in a custom environment.
   *
   * @default - none: the standard environment
   */
  readonly testSpec?: string;
}

/**
 * What is done with an application on devices.
 *
 * @example
 * const mobile = DeviceFarmTest.framework(DeviceFarmFramework.APPIUM_NODE, 'tests.zip', { testSpec: 'testspec.yml' });
 */
export class DeviceFarmTest {
  /** Random touches, without a test of yours. */
  public static fuzz(options: DeviceFarmFuzzOptions = {}): DeviceFarmTest {
    const { eventCount, throttle, randomizerSeed } = options;
    const wait = throttle?.toMilliseconds({ integral: false });
    return new DeviceFarmTest(
      {
        TestType: 'BUILTIN_FUZZ',
        ...(eventCount !== undefined && { FuzzEventCount: String(eventCount) }),
        ...(wait !== undefined && { FuzzEventThrottle: String(wait) }),
        ...(randomizerSeed !== undefined && { FuzzRandomizerSeed: String(randomizerSeed) }),
      },
      (prop) => [
        ...checkRange(`${prop}.eventCount`, eventCount, DEVICE_FARM.fuzzEvents, 'events'),
        ...checkRange(`${prop}.throttle`, wait, DEVICE_FARM.fuzzThrottle, 'milliseconds'),
      ],
    );
  }

  /**
   * Tests of yours.
   *
   * @param testPackage the tests, as a path in the input, e.g. `tests.zip`
   */
  public static framework(
    framework: DeviceFarmFramework,
    testPackage: string,
    options: DeviceFarmFrameworkOptions = {},
  ): DeviceFarmTest {
    return new DeviceFarmTest(
      {
        TestType: framework,
        Test: testPackage,
        ...(options.testSpec !== undefined && { TestSpec: options.testSpec }),
      },
      () => [],
    );
  }

  private constructor(
    /** @internal */
    public readonly _configuration: Readonly<Record<string, string>>,
    /** @internal */
    public readonly _check: (prop: string) => Problem[],
  ) {}
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
   * How long the run may take on each device, in whole minutes of at least 1. The action as a whole ends after 8 hours at most.
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

/** What the action is told. */
export function deviceFarmConfiguration(projectArn: string, options: DeviceFarmOptions): Record<string, string> {
  const minutes = options.jobTimeout?.toMinutes({ integral: false });
  const flags = {
    RecordVideo: options.recordVideo,
    RecordAppPerformanceData: options.recordPerformance,
    UnmeteredDevicesOnly: options.unmeteredDevicesOnly,
  };
  return {
    AppType: options.appType,
    ProjectId: DEVICE_FARM_PROJECT_ARN.exec(projectArn)?.[1] ?? projectArn,
    App: options.app,
    DevicePoolArn: options.devicePoolArn,
    ...(options.test ?? DeviceFarmTest.fuzz())._configuration,
    ...(minutes !== undefined && { JobTimeoutMinutes: String(minutes) }),
    ...Object.fromEntries(
      Object.entries(flags).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
    ),
    ...Object.fromEntries((options.radiosOff ?? []).map((radio) => [radio, 'false'])),
  };
}

/** What is wrong with it. */
export function checkDeviceFarm(prop: string, projectArn: string, options: DeviceFarmOptions): Problem[] {
  const minutes = options.jobTimeout?.toMinutes({ integral: false });
  const arn = (name: string, text: string, pattern: RegExp, form: string) =>
    Token.isUnresolved(text) || pattern.test(text)
      ? []
      : [problem(`${prop}.${name}`, `be an ARN of the form ${form}`, text, 'copy it from the console of Device Farm')];
  return [
    // The id is a part of it, and so must be readable.
    ...(Token.isUnresolved(projectArn)
      ? [
          problem(
            `${prop}.projectArn`,
            'be concrete, since the id of the project is a part of it',
            'a token',
            'pass the ARN as a literal string',
          ),
        ]
      : arn(
          'projectArn',
          projectArn,
          DEVICE_FARM_PROJECT_ARN,
          "'arn:aws:devicefarm:us-west-2:<account>:project:<id>'",
        )),
    ...arn(
      'devicePoolArn',
      options.devicePoolArn,
      DEVICE_FARM_POOL_ARN,
      "'arn:aws:devicefarm:us-west-2:<account>:devicepool:<id>'",
    ),
    ...(options.app === ''
      ? [problem(`${prop}.app`, 'be a path in the input', options.app, "name the file, as in 'app-release.apk'")]
      : []),
    ...(minutes === undefined ? [] : checkRange(`${prop}.jobTimeout`, minutes, DEVICE_FARM.jobMinutes, 'minutes')),
    ...(options.test?._check(`${prop}.test`) ?? []),
  ];
}
