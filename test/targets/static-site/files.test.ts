import { App, CfnParameter, Lazy, SecretValue, Stack, Token } from 'aws-cdk-lib';
import { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import {
  DeploymentAccess,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
  PipelineVariable,
  SiteFile,
  SiteHosting,
  SiteRelease,
  type StaticSiteOptions,
  WebAppPipeline,
} from '../../../src';
import { AN_OBJECT } from '../../../src/common/rules';
import { NON_EMPTY_STRING } from '../../../src/pipeline/problems';
import { DECLARED_VARIABLES, NO_SECRET } from '../../../src/pipeline/rules';
import { NO_FREE_TEXT } from '../../../src/pipeline/validation/variable-uses';
import { FakeSite, SITE } from '../../helpers/fake-aws/site';
import { actionsOf, type CfnTemplate, jsonOf, resourcesOf, statementsOf, webApp } from '../../helpers/synth';
import { source } from '../../laws/variants';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const THERE = { account: '222222222222', region: 'us-east-1' };

function props(options: StaticSiteOptions) {
  const target = DeployTarget.staticSite(options);
  return { source, environments: [new DeploymentEnvironment('production', { target })] };
}

function deployOf(template: CfnTemplate, name = 'Deploy-production') {
  return actionsOf(template).find((action) => action.Name === name)!;
}

interface Variable {
  readonly Name: string;
  readonly Value: unknown;
  readonly Type: string;
}

function variablesOf(template: CfnTemplate, name?: string) {
  const { EnvironmentVariables: variables = [] } = deployOf(template, name) as { EnvironmentVariables?: Variable[] };
  return Object.fromEntries(variables.map(({ Name, Value }) => [Name, Value]));
}

function scriptOf(template: CfnTemplate, name?: string) {
  return JSON.stringify(deployOf(template, name).Commands);
}

/** Publishes files by the real script, with the environment of the action. */
function publish(files: Record<string, SiteFile>, atomic = false) {
  const template = jsonOf(webApp(props({ files })).stack);
  const [, FILES] = /'FILES='\\\\''([^'\\]*)'/.exec(scriptOf(template)) ?? [];
  const site = new FakeSite({ atomic });
  site.release(SITE, { variables: { FILES, ...(variablesOf(template) as Record<string, string>) } });
  return site;
}

test.each([false, true])('publishes JSON and texts as they are (atomic: %s)', async (atomic) => {
  const value = { api: 'https://x/?a=1&b=\'2\'"3"', path: 'C:\\new\n\t$(id)`id`', list: [1, null, true, { é: '😀' }] };
  const text = `User-agent: *\nDisallow: /\n# ${'x'.repeat(1990)}\\n\n`;
  const site = publish({ 'config.json': SiteFile.json(value), 'robots.txt': SiteFile.text(text) }, atomic);
  const visited = await site.visit(['config.json', 'robots.txt', 'index.html']);
  expect(JSON.parse(visited['config.json']!)).toEqual(value);
  expect(visited['robots.txt']).toBe(text);
  expect(visited['index.html']).toBe(SITE['index.html']);
});

test('keeps values of the stack out of the commands', () => {
  const made = webApp((stack) => {
    const api = new CfnParameter(stack, 'Api').valueAsString;
    const port = Token.asNumber({ Ref: 'Port' });
    const pool = new CfnUserPool(stack, 'Pool');
    new CfnParameter(stack, 'Port', { type: 'Number' });
    return props({ files: { 'config.json': SiteFile.json({ api, port, pool: pool.ref, id: pool.attrArn }) } });
  });
  const template = jsonOf(made.stack);
  expect(variablesOf(template)).toEqual({
    SITE_FILE_1: {
      'Fn::Join': [
        '',
        [
          '{"api":"',
          { Ref: 'Api' },
          '","port":',
          { Ref: 'Port' },
          ',"pool":"',
          { Ref: 'Pool' },
          '","id":"',
          { 'Fn::GetAtt': ['Pool', 'Arn'] },
          '"}',
        ],
      ],
    },
  });
  expect(scriptOf(template)).not.toMatch(/"Ref":"(Api|Port|Pool)"/);
});

test('splits neither tokens nor variables', () => {
  function parameter(stack: Stack) {
    return new CfnParameter(stack, 'Api').valueAsString;
  }

  const made = webApp((stack) =>
    props({ files: { 'a.txt': SiteFile.text(`${'x'.repeat(995)}${parameter(stack)}${'y'.repeat(990)}\n\n`) } }),
  );
  expect(Object.values(variablesOf(jsonOf(made.stack)))).toEqual([
    'x'.repeat(995),
    { 'Fn::Join': ['', [{ Ref: 'Api' }, 'y'.repeat(840)]] },
    `${'y'.repeat(150)}\\n\\n`,
  ]);
});

describe('in another account', () => {
  function templates(make: (there: Stack, home: Stack) => Record<string, SiteFile>) {
    const app = new App();
    const there = new Stack(app, 'There', { env: THERE });
    const stack = new Stack(app, 'Shop', { env: HOME });
    const target = DeployTarget.staticSite({ files: make(there, stack) });
    new WebAppPipeline(stack, 'Site', {
      source,
      environments: [new DeploymentEnvironment('production', { env: THERE, target })],
    });
    return {
      pipeline: jsonOf(stack),
      environment: jsonOf(app.node.findChild('Shop-Site-222222222222-us-east-1') as Stack),
    };
  }

  test('passes literals in the action', () => {
    const { pipeline, environment } = templates(() => ({ 'config.json': SiteFile.json({ a: 1 }) }));
    expect(variablesOf(pipeline)).toEqual({ SITE_FILE_1: '{"a":1}' });
    expect(resourcesOf(environment, 'AWS::SSM::Parameter')).toHaveLength(3);
  });

  test('passes attributes of resources there in parameters, which only the script reads', () => {
    const { pipeline, environment } = templates((there) => ({
      'config.json': SiteFile.json({ pool: new CfnUserPool(there, 'Pool').ref }),
      'robots.txt': SiteFile.text('Allow: /'),
    }));
    expect(variablesOf(pipeline)).toEqual({ SITE_FILE_2: 'Allow: /' });
    const [[, { Properties }]] = resourcesOf(environment, 'AWS::SSM::Parameter').filter(([, resource]) =>
      String(resource.Properties.Name).endsWith('SITE_FILE_1'),
    );
    expect(JSON.stringify(Properties.Value)).toMatch(
      /^\{"Fn::Join":\["",\["\{\\"pool\\":\\"",\{"Fn::ImportValue":.*Pool/,
    );
    expect(scriptOf(pipeline)).toContain(`SITE_FILE_1=\\"$(aws ssm get-parameter --name ${Properties.Name as string} `);
    const [granted] = statementsOf(environment).filter(({ statement }) => statement.Action === 'ssm:GetParameter');
    expect(JSON.stringify(granted.statement.Resource)).toContain(`parameter${Properties.Name as string}"`);
  });

  test('rejects attributes of resources of other stacks', () => {
    const where =
      "'environments[0].target.files.config.json' must contain only attributes of resources in the account " +
      'and Region of the environment, 222222222222/us-east-1, got "Shop/Pool in 111111111111/eu-west-1"; write the ' +
      'value as a literal';
    expect(() =>
      templates((_, home) => ({ 'config.json': SiteFile.json({ a: new CfnUserPool(home, 'Pool').ref }) })),
    ).toThrow(where);
    const elsewhere = new Stack(new App(), 'Else', { env: { account: '333333333333', region: 'us-east-1' } });
    expect(() =>
      webApp(props({ files: { 'a.json': SiteFile.json(new CfnUserPool(elsewhere, 'Pool').ref) } }), {
        stack: { env: HOME },
      }),
    ).toThrow('of the environment, 111111111111/eu-west-1, got "Else/Pool in 333333333333/us-east-1"');
  });

  test('rejects tokens beside pipeline variables', () => {
    expect(() =>
      templates((there) => ({
        'a.txt': SiteFile.text(`#{codepipeline.PipelineExecutionId} ${new CfnUserPool(there, 'Pool').ref}`),
      })),
    ).toThrow("files.a.txt' must not contain both pipeline variables and tokens");
  });

  test('rejects tokens with existing access, and works with literals', () => {
    function make(value: string) {
      const app = new App();
      const target = DeployTarget.staticSite({ files: { 'a.json': SiteFile.json(value) } });
      const environments = [new DeploymentEnvironment('production', { env: THERE, target, existingAccess: true })];
      const access = new Stack(app, 'Access', { env: THERE });
      new DeploymentAccess(access, 'Access', { pipelineName: 'shop', pipelineEnv: HOME, environments });
      const stack = new Stack(app, 'Shop', { env: HOME });
      new WebAppPipeline(stack, 'Site', { source, pipelineName: 'shop', environments });
      return jsonOf(stack);
    }

    expect(variablesOf(make('literal'))).toEqual({ SITE_FILE_1: '"literal"' });
    expect(() => make(Lazy.string({ produce: () => 'later' }))).toThrow("files.a.json' must not contain tokens");
  });
});

test('substitutes only variables that are ids', () => {
  const variable = new PipelineVariable('Theme');

  function of(text: string) {
    return () => webApp(props({ files: { 'a.json': SiteFile.json(text) } }));
  }

  expect(variablesOf(jsonOf(of(source.variable('CommitId'))().stack))).toEqual({
    SITE_FILE_1: '"#{Source-vars.CommitId}"',
  });
  expect(of(source.variable('CommitMessage'))).toThrow(
    `'environments[0].target.files.a.json' must ${NO_FREE_TEXT}, got "#{Source-vars.CommitMessage}"; ` +
      `its value is written to the deployed files`,
  );
  expect(of(variable.reference())).toThrow(`files.a.json' must ${DECLARED_VARIABLES}`);
});

describe('errors', () => {
  function errorOf(files: unknown, more: StaticSiteOptions = {}) {
    try {
      webApp(props({ ...more, files } as StaticSiteOptions));
    } catch (error) {
      return (error as Error).message.replaceAll("[WebAppPipeline Shop/Site] 'environments[0].target.files", "'files");
    }
    return 'none';
  }

  const file = SiteFile.text('x');
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;

  test.each<[string, unknown, string]>([
    ['a list', [file], `'files' must ${AN_OBJECT}, got`],
    [
      'an object instead of a file',
      { 'a.json': { api: 'x' } },
      '\'files.a.json\' must be a SiteFile, got {"api":"x"}; use SiteFile.json or SiteFile.text',
    ],
    [
      'undefined',
      { 'a.json': undefined },
      "'files.a.json' must be a SiteFile, got nothing; use SiteFile.json or SiteFile.text",
    ],
    ...['../a.json', '/a.json', 'a//b.json', 'a b.json', "a'.json", '', 'a/', '$(id).json', 'a\n.json', '*.json']
      .map((path): [string, unknown, string] => [
        JSON.stringify(path),
        { [path]: file },
        "must consist of letters, digits, '_', '.', '@', '+', '~', '-' and '/' between names",
      ])
      .map(([name, files, sentence]): [string, unknown, string] =>
        name === '"../a.json"'
          ? [name, files, "must not contain the names '.' and '..', nor begin with '.releases/'"]
          : [name, files, sentence],
      ),
    ['a folder of releases', { '.releases/a.json': file }, "nor begin with '.releases/'"],
    ['a long path', { [`${'x'.repeat(76)}.json`]: file }, 'must have at most 80 characters'],
    [
      'a path that browsers cache',
      { 'assets/app-12345678.js': file },
      "'files.assets/app-12345678.js' must not match immutablePaths",
    ],
    ['no extension', { 'x.y/config': file }, "'files.x.y/config' must have an extension"],
    ['a folder', { 'a.d': file, 'a.d/b.json': file }, "'files.a.d' must not be the folder of another file"],
    ['a token as a path', { [Lazy.string({ produce: () => 'x' })]: file }, 'must consist of'],
    ['an empty text', { 'a.txt': SiteFile.text('') }, `'files.a.txt' must ${NON_EMPTY_STRING}`],
    [
      'no text',
      { 'a.txt': SiteFile.text(undefined as unknown as string) },
      `'files.a.txt' must ${NON_EMPTY_STRING}, got nothing`,
    ],
    [
      'a number as text',
      { 'a.txt': SiteFile.text(1 as unknown as string) },
      `'files.a.txt' must ${NON_EMPTY_STRING}, got 1`,
    ],
    ['a control character', { 'a.txt': SiteFile.text('a\rb') }, "'files.a.txt' must not contain control characters"],
    [
      'a value of undefined',
      { 'a.json': SiteFile.json(undefined) },
      "'files.a.json' must be a JSON value, got nothing; set the value, pass null, or remove the property",
    ],
    ['a function', { 'a.json': SiteFile.json({ a: { b: [() => 1] } }) }, "'files.a.json.a.b[0]' must be a JSON value"],
    ['a construct', { 'a.json': SiteFile.json({ a: new App() }) }, "'files.a.json.a' must be a JSON value"],
    ['NaN', { 'a.json': SiteFile.json({ a: NaN }) }, "'files.a.json.a' must be a JSON value, got NaN"],
    ['a big integer', { 'a.json': SiteFile.json({ a: BigInt(1) }) }, "'files.a.json.a' must be a JSON value"],
    ['a cycle', { 'a.json': SiteFile.json(cyclic) }, "'files.a.json.self' must be a JSON value"],
    [
      'a list that is a token',
      { 'a.json': SiteFile.json({ a: Token.asList({ Ref: 'X' }) }) },
      "'files.a.json.a' must be a JSON value",
    ],
    [
      'much content',
      { 'a.txt': SiteFile.text('x'.repeat(10_001)) },
      '\'files\' must fit into 10 environment variables of 1000 characters, got "11 variables"',
    ],
    [
      'many files',
      Object.fromEntries([...Array(11).keys()].map((i) => [`${i}.txt`, file])),
      "'files' must fit into 10 environment variables",
    ],
    [
      'a secret',
      { 'a.json': SiteFile.json({ key: SecretValue.secretsManager('x').unsafeUnwrap() }) },
      `'files.a.json' must ${NO_SECRET}, got "a reference to a secret, which CloudFormation would ` +
        `replace by its value"; keep it in the back end, because everyone can read the files of a site`,
    ],
    [
      'a secure parameter',
      { 'a.txt': SiteFile.text('{{resolve:ssm-secure:/x:1}}') },
      `'files.a.txt' must ${NO_SECRET}`,
    ],
  ])('%s', (_name, files, sentence) => {
    expect(errorOf(files)).toContain(sentence);
  });

  test('accepts what is at a limit', () => {
    const files = {
      [`${'x'.repeat(75)}.json`]: SiteFile.json({ a: null, b: [null] }),
      'a.txt': SiteFile.text('x'.repeat(9000)),
    };
    expect(errorOf(files)).toBe('none');
    expect(errorOf({})).toBe('none');
    expect(errorOf({ '.well-known/assetlinks': file })).toBe('none');
    expect(errorOf({ 'assets/app-12345678.js': file }, { immutablePaths: [], release: SiteRelease.atomic() })).toBe(
      'none',
    );
  });
});

test('accepts a file without an extension with existing hosting, whose routing is unknown', () => {
  const { pipeline } = webApp((stack) => {
    const { bucket, distribution } = new WebAppPipeline(new Stack(stack.node.root as App, 'Other'), 'Other', {
      source: PipelineSource.gitHub('acme/other', 'main'),
    }).sites[0];
    const hosting = SiteHosting.existing(bucket, distribution, { originPath: '/other' });
    return props({ hosting, files: { version: SiteFile.text('1') } });
  }).site;
  expect(pipeline).toBeDefined();
});
