import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { main } from '../../src/cli/main';
import { PLAIN_PIPELINES } from '../evidence/plain';
import { ends } from '../helpers/ends';
import { pattern } from '../helpers/pattern';
import { allow, Change, document, smallPipeline, statements } from '../helpers/small-pipeline';
import { PROD, TOOLS } from '../helpers/stacks';
import { transpiled } from '../helpers/transpiled';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], interactive = false): Run {
  const written = { out: '', err: '' };
  const code = main(args, {
    interactive,
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
  });
  return { code, ...written };
}

function checked(...args: string[]) {
  return run(['check', ...args]);
}

/** A refusal: one line on stderr, nothing else. */
function refused({ code, out, err }: Run, expected: number, words: RegExp) {
  expect({ code, out }).toEqual({ code: expected, out: '' });
  expect(err).toMatch(/^cdk-pipeline-patterns[^\n]*: \P{C}+\n$/u);
  expect(err).not.toMatch(/\bat .*\.(ts|js):|Error:/);
  expect(err).toMatch(words);
}

const folder = mkdtempSync(join(tmpdir(), 'cli-'));

/** A file with a text, or with a value as JSON. */
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return path;
}

/** The small pipeline as two templates in different accounts. */
function assembly(name: string, tools?: Change, prod?: Change): string {
  const stacks = smallPipeline(tools, prod);
  for (const { stackName, template } of stacks) file(`${name}/${stackName}.template.json`, template);
  const artifacts = Object.fromEntries(
    stacks.map(({ stackName, account, region }) => [
      stackName,
      {
        type: 'aws:cloudformation:stack',
        environment: `aws://${account}/${region}`,
        properties: { templateFile: `${stackName}.template.json` },
      },
    ]),
  );
  return join(file(`${name}/manifest.json`, { artifacts }), '..');
}

const CLEAN = assembly('clean');
const BROKEN = assembly(
  'broken',
  ({ RolePolicy }) => statements(RolePolicy.Properties.PolicyDocument, 'Publish'),
  ({ ActionRole }) => {
    statements(ActionRole.Properties.Policies[0].PolicyDocument, 'Stacks');
  },
);
// Not every pipeline that prepares a change set deletes one.
const WARNED = assembly(
  'warned',
  ({ Pipeline }) => {
    Object.assign(Pipeline.Properties.Stages[2].Actions[0].Configuration, {
      ActionMode: 'CHANGE_SET_REPLACE',
      ChangeSetName: 'release',
    });
  },
  ({ ActionRole }) =>
    statements(ActionRole.Properties.Policies[0].PolicyDocument, 'Stacks', (one) => ({
      ...one,
      Action: ['cloudformation:CreateChangeSet', 'cloudformation:Describe*'],
    })),
);
const NO_PIPELINE = file('bucket.json', { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } });

