import { readArtifact, writeArtifact } from './artifacts';
import { buildSpecOf } from './build-spec';
import { ActionContext, Call, fill, StoredArtifact } from './call';
import { cdkCalls } from './cdk-commands';
import { assumedBy } from './passing';
import type { WorldResource } from '../../assembly/scope';
import { objectOf, Shape, textOf } from '../../assembly/shape';
import { hasUnknown } from '../../assembly/unknown';
import type { CheckWorld } from '../world/check-world';

const ROLE = 'https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html';
const REPORTS = 'https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html';
const VPC = 'https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html';
const IMAGES = 'https://docs.aws.amazon.com/codebuild/latest/userguide/sample-ecr.html';
const SECRETS = 'https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html';
const CLONE = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html';

/** What a build does under the service role of its project, besides what its commands call. */
export function projectCalls(project: WorldResource, context: ActionContext, outputs: readonly StoredArtifact[]): Call[] {
  const { properties, stack } = project;
  const role = textOf(properties.ServiceRole).startsWith('arn:') ? textOf(properties.ServiceRole)
    : `arn:${stack.partition}:iam::${stack.account}:role/${textOf(properties.ServiceRole)}`;
  const common = { caller: { role }, from: stack };
  const call = (api: string, resource: string, more: Partial<Call> = {}): Call =>
    ({ ...common, step: 'work', call: api, resource, basis: 'documented', source: ROLE, ...more });
  const arn = (service: string, resource: string) => `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`;

  return [
    assumedBy('codebuild.amazonaws.com', role, stack, { source: ROLE, context: { 'aws:sourcearn': [project.arn!] } }),
    ...context.inputs.flatMap((artifact) => artifact.cloneOf
      ? [...readArtifact(common, artifact, ROLE).map((one): Call => ({ ...one, basis: 'inferred' })), ...cloneCalls(artifact.cloneOf, call)]
      : readArtifact(common, artifact, ROLE)),
    ...logCalls(project, call, arn),
    ...reportCalls(project, call, arn),
    ...secretCalls(project, context.action.configuration, call, arn),
    ...imageCalls(project, call),
    ...networkCalls(properties, call),
    ...cacheCalls(project, call),
    ...cdkCalls(project, role),
    ...outputs.flatMap((artifact) => writeArtifact(common, artifact, ROLE)),
  ];
}

/** The key that a project writes its artifacts with: its own, never that of the artifact store. */
export const projectKey = (world: CheckWorld, { properties, stack }: WorldResource) => world.keyArn(textOf(properties.EncryptionKey) || 'alias/aws/s3', stack);

/** ARN of a CodeCommit repository that an action names. */
export const REPOSITORY = 'arn:{partition}:codecommit:{region}:{account}:{RepositoryName}';

type MakeCall = (api: string, resource: string, more?: Partial<Call>) => Call;
type MakeArn = (service: string, resource: string) => string;

/** A full clone is fetched by the build itself; the artifact tells from where. */
function cloneCalls(source: ActionContext, call: MakeCall): Call[] {
  const { ConnectionArn } = source.action.configuration;
  if (ConnectionArn === undefined) return [call('codecommit:GitPull', fill(REPOSITORY, source), { step: 'read', source: CLONE })];
  return connectionCalls(ConnectionArn, (api, more) => call(api, ConnectionArn, { step: 'read', source: CLONE, ...more }));
}

/** The service has two names; which one counts is told by the ARN of the connection. */
export function connectionCalls(connectionArn: string, call: (api: string, more?: Partial<Call>) => Call): Call[] {
  const [, , named] = connectionArn.split(':');
  const other = 'it is the other name of the service; the one in the ARN of the connection counts';
  return ['codeconnections', 'codestar-connections'].map((service) =>
    call(`${service}:UseConnection`, service === named ? {} : { basis: 'inferred', doubt: named === undefined ? `the ARN is not known, and ${other}` : other }));
}

function logCalls({ properties: { LogsConfig }, name, stack }: WorldResource, call: MakeCall, arn: MakeArn): Call[] {
  const build = stack.unknown('runtime', 'build');
  const { CloudWatchLogs, S3Logs } = objectOf(LogsConfig);
  const { Status, GroupName } = objectOf(CloudWatchLogs);
  const group = arn('logs', `log-group:${textOf(GroupName) || `/aws/codebuild/${name}`}`);
  const grant = `${group}:*`;
  const { Status: toBucket, Location } = objectOf(S3Logs);
  return [
    ...Status === 'DISABLED' ? [] : [
      // A group that exists is not made.
      call('logs:CreateLogGroup', `${group}:log-stream:`, { or: group, grant, ...GroupName !== undefined && { basis: 'inferred', doubt: 'a group that is named is usually there' } }),
      call('logs:CreateLogStream', `${group}:log-stream:${build}`, { grant }),
      call('logs:PutLogEvents', `${group}:log-stream:${build}`, { grant }),
    ],
    ...toBucket === 'ENABLED' ? [call('s3:PutObject', `arn:${stack.partition}:s3:::${textOf(Location)}/${build}`)] : [],
  ];
}

