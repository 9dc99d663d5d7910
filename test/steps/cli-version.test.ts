import { Aws, cloud_assembly_schema as schema } from 'aws-cdk-lib';
import { CDK_CLI } from '../../src/aws/cdk';
import { validatePublished, validatePublishes, validateReads } from '../../src/steps/cli-version';
import { problemsAt } from '../helpers/plans';

const RUNNING = Number(schema.Manifest.version().split('.')[0]);

test('runs with the schema that npm installs with aws-cdk-lib', () => {
  const { dependencies } = jest.requireActual<{ dependencies: Record<string, string> }>('aws-cdk-lib/package.json');
  expect(dependencies['@aws-cdk/cloud-assembly-schema']).toMatch(new RegExp(`^\\^${RUNNING}\\.`));
});

function unpublished(version: unknown) {
  return problemsAt('cliVersion', (problems) => validatePublished(version, problems));
}

function unreadable(number: number, version?: string) {
  return problemsAt('cliVersion', (problems) => validateReads(number, version, problems));
}

function unable(version?: string) {
  return problemsAt('cliVersion', (problems) => validatePublishes(version, problems));
}

describe('the form of a version', () => {
  test.each<[unknown, string]>([
    ['latest', '"latest"'],
    ['^2', '"^2"'],
    ['2.1148', '"2.1148"'],
    ['', '""'],
    ['2.0.0; rm -rf /', '"2.0.0; rm -rf /"'],
    [2, '2'],
    [null, 'null'],
    [{}, '{}'],
    [Aws.REGION, '"a token"'],
  ])('rejects %p', (version, got) => {
    expect(unpublished(version)).toEqual([
      `'cliVersion' must be an exact version, got ${got}; use the form '2.1148.1', so that every execution uses the ` +
        'same tool',
    ]);
  });
});

describe('the existence of a version', () => {
  test.each(['2.1130.7', '2.1148.0-rc.1', '2.1118.5', '2.1147.1', '3.0.0'])(
    'rejects %s, which npm does not have',
    (version) => {
      expect(unpublished(version)).toEqual([
        `'cliVersion' must be a published version of aws-cdk, got "${version}"; use '2.1148.1', the newest that the ` +
          'library supports, or a newer one',
      ]);
    },
  );

  test.each(['2.1118.4', '2.1130.0', '2.1148.0', '2.1148.1'])('accepts %s', (version) => {
    expect(unpublished(version)).toEqual([]);
  });

  test.each(['2.1148.2', '2.1149.0', '2.2000.3', '3.0.1'])('accepts %s, which may appear later', (version) => {
    expect(unpublished(version)).toEqual([]);
  });
});

describe('the schema that a version reads', () => {
  test.each<[number, string | undefined]>([
    [53, '2.1108.0'],
    [54, '2.1126.0'],
    [55, '2.1145.0'],
    [55, undefined],
    [56, '2.1200.0'],
    [RUNNING, undefined],
  ])('accepts schema %s with version %s', (number, version) => {
    expect(unreadable(number, version)).toEqual([]);
  });

  test.each<[number, string, string]>([
    [53, '2.1034.0', 'use 2.1108.0 or newer'],
    [54, '2.1125.0', 'use 2.1126.0 or newer'],
    [55, '2.1144.0', 'use 2.1145.0 or newer'],
    [55, '1.204.0', 'use 2.1145.0 or newer'],
    [56, '2.1148.1', 'use a version after 2.1148.1'],
  ])('rejects schema %s with version %s', (number, version, fix) => {
    expect(unreadable(number, version)).toEqual([
      `'cliVersion' must read cloud assemblies of schema ${number}, which your aws-cdk-lib writes, got "${version}"; ` +
        fix,
    ]);
  });

  test('rejects the default for a schema that it does not read', () => {
    expect(unreadable(56)).toEqual(unreadable(56, CDK_CLI.version));
  });
});

test('rejects versions without the command that publishes', () => {
  expect([undefined, '2.1116.0', '2.1148.1'].flatMap(unable)).toEqual([]);
  expect(unable('2.1115.1')).toEqual([
    "'cliVersion' must have the command 'cdk publish-assets', got \"2.1115.1\"; use 2.1116.0 or newer",
  ]);
});
