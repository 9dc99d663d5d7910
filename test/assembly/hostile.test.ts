import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assetDestinations, readAssembly } from '../../src/assembly/cloud-assembly';
import { readInput } from '../../src/assembly/input';
import { parseTemplate, UnreadableInput } from '../../src/assembly/template';
import { ends } from '../helpers/ends';

/** The error of reading, which must come, and in one line of ordinary characters. */
function refusal(read: () => unknown): string {
  const error = ends(() => {
    try {
      return read();
    } catch (thrown) {
      return thrown;
    }
  });
  expect(error).toBeInstanceOf(UnreadableInput);
  const { message } = error as Error;
  expect(message).toMatch(/^\P{C}+$/u);
  return message;
}

function ofText(text: string) {
  return refusal(() => parseTemplate(text, 'x.yaml'));
}

/** A folder with these files; objects become JSON. */
function folder(files: Readonly<Record<string, unknown>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'hostile-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(
      join(directory, name),
      typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
    );
  }
  return directory;
}

function stackNamed(templateFile: unknown, more: object = {}) {
  return { artifacts: { One: { type: 'aws:cloudformation:stack', properties: { templateFile }, ...more } } };
}

function nesting(...paths: string[]) {
  return {
    Resources: Object.fromEntries(
      paths.map((path, index) => [
        `Inner${index}`,
        {
          Type: 'AWS::CloudFormation::Stack',
          Metadata: { 'aws:asset:path': path, 'aws:asset:property': 'TemplateURL' },
        },
      ]),
    ),
  };
}

const MILLION = 1_000_000;

describe('depth', () => {
  function lists(depth: number) {
    return `{"Resources":{},"x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  }

  test.each([
    ['JSON', '{"a":' + '['.repeat(MILLION)],
    ['JSON objects', '{"a":'.repeat(MILLION)],
    ['YAML in brackets', '['.repeat(MILLION)],
    ['YAML in braces', 'a: ' + '{a: '.repeat(MILLION)],
    ['YAML lists in a line', '- '.repeat(MILLION)],
    ['YAML keys', '? '.repeat(MILLION)],
    ['YAML by indentation', Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
    ['YAML by tags', `Resources: ${'!Not ['.repeat(60)}${']'.repeat(60)}`],
    ['an alias of itself', 'a: &a [*a]'],
  ])('%s', (_, text) => {
    expect(ofText(text)).toMatch(
      /^x\.yaml is not a valid template: (line \d+: )?it is nested deeper than 100 levels; reduce the nesting$/,
    );
  });

  test('reads values up to the limit, also with recursive functions', () => {
    expect(JSON.stringify(parseTemplate(lists(99), 'x.json'))).toBe(lists(99));
    expect(JSON.stringify(parseTemplate('Resources: {}\nx: ' + '['.repeat(99) + ']'.repeat(99), 'x.yaml'))).toBe(
      lists(99),
    );
    expect(ofText(lists(100))).toContain('nested deeper');
    expect(ofText('Resources: {}\nx: ' + '['.repeat(100) + ']'.repeat(100))).toContain('nested deeper');
  });

  test('does not count brackets in a string', () => {
    expect(parseTemplate(`{"Resources":{},"x":"\\"${'[,'.repeat(MILLION)}"}`, 'x.json').Resources).toEqual({});
  });
});

