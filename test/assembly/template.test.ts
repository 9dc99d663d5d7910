import { innerObject, parseTemplate, record, UnreadableInput } from '../../src/assembly/template';
import { Unknowns } from '../../src/assembly/unknown';

/** The properties of the one resource of a template in YAML, or what is wrong with it. */
function yaml(properties: string) {
  return parseTemplate(
    `
Resources:
  Thing:
    Type: AWS::SNS::Topic
    Properties:
      ${properties.replaceAll('\n', '\n      ')}
`,
    'pipeline.yaml',
  ).Resources!.Thing.Properties!;
}

function problem(text: string) {
  try {
    parseTemplate(text, 'pipeline.yaml');
    return 'none';
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableInput);
    return (error as Error).message;
  }
}

describe('formats', () => {
  const expected = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };

  test.each([
    ['JSON', '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}'],
    ['JSON after a byte order mark and space', '\uFEFF\n  {"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}'],
    ['YAML', 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n'],
    [
      'YAML with a byte order mark, comments, a directive and line ends of Windows',
      '\uFEFF%YAML 1.1\r\n---\r\n# x\r\nResources:\r\n  Topic: {Type: AWS::SNS::Topic}\r\n',
    ],
  ])('%s', (_, text) => {
    expect(parseTemplate(text, 'f')).toEqual(expected);
  });

  test('reads all sections', () => {
    const sections = {
      Parameters: { P: { Type: 'String' } },
      Mappings: { M: {} },
      Conditions: { C: {} },
      Outputs: { O: {} },
      Transform: ['x'],
    };
    const template = {
      ...sections,
      Resources: { T: { Type: 'X', Properties: {}, DependsOn: ['a'], Condition: 'C', Metadata: {} } },
    };
    expect(parseTemplate(JSON.stringify(template), 'f')).toEqual(template);
  });
});

