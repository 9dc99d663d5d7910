import { VARIANT_GROUPS } from './all-variants';
import { readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import { every } from '../helpers/every';
import { type CfnTemplate, rulesOf, statementsOf } from '../helpers/synth';
import { SOMEWHERE, synthesized } from '../helpers/synthesized';

/** What we grant though no call of the check requires it, each with the reason. */
const OURS = 'the release script makes this call, and the check does not read commands';
const STORE =
  'AWS lists it for every role that reads or writes the artifact store; which calls come of it is not published';
const OLD_PREFIX =
  'one of the two prefixes of the same permission; which one counts depends on when the connection was made';
const CACHE =
  'AWS lists it for the role of every project; a build without artifacts uses the bucket for its cache, and ' +
  'which calls come of it is not published';
const PEOPLE = 'people make this call when they answer an approval';
const FREEZE = 'the function of a release freeze makes this call, and the check does not read code';
const WATCH = 'the function that watches a pipeline makes this call, and the check does not read code';
const UNUSED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'ecs:RegisterTaskDefinition',
      'ecs:TagResource',
      'iam:PassRole',
      'lambda:GetFunction',
      'lambda:GetFunctionConfiguration',
      'lambda:PublishVersion',
      'appconfig:CreateHostedConfigurationVersion',
      'appconfig:GetDeployment',
      'appconfig:ListHostedConfigurationVersions',
      'appconfig:StartDeployment',
      'appconfig:StopDeployment',
      'appconfig:ValidateConfiguration',
    ].map((action) => [
      `deployment: ${action}`,
      'the commands that prepare a release, run a task, update a function or deploy a configuration make this ' +
        'call, and the check does not read commands',
    ]),
  ),
  'deployment: kms:GenerateDataKey': OURS,
  'deployment: s3:GetBucketAcl': STORE,
  'deployment: s3:GetBucketLocation': STORE,
  'deployment: s3:GetBucketVersioning': STORE,
  'deployment: s3:PutObjectAcl': STORE,
  'pipeline: s3:PutObjectAcl': STORE,
  'pipeline: codestar-connections:UseConnection': OLD_PREFIX,
  'step: codestar-connections:UseConnection': OLD_PREFIX,
  ...Object.fromEntries(
    ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => [
      `pipeline: ${action}`,
      'AWS says that commands of a rule run under the role of the pipeline, while a rule has a role of its own, ' +
        'under which the check lets them run',
    ]),
  ),
  ...Object.fromEntries(
    ['GetPipeline', 'GetPipelineExecution', 'GetPipelineState', 'PutApprovalResult'].map((call) => [
      `approver: codepipeline:${call}`,
      PEOPLE,
    ]),
  ),
  ...Object.fromEntries(
    [
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'ssm:GetCalendarState',
      'ssm:GetParameter',
      'ssm:GetParameterHistory',
    ].map((action) => [`freeze: ${action}`, FREEZE]),
  ),
  ...Object.fromEntries(
    [
      'ec2:CreateNetworkInterface',
      'ec2:CreateNetworkInterfacePermission',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeDhcpOptions',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
    ].map((action) => [
      `step: ${action}`,
      'a Commands action in a VPC needs it as a build does; AWS has no page that says so, so the check has no row',
    ]),
  ),
  ...Object.fromEntries(
    [
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      'ecr:BatchImportUpstreamImage',
      'ecr:CompleteLayerUpload',
      'ecr:CreateRepository',
      'ecr:DescribeImages',
      'ecr:GetDownloadUrlForLayer',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
    ].map((action) => [
      `step: ${action}`,
      'the commands that push the image make this call, and the check does not read commands',
    ]),
  ),
  ...Object.fromEntries(
    [
      'codepipeline:ListActionExecutions',
      'codepipeline:ListPipelineExecutions',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'ssm:GetParameter',
      'ssm:PutParameter',
    ].map((call) => [`watch: ${call}`, WATCH]),
  ),
  'step: lambda:InvokeFunction':
    'CodeDeploy asks the functions of hooks, which stand in a file that only the run knows',
  'step: s3:GetBucketVersioning': STORE,
  'step: s3:PutObjectAcl': STORE,
  'step: s3:GetBucketAcl': CACHE,
  'step: s3:GetBucketLocation': CACHE,
};

/** The role that a policy belongs to. */
function roleOf(template: CfnTemplate, holder: string): string {
  const { Type, Properties } = template.Resources[holder];
  if (Type !== 'AWS::IAM::Policy') return holder;
  const [role] = Properties.Roles as [{ Ref: string } | string];
  return typeof role === 'string' ? role : role.Ref;
}

/** What a role is for, by its logical id. */
function kindOf(role: string) {
  return (
    [
      ['pipeline', /^SiteRole[0-9A-F]{8}$/],
      ['deployment', /ActionRole[0-9A-F]{8}$/],
      ['start rules', /^SiteTriggersRole/],
      ['approver', /^approver$/],
      ['freeze', /^SiteFreeze/],
      ['watch', /^SiteMonitoringRole/],
    ].find(([, pattern]) => (pattern as RegExp).test(role))?.[0] ?? 'step'
  );
}

/** CloudFormation cuts the names that it makes up: 64 characters for `Shop-<logical id>-<12 more>`. */
function seenAs(role: string) {
  return role.slice(0, 64 - 'Shop--'.length - 12);
}

function allows(action: string, call: string) {
  return action.endsWith('*') ? call.startsWith(action.slice(0, -1)) : call === action;
}

const ruleProviders = new Set<string>();
const unused = new Set<string>();

test.each(Object.entries(VARIANT_GROUPS))(
  'uses each grant in a call, or lists it: %s',
  (_, variants) =>
    every(variants, (make, name) => {
      const { directory, template } = synthesized(name, make, SOMEWHERE);
      const called = new Set<string>();
      check(readInput(directory), {
        onCall: ({ call, request: { caller } }) => {
          if (caller.kind === 'role') called.add(`${caller.arn} ${call.call}`);
        },
      });
      for (const { rule } of rulesOf(template)) ruleProviders.add(rule.RuleTypeId.Provider);
      const granted = statementsOf(template).flatMap(({ holder, statement }) =>
        [statement.Action].flat().map((action) => [roleOf(template, holder), action] as const),
      );
      expect(granted.length).toBeGreaterThan(5);
      const callers = [...called];
      for (const [role, action] of granted) {
        if (callers.some((one) => one.includes(seenAs(role)) && allows(action, one.split(' ')[1]))) continue;
        unused.add(`${kindOf(role)}: ${action}`);
      }
    }),
  120_000,
);

test('lists exactly the unused grants', () => {
  expect([...unused].sort()).toEqual(Object.keys(UNUSED).sort());
});

test('covers every kind of rule', () => {
  expect([...ruleProviders].sort()).toEqual([
    'CloudWatchAlarm',
    'CodeBuild',
    'Commands',
    'DeploymentWindow',
    'LambdaInvoke',
    'VariableCheck',
  ]);
});