describe('size', () => {
  const TOO_LARGE = 'x.yaml is not a valid template: it is larger than 20 MB; split it';

  test.each([
    ['20 MB and a byte', 'x'.repeat(20_000_001), TOO_LARGE],
    ['20 MB and a byte of other characters', `{"é":"${'é'.repeat(9_999_998)}"}`, TOO_LARGE],
    ['5 MB of YAML', 'a: ' + 'x'.repeat(5_000_000), 'x.yaml is not a valid template: it is larger than 5 MB; split it'],
    [
      'values',
      `{"Resources":[${'1,'.repeat(9 * MILLION)}1]}`,
      'x.yaml is not a valid template: it contains more than 1000000 values; split it',
    ],
    [
      'values in YAML',
      `a: [${'1,'.repeat(MILLION)}]`,
      'x.yaml is not a valid template: it is too large for YAML; convert it to JSON',
    ],
    [
      'comments in YAML',
      '#\n'.repeat(MILLION),
      'x.yaml is not a valid template: it is too large for YAML; convert it to JSON',
    ],
    [
      'documents',
      '---\n'.repeat(MILLION),
      'x.yaml is not a valid template: line 2: the file must contain one document; move the others to files',
    ],
  ])('%s', (_, text, message) => {
    expect(ofText(text)).toBe(message);
  });

  test('many errors, tags and keys', () => {
    expect(ofText('[' + ','.repeat(400_000))).toContain('line 1: Unexpected , in flow sequence');
    expect(ofText(`a: [${'!x y,'.repeat(90_000)}]`)).toContain('Resources must be an object');
    expect(ofText(Array.from({ length: 60_000 }, (_, i) => `k${i}: v\n`).join(''))).toContain(
      'Resources must be an object',
    );
    expect(ofText(`{"Resources":{${Array.from({ length: 400_000 }, (_, i) => `"a${i}":1`).join()}}}`)).toContain(
      'and more',
    );
  });

  test('restores stack traces', () => {
    Error.stackTraceLimit = 17;
    ofText('[,,');
    parseTemplate('Resources: {}', 'x.yaml');
    expect(Error.stackTraceLimit).toBe(17);
  });

  test('aliases that multiply', () => {
    const names = [...'abcdefghijkl'];
    const laughs = names
      .map(
        (name, index) =>
          `${name}: &${name} [${Array(9)
            .fill(index === 0 ? 'lol' : `*${names[index - 1]}`)
            .join()}]`,
      )
      .join('\n');
    expect(ofText(laughs)).toMatch(/it contains more than 1000000 values; split it$/);
    expect(ofText(`a: &a ${'x'.repeat(100_000)}\nb: [${'*a,'.repeat(50_000)}]`)).toMatch(
      /it is larger than 20 MB; split it$/,
    );
  });
});

