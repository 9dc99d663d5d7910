import { createHash } from 'node:crypto';
import { evaluate } from '../../../src/check/iam/evaluate';
import { MANAGED_POLICIES } from '../../../src/check/iam/managed-policies';
import { DEPLOYING } from '../../../src/check/iam/managed-policies/deploying';
import { RUNNING } from '../../../src/check/iam/managed-policies/running';
import { parsePolicy } from '../../../src/check/iam/policy';

/**
 * What IAM's API answered, as moto 5.2.5 records it: the version that was the default one, and a digest of its
 * statements without `Sid`s and with every action and resource in a list.
 */
const ANSWERED: [name: string, version: string, digest: string][] = [
  ['AdministratorAccess', 'v1', '964c4214fce1'],
  ['PowerUserAccess', 'v12', '223ea6395cb2'],
  ['IAMFullAccess', 'v2', '457ebb42be69'],
  ['service-role/AWSCodeDeployRole', 'v12', 'be7fd3ba1366'],
  ['AWSCodeDeployRoleForECS', 'v3', '5c090bf3e2d6'],
  ['AWSCodeDeployRoleForECSLimited', 'v3', '68f440b87c36'],
  ['service-role/AWSCodeDeployRoleForLambda', 'v3', '02d5bc3783f3'],
  ['service-role/AWSCodeDeployRoleForLambdaLimited', 'v1', '3b7b842e5962'],
  ['service-role/AWSCodeDeployRoleForCloudFormation', 'v1', 'b9a349160513'],
  ['service-role/AmazonEC2RoleforAWSCodeDeploy', 'v2', '36f4790f1762'],
  ['service-role/AmazonEC2RoleforAWSCodeDeployLimited', 'v2', '813930ea0a47'],
  ['AWSCodeCommitReadOnly', 'v14', '770d503bc905'],
  ['AWSCodeCommitPowerUser', 'v18', 'c2510e1e9f59'],
  ['AWSCloudFormationFullAccess', 'v1', '95a420a9d237'],
  ['AWSCloudFormationReadOnlyAccess', 'v7', 'da4698dfcb33'],
  ['AmazonEC2ContainerRegistryPowerUser', 'v3', 'c25cf0df4ec1'],
  ['AmazonEC2ContainerRegistryReadOnly', 'v3', '0eadf0c0900b'],
  ['AmazonEC2ContainerRegistryPullOnly', 'v1', 'c3f0e00c7b6d'],
  ['AmazonECSInfrastructureRolePolicyForLoadBalancers', 'v6', 'e0720e3a2fe7'],
  ['service-role/AWSLambdaBasicExecutionRole', 'v1', 'b859a15d0f4a'],
  ['service-role/AWSLambdaVPCAccessExecutionRole', 'v3', 'f98cdfa80964'],
  ['service-role/AWSLambdaSQSQueueExecutionRole', 'v1', '816409f0d31f'],
  ['service-role/AWSLambdaRole', 'v1', 'ab6801db2498'],
  ['AWSLambda_FullAccess', 'v7', '8a80b3072d6e'],
  ['AWSXRayDaemonWriteAccess', 'v2', '063cd75000f6'],
  ['service-role/AmazonECSTaskExecutionRolePolicy', 'v1', '613a093284e6'],
  ['service-role/AmazonEC2ContainerServiceforEC2Role', 'v10', 'ee09914be9bf'],
  ['AmazonSSMManagedInstanceCore', 'v2', '941b8561bfde'],
  ['CloudWatchAgentServerPolicy', 'v3', '2ff9e15c80f4'],
  ['CloudWatchFullAccess', 'v4', '19c6b77461df'],
  ['CloudWatchLogsFullAccess', 'v8', '09888cdd7ebe'],
  ['AWSElasticBeanstalkWebTier', 'v9', 'd607017b7756'],
  ['service-role/AWSElasticBeanstalkEnhancedHealth', 'v4', '158e844dff7c'],
  ['service-role/AmazonAPIGatewayPushToCloudWatchLogs', 'v1', 'ce2fb6145db7'],
  ['AmazonS3FullAccess', 'v2', '56de0c988eca'],
  ['AmazonS3ReadOnlyAccess', 'v3', 'f8f7e5876bbe'],
  ['AmazonSNSFullAccess', 'v2', '654dd44c85ee'],
  ['AmazonSQSFullAccess', 'v1', 'ea8e396d9a13'],
  // As moto 5.2.1 records them.
  ['AWSCodePipeline_FullAccess', 'v3', '4c5b7087c979'],
  ['AWSCodeBuildAdminAccess', 'v20', '7ec3f6af8a9f'],
  ['AWSCodeBuildDeveloperAccess', 'v21', '3b9c8a6bac05'],
  ['AWSCodeDeployFullAccess', 'v6', 'a5b69787843a'],
  ['AWSCodeDeployDeployerAccess', 'v6', '4b45a3f1eb5f'],
  ['AWSCodeCommitFullAccess', 'v13', '7594dc661b4e'],
  ['AmazonECS_FullAccess', 'v21', '57522c53db55'],
  ['AmazonEC2ContainerRegistryFullAccess', 'v3', '2f0a3e36068a'],
  ['AmazonSSMFullAccess', 'v4', 'b2d15debf6dd'],
  ['AmazonSSMReadOnlyAccess', 'v1', '7899a63370e4'],
  ['SecretsManagerReadWrite', 'v5', 'c25b2cf6eca2'],
  ['CloudFrontFullAccess', 'v14', '6af83b932ae9'],
  ['AmazonEC2FullAccess', 'v5', 'f01addbbd49a'],
  ['AWSStepFunctionsFullAccess', 'v1', '5237dd45b3c0'],
  ['AWSLambdaExecute', 'v1', '4590ef1c8389'],
  ['CloudWatchEventsFullAccess', 'v5', 'e188bdf89c46'],
  ['AdministratorAccess-AWSElasticBeanstalk', 'v9', 'f0603916e89d'],
  ['AWSServiceCatalogAdminFullAccess', 'v8', 'f9862d63c37c'],
  ['AWSDeviceFarmFullAccess', 'v1', 'b15b9da107c0'],
  ['AmazonAPIGatewayAdministrator', 'v1', 'dad22b53adf7'],
  ['AWSKeyManagementServicePowerUser', 'v2', '36aec92c68c6'],
  ['AWSCodeArtifactAdminAccess', 'v1', '448cb4843fd6'],
  ['AWSCodeArtifactReadOnlyAccess', 'v1', '05e1d27ff586'],
  ['AmazonElasticContainerRegistryPublicFullAccess', 'v1', 'c79303a36acc'],
];

