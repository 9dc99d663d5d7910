import { policyDocument } from './document';
import { equals } from '../../assembly/match';
import type { ModelResource } from '../../assembly/scope';
import { isObject, listOf, objectOf, textOf } from '../../assembly/json';
import { hasUnknown } from '../../assembly/unknown';
import type { ResourceModel } from '../../assembly/resource-model';
import { MANAGED_POLICIES } from '../iam/managed-policies';
import type { NamedPolicy, PolicySet, RoleCaller } from '../iam/request';

/** Describes a role with all policies of the assembly that apply to it. */
export interface ModelRole {
  readonly caller: RoleCaller;
  /** The trust policy. */
  readonly trust: PolicySet;
  /** Absent if the role is not in the assembly. */
  readonly resource?: ModelResource;
  /** The resource of its permissions boundary. */
  readonly boundaryResource?: ModelResource;
  /** The resources of its identity policies, to which a statement can be added. */
  readonly policyResources: readonly ModelResource[];
}

/** Describes a policy that a template attaches to roles by name. */
interface Attachment {
  readonly resource: ModelResource;
  readonly policy: NamedPolicy;
}

/** Finds roles and the policies that are attached to them. */
export class Roles {
  private readonly roles = new Map<string, ModelRole>();
  private readonly attachments = new Map<string, Attachment[]>();
  /** Attachments to roles with unknown names. */
  private readonly unresolved: Array<Attachment & { readonly roleName: string }> = [];

  constructor(private readonly model: ResourceModel) {
    for (const [type, document, nameOf] of ATTACHED) {
      for (const resource of model.resources(type)) {
        const name = policyTitle(nameOf(resource), resource.logicalId);
        const policy = {
          name,
          document: policyDocument(resource.properties[document]),
          uncertainty: uncertaintyOf(resource),
          holder: holderOf(resource),
        };
        for (const roleName of roleNamesOf(resource)) {
          const key = `${resource.stack.account} ${roleName}`;
          if (hasUnknown(roleName)) this.unresolved.push({ roleName, resource, policy });
          const attached = this.attachments.get(key);
          if (attached) attached.push({ resource, policy });
          else this.attachments.set(key, [{ resource, policy }]);
        }
      }
    }
  }

  /**
   * Returns the role with an ARN. If the role is not in the assembly, it has the policies that the assembly attaches
   * and possibly others.
   */
  public byArn(arn: string): ModelRole {
    const cached = this.roles.get(arn);
    if (cached) return cached;
    const role = this.read(arn);
    this.roles.set(arn, role);
    return role;
  }

  private read(arn: string): ModelRole {
    const resource = this.model.findNamed('AWS::IAM::Role', arn, { account: '', region: '' });
    // If the ARN is unknown, the account is unknown, too.
    const account =
      arn.split(':')[4] ??
      this.model.unknowns.text({ kind: 'attribute', description: `account of ${this.model.show(arn)}` });
    const roleName = arn.slice(arn.lastIndexOf('/') + 1);
    const attached = [
      ...(this.attachments.get(`${account} ${roleName}`) ?? []),
      ...this.possiblyAttached(account, roleName),
    ];
    const policyResources = attached.map((attachment) => attachment.resource);
    const attachedPolicies = attached.map(({ policy }) => policy);
    if (!resource) {
      const name = this.model.unknowns.show(arn);
      const outside = `role ${name} is not in the assembly, so its other permissions are unknown`;
      return {
        caller: { kind: 'role', arn, account, identity: { policies: attachedPolicies, outside } },
        trust: { policies: [], outside },
        policyResources,
      };
    }
    const { properties } = resource;
    // The permissions of a policy that is not an object, such as the result of a macro, are unknown.
    const inline = listOf(properties.Policies).map((policy) => ({
      name: `policy ${textOf(objectOf(policy).PolicyName)} (inline in ${resource.logicalId})`,
      document: isObject(policy) ? policyDocument(policy.PolicyDocument) : policy,
      holder: holderOf(resource),
    }));
    const managed = this.managed(listOf(properties.ManagedPolicyArns).map(textOf));
    const identity = { policies: [...inline, ...attachedPolicies, ...managed.policies], outside: managed.outside };
    const hasBoundary = properties.PermissionsBoundary !== undefined;
    const boundary = hasBoundary ? this.managed([textOf(properties.PermissionsBoundary)]) : undefined;
    return {
      caller: { kind: 'role', arn, account: resource.stack.account, identity, boundary },
      trust: {
        policies: [
          {
            name: `trust policy of ${resource.logicalId}`,
            document: policyDocument(properties.AssumeRolePolicyDocument),
          },
        ],
      },
      resource,
      policyResources,
      boundaryResource: this.model.find(textOf(properties.PermissionsBoundary)),
    };
  }

  private possiblyAttached(account: string, name: string): Attachment[] {
    return this.unresolved
      .filter(
        ({ roleName, resource }) =>
          roleName !== name && equals(resource.stack.account, account) !== 'no' && equals(roleName, name) !== 'no',
      )
      .map(({ resource, policy }) => ({
        resource,
        policy: {
          ...policy,
          uncertainty: policy.uncertainty ?? `the role of policy ${resource.logicalId} is unknown`,
        },
      }));
  }

  private managed(arns: readonly string[]): PolicySet {
    const policies: NamedPolicy[] = [];
    const outside: string[] = [];
    for (const arn of arns) {
      const [, awsName] = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
      const resource = this.model.find(arn);
      if (awsName !== undefined && Object.hasOwn(MANAGED_POLICIES, awsName)) {
        policies.push({ name: `AWS managed policy ${awsName}`, document: MANAGED_POLICIES[awsName].document });
      } else if (resource?.type === 'AWS::IAM::ManagedPolicy') {
        policies.push({
          name: `managed policy ${resource.logicalId}`,
          document: policyDocument(resource.properties.PolicyDocument),
          holder: holderOf(resource),
        });
      } else {
        outside.push(`the document of the managed policy ${this.model.unknowns.show(awsName ?? arn)} is unknown`);
      }
    }
    return { policies, outside: outside.length > 0 ? outside.join('; ') : undefined };
  }
}

/** Lists the resource types for policies of roles: the type, the property of the document and the display name. */
const ATTACHED: ReadonlyArray<[type: string, document: string, name: (resource: ModelResource) => string]> = [
  ['AWS::IAM::Policy', 'PolicyDocument', ({ properties }) => `policy ${textOf(properties.PolicyName)}`],
  ['AWS::IAM::RolePolicy', 'PolicyDocument', ({ properties }) => `policy ${textOf(properties.PolicyName)}`],
  ['AWS::IAM::ManagedPolicy', 'PolicyDocument', ({ name }) => `managed policy ${name}`],
];

/** Appends the logical id to a policy name, unless the name already ends with it. */
function policyTitle(name: string, logicalId: string) {
  if (name.endsWith(` ${logicalId}`)) return name;
  return `${name} (${logicalId})`;
}

export function holderOf({ stack, logicalId }: ModelResource) {
  return { stack: stack.displayName, logicalId };
}

/** Returns the uncertainty of a policy whose condition is unknown. */
export function uncertaintyOf({ exists, logicalId }: ModelResource) {
  if (exists === 'unknown') return `the condition of ${logicalId} is unknown`;
  return undefined;
}

function roleNamesOf({ properties }: ModelResource) {
  return [...listOf(properties.Roles), ...listOf(properties.RoleName)].map(textOf);
}
