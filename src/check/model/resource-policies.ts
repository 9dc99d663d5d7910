import { policyDocument } from './document';
import { uncertaintyOf, holderOf, type Roles } from './roles';
import { equals } from '../../assembly/match';
import type { StackScope, ModelResource } from '../../assembly/scope';
import { listOf, memberOf, textOf } from '../../assembly/json';
import { hasUnknown } from '../../assembly/unknown';
import type { ResourceModel } from '../../assembly/resource-model';
import { compact } from '../../common/compact';
import type { NamedPolicy, PolicySet } from '../iam/request';

/** Describes the resource of a call: its account and its policy. */
export interface Target {
  readonly account: string;
  readonly policy: PolicySet;
  /** Absent if it is not in the assembly. */
  readonly resource?: ModelResource;
  /** The assumption about a resource that is not in the assembly. */
  readonly assumption?: string;
  /** The resources of its policy, to which a statement can be added. */
  readonly policyResources: readonly ModelResource[];
}

/** Describes how a service attaches policies to resources. Pipelines use no resource policies of other services. */
interface PolicyOwner {
  /** The resource type. */
  readonly type: string;
  /** Returns the ARN of the resource with the policy, e.g. of the bucket for an object. */
  readonly ownerArn: (arn: string) => string;
  /** The property of the resource that contains its policy. */
  readonly policyProperty?: string;
  /** The separate resource type for policies, with the properties of the target and of the document. */
  readonly attached?: { readonly type: string; readonly to: string; readonly document: string };
  /** Returns the policy of a resource without an explicit policy. */
  readonly defaultPolicy?: (account: string, partition: string) => NamedPolicy;
}

function same(arn: string) {
  return arn;
}

const POLICY_OWNERS: Readonly<Record<string, PolicyOwner>> = {
  s3: {
    type: 'AWS::S3::Bucket',
    ownerArn: (arn) => arn.split('/')[0],
    attached: { type: 'AWS::S3::BucketPolicy', to: 'Bucket', document: 'PolicyDocument' },
  },
  kms: {
    type: 'AWS::KMS::Key',
    ownerArn: same,
    policyProperty: 'KeyPolicy',
    defaultPolicy: (account, partition) => ({
      name: 'default key policy',
      document: statement({ AWS: `arn:${partition}:iam::${account}:root` }, 'kms:*'),
    }),
  },
  sns: {
    type: 'AWS::SNS::Topic',
    ownerArn: same,
    attached: { type: 'AWS::SNS::TopicPolicy', to: 'Topics', document: 'PolicyDocument' },
  },
  sqs: {
    type: 'AWS::SQS::Queue',
    ownerArn: same,
    attached: { type: 'AWS::SQS::QueuePolicy', to: 'Queues', document: 'PolicyDocument' },
  },
  ecr: { type: 'AWS::ECR::Repository', ownerArn: same, policyProperty: 'RepositoryPolicyText' },
  secretsmanager: {
    type: 'AWS::SecretsManager::Secret',
    ownerArn: same,
    attached: { type: 'AWS::SecretsManager::ResourcePolicy', to: 'SecretId', document: 'ResourcePolicy' },
  },
  events: {
    type: 'AWS::Events::EventBus',
    ownerArn: same,
    attached: { type: 'AWS::Events::EventBusPolicy', to: 'EventBusName', document: 'Statement' },
  },
  lambda: {
    type: 'AWS::Lambda::Function',
    ownerArn: (arn) => arn.split(':').slice(0, 7).join(':'),
    attached: { type: 'AWS::Lambda::Permission', to: 'FunctionName', document: '' },
  },
};

/** Lists services whose resources have no policy in a template, but can be shared with other accounts by AWS RAM. */
const SHARED: readonly string[] = ['codeconnections'];

interface UnresolvedAttachment {
  readonly type: string;
  readonly arn: string;
  readonly resource: ModelResource;
  readonly policy: NamedPolicy;
}

/** Finds the accounts and the policies of resources such as buckets, keys and topics. */
export class ResourcePolicies {
  private readonly targets = new Map<string, Target>();
  private readonly keyIds: ReadonlySet<string>;
  /** Policies of unknown resources. */
  private readonly unresolved: UnresolvedAttachment[] = [];
  /** The policies of each resource, by ARN. */
  private readonly attached = new Map<
    string,
    Array<{ readonly resource: ModelResource; readonly policy: NamedPolicy }>
  >();

