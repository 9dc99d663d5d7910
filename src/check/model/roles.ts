import { policyDocument } from './document';
import { equals } from '../../assembly/match';
import type { ModelResource } from '../../assembly/scope';
import { isObject, listOf, textOf } from '../../assembly/json';
import { hasUnknown } from '../../assembly/unknown';
import type { ResourceModel } from '../../assembly/resource-model';
import { MANAGED_POLICIES } from '../iam/managed-policies';
import type { NamedPolicy, PolicySet, RoleCaller } from '../iam/request';

/** A role, with all policies of the assembly that concern it. */
export interface ModelRole {
  readonly caller: RoleCaller;
  /** Who may assume it. */
  readonly trust: PolicySet;
  /** Absent when the role is not in the assembly. */
  readonly resource?: ModelResource;
  /** The resource of its permissions boundary. */
  readonly boundaryResource?: ModelResource;
  /** Resources that hold its identity policies: where a statement can be added. */
  readonly policyResources: readonly ModelResource[];
}

/** A policy that a template attaches to roles by their names. */
interface Attachment {
  readonly resource: ModelResource;
  readonly policy: NamedPolicy;
}

/** The identity side of the IAM world: roles and what is attached to them. */
export class Roles {
  private readonly roles = new Map<string, ModelRole>();
  private readonly attachments = new Map<string, Attachment[]>();
  /** Attachments to roles whose name is not known. */
  private readonly unresolved: Array<Attachment & { readonly roleName: string }> = [];

  constructor(private readonly model: ResourceModel) {
    for (const [type, document, nameOf] of ATTACHED) {
      for (const resource of model.resources(type)) {
        const name = policyTitle(nameOf(resource), resource.logicalId);
        const policy = {
          name,
          document: policyDocument(resource.properties[document]),
          doubt: uncertaintyOf(resource),
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
   * The role of an ARN; one that is not in the assembly has what the assembly attaches to it, and who knows what else.
   */
  public byArn(arn: string): ModelRole {
    const known = this.roles.get(arn);
    if (known) return known;
    const role = this.read(arn);
    this.roles.set(arn, role);
    return role;
  }

  private read(arn: string): ModelRole {
    const resource = this.model.findNamed('AWS::IAM::Role', arn, { account: '', region: '' });
    // Of a role that is named by something unknown, the account is unknown, too.
    const account =
      arn.split(':')[4] ?? this.model.unknowns.text({ kind: 'attribute', description: `account of ${this.model.show(arn)}` });
    const roleName = arn.slice(arn.lastIndexOf('/') + 1);
    const attached = [
      ...(this.attachments.get(`${account} ${roleName}`) ?? []),
      ...this.possiblyAttached(account, roleName),
    ];
    const policyResources = attached.map((attachment) => attachment.resource);
    const attachedPolicies = attached.map(({ policy }) => policy);
    if (!resource) {
      const outside = `role ${this.model.unknowns.show(arn)} is not in the assembly, so what else it may do is not known`;
      return {
        caller: { kind: 'role', arn, account, identity: { policies: attachedPolicies, outside } },
        trust: { policies: [], outside },
        policyResources,
      };
    }
    const { properties } = resource;
    const inline = listOf(properties.Policies)
      .filter(isObject)
      .map((policy) => ({
        name: `policy ${textOf(policy.PolicyName)} (inline in ${resource.logicalId})`,
        document: policyDocument(policy.PolicyDocument),
        holder: holderOf(resource),
      }));
    const managed = this.managed(listOf(properties.ManagedPolicyArns).map(textOf));
    const identity = { policies: [...inline, ...attachedPolicies, ...managed.policies], outside: managed.outside };
    const boundary =
      properties.PermissionsBoundary === undefined ? undefined : this.managed([textOf(properties.PermissionsBoundary)]);
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
        policy: { ...policy, doubt: policy.uncertainty ?? `whose policy ${resource.logicalId} is, is not known` },
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
        outside.push(`the text of the managed policy ${this.model.unknowns.show(awsName ?? arn)} is not known here`);
      }
    }
    return { policies, outside: outside.length > 0 ? outside.join('; ') : undefined };
  }
}

/** Resources that carry a policy of roles: type, property of the document, what to call it. */
const ATTACHED: ReadonlyArray<[type: string, document: string, name: (resource: ModelResource) => string]> = [
  ['AWS::IAM::Policy', 'PolicyDocument', ({ properties }) => `policy ${textOf(properties.PolicyName)}`],
  ['AWS::IAM::RolePolicy', 'PolicyDocument', ({ properties }) => `policy ${textOf(properties.PolicyName)}`],
  ['AWS::IAM::ManagedPolicy', 'PolicyDocument', ({ name }) => `managed policy ${name}`],
];

/** Both names, unless CDK made one of the other. */
function policyTitle(name: string, logicalId: string) {
  return name.endsWith(` ${logicalId}`) ? name : `${name} (${logicalId})`;
}

export function holderOf({ stack, logicalId }: ModelResource) {
  return { stack: stack.displayName, logicalId };
}

/** A policy whose condition is not known may not be there. */
export function uncertaintyOf({ exists, logicalId }: ModelResource) {
  return exists === 'unknown' ? `whether ${logicalId} is made depends on a condition that is not known` : undefined;
}

function roleNamesOf({ properties }: ModelResource) {
  return [...listOf(properties.Roles), ...listOf(properties.RoleName)].map(textOf);
}
