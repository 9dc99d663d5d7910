import { aws_s3 as s3, aws_sns as sns, type Stack } from 'aws-cdk-lib';
import {
  BuildCompute,
  BuildImage,
  BuildMemory,
  BuildStep,
  type DeliveryPipelineProps,
  Notification,
  PipelineSource,
  PipelineStage,
  TestStep,
} from '../../../src';
import { CONNECTION_REGIONS, LAMBDA_BUILD_REGIONS, NOTIFICATION_REGIONS } from '../../../src/aws/regions';
import { OTHER_REGION } from '../../../src/render/validate-region';
import { complaints, stepsOf } from '../../helpers/delivery';

function bucketSource(stack: Stack) {
  return PipelineSource.s3(s3.Bucket.fromBucketName(stack, 'Releases', 'acme-releases'), 'app.zip');
}

const compute = BuildCompute.awsLambda(BuildMemory.GB_4, {
  image: BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22'),
});

type Props = (stack: Stack) => Partial<DeliveryPipelineProps>;

const GIT: Props = () => ({});
const NOTIFIED: Props = (stack) => ({
  sources: [bucketSource(stack)],
  notifications: Notification.all([
    Notification.email(['team@acme.example']),
    Notification.topic(new sns.Topic(stack, 'Topic')),
  ]),
});

function onLambda(step: BuildStep | TestStep): Props {
  return (stack) => ({ sources: [bucketSource(stack)], stages: [PipelineStage.steps('Work', [step])] });
}

function inRegion(props: Props, region?: string): string[] {
  const env = region === undefined ? undefined : { account: '111111111111', region };
  return complaints((stack) => ({ ...stepsOf(() => [BuildStep.shell(['make'])])(stack), ...props(stack) }), {
    stack: { env },
  });
}

const RUN_IN_18 =
  'run in us-east-1, us-east-2, us-west-1, us-west-2, ap-south-1, ap-northeast-1, ap-northeast-2, ap-southeast-1, ' +
  'ap-southeast-2, ca-central-1, eu-central-1, eu-west-1, eu-west-2, eu-west-3, eu-south-1, eu-north-1, sa-east-1, ' +
  'us-gov-east-1, where CodeStarSourceConnection is available';

test('names the Regions in which a service is available', () => {
  expect(inRegion(GIT, 'eu-central-2')).toEqual([
    `'sources[0]' must ${RUN_IN_18}, got "eu-central-2"; ${OTHER_REGION}`,
  ]);
  expect(OTHER_REGION).toBe('deploy the pipeline to one of these Regions; its environments can be in other Regions');
});

describe.each<[string, Props, readonly string[], number, string[]]>([
  ['a connection source', GIT, CONNECTION_REGIONS, 18, ["'sources[0]'"]],
  ['notifications', NOTIFIED, NOTIFICATION_REGIONS, 18, ["'notifications.all[0]'", "'notifications.all[1]'"]],
  [
    'a build on Lambda',
    onLambda(BuildStep.shell(['make'], { compute })),
    LAMBDA_BUILD_REGIONS,
    10,
    ["'stages[0].steps[0].compute'"],
  ],
  [
    'a language build on Lambda',
    onLambda(BuildStep.nodeJs({ compute: BuildCompute.awsLambda(BuildMemory.GB_4) })),
    LAMBDA_BUILD_REGIONS,
    10,
    ["'stages[0].steps[0].compute'"],
  ],
  [
    'a test on Lambda',
    onLambda(TestStep.shell(['make test'], { compute })),
    LAMBDA_BUILD_REGIONS,
    10,
    ["'stages[0].steps[0].compute'"],
  ],
])('%s', (_, props, regions, count, paths) => {
  test(`is accepted in ${count} Regions`, () => {
    expect(new Set(regions).size).toBe(count);
    expect(regions.flatMap((region) => inRegion(props, region))).toEqual([]);
  });

  test.each(['eu-central-2', 'ap-southeast-5', 'ap-southeast-6', 'il-central-1', 'ap-northeast-3'])(
    'is rejected in %s',
    (region) => {
      const problems = inRegion(props, region);
      expect(problems.map((problem) => problem.split(' ')[0])).toEqual(paths);
      for (const problem of problems) expect(problem).toContain(`available, got "${region}"`);
    },
  );

  test('is accepted in an unknown Region', () => expect(inRegion(props)).toEqual([]));
});
