import { storeBucketName } from '../../src/render/cross-account-names';

test.each(['shop', '-shop', '_shop', '--', '___', '.-shop', 'A_b.C-', '-'.repeat(100), '_'.repeat(100)])(
  'gives the artifact bucket of the pipeline %j a name that S3 accepts',
  (pipelineName) => {
    const name = storeBucketName({ pipelineName, account: '111111111111', region: 'eu-west-1' }, 'us-east-1');
    expect(name).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
  },
);

test('gives the buckets of different pipelines different names', () => {
  const names = ['shop', '-shop', '_shop', '--shop'].map((pipelineName) =>
    storeBucketName({ pipelineName, account: '111111111111', region: 'eu-west-1' }, 'us-east-1'),
  );
  expect(new Set(names).size).toBe(names.length);
});