  constructor(
    private readonly model: ResourceModel,
    private readonly roles: Roles,
  ) {
    this.keyIds = new Set(model.resources('AWS::KMS::Key').map(({ name }) => name));
    for (const { type, attached } of Object.values(POLICY_OWNERS)) {
      if (!attached) continue;
      for (const resource of model.resources(attached.type)) {
        const policy = {
          name: `${attached.type.split('::')[2]} ${resource.logicalId}`,
          document: documentOf(resource, attached),
          uncertainty: uncertaintyOf(resource),
          holder: holderOf(resource),
        };
        // A bus policy without a bus applies to the default bus.
        for (const name of listOf(resource.properties[attached.to] ?? '').map(textOf)) {
          const arn = arnOf(type, name, resource.stack, model);
          if (hasUnknown(arn)) this.unresolved.push({ type, arn, resource, policy });
          const list = this.attached.get(arn);
          if (list) list.push({ resource, policy });
          else this.attached.set(arn, [{ resource, policy }]);
        }
      }
    }
  }

  /**
   * Returns the resource of a call.
   *
   * @param defaultAccount the account if the ARN does not contain one
   * @param bucketAccount the account of a bucket that is not in the assembly
   */
  public target(arn: string, defaultAccount: string, bucketAccount = defaultAccount): Target {
    const key = `${defaultAccount} ${bucketAccount} ${arn}`;
    const cached = this.targets.get(key);
    if (cached) return cached;
    const target = this.read(arn, defaultAccount, bucketAccount);
    this.targets.set(key, target);
    return target;
  }

  /**
   * Returns the target for a caller of an account. If a key is not in the assembly, it is assumed that its policy
   * delegates to the policies of its account, as the default key policy does.
   */
  public targetFor(target: Target, arn: string, callerAccount: string): Target {
    const isKey = arn.split(':')[2] === 'kms' && target.policy.outside !== undefined;
    if (!isKey || equals(target.account, callerAccount) !== 'yes') return target;
    const policy = POLICY_OWNERS.kms.defaultPolicy!(target.account, arn.split(':')[1]);
    // An unknown key can be a key of the assembly, whose policy allows more.
    const { outside } = hasUnknown(arn) ? target.policy : { outside: undefined };
    return {
      ...target,
      policy: { policies: [policy, ...target.policy.policies], outside },
      assumption: `the policy of key ${this.model.show(arn)} allows the policies of its account to grant permissions`,
    };
  }

