import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apis, denialsOf, UnknownClass, Unknowns, unmodelledOf } from './verdicts';
import { InputOptions, readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import { every } from '../helpers/every';
import { ANYWHERE, SOMEWHERE, synthesized } from '../helpers/synthesized';
import { ALL_VARIANTS, VARIANT_GROUPS } from '../laws/all-variants';

const NAMES = Object.keys(ALL_VARIANTS);
const EXAMPLE = 'the example';
const ALL = [EXAMPLE, ...NAMES].sort();

/**
 * What neither an imported service nor a group reveals: of which family and with which roles its tasks are
 * made, and how traffic moves.
 */
const LOOKED_UP = ['container: CodeDeploy: a deployment group that exists', 'container: a service that was looked up'];
const DEFINITION = ['ecs:RegisterTaskDefinition', 'ecs:TagResource', 'iam:PassRole'];
const EVERYWHERE: Readonly<Record<string, UnknownClass>> = {
  'EKS: only a private cluster requires it': {
    calls: apis('ec2', 'CreateNetworkInterface CreateNetworkInterfacePermission DeleteNetworkInterface').split(' '),
    places: ['container: a Helm chart', 'container: manifests'],
  },
  'CDK CLI: older versions': {
    calls: ['cloudformation:DescribeStacks', 's3:ListBucket'],
    places: ['delivery: a pipeline that updates itself'],
  },
};

// The unknown policies of imported keys and topics.
const KEY_USES = ['kms:Decrypt', 'kms:GenerateDataKey'];
const ONLY_NAMED = ['delivery: notified: a topic'];

// Alarms, functions and topics are named with their account; it is unknown whether that is the account of a
// pipeline that can be in any account.
const ALARMS = ALL.filter((name) => /alarm|a bake|gates everywhere/.test(name));
const FUNCTIONS_AND_TOPICS = ALL.filter((name) =>
  /: (before|after|otherwise): .*function|gates everywhere|approvals: in order/.test(name),
);

/**
 * A CloudFormation execution role that is only named here. Whether the managed key of S3 grants it access depends on
 * the account.
 */
function ofGivenRole(...calls: string[]): UnknownClass {
  return {
    calls: [...calls, 's3:GetObject', 'sts:AssumeRole'],
    places: ['delivery: a stack with all options'],
  };
}

/**
 * Of pipelines of this library that can be in any account, or in a known one.
 */
const UNKNOWN = {
  anywhere: {
    ...EVERYWHERE,
    'role outside the assembly': ofGivenRole('kms:Decrypt'),
    'resource outside the assembly': {
      calls: [...KEY_USES, 'lambda:InvokeFunction', 'sns:Publish'],
      places: [...ONLY_NAMED, ...FUNCTIONS_AND_TOPICS].sort(),
    },
    'a name that is known only at run time': {
      calls: ['cloudwatch:DescribeAlarms', 'codedeploy:GetDeploymentConfig', ...DEFINITION],
      places: [...LOOKED_UP, ...ALARMS].sort(),
    },
  },
  somewhere: {
    ...EVERYWHERE,
    'a name that is known only at run time': {
      calls: ['codedeploy:GetDeploymentConfig', ...DEFINITION],
      places: LOOKED_UP,
    },
    'role outside the assembly': ofGivenRole(),
    'resource outside the assembly': { calls: KEY_USES, places: ONLY_NAMED },
  },
};

const unknowns = { anywhere: new Unknowns(), somewhere: new Unknowns() };

/** Checks the pipelines of this library. */
function judge(where: keyof typeof unknowns, name: string, directory: string, options: InputOptions = {}) {
  const report = check(readInput(directory, options));
  expect(denialsOf(report)).toEqual([]);
  expect(unmodelledOf(report)).toEqual([]);
  expect([name, report.summary.errors, report.summary.warnings]).toEqual([name, 0, 0]);
  expect(report.pipelines.map(({ calls }) => calls.allowed > 10)).toEqual([true]);
  unknowns[where].add(name, report);
}

test.each([
  ['anywhere', {}],
  ['somewhere', { account: '111111111111', region: 'eu-west-1' }],
] as const)(
  'the example of the repository, %s',
  (where, options) => {
    const { CDK_OUTDIR } = process.env;
    process.env.CDK_OUTDIR = mkdtempSync(join(tmpdir(), 'example-'));
    try {
      jest.isolateModules(() => jest.requireActual('../../examples/web-app')); // synthesizes while it is loaded
      judge(where, EXAMPLE, process.env.CDK_OUTDIR, options);
    } finally {
      if (CDK_OUTDIR === undefined) delete process.env.CDK_OUTDIR;
      else process.env.CDK_OUTDIR = CDK_OUTDIR;
    }
  },
  60_000,
);

describe.each([
  ['anywhere', ANYWHERE],
  ['somewhere', SOMEWHERE],
] as const)('%s', (where, setting) => {
  test.each(Object.entries(VARIANT_GROUPS))(
    '%s',
    (_, variants) => {
      every(variants, (make, name) => judge(where, name, synthesized(name, make, setting).directory));
    },
    60_000,
  );

  test('has the expected unknown calls', () => {
    expect(unknowns[where].list()).toEqual(UNKNOWN[where]);
  });
});