function reportCalls(project: WorldResource, call: MakeCall, arn: MakeArn): Call[] {
  const { name, stack } = project;
  const groups = reportGroups(project);
  const apis = ['CreateReportGroup', 'CreateReport', 'UpdateReport', 'BatchPutTestCases', 'BatchPutCodeCoverages'];
  // A build specification that lies in the source is not known here: the build may report.
  if (groups === 'unknown') {
    return apis.map((api) => call(`codebuild:${api}`, arn('codebuild', `report-group/${name}-${stack.unknown('runtime', 'report')}`), {
      basis: 'inferred', source: REPORTS, doubt: 'whether the build specification reports anything is not known',
    }));
  }
  return groups.flatMap((group) => apis.map((api) =>
    call(`codebuild:${api}`, group.startsWith('arn:') ? group : arn('codebuild', `report-group/${name}-${group}`), { source: REPORTS })));
}

function reportGroups(project: WorldResource): readonly string[] | 'unknown' {
  const spec = buildSpecOf(project);
  return spec === undefined ? 'unknown' : Object.keys(objectOf(spec.reports));
}

function secretCalls(project: WorldResource, configuration: ActionContext['action']['configuration'], call: MakeCall, arn: MakeArn): Call[] {
  const { EnvironmentVariables, RegistryCredential } = objectOf(project.properties.Environment);
  const { env } = buildSpecOf(project) ?? {};
  const variables = (Array.isArray(EnvironmentVariables) ? EnvironmentVariables : []).map(objectOf);
  const overrides = overriddenVariables(configuration.EnvironmentVariables);
  const named = (type: string, key: string) => [
    ...variables.filter(({ Type }) => Type === type).map(({ Value }) => textOf(Value)),
    ...overrides.filter((variable) => variable.type === type).map(({ value }) => textOf(value)),
    ...Object.values(objectOf(objectOf(env)[key])).map(textOf),
  ];
  const parameters = named('PARAMETER_STORE', 'parameter-store').map((name) => name.startsWith('arn:') ? name : arn('ssm', `parameter/${name.replace(/^\//, '')}`));
  const secrets = [...named('SECRETS_MANAGER', 'secrets-manager'), ...[textOf(objectOf(RegistryCredential).Credential)].filter((name) => name !== '')];
  return [
    ...parameters.map((parameter) => call('ssm:GetParameters', parameter, { source: SECRETS })),
    ...secrets.map((secret) => call('secretsmanager:GetSecretValue', secretArn(secret, arn), { source: SECRETS })),
  ];
}

/** Variables that an action gives a build besides those of the project. */
function overriddenVariables(json: string | undefined): Shape[] {
  try {
    const variables: unknown = json === undefined ? [] : JSON.parse(json);
    return Array.isArray(variables) ? variables.map(objectOf) : [];
  } catch {
    return []; // what does not parse is a finding of another check
  }
}

/** A secret named as `id:json-key:version-stage:version-id`, the id being a name or an ARN. */
export function secretArn(reference: string, arn: MakeArn): string {
  if (reference.startsWith('arn:')) return reference.split(':').slice(0, 7).join(':');
  return arn('secretsmanager', `secret:${reference.split(':')[0]}-??????`);
}

const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];

function imageCalls({ properties: { Environment }, stack }: WorldResource, call: MakeCall): Call[] {
  const { Image, ImagePullCredentialsType } = objectOf(Environment);
  const [, account, region, repository] = /^([^.]+)\.dkr\.ecr\.([^.]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(textOf(Image)) ?? [];
  if (repository === undefined || ImagePullCredentialsType === 'CODEBUILD') return [];
  return [
    call('ecr:GetAuthorizationToken', '*', { source: IMAGES }),
    ...PULL.map((api) => call(api, `arn:${stack.partition}:ecr:${region}:${account}:repository/${repository}`, { source: IMAGES })),
  ];
}

const NETWORK = [
  'ec2:CreateNetworkInterface', 'ec2:DescribeDhcpOptions', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface', 'ec2:DescribeSubnets',
  'ec2:DescribeSecurityGroups', 'ec2:DescribeVpcs',
];

function networkCalls({ VpcConfig }: Shape, call: MakeCall): Call[] {
  if (VpcConfig === undefined) return [];
  return NETWORK.map((api) => call(api, '*', { source: VPC }));
}

function cacheCalls({ properties: { Cache }, stack }: WorldResource, call: MakeCall): Call[] {
  const { Type, Location } = objectOf(Cache);
  if (Type !== 'S3' || hasUnknown(textOf(Location))) return [];
  const cache = `arn:${stack.partition}:s3:::${textOf(Location)}/${stack.unknown('runtime', 'cache')}`;
  return [call('s3:GetObject', cache, { step: 'read' }), call('s3:PutObject', cache, { step: 'write', context: { 's3:x-amz-server-side-encryption': ['aws:kms'] } })];
}

/** Starting the builds of a batch under the role of the batch. */
export function batchCalls(project: WorldResource): Call[] {
  const { properties: { BuildBatchConfig }, stack } = project;
  const role = textOf(objectOf(BuildBatchConfig).ServiceRole);
  if (role === '') return [];
  return [
    assumedBy('codebuild.amazonaws.com', role, stack, { source: ROLE, context: { 'aws:sourcearn': [project.arn!] } }),
    ...['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:RetryBuild'].map((call): Call =>
      ({ step: 'work', caller: { role }, from: stack, call, resource: project.arn!, basis: 'documented', source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build.html' })),
  ];
}