describe('help and wrong usage', () => {
  test.each([
    [['check', '--help']],
    [['check', '-h']],
    [['check', '--help', 'nowhere', '--format', 'xml']],
    [['--help']],
    [['-h']],
    [['help']],
    [['check', '--help', '--parameter', 'Stage', '--stack', 'x']],
  ])('prints the help for %j', (args) => {
    const { code, out, err } = run(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^cdk-pipeline-patterns .*<[^]*\n$/);
  });

  test('lists every option', () => {
    const { out } = checked('--help');
    const options = ['account', 'region', 'stack', 'parameter', 'parameter-output', 'format', 'explain', 'strict'];
    for (const name of [...options, 'allow-no-pipeline', 'version', 'help']) {
      const option = `--${name}`;
      expect(out).toMatch(new RegExp(`  ${option}\\s`));
    }
    expect(out).toMatch(/Exit code: 0 .*1 .*2 .*3 /);
  });

  test('lists the commands without a command', () => {
    expect(run([])).toMatchObject({ code: 2, err: '', out: expect.stringContaining('check') });
  });

  test.each<[string, string[], RegExp]>([
    ['no path', [], /pass a cloud assembly/],
    ['another format', [CLEAN, '--format', 'xml'], /'--format' must be text, json, sarif, junit, github, got 'xml'/],
    [
      'an account that is none',
      [CLEAN, '--account', 'prod'],
      /'--account' must have an account of 12 digits, got 'prod'/,
    ],
    ['a parameter without a value', [CLEAN, '--parameter', 'Stage'], /'--parameter' must be NAME=VALUE, got 'Stage'/],
    ['a parameter without a name', [CLEAN, '--parameter', '=x'], /'--parameter' must be NAME=VALUE/],
    ['a parameter of no stack', [CLEAN, '--parameter', 'Stage=prod'], /Stage/],
    ['a misspelt option', [CLEAN, '--fromat', 'json'], /there is no option '--fromat'; did you mean '--format'\?/],
    ['an option of nothing', [CLEAN, '--xyzzy'], /the options are --account, .*--help, got '--xyzzy'/],
    ['an unknown Region', [CLEAN, '--region', 'eu-wst-1'], /got 'eu-wst-1'; did you mean 'eu-west-1'\?/],
    ['no Region', [CLEAN, '--region', 'mars'], /'--region' must have a Region such as eu-west-1, got 'mars'/],
    ['a template without an environment', ['--stack', 'a.yaml'], /'--stack' must be TEMPLATE=ACCOUNT\/REGION/],
    [
      'a template with another account',
      ['--stack', 'a.yaml=1/eu-west-1'],
      /'--stack' must have an account of 12 digits/,
    ],
    ['a template with another Region', ['--stack', `a.yaml=${TOOLS}/eu-wst-1`], /'--stack' must have a Region/],
    ['an output of nothing', [CLEAN, '--parameter-output', 'Key'], /'--parameter-output' must be NAME=STACK\.OUTPUT/],
    [
      'an output without a stack',
      [CLEAN, '--parameter-output', 'Key=a.B'],
      /'--parameter-output' must name a parameter/,
    ],
    [
      'a finding that is not there',
      [BROKEN, '--explain', 'nothing like it'],
      /'--explain' must be the id of a finding, got 'nothing like it'/,
    ],
    [
      'a part of several ids',
      [BROKEN, '--explain', 'Access'],
      /'--explain' must match one finding, got 'Access', which matches \d+; use a longer part of the id/,
    ],
  ])('%s', (_, args, words) => refused(checked(...args), 2, words));

  test('suggests a command', () => refused(run(['chek']), 2, /did you mean 'check'\?/));

  test.each([['--version'], ['-v'], ['version'], ['check', '--version'], ['check', '-v']])(
    'prints the version',
    (...args) => {
      const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
        version: string;
      };
      expect(run(args)).toEqual({ code: 0, out: `${version}\n`, err: '' });
    },
  );

  test.each(['chekc', '__proto__', 'constructor', ''])('rejects the command %j', (command) =>
    refused(run([command]), 2, /the command must be check, leftovers, got '/),
  );
});

describe('exit codes', () => {
  test.each<[string, string[], number]>([
    ['clean', [CLEAN], 0],
    ['clean, strictly', [CLEAN, '--strict'], 0],
    ['errors', [BROKEN], 1],
    ['errors as JSON', [BROKEN, '--format', 'json'], 1],
    ['warnings', [WARNED], 0],
    ['warnings, strictly', [WARNED, '--strict'], 1],
    ['an error explained', [BROKEN, '--explain', 'sns:Publish'], 1],
  ])('%s', (_, args, code) => expect(checked(...args)).toMatchObject({ code, err: '' }));

  test('rejects input without a pipeline, unless it is allowed', () => {
    expect(checked(NO_PIPELINE)).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^[^\n]*the input must contain a pipeline[^\n]*--allow-no-pipeline\n$/),
    });
    expect(checked(NO_PIPELINE, '--allow-no-pipeline', '--strict')).toMatchObject({ code: 0, err: '' });
  });

  test('reports a warning', () =>
    expect(checked(WARNED).out).toMatch(/WARNING DENIED[^]* 0 errors, [1-9]\d* warnings?,/));
});

