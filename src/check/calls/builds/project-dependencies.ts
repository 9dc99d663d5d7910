import type { Build } from './build';
import { listOf, objectOf, textOf } from '../../../assembly/json';
import { hasUnknown } from '../../../assembly/unknown';
import type { Call } from '../call';
import type { StackScope } from '../../../assembly/scope';
import type { IamModel } from '../../model/iam-model';
import { maybeArn } from '../pass-role';

const NETWORK =
  'https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html';
const IMAGES = 'https://docs.aws.amazon.com/codebuild/latest/userguide/sample-ecr.html';
const SECRETS = 'https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html';

/** Returns the calls that read the parameters and secrets of the build's variables and registry. */
export function secretCalls({ properties, spec = {}, variables, call, arn, project }: Build, model: IamModel): Call[] {
  function namesOf(type: string, key: string) {
    return [
      ...variables.filter((variable) => variable.type === type).map(({ value }) => value),
      ...Object.values(objectOf(objectOf(spec.env)[key])).map(textOf),
    ];
  }

  const credential = textOf(objectOf(objectOf(properties.Environment).RegistryCredential).Credential);

  function parameterArn(name: string) {
    if (maybeArn(name)) return name;
    return arn('ssm', `parameter/${name.replace(/^\//, '')}`);
  }

  return [
    ...namesOf('PARAMETER_STORE', 'parameter-store').map((name) =>
      call('ssm:GetParameters', parameterArn(name), { source: SECRETS }),
    ),
    ...[...namesOf('SECRETS_MANAGER', 'secrets-manager'), credential]
      .filter((name) => name !== '')
      .map((secret) => {
        const { resource, ...more } = secretResource(secret, arn, project.stack, model);
        return call('secretsmanager:GetSecretValue', resource, { source: SECRETS, ...more });
      }),
  ];
}

/**
 * Returns the ARN of a secret. It ends with random characters, which are unknown for a secret that is not in the
 * assembly. A policy can contain them as wildcards or as they are.
 *
 * @param reference `id:json-key:version-stage:version-id`, in which the ID is a name or an ARN
 */
export function secretResource(
  reference: string,
  arn: Build['arn'],
  stack: StackScope,
  { model }: IamModel,
): Pick<Call, 'resource' | 'alternativeResource' | 'grant'> {
  if (maybeArn(reference)) return { resource: reference.split(':').slice(0, 7).join(':') };
  const [name] = reference.split(':');
  const secret = model.findNamed('AWS::SecretsManager::Secret', name, stack);
  if (secret?.arn !== undefined) return { resource: secret.arn };
  const prefix = arn('secretsmanager', `secret:${name}-`);
  const suffix = stack.unknown('runtime', `suffix of secret ${name}`);
  return { resource: `${prefix}??????`, alternativeResource: prefix + suffix };
}

const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];

/**
 * Returns the calls that pull the build image from ECR, under the role of the build or as the CodeBuild service
 * principal, which the repository policy must allow.
 */
export function imageCalls({ properties: { Environment }, project: { stack }, call }: Build): Call[] {
  const { Image, ImagePullCredentialsType } = objectOf(Environment);
  const [, account, region, repository] =
    /^([^.]+)\.dkr\.ecr\.([^.]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(textOf(Image)) ?? [];
  if (repository === undefined) return [];
  const arn = `arn:${stack.partition}:ecr:${region}:${account}:repository/${repository}`;
  if (ImagePullCredentialsType !== 'SERVICE_ROLE') {
    return PULL.map((api) => call(api, arn, { caller: { service: 'codebuild.amazonaws.com' }, source: IMAGES }));
  }
  return [
    call('ecr:GetAuthorizationToken', '*', { source: IMAGES }),
    ...PULL.map((api) => call(api, arn, { source: IMAGES })),
  ];
}

const DESCRIBE = [
  'DescribeDhcpOptions',
  'DescribeNetworkInterfaces',
  'DescribeSubnets',
  'DescribeSecurityGroups',
  'DescribeVpcs',
];

/** Returns the calls that create a network interface for a build in a VPC. */
export function networkCalls({ properties: { VpcConfig }, project: { stack }, call, arn }: Build): Call[] {
  if (VpcConfig === undefined) return [];
  const networkInterface = arn('ec2', `network-interface/${stack.unknown('runtime', 'interface')}`);
  const { Subnets, SecurityGroupIds } = objectOf(VpcConfig);

  function arnsOf(kind: string, ids: unknown) {
    return listOf(ids).map((id) => arn('ec2', `${kind}/${textOf(id)}`));
  }

  const subnets = arnsOf('subnet', Subnets);
  return [
    ...DESCRIBE.map((api) => call(`ec2:${api}`, '*', { source: NETWORK })),
    ...[networkInterface, ...subnets, ...arnsOf('security-group', SecurityGroupIds)].map((on) =>
      call('ec2:CreateNetworkInterface', on, { source: NETWORK }),
    ),
    call('ec2:DeleteNetworkInterface', networkInterface, { source: NETWORK }),
    ...subnets.map((subnet) =>
      call('ec2:CreateNetworkInterfacePermission', networkInterface, {
        source: NETWORK,
        context: { 'ec2:subnet': [subnet], 'ec2:authorizedservice': ['codebuild.amazonaws.com'] },
      }),
    ),
  ];
}

/** Returns the calls of a cache in a bucket. */
export function cacheCalls({ properties: { Cache }, project: { stack }, call }: Build): Call[] {
  const { Type, Location } = objectOf(Cache);
  if (Type !== 'S3' || hasUnknown(textOf(Location))) return [];
  const cache = `arn:${stack.partition}:s3:::${textOf(Location)}/${stack.unknown('runtime', 'cache')}`;
  return [
    call('s3:GetObject', cache, { step: 'read' }),
    call('s3:PutObject', cache, { step: 'write', context: { 's3:x-amz-server-side-encryption': ['aws:kms'] } }),
  ];
}
