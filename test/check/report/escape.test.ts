import { escapeJson, escapeStrings, escapeText } from '../../../src/check/report/escape';

test.each([
  ['\u001b[31mred', '\\x1b[31mred'],
  ['a\r\nb\tc', 'a\\x0d\\x0ab\\x09c'],
  ['\u0085\u009b', '\\x85\\x9b'],
  ['a\u202eb\u2066', 'a\\u202eb\\u2066'],
  ['\u2028\u2029\ufeff\u200b', '\\u2028\\u2029\\ufeff\\u200b'],
  ['\u{e0001}', '\\u{e0001}'],
  ['::error::forged', '\\x3a:error::forged'],
  ['  ::set-output', '  \\x3a:set-output'],
  ['a ##[error] ##vso[task]', 'a #\\x23[error] #\\x23vso[task]'],
  ['arn:aws:s3:::store', 'arn:aws:s3:::store'],
  ['AWS::S3::Bucket', 'AWS::S3::Bucket'],
  ['Größe 大小 🚀', 'Größe 大小 🚀'],
])('escapes %j', (text, escaped) => expect(escapeText(text)).toBe(escaped));

test('escapes all strings of a value', () => {
  expect(escapeStrings({ 'a\u001b': ['\u202e', { b: 1 }], c: undefined, d: null })).toEqual({
    'a\\x1b': ['\\u202e', { b: 1 }],
    c: undefined,
    d: null,
  });
});

test('keeps the value of JSON', () => {
  const value = { name: '\u001b\u202e\u{e0001}\u0085\nx' };
  const json = escapeJson(JSON.stringify(value, undefined, 2));
  expect(json).not.toMatch(/[^\n\x20-\x7e]/);
  expect(JSON.parse(json)).toEqual(value);
});