describe('names of inherited properties', () => {
  const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
  const body = Object.fromEntries(NAMES.map((name, index) => [`x${index}`, name]));
  const resources = NAMES.map((name) => `"${name}":{"Type":"T","Properties":{"${name}":{"polluted":true}}}`);

  test.each([
    ['JSON', `{"Resources":{${resources.join()}}}`],
    [
      'YAML',
      `Resources:\n${NAMES.map((name) => `  ${name}: {Type: T, Properties: {${name}: {polluted: true}}}`).join('\n')}`,
    ],
  ])('are data in %s', (_, text) => {
    const parsed = parseTemplate(text, 'x').Resources!;
    expect(Object.keys(parsed)).toEqual(NAMES);
    for (const name of NAMES) expect(JSON.stringify(parsed[name].Properties![name])).toBe('{"polluted":true}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  test.each([
    ['JSON', JSON.stringify({ Resources: { A: { Type: 'T', Properties: { body, list: [{}] } } } })],
    ['YAML', `Resources: {A: {Type: T, Properties: {body: ${JSON.stringify(body)}, list: [{}], tag: !Ref x}}}`],
  ])('are not found where %s does not have them', (_, text) => {
    const template = parseTemplate(text, 'x');
    const {
      body: inner,
      list,
      tag = {},
    } = template.Resources!.A.Properties as Record<string, object> & { list: object[] };
    for (const one of [
      template,
      template.Resources!,
      template.Resources!.A,
      inner,
      list[0],
      ...(text.startsWith('{') ? [] : [tag]),
    ]) {
      for (const name of NAMES) expect((one as Record<string, unknown>)[name]).toBeUndefined();
      expect(() => String(one)).not.toThrow();
    }
  });

  test('have no effect in a manifest', () => {
    const parameters = JSON.parse('{"__proto__":"p","toString":"t"}');
    const artifact = { type: 'aws:cloudformation:stack', properties: { templateFile: 'x.json', parameters } };
    const directory = folder({
      'manifest.json': `{"artifacts":{"__proto__":${JSON.stringify(artifact)}}}`,
      'x.json':
        '{"Resources":{"__proto__":{"Type":"AWS::CloudFormation::Stack",' +
        '"Metadata":{"aws:asset:path":"y.json","aws:asset:property":"TemplateURL"}}}}',
      'y.json': { Resources: {} },
    });
    const [stack] = readInput(directory, { parameters: { constructor: 'c' } });
    expect([stack.stackName, Object.keys(stack.nested), { ...stack.parameters }]).toEqual([
      '__proto__',
      ['__proto__'],
      parameters,
    ]);
    expect([stack.nested.toString, stack.parameters.constructor]).toEqual([undefined, undefined]);
  });
});

describe('characters', () => {
  test.each([
    ['first', 'a: \u{f0000}'],
    ['last', 'a: \u{10fffd}'],
    ['in a key', '\u{f0000}: a'],
    ['escaped in JSON', '{"a":["\\udb80\\udc00"]}'],
    ['escaped in a key of JSON', '{"a":{"\\uDBFF\\uDFFD":1}}'],
    ['escaped in YAML', 'a: "\\U000F0000"'],
    ['under a tag', 'a: !Sub "x\u{f0000}"'],
  ])('that represent unknown values are rejected: %s', (_, text) => {
    expect(ofText(text)).toBe(
      'x.yaml is not a valid template: strings must not contain characters between U+F0000 and U+10FFFD, ' +
        'which represent unknown values; remove them',
    );
  });

  test.each([
    ['JSON', '{"a":"\\udb80"}'],
    ['JSON keys', '{"\\udc00":1}'],
    ['YAML', 'a: "\\udb80"'],
  ])('lone surrogates are rejected: %s', (_, text) => {
    expect(ofText(text)).toBe('x.yaml is not a valid template: strings must not contain a lone surrogate; remove it');
  });

  test('are rejected in manifests and options', () => {
    expect(refusal(() => readAssembly(folder({ 'manifest.json': { artifacts: { '\u{f0000}': {} } } })))).toContain(
      'U+F0000',
    );
    const directory = folder({ 'x.json': { Resources: {} } });
    for (const options of [{ account: '\u{f0000}' }, { region: 'x\udb80' }, { parameters: { A: '\u{10fffd}' } }]) {
      expect(refusal(() => readInput(join(directory, 'x.json'), options))).toBe(
        `the value of ${Object.keys(options.parameters ?? options)[0]} must not contain lone surrogates or ` +
          'characters between U+F0000 and U+10FFFD; remove them',
      );
    }
  });

  test('all others are preserved', () => {
    expect(parseTemplate('{"Resources":{},"Transform":"é\u{1f600}\ue000\u{efffd}"}', 'x').Transform).toBe(
      'é\u{1f600}\ue000\u{efffd}',
    );
  });

  test('names from a template cannot write line breaks or terminal escapes', () => {
    expect(ofText('{"Resources":{"a\\n\\u001b[31m\\u2028\\u202eb":1}}')).toBe(
      'x.yaml is not a valid template: Resources.a [31m b must be an object',
    );
  });
});

describe('files', () => {
  test.each<[string, Buffer | string]>([
    ['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0x00])],
    ['binary below 0x80', Buffer.alloc(1000)],
    ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le')],
    ['empty', ''],
    ['a list', '[]'],
    ['random', Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * i * 31 + i * 7) % 128))],
  ])('%s', (_, content) => {
    const file = join(folder({ 'x.template': content }), 'x.template');
    expect(refusal(() => readInput(file, {})).startsWith(`${file} `)).toBe(true);
  });

  test('does not read a file of 20 MB and a byte', () => {
    const file = join(folder({ 'x.json': ' '.repeat(20_000_001) }), 'x.json');
    expect(refusal(() => readInput(file, {}))).toBe(`${file} cannot be read: it is larger than 20 MB; split it`);
  });

  test('does not wait for devices', () => {
    expect(refusal(() => readInput('/dev/zero', {}))).toBe('/dev/zero cannot be read: it is not a file');
  });
});

