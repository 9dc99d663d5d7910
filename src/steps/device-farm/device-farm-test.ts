import type { Duration } from 'aws-cdk-lib';

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
    return new DeviceFarmTest({ kind: 'fuzz', options });
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
    return new DeviceFarmTest({ kind: 'framework', framework, testPackage, options });
  }

  private constructor(
    /** @internal */
    public readonly _content: DeviceFarmTestContent,
  ) {}
}

/** Describes a test, as the user writes it. */
export type DeviceFarmTestContent =
  | { readonly kind: 'fuzz'; readonly options: DeviceFarmFuzzOptions }
  | {
      readonly kind: 'framework';
      readonly framework: DeviceFarmFramework;
      readonly testPackage: string;
      readonly options: DeviceFarmFrameworkOptions;
    };