describe('unreadable input', () => {
  function pipeline(Properties: object, more: object = {}) {
    return { Resources: { P: { Type: 'AWS::CodePipeline::Pipeline', Properties }, ...more } };
  }

  function topic(TopicName: unknown) {
    return { Type: 'AWS::SNS::Topic', Properties: { TopicName } };
  }

  const linked = join(folder, 'linked');
  mkdirSync(linked);
  symlinkSync('/etc/hosts', join(linked, 'manifest.json'));

  test.each<[string, string, RegExp]>([
    ['a path that is not there', join(folder, 'nowhere'), /nowhere does not exist/],
    ['a folder without an assembly', folder, /is not a cloud assembly/],
    [
      'broken JSON',
      file('broken.json', '{"Resources": {'),
      /broken\.json is not a valid template: it must be valid JSON: /,
    ],
    ['broken YAML', file('broken.yaml', 'Resources:\n  A: [x'), /broken\.yaml is not a valid template: line 2/],
    ['no template', file('list.json', []), /must be an object with Resources/],
    ['an empty file', file('empty.yaml', ''), /must not be empty/],
    ['no text', file('binary.json', Buffer.from([0xff, 0xfe, 0, 1])), /UTF-8/],
    ['21 MB', file('large.json', `{"Resources":{},"Metadata":"${'x'.repeat(21_000_000)}"}`), /larger than 20 MB/],
    ['a million levels', file('deep.json', '['.repeat(1_000_000)), /nested deeper/],
    ['a million levels in JSON', file('deeper.json', `{"a":${'['.repeat(1_000_000)}`), /nested deeper/],
    ['a device', '/dev/zero', /it is not a file/],
    ['a link to a file outside', linked, /outside the assembly/],
    ['a broken manifest', join(file('manifest/manifest.json', '{'), '..'), /is not a valid cloud assembly manifest/],
    [
      'a manifest by its name',
      file('other/manifest.json', { artifacts: [] }),
      /is not a valid cloud assembly manifest/,
    ],
    [
      'circles',
      file('circle.json', pipeline({}, { A: topic({ Ref: 'B' }), B: topic({ 'Fn::GetAtt': ['A', 'TopicName'] }) })),
      /its resources have a circular dependency: A → B → A/,
    ],
    [
      'a circle of conditions',
      file('conditions.json', {
        ...pipeline({}, { A: { ...topic('a'), Condition: 'C' } }),
        Conditions: { C: { Condition: 'C' } },
      }),
      /has a circular reference: condition C → condition C/,
    ],
    [
      'names of line ends and colours',
      file('colours.json', { Resources: { 'a\n\u001b[31m': { Type: 7 } } }),
      /Type must be a string/,
    ],
    ['characters that mark what is unknown', file('marks.json', { Resources: { A: topic('\u{f0000}') } }), /U\+F0000/],
  ])('%s', (_, path, words) =>
    refused(
      ends(() => checked(path)),
      3,
      words,
    ),
  );

  test('rejects one of two inputs', () => refused(checked(CLEAN, join(folder, 'nowhere')), 3, /does not exist/));

  test('handles prototype keys', () => {
    function role(name: string) {
      return `"${name}":{"Type":"AWS::IAM::Role","Properties":{"${name}":{"polluted":"yes"}}}`;
    }

    const properties = '{"__proto__":{"Stages":1},"RoleArn":{"Fn::GetAtt":["__proto__","Arn"]}}';
    const resources = [
      ...['__proto__', 'constructor', 'toString'].map(role),
      `"P":{"Type":"AWS::CodePipeline::Pipeline","Properties":${properties}}`,
    ];
    const path = file('prototype.json', `{"Resources":{${resources.join()}}}`);
    expect(checked(path, '--format', 'json', '--account', TOOLS, '--region', 'eu-west-1')).toMatchObject({ err: '' });
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    refused(checked(path, '--parameter', '__proto__=x'), 2, /__proto__/);
  });
});

