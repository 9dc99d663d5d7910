import { duplicateKeysIn } from '../../src/assembly/duplicate-keys';
import { parseTemplate, templateWarnings } from '../../src/assembly/template';

test.each([
  ['{"a":1,"b":{"a":2}}', []],
  ['{"a":1,"a":2}', [{ key: 'a', lines: [1, 1] }]],
  ['{"a":[{"b":1},{"b":1}],"c":"a\\":{"}', []],
  [
    '{\n"a":{"x":1,\n"x":2},\n"b":"x",\n"a":3}',
    [
      { key: 'x', lines: [2, 3] },
      { key: 'a', lines: [2, 5] },
    ],
  ],
  ['{"\\u0061":1,"a":2,"a":3}', [{ key: 'a', lines: [1, 1, 1] }]],
  ['{"__proto__":1,"__proto__":2}', [{ key: '__proto__', lines: [1, 1] }]],
])('finds the duplicate keys of %j', (json, expected) => {
  expect(duplicateKeysIn(json)).toEqual(expected);
});

test.each([
  ['JSON', '{"Resources":{"A":{"Type":"AWS::S3::Bucket"},\n"A":{"Type":"AWS::SNS::Topic"}}}', 'lines 1, 2'],
  ['YAML', 'Resources:\n  A: {Type: AWS::S3::Bucket}\n  A:\n    Type: AWS::SNS::Topic\n', 'lines 2, 3'],
])('uses the last value of a duplicate key in %s, and warns', (_, text, places) => {
  const template = parseTemplate(text, 'x');
  expect(template.Resources).toEqual({ A: { Type: 'AWS::SNS::Topic' } });
  expect(templateWarnings(template)).toEqual([
    `x contains the key A 2 times (${places}); CloudFormation uses the last one`,
  ]);
});

test('lists at most 20 duplicate keys', () => {
  const keys = Array.from({ length: 30 }, (_, index) => `"k${index}":1,"k${index}":2`).join(',');
  expect(duplicateKeysIn(`{${keys}}`)).toHaveLength(20);
});
