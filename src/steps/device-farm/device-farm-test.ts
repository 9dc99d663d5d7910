import type { Duration } from 'aws-cdk-lib';

/**
 * Test framework of Device Farm.
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
  /** Android instrumentation: JUnit, Espresso and others. */
  INSTRUMENTATION = 'INSTRUMENTATION',
  /** XCTest for iOS. */
  XCTEST = 'XCTEST',
  /** XCTest UI for iOS. */
  XCTEST_UI = 'XCTEST_UI',
}

/** Options of {@link DeviceFarmTest.fuzz}. */
export interface DeviceFarmFuzzOptions {
  /**
   * Number of events of the user interface: 1 to 10000.
   *
   * @default - the default of Device Farm
   */
  readonly eventCount?: number;

  /**
   * Time between two events: 1 to 1000 milliseconds.
   *
   * @default - the default of Device Farm
   */
  readonly throttle?: Duration;

  /**
   * Seed of the random events, a whole number. The same seed produces the same events.
   *
   * @default - a different seed in each run
   */
  readonly randomizerSeed?: number;
}

/** Options of {@link DeviceFarmTest.framework}. */
export interface DeviceFarmFrameworkOptions {
  /**
   * Path of the test spec in the input. If set, the tests run in a custom environment.
   *
   * @default - none; the tests run in the standard environment
   */
  readonly testSpec?: string;
}

/**
 * Type of a test on Device Farm.
 *
 * @example
 * const mobile = DeviceFarmTest.framework(DeviceFarmFramework.APPIUM_NODE, 'tests.zip', { testSpec: 'testspec.yml' });
 */
export class DeviceFarmTest {
  /** Sends random events to the user interface. Needs no test package. */
  public static fuzz(options: DeviceFarmFuzzOptions = {}): DeviceFarmTest {
    return new DeviceFarmTest({ kind: 'fuzz', options });
  }

  /**
   * Runs your tests with a test framework.
   *
   * @param testPackage path of the tests in the input, e.g. `tests.zip`
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

/** Describes a test as the user defines it. */
export type DeviceFarmTestContent =
  | { readonly kind: 'fuzz'; readonly options: DeviceFarmFuzzOptions }
  | {
      readonly kind: 'framework';
      readonly framework: DeviceFarmFramework;
      readonly testPackage: string;
      readonly options: DeviceFarmFrameworkOptions;
    };
