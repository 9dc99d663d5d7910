import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'yaml';
import { BOOTSTRAP_VERSION, bootstrapTemplate, type BootstrapOptions } from '../../src/assembly/bootstrap';
import type { Template } from '../../src/assembly/template';

const ROOT = join(__dirname, '../..');

/** The template of the aws-cdk that package.json pins. Printing it needs no AWS. */
const REAL = parse(
  execFileSync(process.execPath, [join(ROOT, 'node_modules/aws-cdk/bin/cdk'), 'bootstrap', '--show-template'], {
    encoding: 'utf8',
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  }),
) as Template;

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const WAYS: [string, BootstrapOptions][] = [
  ['without trusted accounts', { qualifier: 'hnb659fds', trustedAccounts: [], cloudFormationExecutionPolicies: [] }],
  [
    'trusting an account',
    { qualifier: 'team', trustedAccounts: ['222222222222'], cloudFormationExecutionPolicies: [ADMINISTRATOR] },
  ],
  [
    'trusting, with no execution policy',
    { qualifier: 'team', trustedAccounts: ['222222222222'], cloudFormationExecutionPolicies: [] },
  ],
  [
    'trusting several, some for lookups alone',
    {
      qualifier: 'team',
      trustedAccounts: ['222222222222', '333333333333'],
      trustedAccountsForLookup: ['444444444444'],
      cloudFormationExecutionPolicies: [],
    },
  ],
];

/** Lists properties that do not affect permissions. */
const IRRELEVANT = [
  'AccessControl',
  'ImageTagMutability',
  'LifecycleConfiguration',
  'LifecyclePolicy',
  'PublicAccessBlockConfiguration',
  'Tags',
  'VersioningConfiguration',
];

describe.each(WAYS)('%s', (_, options) => {
  const ours = resolved(bootstrapTemplate(options), {});
  const real = resolved(REAL, {
    Qualifier: options.qualifier,
    TrustedAccounts: options.trustedAccounts,
    TrustedAccountsForLookup: options.trustedAccountsForLookup ?? [],
    CloudFormationExecutionPolicies: options.cloudFormationExecutionPolicies,
    FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY', // what the command passes unless told otherwise
  });

  test('has the resources of the actual template', () => {
    expect(Object.keys(ours).sort()).toEqual(Object.keys(real).sort());
  });

  test.each(Object.keys(real))('%s equals that of the actual template', (logicalId) => {
    expect(comparable(ours[logicalId])).toEqual(comparable(real[logicalId]));
  });
});

test('has the version of the pinned CDK CLI', () => {
  expect((REAL.Outputs!.BootstrapVersion as { Value: string }).Value).toBe(BOOTSTRAP_VERSION);
});

test('names the roles as stacks assume them', () => {
  const { Resources = {} } = bootstrapTemplate(WAYS[0][1]);
  const names = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Role')
    .map(({ Properties }) => Properties!.RoleName);
  expect(names).toEqual(
    ['file-publishing-role', 'image-publishing-role', 'lookup-role', 'deploy-role', 'cfn-exec-role'].map((name) => ({
      'Fn::Sub': `cdk-hnb659fds-${name}-\${AWS::AccountId}-\${AWS::Region}`,
    })),
  );
});

/** The order of actions, of statements and of keys decides nothing, nor does a list of one differ from its item. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(comparable).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return items.length === 1 ? items[0] : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !IRRELEVANT.includes(key) && key !== 'Sid')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, comparable(inner)]),
  );
}

type Parameters = Readonly<Record<string, unknown>>;

/**
 * The types and properties of the resources that exist, with parameters, conditions and `Fn::Sub` worked out;
 * references to resources stay.
 */
function resolved(
  { Parameters = {}, Conditions = {}, Resources = {} }: Template,
  given: Parameters,
): Record<string, unknown> {
  const values: Parameters = {
    ...Object.fromEntries(Object.entries(Parameters).map(([name, { Default }]) => [name, Default])),
    ...given,
  };

  function holds(condition: unknown): boolean {
    const [[operator, operands]] = Object.entries(condition as Record<string, unknown[]>);
    switch (operator) {
      case 'Condition':
        return holds(Conditions[operands as unknown as string]);
      case 'Fn::Not':
        return !holds(operands[0]);
      case 'Fn::And':
        return operands.every(holds);
      case 'Fn::Equals':
        return work(operands[0]) === work(operands[1]);
      default:
        throw new Error(`the template uses ${operator}`);
    }
  }

  function work(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(work).filter((item) => item !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const [[operator, operand] = [], ...others] = Object.entries(value as Record<string, unknown>);
    if (others.length === 0 && operator === 'Ref') {
      return operand === 'AWS::NoValue' ? undefined : (values[operand as string] ?? `\${${operand as string}}`);
    }
    if (others.length === 0 && operator === 'Fn::Sub') {
      return (operand as string).replace(/\$\{(\w+)\}/g, (whole, name: string) => (values[name] as string) ?? whole);
    }
    if (others.length === 0 && operator === 'Fn::Join') {
      return (work((operand as unknown[])[1]) as unknown[] | string).toString();
    }
    if (others.length === 0 && operator === 'Fn::If') {
      const [condition, yes, no] = operand as [string, unknown, unknown];
      return work(holds(Conditions[condition]) ? yes : no);
    }
    const entries = Object.entries(value as Record<string, unknown>).map(([key, inner]) => [key, work(inner)] as const);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
  }

  return Object.fromEntries(
    Object.entries(Resources)
      .filter(([, { Condition }]) => Condition === undefined || holds(Conditions[Condition]))
      .map(([logicalId, { Type, Properties }]) => [logicalId, { Type, Properties: work(Properties) }]),
  );
}
