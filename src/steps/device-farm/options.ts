import type { Duration } from 'aws-cdk-lib';
import type { DeviceFarmTest } from './device-farm-test';
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