describe('paths outside the assembly', () => {
  const outside = folder({ 'secret.json': { Resources: {} }, 'cdk/manifest.json': { artifacts: {} } });
  const secret = join(outside, 'secret.json');
  const paths = ['../../etc/passwd', '../secret.json', secret, 'a/../../secret.json', '..'];

  test.each(paths)('a template at %s', (path) => {
    const directory = join(
      folder({ 'cdk.out/manifest.json': stackNamed(path), 'secret.json': { Resources: {} } }),
      'cdk.out',
    );
    expect(refusal(() => readAssembly(directory))).toBe(
      `${join(directory, 'manifest.json')} references ${path}, which is outside the assembly ${directory}; run ` +
        "'cdk synth' again",
    );
  });

  test.each(paths)('a nested template at %s', (path) => {
    const directory = join(
      folder({
        'cdk.out/manifest.json': stackNamed('x.json'),
        'cdk.out/x.json': nesting(path),
        'secret.json': { Resources: {} },
      }),
      'cdk.out',
    );
    expect(refusal(() => readAssembly(directory))).toContain(
      `${join(directory, 'x.json')} references ${path}, which is outside`,
    );
  });

  test.each(['..', '../cdk', join(outside, 'cdk')])('an assembly at %s', (directoryName) => {
    const directory = folder({
      'manifest.json': { artifacts: { A: { type: 'cdk:cloud-assembly', properties: { directoryName } } } },
    });
    expect(refusal(() => readAssembly(directory))).toContain(`references ${directoryName}, which is outside`);
  });

  test.each(paths)('an asset manifest at %s', (path) => {
    const directory = join(folder({ 'cdk.out/manifest.json': {}, 'secret.json': { files: {} } }), 'cdk.out');
    expect(refusal(() => assetDestinations(directory, path))).toContain('outside the assembly');
  });

  test('links', () => {
    const directory = folder({ 'manifest.json': stackNamed('link.json') });
    symlinkSync(secret, join(directory, 'link.json'));
    expect(refusal(() => readAssembly(directory))).toContain('references link.json, which is outside');
    expect(refusal(() => assetDestinations(directory, 'link.json'))).toContain(
      'references link.json, which is outside',
    );
    const linked = folder({});
    symlinkSync(secret, join(linked, 'manifest.json'));
    expect(refusal(() => readAssembly(linked))).toContain('references manifest.json, which is outside');
  });

  test('accepts names that only resemble such paths', () => {
    const directory = folder({ 'manifest.json': stackNamed('..x.json'), '..x.json': { Resources: {} } });
    expect(readAssembly(directory)).toHaveLength(1);
  });
});

