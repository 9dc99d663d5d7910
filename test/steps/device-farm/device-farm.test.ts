import { Duration } from 'aws-cdk-lib';
import {
  DeviceFarmAppType,
  DeviceFarmFramework,
  DeviceFarmRadio,
  DeviceFarmTest,
  TestStep,
  type DeviceFarmOptions,
} from '../../../src';
import { A_FILE_PATH } from '../../../src/pipeline/rules';
import { complaints, deliveryTemplate, stepsOf, verdictsOf } from '../../helpers/delivery';
import { actionNamed, grantsOf } from '../../helpers/test-steps';

const PROJECT = 'arn:aws:devicefarm:us-west-2:111111111111:project:eec4905f-98f8-40aa-9afc-4c1cfexample';
const POOL = 'arn:aws:devicefarm:us-west-2::devicepool:0EXAMPLE-d7d7-48a5-ba5c-b33d66efa1f5';
const PHONE: DeviceFarmOptions = { appType: DeviceFarmAppType.ANDROID, app: 'app.apk', devicePoolArn: POOL };
const WEST = { stack: { env: { account: '111111111111', region: 'us-west-2' } } };

describe('Device Farm', () => {
  function farm(options: Partial<DeviceFarmOptions> = {}) {
    return stepsOf(() => [TestStep.deviceFarm(PROJECT, { ...PHONE, ...options })]);
  }

  test('uses the fuzz test by default', () => {
    expect(actionNamed(deliveryTemplate(farm(), WEST), 'Test')).toMatchObject({
      ActionTypeId: { Category: 'Test', Owner: 'AWS', Provider: 'DeviceFarm' },
      Configuration: {
        AppType: 'Android',
        ProjectId: 'eec4905f-98f8-40aa-9afc-4c1cfexample',
        App: 'app.apk',
        DevicePoolArn: POOL,
        TestType: 'BUILTIN_FUZZ',
      },
      InputArtifacts: [{ Name: 'Source' }],
    });
  });

  test('renders all options', () => {
    const test = DeviceFarmTest.framework(DeviceFarmFramework.APPIUM_NODE, 'tests.zip', { testSpec: 'spec.yml' });
    const options = {
      test,
      recordVideo: true,
      recordPerformance: false,
      unmeteredDevicesOnly: true,
      jobTimeout: Duration.minutes(30),
      radiosOff: [DeviceFarmRadio.NFC],
    };
    expect(actionNamed(deliveryTemplate(farm(options), WEST), 'Test').Configuration).toMatchObject({
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

  test('is granted exactly the permissions that the check requires', () => {
    function below(kind: string) {
      return `arn:aws:devicefarm:us-west-2:111111111111:${kind}:eec4905f-98f8-40aa-9afc-4c1cfexample/*`;
    }

    expect(
      grantsOf(deliveryTemplate(farm(), WEST), 'devicefarm').map(({ Action, Resource }) => [Action, Resource]),
    ).toEqual([
      ['devicefarm:ListProjects', '*'],
      [['devicefarm:ListDevicePools', 'devicefarm:CreateUpload'], PROJECT],
      ['devicefarm:ScheduleRun', [PROJECT, POOL, below('upload')]],
      ['devicefarm:GetUpload', below('upload')],
      ['devicefarm:GetRun', below('run')],
    ]);
    expect(verdictsOf(farm(), 'us-west-2')).toMatchObject({ denied: [], unmodelled: [] });
  });

  test('is rejected outside its Region', () => {
    expect(complaints(farm(), { stack: { env: { account: '111111111111', region: 'eu-west-1' } } })).toEqual([
      '\'stages[0].steps[0]\' must run in us-west-2, where DeviceFarm is available, got "eu-west-1"; ' +
        'deploy the pipeline to one of these Regions; its environments can be in other Regions',
    ]);
    expect(complaints(farm())).toEqual([]);
  });

  test.each<[string, Partial<DeviceFarmOptions>, string]>([
    ['a pool of another service', { devicePoolArn: 'arn:aws:s3:::pool' }, "devicePoolArn' must be an ARN of the form"],
    ['no application', { app: '' }, `app' must ${A_FILE_PATH}`],
    [
      'a timeout that is too short',
      { jobTimeout: Duration.seconds(30) },
      "jobTimeout' must be a whole number of minutes between 1 and 480, got 0.5",
    ],
    [
      'too many events',
      { test: DeviceFarmTest.fuzz({ eventCount: 10_001 }) },
      "test.eventCount' must be a whole number of events between 1 and 10000, got 10001",
    ],
    [
      'a throttle that is too long',
      { test: DeviceFarmTest.fuzz({ throttle: Duration.seconds(2) }) },
      "test.throttle' must be a whole number of milliseconds between 1 and 1000, got 2000",
    ],
  ])('rejects %s', (_name, options, message) => {
    expect(complaints(farm(options), WEST).some((line) => line.startsWith(`'stages[0].steps[0].${message}`))).toBe(
      true,
    );
  });

  test('rejects an invalid project ARN', () => {
    expect(complaints(stepsOf(() => [TestStep.deviceFarm('my-project', PHONE)]))).toEqual([
      "'stages[0].steps[0].projectArn' must be an ARN of the form " +
        '\'arn:aws:devicefarm:us-west-2:<account>:project:<id>\', got "my-project"; copy it from the Device Farm ' +
        'console',
    ]);
  });
});