describe('check', () => {
  test('prints text', () => {
    const { out } = checked(BROKEN);
    expect(out).toMatch(/^Pipeline delivery \(stack Tools\)\n/);
    expect(out).toMatch(/\n1 pipeline in 2 stacks: [1-9]\d* errors, 0 warnings, \d+ unknown, 0 unmodelled\.\n$/);
  });

  test('prints JSON', () => {
    const { out } = checked(BROKEN, '--format=json');
    interface Shape {
      pipelines: [{ name: string; findings: Array<{ severity: string }> }];
      summary: { errors: number };
    }
    const { pipelines, summary } = JSON.parse(out) as Shape;
    expect(pipelines[0].name).toBe('delivery');
    expect(pipelines[0].findings.filter(({ severity }) => severity === 'error')).toHaveLength(summary.errors);
    expect(out.endsWith('}\n')).toBe(true);
  });

  const ID =
    'AccessDenied[Tools/delivery/Approve/Ask/role Role of stack Tools sns:Publish ' +
    'arn:aws:sns:eu-west-1:111111111111:approvals]';
  test.each([
    ['its id', ID],
    ['a part of it', 'sns:Publish'],
  ])('explains a finding by %s', (_, part) => {
    const { out } = checked(BROKEN, '--explain', part);
    expect(out.startsWith(`${ID}\n\nDENIED (error)\n`)).toBe(true);
    const json = JSON.parse(checked(BROKEN, '--format', 'json', '--explain', part).out) as {
      id: string;
      reasons: unknown[];
      fix: unknown[];
    };
    expect(json).toMatchObject({ id: ID, verdict: 'DENIED' });
    expect([json.reasons.length, json.fix.length]).toEqual([1, 1]);
  });

  test('evaluates several assemblies and templates together', () => {
    function counts(...paths: string[]) {
      return / in (\d+) stacks?: (\d+) errors?/.exec(checked(...paths).out)!.slice(1);
    }

    const tools = join(BROKEN, 'Tools.template.json');
    expect(counts(BROKEN, CLEAN)[0]).toBe('4');
    expect(checked(PLAIN_PIPELINES['same-account-key'](join(folder, 'cdk.out')), CLEAN)).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 pipelines in 3 stacks'),
    });
    // The role of the other account is in the other template only.
    expect(counts(tools, '--account', TOOLS, '--region', 'eu-west-1')).toEqual(['1', '1']);
    expect(counts(tools, join(BROKEN, 'manifest.json'), '--account', TOOLS, '--region', 'eu-west-1')[0]).toBe('3');
  });

  const open = {
    Parameters: { Stage: { Type: 'String' }, Bucket: { Type: 'String', Default: 'store' } },
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: document(
            allow('Trust', 'sts:AssumeRole', undefined, { Principal: { Service: 'codepipeline.amazonaws.com' } }),
          ),
        },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Condition: 'IsProd',
        Properties: { PolicyName: 'p', Roles: [{ Ref: 'Role' }], PolicyDocument: document(allow('All', '*', '*')) },
      },
      Store: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Bucket' } } },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'ask' } },
      P: {
        Type: 'AWS::CodePipeline::Pipeline',
        Properties: {
          Name: 'p',
          RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          ArtifactStore: { Type: 'S3', Location: { Ref: 'Store' } },
          Stages: [
            {
              Name: 'Source',
              Actions: [
                {
                  Name: 'Fetch',
                  ActionTypeId: { Category: 'Source', Owner: 'Custom', Provider: 'Acme', Version: '1' },
                  OutputArtifacts: [{ Name: 'App' }],
                },
              ],
            },
            {
              Name: 'Approve',
              Actions: [
                {
                  Name: 'Ask',
                  ActionTypeId: { Category: 'Approval', Owner: 'AWS', Provider: 'Manual', Version: '1' },
                  Configuration: { NotificationArn: { 'Fn::Sub': 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:ask' } },
                },
              ],
            },
          ],
        },
      },
    },
  };
  const OPEN = file('open.yaml', stringify(open));

  test('lists the rules without an input', () => {
    const text = checked('--list-rules');
    expect(text).toMatchObject({ code: 0, out: expect.stringMatching(/^AccessDenied +error +The policies allow/) });
    expect(text.out).toMatch(/^RunOrder +error /m);
    const rules = JSON.parse(checked('--list-rules', '--format', 'json').out) as Array<{ id: string }>;
    expect(rules.map(({ id }) => id)).toContain('RunOrder');
  });

  test('explains a rule without an input', () => {
    expect(checked('--explain', 'RunOrder')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^RunOrder \(error\)\n\nThe run order is an integer[^]*Documented by AWS: https:/),
    });
    expect(JSON.parse(checked('--explain', 'RunOrder', '--format', 'json').out)).toMatchObject({ id: 'RunOrder' });
  });

  test('accepts the findings of a baseline, and reports new ones', () => {
    const baseline = file('baseline.json', checked(BROKEN, '--format', 'json').out);
    expect(checked(BROKEN).code).toBe(1);
    expect(checked(BROKEN, '--baseline', baseline).code).toBe(0);
    expect(checked(BROKEN, '--baseline', file('empty.json', '{"pipelines":[]}')).code).toBe(1);
    expect(checked(BROKEN, '--baseline', file('other.json', '[]'))).toMatchObject({
      code: 3,
      err: expect.stringContaining('is not a report of this command; write it with --format json'),
    });
    expect(checked(BROKEN, '--baseline', 'nowhere.json')).toMatchObject({
      code: 3,
      err: expect.stringContaining('nowhere.json does not exist; write it with --format json'),
    });
  });

  test('reports only the selected rules', () => {
    expect(checked(BROKEN, '--rules', 'RunOrder,StageName').code).toBe(0);
    expect(checked(BROKEN, '--rules', 'AccessDenied').code).toBe(1);
    expect(checked(BROKEN, '--exclude-rules', 'AccessDenied').code).toBe(0);
    expect(checked(BROKEN, '--rules', 'AccesDenied')).toMatchObject({
      code: 2,
      err: expect.stringContaining(
        "'--rules' must contain IDs of rules, got 'AccesDenied'; did you mean 'AccessDenied'?",
      ),
    });
  });

  test.each([
    ['sarif', /"version": "2\.1\.0"/],
    ['junit', /^<\?xml version="1\.0"/],
    ['github', /^::error /],
  ])('writes the format %s', (format, expected) => {
    expect(checked(BROKEN, '--format', format)).toMatchObject({ code: 1, out: expect.stringMatching(expected) });
  });

  test('uses the provided parameters', () => {
    expect(checked(OPEN)).toMatchObject({ code: 0, out: expect.stringMatching(/\b0 denied, [1-9]\d* unknown/) });
    expect(checked(OPEN, '--parameter', 'Stage=prod')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\b0 denied, 0 unknown/),
    });
    const dev = checked(OPEN, '--parameter', 'Stage=dev', '--parameter', 'Bucket=a=b', '--format', 'json');
    expect(dev).toMatchObject({ code: 1, out: expect.stringContaining('arn:aws:s3:::a=b') });
    expect(checked(OPEN, '--parameter', 'Stage=prod', '--parameter', 'Stage=dev').code).toBe(1);
  });

  test('uses the provided account and Region for environment-agnostic stacks', () => {
    const { out } = checked(
      OPEN,
      '--parameter',
      'Stage=dev',
      '--account',
      PROD,
      '--region',
      'us-east-1',
      '--format',
      'json',
    );
    expect(out).toContain(`arn:aws:sns:us-east-1:${PROD}:ask`);
    expect(checked(OPEN, '--parameter', 'Stage=dev', '--format', 'json').out).toContain(
      'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:ask',
    );
    expect(checked(CLEAN, '--account', '333333333333', '--format', 'json').out).toBe(
      checked(CLEAN, '--format', 'json').out,
    );
  });

  test.each<[string, string, number, RegExp]>([
    [
      'a result',
      BROKEN,
      1,
      pattern(
        /read 2 templates[^]*modelled 1 of 2 stacks[^]*named the resources of 0 of 2 stacks[^]*/,
        /checked 0 of 1 pipelines[^]*\r\u001b\[K$/,
      ),
    ],
    [
      'a refusal',
      assembly('odd', ({ Role }) => {
        Role.Properties.Description = { Ref: 'Role' };
      }),
      3,
      /read 2 templates\r.*\r\u001b\[Kcdk-pipeline-patterns check: .*circular/s,
    ],
  ])('shows the progress of a long check on a terminal before %s', (_, path, code, told) => {
    let now = 0;
    // every look at the clock is a long time after the one before
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => (now += 600));
    try {
      expect(run(['check', path], true)).toMatchObject({ code, err: expect.stringMatching(told) });
      expect(checked(path).err).not.toContain('read');
    } finally {
      clock.mockRestore();
    }
  });

  test('shows no progress of a short check', () => expect(run(['check', BROKEN], true)).toEqual(checked(BROKEN)));
});

