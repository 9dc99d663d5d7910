import { policyDocument } from './document';
import { uncertaintyOf, holderOf, type Roles } from './roles';
import { equals } from '../../assembly/match';
import type { StackScope, ModelResource } from '../../assembly/scope';
import { listOf, textOf } from '../../assembly/json';
import { hasUnknown } from '../../assembly/unknown';
import type { ResourceModel } from '../../assembly/resource-model';
import type { NamedPolicy, PolicySet } from '../iam/request';

/** What a call acts on: who owns it, and the policy that it carries. */
export interface Target {
  readonly account: string;
  readonly policy: PolicySet;
  /** Absent when it is not in the assembly. */
  readonly resource?: ModelResource;
  /** Resources that hold its policy, where a statement can be added. */
  readonly policyResources: readonly ModelResource[];
}

/** How a service's resources carry policies. A service that is not listed has none that a pipeline meets. */
interface PolicyOwner {
  /** The type of the resource. */
  readonly type: string;
  /** ARN of the resource that carries the policy for what a call acts on, e.g. the bucket of an object. */
  readonly ownerArn: (arn: string) => string;
  /** Property of the resource itself that holds its policy. */
  readonly policyProperty?: string;
  /**
   * A resource of its own that holds policies: its type, the property that names what they are for, and the one that
   * holds the document.
   */
  readonly attached?: { readonly type: string; readonly to: string; readonly document: string };
  /** The policy of a resource that states none. */
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

/** Services whose resources carry no policy that a template shows, but that may be shared with other accounts. */
const SHARED: readonly string[] = ['codeconnections'];

interface UnresolvedAttachment {
  readonly type: string;
  readonly arn: string;
  readonly resource: ModelResource;
  readonly policy: NamedPolicy;
}

/** The resource side of the IAM world: who owns what, and the policies of buckets, keys, topics, … */
export class ResourcePolicies {
  private readonly targets = new Map<string, Target>();
  private readonly keyIds: ReadonlySet<string>;
  /** Policies of which it is not known what they are for. */
  private readonly unresolved: UnresolvedAttachment[] = [];
  /** Of every carrier: the resources that hold its policies. */
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
          doubt: uncertaintyOf(resource),
          holder: holderOf(resource),
        };
        // A bus policy that names no bus is that of the default one.
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
   * What a call acts on.
   *
   * @param home the account that is meant where an ARN tells none
   */
  public target(arn: string, home: string): Target {
    const key = `${home} ${arn}`;
    const known = this.targets.get(key);
    if (known) return known;
    const target = this.read(arn, home);
    this.targets.set(key, target);
    return target;
  }

  private read(arn: string, home: string): Target {
    if (arn === '*') return { account: home, policy: NONE, policyResources: [] };
    const [prefix, partition, service = '', region = '', account = ''] = arn.split(':');
    if (prefix !== 'arn' || hasUnknown(service)) {
      return {
        account: this.ownerOf(arn),
        policy: { policies: [], outside: `what ${this.model.show(arn)} is, is not known` },
        policyResources: [],
      };
    }
    if (service === 'iam' && /:role\//.test(arn)) {
      const { trust, resource } = this.roles.byArn(arn);
      return {
        account: resource?.stack.account ?? account,
        policy: trust,
        resource,
        policyResources: resource ? [resource] : [],
      };
    }
    const managedKey = /:alias\/aws\/(.+)$/.exec(arn);
    if (service === 'kms' && managedKey) {
      return { account, policy: { policies: [managedKeyPolicy(account, region, managedKey[1])] }, policyResources: [] };
    }
    if (!Object.hasOwn(POLICY_OWNERS, service)) {
      return {
        account: account || home,
        policy: account === home ? NONE : { policies: [], outside: this.shared(arn) },
        policyResources: [],
      };
    }
    const { ownerArn: carrier, type, policyProperty: own, defaultPolicy: standard } = POLICY_OWNERS[service];
    const carrierArn = carrier(arn);
    const resource = this.model.find(carrierArn);
    const attached = [...(this.attached.get(carrierArn) ?? []), ...this.possiblyAttached(type, carrierArn)];
    const policyResources = attached.map((one) => one.resource);
    if (resource?.type !== type) {
      const owner = account || this.ownerOf(carrierArn);
      return {
        account: owner,
        policy: { policies: attached.map(({ policy }) => policy), outside: this.outside(carrierArn) },
        policyResources,
      };
    }
    const owner = resource.stack.account;
    const written = own === undefined ? undefined : resource.properties[own];
    const policies = [
      ...(written !== undefined
        ? [
            {
              name: `${own === 'KeyPolicy' ? 'key policy' : 'policy'} of ${resource.logicalId}`,
              document: policyDocument(written),
            },
          ]
        : standard
          ? [standard(owner, partition)]
          : []),
      ...attached.map(({ policy }) => policy),
    ];
    return {
      account: owner,
      policy: { policies },
      resource,
      policyResources: own === undefined ? policyResources : [resource],
    };
  }

  private ownerOf(arn: string) {
    return this.model.unknowns.text({ kind: 'attribute', description: `owner of ${this.model.show(arn)}` });
  }

  private possiblyAttached(type: string, arn: string) {
    return this.unresolved
      .filter((one) => one.type === type && one.arn !== arn && equals(one.arn, arn) !== 'no')
      .map(({ resource, policy }) => ({
        resource,
        policy: { ...policy, doubt: policy.uncertainty ?? `what ${resource.logicalId} is the policy of, is not known` },
      }));
  }

  private shared(arn: string): string | undefined {
    return SHARED.includes(arn.split(':')[2])
      ? `with whom AWS RAM shares ${this.model.unknowns.show(arn)} is not known`
      : undefined;
  }

  private outside(arn: string): string | undefined {
    // A key that is in another account or region by that id is in no second place.
    if (arn.includes(':kms:') && this.keyIds.has(arn.split('/')[1])) return undefined;
    return `${this.model.unknowns.show(arn)} is not in the assembly, so its policy is not known`;
  }
}

/** The policy of a key that AWS manages for a service: everybody in the account, through that service. */
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

/** A Lambda permission as the statement that Lambda makes of it. */
function permissionDocument({
  Principal,
  Action,
  SourceArn,
  SourceAccount,
  PrincipalOrgID,
}: Readonly<Record<string, unknown>>) {
  const principal = textOf(Principal);
  const condition = {
    ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
    ...((SourceAccount !== undefined || PrincipalOrgID !== undefined) && {
      StringEquals: {
        ...(SourceAccount !== undefined && { 'AWS:SourceAccount': SourceAccount }),
        ...(PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': PrincipalOrgID }),
      },
    }),
  };
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

/** The ARN of what a policy resource names: it may name it by its name, its ARN or, for queues, its address. */
function arnOf(type: string, name: string, stack: StackScope, model: ResourceModel): string {
  const named = model.findNamed(type, name, stack);
  if (named?.arn !== undefined) return named.arn;
  if (name.startsWith('arn:')) return name;
  if (type === 'AWS::S3::Bucket') return `arn:${stack.partition}:s3:::${name}`;
  if (type === 'AWS::Events::EventBus') {
    return `arn:${stack.partition}:events:${stack.region}:${stack.account}:event-bus/${name || 'default'}`;
  }
  const queue = model.resources(type).find((resource) => resource.stack.ref(resource.logicalId) === name);
  return queue?.arn ?? name;
}