describe('cycles and multiplication', () => {
  test('a template that nests itself', () => {
    const directory = folder({ 'manifest.json': stackNamed('x.json'), 'x.json': nesting('x.json') });
    expect(refusal(() => readAssembly(directory))).toBe(
      `${join(directory, 'x.json')} nests x.json as Inner0, which contains itself; remove the nested stack`,
    );
  });

  test('a template that indirectly nests itself', () => {
    const directory = folder({
      'manifest.json': stackNamed('x.json'),
      'x.json': nesting('y.json'),
      'y.json': nesting('z.json'),
      'z.json': nesting('./a/../y.json'),
    });
    expect(refusal(() => readAssembly(directory))).toBe(
      `${join(directory, 'z.json')} nests y.json as Inner0, which contains itself; remove the nested stack`,
    );
  });

  test('reads a template that is nested twice once', () => {
    const directory = folder({
      'manifest.json': stackNamed('x.json'),
      'x.json': nesting('y.json', 'y.json'),
      'y.json': { Resources: {} },
    });
    const { Inner0, Inner1 } = readAssembly(directory)[0].nested;
    expect(Inner0.template.Resources).toEqual({});
    expect(Inner1.template).toBe(Inner0.template);
  });

  test('templates that nest ten of the next', () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`${i}.json`, nesting(...Array<string>(10).fill(`${i + 1}.json`))]),
    );
    const directory = folder({ 'manifest.json': stackNamed('0.json'), ...files });
    expect(refusal(() => readAssembly(directory))).toBe(
      `${directory} contains more than 10000 nested stacks; check it in parts`,
    );
  });

  test('a long chain of templates', () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${i}.json`, nesting(`${i + 1}.json`)]));
    expect(refusal(() => readAssembly(folder({ 'manifest.json': stackNamed('0.json'), ...files })))).toContain(
      'which exceeds 50 levels; reduce the nesting',
    );
  });

  function stages(...names: string[]) {
    return {
      artifacts: Object.fromEntries(
        names.map((directoryName, i) => [`S${i}`, { type: 'cdk:cloud-assembly', properties: { directoryName } }]),
      ),
    };
  }

  test.each(['.', './', 'sub/..', ''])('an assembly that contains itself as %j', (name) => {
    const directory = folder({ 'manifest.json': stages(name), 'sub/x': '' });
    expect(refusal(() => readAssembly(directory))).toMatch(
      /is referenced twice, possibly by itself; run 'cdk synth' again$/,
    );
  });

  test('an assembly that contains its parent', () => {
    expect(
      refusal(() => readAssembly(folder({ 'manifest.json': stages('sub'), 'sub/manifest.json': stages('..') }))),
    ).toContain('is referenced twice');
  });

  test('a long chain of assemblies', () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`${'a/'.repeat(i)}manifest.json`, stages('a')]),
    );
    expect(refusal(() => readAssembly(folder(files)))).toContain('is nested in more than 50 assemblies');
  });
});

describe('broken manifests', () => {
  const stack = { type: 'aws:cloudformation:stack' };
  const NO_MANIFEST = 'is not a valid cloud assembly manifest: ';

  test.each<[string, unknown, string]>([
    ['no JSON', '{"artifacts"', `${NO_MANIFEST}it must be valid JSON`],
    ['garbage', Buffer.from([0xff, 0x00]), 'cannot be read: it is not UTF-8; save it as UTF-8'],
    ['a list', [], `${NO_MANIFEST}it must be an object; run 'cdk synth' again`],
    ['artifacts in a list', { artifacts: [] }, `${NO_MANIFEST}artifacts: it must be an object`],
    ['an artifact that is none', { artifacts: { A: null } }, `${NO_MANIFEST}artifacts: A: it must be an object`],
    ['no type', { artifacts: { A: {} } }, `${NO_MANIFEST}artifacts: A: type is required`],
    ['no properties', { artifacts: { A: stack } }, `${NO_MANIFEST}artifacts: A: properties: it must be an object`],
    [
      'no template file',
      { artifacts: { A: { ...stack, properties: {} } } },
      `${NO_MANIFEST}artifacts: A: properties: templateFile is required`,
    ],
    [
      'a template file that is no text',
      stackNamed(7),
      `${NO_MANIFEST}artifacts: One: properties: templateFile must be a string`,
    ],
    [
      'a directory that is no text',
      { artifacts: { A: { type: 'cdk:cloud-assembly', properties: { directoryName: {} } } } },
      'directoryName must be a string',
    ],
    [
      'a parameter that is no text',
      { artifacts: { A: { ...stack, properties: { templateFile: 'x.json', parameters: { P: 1 } } } } },
      'parameters: P must be a string',
    ],
    [
      'an environment that is none',
      stackNamed('x.json', { environment: '111/eu' }),
      'environment must have the form aws://account/region, got 111/eu',
    ],
    [
      'a template that is missing',
      stackNamed('y.json'),
      "references the template y.json, which does not exist; run 'cdk synth' again",
    ],
    ['a template that is a folder', stackNamed('.'), 'cannot be read: it is not a file'],
    [
      'a template that is none',
      stackNamed('list.json'),
      'is not a valid template: it must be an object with Resources, got a list',
    ],
    [
      'a stage that is missing',
      { artifacts: { A: { type: 'cdk:cloud-assembly', properties: { directoryName: 'a' } } } },
      'is not a cloud assembly: it has no manifest.json',
    ],
  ])('%s', (_, manifest, message) => {
    const directory = folder({ 'manifest.json': manifest, 'x.json': { Resources: {} }, 'list.json': [] });
    const told = refusal(() => readAssembly(directory));
    expect(told.startsWith(directory)).toBe(true);
    expect(told).toContain(message);
  });

  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'x.assets.json is not a valid asset manifest: it must be valid JSON'],
    ['files in a list', { files: [] }, 'files: it must be an object'],
    [
      'destinations that are none',
      { files: { a: { destinations: { d: 1 } } } },
      'files: a: destinations: d: it must be an object',
    ],
    [
      'no bucket',
      { files: { a: { destinations: { d: { objectKey: 'k' } } } } },
      'files: a: destinations: d: bucketName is required',
    ],
    [
      'a tag that is no text',
      { dockerImages: { a: { destinations: { d: { repositoryName: 'r', imageTag: 1 } } } } },
      'imageTag must be a string',
    ],
  ])('asset manifest: %s', (_, manifest, message) => {
    expect(refusal(() => assetDestinations(folder({ 'x.assets.json': manifest }), 'x.assets.json'))).toContain(message);
  });

  test('asset manifest: missing', () => {
    expect(refusal(() => assetDestinations(folder({}), 'x.assets.json'))).toContain(
      'x.assets.json cannot be read: ENOENT',
    );
  });
});