describe('as a process', () => {
  const program = transpiled(['aws', 'assembly', 'check', 'cli', 'common', 'leftovers', 'show']);

  function spawned(...args: string[]): Run {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(program, 'cli/main.js'), ...args], {
      encoding: 'utf8',
    });
    return { code: status ?? -1, out: stdout, err: stderr };
  }

  test('writes the complete report and exits with the code', () => {
    const { code, out, err } = spawned('check', BROKEN, '--format', 'json');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out)).toMatchObject({ summary: { pipelines: 1, stacks: 2 } });
    expect(spawned('check', '--help')).toMatchObject({ code: 0, err: '' });
    refused(spawned('check', join(folder, 'nowhere')), 3, /does not exist/);
  }, 60_000);

  // In a process, since errors of Node's own modules are no errors of the realm in which jest runs tests.
  test.each<[string, string[], RegExp]>([
    ['no path', [], /pass a cloud assembly/],
    ['an unknown option', ['--verbose', CLEAN], /--verbose/],
    ['an unknown short option', ['-x', CLEAN], /-x/],
    ['an option without its value', [CLEAN, '--format'], /--format/],
    ['a value that is none', [CLEAN, '--strict=yes'], /--strict/],
  ])('exits with wrong usage for %s', (_, args, words) => refused(spawned('check', ...args), 2, words), 60_000);
});