  private read(arn: string, defaultAccount: string, bucketAccount: string): Target {
    if (arn === '*') return { account: defaultAccount, policy: NONE, policyResources: [] };
    const [prefix, , service = '', region = '', account = ''] = arn.split(':');
    if (prefix !== 'arn' || hasUnknown(service)) {
      const outside = `the type of ${this.model.show(arn)} is unknown`;
      return { account: this.ownerOf(arn), policy: { policies: [], outside }, policyResources: [] };
    }
    if (service === 'iam' && /:role\//.test(arn)) return this.readRole(arn, account);
    const managedKey = /:alias\/aws\/(.+)$/.exec(arn);
    if (service === 'kms' && managedKey) {
      return { account, policy: { policies: [managedKeyPolicy(account, region, managedKey[1])] }, policyResources: [] };
    }
    const owner = memberOf(POLICY_OWNERS, service);
    if (owner) return this.readOwner(owner, owner.ownerArn(arn), bucketAccount);
    const policy = account === defaultAccount ? NONE : { policies: [], outside: this.shared(arn) };
    return { account: account || defaultAccount, policy, policyResources: [] };
  }

  private readRole(arn: string, account: string): Target {
    const { trust, resource } = this.roles.byArn(arn);
    return {
      account: resource?.stack.account ?? account,
      policy: trust,
      resource,
      policyResources: compact([resource]),
    };
  }

  private readOwner(owner: PolicyOwner, arn: string, bucketAccount: string): Target {
    const resource = this.model.find(arn);
    const attached = [...(this.attached.get(arn) ?? []), ...this.possiblyAttached(owner.type, arn)];
    const attachedPolicies = attached.map(({ policy }) => policy);
    const policyResources = attached.map((attachment) => attachment.resource);
    if (resource?.type !== owner.type) {
      const isBucket = owner.type === 'AWS::S3::Bucket';
      return {
        account: arn.split(':')[4] || (isBucket ? bucketAccount : this.ownerOf(arn)),
        assumption: isBucket
          ? `bucket ${this.model.show(arn.split(':')[5] ?? arn)} is in account ${this.model.show(bucketAccount)}`
          : undefined,
        policy: { policies: attachedPolicies, outside: this.outside(arn) },
        policyResources,
      };
    }
    return {
      account: resource.stack.account,
      policy: { policies: compact([ownPolicy(owner, resource), ...attachedPolicies]) },
      resource,
      policyResources: owner.policyProperty === undefined ? policyResources : [resource],
    };
  }

  private ownerOf(arn: string) {
    return this.model.unknowns.text({ kind: 'attribute', description: `owner of ${this.model.show(arn)}` });
  }

  private possiblyAttached(type: string, arn: string) {
    return this.unresolved
      .filter((candidate) => candidate.type === type && candidate.arn !== arn && equals(candidate.arn, arn) !== 'no')
      .map(({ resource, policy }) => ({
        resource,
        policy: {
          ...policy,
          uncertainty: policy.uncertainty ?? `the resource of policy ${resource.logicalId} is unknown`,
        },
      }));
  }

  private shared(arn: string): string | undefined {
    if (!SHARED.includes(arn.split(':')[2])) return undefined;
    return `the accounts with which AWS RAM shares ${this.model.unknowns.show(arn)} are unknown`;
  }

  private outside(arn: string): string | undefined {
    // Key IDs are unique, so a key with the ID of a key in the assembly does not exist in another environment.
    if (arn.includes(':kms:') && this.keyIds.has(arn.split('/')[1])) return undefined;
    return `${this.model.unknowns.show(arn)} is not in the assembly, so its policy is unknown`;
  }
}

/** Returns the policy in a property of a resource, or the default policy of its type. */
function ownPolicy({ policyProperty, defaultPolicy }: PolicyOwner, resource: ModelResource): NamedPolicy | undefined {
  if (policyProperty === undefined) return undefined;
  const { stack, logicalId, properties } = resource;
  const document = properties[policyProperty];
  if (document === undefined) return defaultPolicy?.(stack.account, resource.arn!.split(':')[1]);
  const kind = policyProperty === 'KeyPolicy' ? 'key policy' : 'policy';
  return { name: `${kind} of ${logicalId}`, document: policyDocument(document) };
}

/** Returns the policy of an AWS managed key, which allows all principals of the account through the service. */
function managedKeyPolicy(account: string, region: string, service: string): NamedPolicy {
  return {
    name: `key policy of aws/${service}`,
    document: statement(
      { AWS: '*' },
      ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:CreateGrant', 'kms:DescribeKey'],
      { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${region}.amazonaws.com` } },
    ),
  };
}

const NONE: PolicySet = { policies: [] };

function documentOf(
  resource: ModelResource,
  { type, document }: { readonly type: string; readonly document: string },
): unknown {
  const { properties, stack } = resource;
  if (type === 'AWS::Lambda::Permission') return permissionDocument(properties);
  if (type !== 'AWS::Events::EventBusPolicy') return policyDocument(properties[document]);
  if (properties.Statement !== undefined) {
    return { Version: '2012-10-17', Statement: [policyDocument(properties.Statement)] };
  }
  const principal = textOf(properties.Principal);
  return statement(
    principal === '*' ? '*' : { AWS: `arn:${stack.partition}:iam::${principal}:root` },
    textOf(properties.Action) || 'events:PutEvents',
  );
}

/** Returns the statement that Lambda creates for a permission. */
function permissionDocument({
  Principal,
  Action,
  SourceArn,
  SourceAccount,
  PrincipalOrgID,
}: Readonly<Record<string, unknown>>) {
  const principal = textOf(Principal);
  const equalValues: Record<string, unknown> = {};
  if (SourceAccount !== undefined) equalValues['AWS:SourceAccount'] = SourceAccount;
  if (PrincipalOrgID !== undefined) equalValues['aws:PrincipalOrgID'] = PrincipalOrgID;
  const condition: Record<string, unknown> = {};
  if (SourceArn !== undefined) condition.ArnLike = { 'AWS:SourceArn': SourceArn };
  if (Object.keys(equalValues).length > 0) condition.StringEquals = equalValues;
  return statement(
    /\.amazonaws\.com/.test(principal) ? { Service: principal } : { AWS: principal },
    textOf(Action),
    condition,
  );
}

function statement(Principal: unknown, Action: string | readonly string[], Condition: object = {}) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action, Resource: '*', Condition }],
  };
}

/** Returns the ARN of the resource that a policy references by name, by ARN or, for queues, by URL. */
function arnOf(type: string, name: string, stack: StackScope, model: ResourceModel): string {
  const resource = model.findNamed(type, name, stack);
  if (resource?.arn !== undefined) return resource.arn;
  if (name.startsWith('arn:')) return name;
  if (type === 'AWS::S3::Bucket') return `arn:${stack.partition}:s3:::${name}`;
  if (type === 'AWS::Events::EventBus') {
    return `arn:${stack.partition}:events:${stack.region}:${stack.account}:event-bus/${name || 'default'}`;
  }
  const queue = model.resources(type).find((candidate) => candidate.stack.ref(candidate.logicalId) === name);
  return queue?.arn ?? name;
}
