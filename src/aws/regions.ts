/**
 * Lists the Regions of all partitions.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/region-info/lib/aws-entities.ts
 */
export const REGIONS: readonly string[] = [
  ...regions('af', 'south-1'),
  ...regions('ap', 'east-1 east-2 northeast-1 northeast-2 northeast-3 south-1 south-2'),
  ...regions('ap', 'southeast-1 southeast-2 southeast-3 southeast-4 southeast-5 southeast-6 southeast-7'),
  ...regions('ca', 'central-1 west-1'),
  ...regions('cn', 'north-1 northwest-1'),
  ...regions('eu', 'central-1 central-2 north-1 south-1 south-2 west-1 west-2 west-3'),
  ...regions('eu-isoe', 'west-1'),
  ...regions('eusc-de', 'east-1'),
  ...regions('il', 'central-1'),
  ...regions('me', 'central-1 south-1 west-1'),
  ...regions('mx', 'central-1'),
  ...regions('sa', 'east-1'),
  ...regions('us', 'east-1 east-2 west-1 west-2'),
  ...regions('us-gov', 'east-1 west-1'),
  ...regions('us-iso', 'east-1 west-1'),
  ...regions('us-isob', 'east-1 west-1'),
  ...regions('us-isof', 'east-1 south-1'),
];

function regions(prefix: string, names: string): string[] {
  return names.split(' ').map((name) => `${prefix}-${name}`);
}

/**
 * Matches Regions. New Regions appear in known areas, so an unknown area is a typing error.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export const REGION_PATTERN = new RegExp(
  '^(af|ap|ca|cn|eu|eu-iso[a-z]|eusc-[a-z]{2}|il|me|mx|sa|us|us-gov|us-iso[a-z]?)' +
    '-(north|south|east|west|central|northeast|northwest|southeast|southwest)-[1-9]$',
);

/**
 * Lists the Regions without CodePipeline among those of the partition `aws`.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/codepipeline.html
 */
export const WITHOUT_CODE_PIPELINE: readonly string[] = ['ap-east-2', 'ap-southeast-7', 'ca-west-1', 'mx-central-1'];

/**
 * Lists the Regions of connections to Git providers. The page of the source action excludes the other Regions, too.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/codeconnections.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export const CONNECTION_REGIONS: readonly string[] = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ap-south-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-south-1',
  'eu-north-1',
  'sa-east-1',
  'us-gov-east-1',
];

/**
 * Lists the Regions of notification rules.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/codestar_notifications.html
 */
export const NOTIFICATION_REGIONS: readonly string[] = [
  ...CONNECTION_REGIONS.filter((region) => region !== 'eu-south-1' && region !== 'us-gov-east-1'),
  'ap-east-1',
  'me-south-1',
];

/**
 * Lists the Regions of builds on Lambda compute.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/lambda.html
 */
export const LAMBDA_BUILD_REGIONS: readonly string[] = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'eu-central-1',
  'eu-west-1',
  'sa-east-1',
];

/**
 * Regions that are enabled by default. All others must be enabled for an account.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const DEFAULT_REGIONS: readonly string[] = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

/** Returns whether a Region must be enabled for an account. The other partitions have no such Regions. */
export function isOptInRegion(region: string): boolean {
  return !DEFAULT_REGIONS.includes(region) && !/^(cn|us-gov|us-iso\w*|eu-isoe|eusc)-/.test(region);
}

/**
 * Returns whether the partition of a Region has CloudFront.
 *
 * @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/setting-up-credentials.html
 */
export function hasCloudFront(region: string): boolean {
  return !/^(us-gov|us-iso\w*|eu-isoe)-/.test(region);
}
