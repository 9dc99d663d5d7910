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
  ...regions('me', 'central-1 south-1'),
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
