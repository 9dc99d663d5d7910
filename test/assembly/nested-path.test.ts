import { fileAssetsIn, nestedPathOf } from '../../src/assembly/nested-path';

const ASSETS = fileAssetsIn({
  files: {
    a: { source: { path: 'inner.json' }, destinations: { x: { objectKey: 'abc.json' }, y: {} } },
    b: { source: {}, destinations: { x: { objectKey: 'other.json' } } },
    c: null,
  },
});

function pathOf(TemplateURL: unknown, Metadata?: Record<string, unknown>, Type = 'AWS::CloudFormation::Stack') {
  return nestedPathOf({ Type, Properties: { TemplateURL }, Metadata }, () => ASSETS);
}

test.each<[title: string, url: unknown, expected: string | undefined]>([
  [
    'the object key of an asset',
    { 'Fn::Sub': 'https://s3.${AWS::Region}.amazonaws.com/bucket/abc.json' },
    'inner.json',
  ],
  ['the parts of a join', { 'Fn::Join': ['', ['https://s3/', { Ref: 'Bucket' }, '/abc.json']] }, 'inner.json'],
  ['another object key', 'https://s3.amazonaws.com/bucket/xabc.json', undefined],
  ['a relative path', './nested/inner.yaml', './nested/inner.yaml'],
  ['an absolute path', '/etc/inner.yaml', undefined],
  ['a parameter', { Ref: 'Url' }, undefined],
  ['nothing', undefined, undefined],
])('finds the template by %s', (_, url, expected) => expect(pathOf(url)).toBe(expected));

test('prefers the metadata', () => {
  const metadata = { 'aws:asset:path': 'm.json', 'aws:asset:property': 'TemplateURL' };
  expect(pathOf('./x.yaml', metadata)).toBe('m.json');
  expect(pathOf('./x.yaml', undefined, 'AWS::SNS::Topic')).toBeUndefined();
});
