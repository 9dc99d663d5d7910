import { RegionInfo } from 'aws-cdk-lib/region-info';
import { REGIONS } from '../../src/aws/regions';

test('contains all Regions of aws-cdk-lib, in order and once', () => {
  const known = RegionInfo.regions.map(({ name }) => name);
  expect(known.filter((name) => !REGIONS.includes(name))).toEqual([]);
  expect([...new Set(REGIONS)].sort()).toEqual([...REGIONS].sort());
});