describe('several templates', () => {
  const OUTPUT = { Outputs: { KeyArn: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] } } } };

  /** The small pipeline as two templates without an assembly. The pipeline gets its key from a parameter. */
  function templates(name: string) {
    const [tools, prod] = smallPipeline();
    const { Key, ...others } = tools.template.Resources!;
    const withParameter = JSON.parse(
      JSON.stringify(others).replaceAll('{"Fn::GetAtt":["Key","Arn"]}', '{"Ref":"KeyArn"}'),
    ) as object;
    return {
      keys: file(`${name}/keys.json`, { Resources: { Key }, ...OUTPUT }),
      tools: file(`${name}/tools.json`, { Parameters: { KeyArn: { Type: 'String' } }, Resources: withParameter }),
      prod: file(`${name}/prod.json`, prod.template),
    };
  }

  const { keys, tools, prod } = templates('plain');
  const STACKS = [keys, tools].flatMap((path) => ['--stack', `${path}=${TOOLS}/eu-west-1`]);
  const OTHER = ['--stack', `${prod}=${PROD}/eu-west-1`];

  test('have an account and a Region each, and outputs as parameters', () => {
    const { code, out } = checked(...STACKS, ...OTHER, '--parameter-output', 'KeyArn=keys.KeyArn');
    expect(out).toMatch(/1 pipeline in 3 stacks: 0 errors, 0 warnings/);
    expect(code).toBe(0);
  });

  test('have no role of another account', () => {
    const wrong = ['--stack', `${prod}=${TOOLS}/eu-west-1`];
    const { out } = checked(...STACKS, ...wrong, '--parameter-output', 'KeyArn=keys.KeyArn');
    expect(out).toMatch(/role arn:aws:iam::222222222222:role\/deploy is not in the assembly/);
  });

  test('reject an output that no stack has', () =>
    refused(
      checked(...STACKS, ...OTHER, '--parameter-output', 'KeyArn=keys.Nothing'),
      2,
      /must name an output of a stack of the input \(keys, tools, prod\), got 'keys\.Nothing'/,
    ));
});