describe('short tags', () => {
  test.each([
    ['!Ref Bucket', { Ref: 'Bucket' }],
    ['!Ref AWS::Region', { Ref: 'AWS::Region' }],
    ['!Condition IsProd', { Condition: 'IsProd' }],
    ['!GetAtt Bucket.Arn', { 'Fn::GetAtt': ['Bucket', 'Arn'] }],
    ['!GetAtt Nested.Outputs.Name', { 'Fn::GetAtt': ['Nested', 'Outputs.Name'] }],
    ['!GetAtt [Bucket, !Ref Which]', { 'Fn::GetAtt': ['Bucket', { Ref: 'Which' }] }],
    ['!Sub "arn:${AWS::Partition}:s3:::x"', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::x' }],
    ['!Sub ["${A}", {A: !Ref B}]', { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
    ['!Join [":", [a, !Ref B]]', { 'Fn::Join': [':', ['a', { Ref: 'B' }]] }],
    ['!If [IsProd, 1, !Ref AWS::NoValue]', { 'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }] }],
    [
      '!And [!Condition A, !Not [!Equals [a, b]]]',
      { 'Fn::And': [{ Condition: 'A' }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }] },
    ],
    ['!ImportValue\n  Fn::Sub: "${A}-b"', { 'Fn::ImportValue': { 'Fn::Sub': '${A}-b' } }],
    ['!Transform {Name: x, Parameters: {a: b}}', { 'Fn::Transform': { Name: 'x', Parameters: { a: 'b' } } }],
    ['!Base64 yes', { 'Fn::Base64': 'yes' }],
    ['!GetAZs ""', { 'Fn::GetAZs': '' }],
    ['!ToJsonString {a: 1}', { 'Fn::ToJsonString': { a: 1 } }],
  ])('%s', (text, value) => {
    expect(yaml(`Value: ${text}`).Value).toEqual(value);
  });

  test('rejects other tags', () => {
    expect(problem('Resources: !!binary abc')).toBe(
      'pipeline.yaml is not a valid template: ' +
        'line 1: CloudFormation does not support the tag tag:yaml.org,2002:binary; use a short form such as !Ref',
    );
    expect(problem('a: b\nResources: !Fn::Join abc')).toContain(
      'line 2: CloudFormation does not support the tag !Fn::Join;',
    );
  });
});

describe('plain values are those of YAML 1.1, except dates', () => {
  test.each<[string, unknown]>([
    ['2012-10-17', '2012-10-17'],
    ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
    ['22:30', '22:30'],
    ['true', true],
    ['YES', true],
    ['on', true],
    ['False', false],
    ['no', false],
    ['Off', false],
    ['"no"', 'no'],
    ['y', 'y'],
    ['', null],
    ['~', null],
    ['null', null],
    ["''", ''],
    ['0', 0],
    ['-7', -7],
    ['123456789012', 123456789012],
    ['1.5', 1.5],
    ['1.10', '1.10'],
    ['12345678901234567890', '12345678901234567890'],
    ['1e3', '1e3'],
    ['.inf', '.inf'],
    ['0x1F', '0x1F'],
    ['"012345670123"', '012345670123'],
    ['!!str 5', '5'],
    // CloudFormation makes these of account ids without quotes.
    ['012345670123', 1402433619],
    ['012345678901', 12345678901],
  ])('%s', (text, value) => {
    expect(yaml(`Value: ${text}`).Value).toBe(value);
  });

  test('keeps the lines of block scalars', () => {
    expect(yaml('Value: |\n  one\n  two').Value).toBe('one\ntwo\n');
    expect(yaml('Value: >-\n  one\n  two').Value).toBe('one two');
  });

  test('rejects numeric keys like CloudFormation', () => {
    expect(yaml('"123456789012": a\non: b\n2012-10-17: c')).toEqual({
      '123456789012': 'a',
      on: 'b',
      '2012-10-17': 'c',
    });
    expect(problem('Mappings:\n  Accounts:\n    123456789012: {}')).toBe(
      'pipeline.yaml is not a valid template: ' +
        'line 3: a key must be a string, got the number 123456789012; put it in quotes',
    );
    expect(problem('? [a]\n: b')).toContain('line 1: a key must be a string');
  });
});

describe('aliases', () => {
  test('are replaced by the anchored value', () => {
    expect(yaml('A: &a {B: &b [1, 2]}\nC: *a\nD: *b\nE: &b 3\nF: *b\nG: *a\nH: *b')).toEqual({
      A: { B: [1, 2] },
      C: { B: [1, 2] },
      D: [1, 2],
      E: 3,
      F: 3,
      G: { B: [1, 2] },
      H: 3,
    });
  });

  test('require an anchor, and cannot be merge keys', () => {
    expect(problem('Resources: *x')).toContain('line 1: the alias *x requires an anchor; add it, or repeat the value');
    expect(problem('A: &a {b: c}\nResources:\n  <<: *a')).toContain(
      'line 3: CloudFormation does not support merge keys (<<); repeat the keys',
    );
  });
});

describe('reports syntax errors in one line', () => {
  test.each([
    ['{"Resources": {"A"', 'pipeline.yaml is not a valid template: it must be valid JSON: '],
    [
      'Resources:\n  A: b: c',
      'pipeline.yaml is not a valid template: line 2: Nested mappings are not allowed in compact mappings',
    ],
    [
      'a: 1\n---\nb: 2',
      'pipeline.yaml is not a valid template: line 2: the file must contain one document; move the others to files',
    ],
    ['a: "b', 'pipeline.yaml is not a valid template: line 1: Missing closing "quote'],
  ])('%j', (text, message) => {
    expect(problem(text).slice(0, message.length)).toBe(message);
    expect(problem(text)).not.toContain('\n');
  });
});

describe('the structure of a template', () => {
  const IS_NONE = 'pipeline.yaml is not a valid template: ';

  test.each<[object | string, string]>([
    ['', 'it must not be empty; generate it again'],
    [' \n# nothing\n', 'it must not be empty; generate it again'],
    ['hello', 'it must be an object with Resources, got a single value'],
    [[], 'it must be an object with Resources, got a list'],
    [{}, 'Resources must be an object'],
    [{ Resources: null }, 'Resources must be an object'],
    [{ Resources: [] }, 'Resources must be an object'],
    [{ Resources: { A: 'x' } }, 'Resources.A must be an object'],
    [{ Resources: { A: {} } }, 'Resources.A.Type must be a string'],
    [{ Resources: { A: { Type: 1 } } }, 'Resources.A.Type must be a string'],
    [{ Resources: { A: { Type: 'X', Properties: [] } } }, 'Resources.A.Properties must be an object'],
    [{ Resources: { A: { Type: 'X', Properties: null } } }, 'Resources.A.Properties must be an object'],
    [{ Resources: { A: { Type: 'X', Metadata: 'x' } } }, 'Resources.A.Metadata must be an object'],
    [{ Resources: { A: { Type: 'X', Condition: {} } } }, 'Resources.A.Condition must be a string'],
    [
      { Resources: { A: { Type: 'X', DependsOn: [1] } } },
      'Resources.A.DependsOn must be a string or a list of strings',
    ],
    [
      { Resources: { 'Fn::ForEach::Topics': [] } },
      'Resources.Fn::ForEach::Topics must be expanded by CloudFormation; pass the processed template',
    ],
    [{ Resources: {}, Parameters: [] }, 'Parameters must be an object'],
    [{ Resources: {}, Parameters: { P: 'x' } }, 'Parameters.P must be an object'],
    [
      { Resources: {}, Mappings: 'x', Conditions: null, Outputs: [] },
      'Mappings must be an object; Conditions must be an object; Outputs must be an object',
    ],
    [
      { Resources: { A: 1, B: 2, C: 3 } },
      'Resources.A must be an object; Resources.B must be an object; Resources.C must be an object',
    ],
    [
      { Resources: { A: 1, B: 2, C: 3, D: 4 } },
      'Resources.A must be an object; Resources.B must be an object; Resources.C must be an object; and more',
    ],
  ])('%j', (template, message) => {
    expect(problem(typeof template === 'string' ? template : JSON.stringify(template))).toBe(IS_NONE + message);
  });
});

describe('an object in a string', () => {
  const mark = new Unknowns().text({ kind: 'parameter', description: 'U' });

  test.each<[string, string, unknown]>([
    ['is read', ' {"a": [1, "b", {"c": null}]}\n', { a: [1, 'b', { c: null }] }],
    ['may hold what is not known', `{"a": "x${mark}"}`, { a: `x${mark}` }],
    ['has own properties only', '{"__proto__": {"polluted": 1}}', record([['__proto__', { polluted: 1 }]])],
    ['cannot contain a forged marker', '{"a": "\\udb80\\udc00"}', undefined],
    ['is no other value', '["a"]', undefined],
    ['is none when it is not known', mark, undefined],
    ['is none when it breaks off', '{"a": ', undefined],
    ['is none when it exhausts its reader', `{"a":${'['.repeat(200)}${']'.repeat(200)}}`, undefined],
  ])('%s', (_, text, object) => {
    const found = innerObject(text);
    expect(JSON.stringify(found)).toBe(JSON.stringify(object));
    expect((found as { polluted?: unknown } | undefined)?.polluted).toBeUndefined();
  });
});