test('matches the compared version exactly', () => {
  const ours = Object.entries(MANAGED_POLICIES).map(([name, { version, document }]) => [
    name,
    version,
    digest(document.Statement),
  ]);
  expect(ours).toEqual(ANSWERED);
});

function asList(value: unknown) {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** The same value with all keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function digest(statements: readonly object[]) {
  const plain = statements.map((statement) =>
    sorted(
      Object.fromEntries(
        Object.entries(statement).map(([key, value]) => [
          key,
          /^(Not)?(Action|Resource)$/.test(key) ? asList(value) : (value as unknown),
        ]),
      ),
    ),
  );
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex').slice(0, 12);
}

test.each(Object.entries(MANAGED_POLICIES))(
  '%s has a date, a source and a valid document',
  (name, { version, since, asOf, document, source }) => {
    expect(version).toMatch(/^v[1-9]\d*$/);
    for (const day of [since, asOf]) expect(new Date(day).toISOString().slice(0, 10)).toBe(day);
    expect(since <= asOf).toBe(true);
    expect(source).toBe(
      `https://docs.aws.amazon.com/aws-managed-policy/latest/reference/${name.replace('service-role/', '')}.html`,
    );

    const { statements, unreadable, variables } = parsePolicy(document);
    expect({ unreadable, variables }).toEqual({ unreadable: undefined, variables: true });
    expect(statements.length).toBe(document.Statement.length);
    for (const { actions, resources } of statements) {
      for (const action of actions.patterns) expect(action).toMatch(/^(\*|[a-z0-9-]+:[A-Za-z0-9*]+)$/);
      for (const resource of resources!.patterns) {
        expect(resource).toMatch(/^(\*|arn:aws:[a-z0-9-]+:[*\d]*:[*\d]*:.+)$/);
      }
    }
  },
);

test('lists no policy twice', () => {
  const names = [DEPLOYING, RUNNING].flatMap((table) => Object.keys(table));
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ['AdministratorAccess', 'iam:CreateRole', 'ALLOWED'],
  ['PowerUserAccess', 'iam:CreateRole', 'DENIED'],
  ['PowerUserAccess', 'iam:ListRoles', 'ALLOWED'],
  ['PowerUserAccess', 's3:GetObject', 'ALLOWED'],
  ['service-role/AWSLambdaBasicExecutionRole', 'logs:PutLogEvents', 'ALLOWED'],
  ['service-role/AWSLambdaBasicExecutionRole', 's3:GetObject', 'DENIED'],
  ['AWSCloudFormationReadOnlyAccess', 'cloudformation:DescribeStacks', 'ALLOWED'],
  ['AWSCloudFormationReadOnlyAccess', 'cloudformation:CreateStack', 'DENIED'],
])('a role with %s: %s is %s', (policy, action, verdict) => {
  const account = '111111111111';
  const caller = {
    kind: 'role',
    arn: `arn:aws:iam::${account}:role/x`,
    account,
    identity: { policies: [{ name: policy, document: MANAGED_POLICIES[policy].document }] },
  } as const;
  const resource = `arn:aws:x:eu-west-1:${account}:thing`;
  expect(
    evaluate({ caller, action, resource, resourceAccount: account, resourcePolicy: { policies: [] }, context: {} })
      .verdict,
  ).toBe(verdict);
});
