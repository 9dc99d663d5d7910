import type { ModelResource } from '../assembly/scope';
import { JsonObject, textOf } from '../assembly/json';
import { compact } from '../common/compact';
import type { Call } from './calls/call';
import { accountOfForeignRole } from './calls/pass-role';
import type { Fix } from './finding';
import type { Caller, Evaluation, PolicyKind, Reason } from './iam/request';
import type { IamModel } from './model/iam-model';
import type { Target } from './model/resource-policies';
import type { ModelRole } from './model/roles';

/** Returns the changes to policies that allow a denied call. */
export function fixesOf(call: Call, caller: Caller, target: Target, { reasons }: Evaluation, model: IamModel): Fix[] {
  // The policy of an AWS managed key cannot be changed.
  if (call.resource.includes(':alias/aws/')) {
    return [{ change: 'replace', to: `key ${model.model.show(call.resource)}`, statement: CUSTOMER_KEY }];
  }
  const foreignAccount = caller.kind === 'role' ? accountOfForeignRole(call, caller.account) : undefined;
  if (foreignAccount !== undefined) return [passedRoleFix(call, caller, foreignAccount, model)];
  return reasons.flatMap((reason): Fix[] => {
    const { finding, policy, statement } = reason;
    const kind = kindToChange(reason.kind, caller, target, model);
    const { to, holder: defaultHolder } = policyLocation(kind, call, caller, target, model);
    const holder = policyHolder(reason, caller, target, model) ?? defaultHolder;
    const location = { to, stack: holder?.stack.displayName, logicalId: holder?.logicalId };
    switch (finding) {
      case 'denies':
        return [{ ...location, change: 'remove', statement: model.model.show(`${statement} of ${policy}`) }];
      case 'does-not-allow':
        return [{ ...location, change: 'add', statement: statementFor(kind, call, caller, holder, model) }];
      default:
        return [];
    }
  });
}

/** Returns the change for a role that is passed across accounts, which no statement can allow. */
function passedRoleFix(call: Call, caller: Caller, foreignAccount: string, model: IamModel): Fix {
  const account = caller.kind === 'role' ? caller.account : '';
  const role = roleOf(caller, model)?.resource;
  return {
    change: 'replace',
    to: `role ${model.model.show(call.resource)}, which is passed across accounts,`,
    stack: role?.stack.displayName,
    logicalId: role?.logicalId,
    statement:
      `a role of account ${account}, or run the action under an action role of account ${foreignAccount} ` +
      '(RoleArn of the action)',
  };
}

function roleOf(caller: Caller, model: IamModel): ModelRole | undefined {
  if (caller.kind === 'role') return model.roles.byArn(caller.arn);
  return undefined;
}

/**
 * Selects the resource policy instead of the policy of a bootstrap role, because bootstrap roles must not be changed.
 */
function kindToChange(kind: PolicyKind, caller: Caller, target: Target, model: IamModel): PolicyKind {
  if (kind !== 'identity' || !roleOf(caller, model)?.resource?.stack.isBootstrap) return kind;
  if (target.resource && !target.resource.stack.isBootstrap) return 'resource';
  return kind;
}

/** Returns the resource with the policy that a reason names. */
function policyHolder(
  { kind, holder, finding }: Reason,
  caller: Caller,
  target: Target,
  model: IamModel,
): ModelResource | undefined {
  if (holder === undefined || (kind === 'identity' && finding !== 'denies')) return undefined;
  const role = roleOf(caller, model);
  const candidates = compact([
    ...(role?.policyResources ?? []),
    role?.boundaryResource,
    role?.resource,
    ...target.policyResources,
  ]);
  return candidates.find(
    ({ logicalId, stack }) => logicalId === holder.logicalId && stack.displayName === holder.stack,
  );
}

const CUSTOMER_KEY =
  'a customer managed key whose policy allows the caller, configured where the object is written (the artifact store ' +
  'or the EncryptionKey of a CodeBuild project)';

interface PolicyLocation {
  readonly to: string;
  readonly holder?: ModelResource;
}

/** Returns the description of the policy to change and the resource that contains it. */
function policyLocation(kind: PolicyKind, call: Call, caller: Caller, target: Target, model: IamModel): PolicyLocation {
  const role = roleOf(caller, model);
  const roleName = role?.resource?.logicalId ?? model.model.show(role?.caller.arn ?? '');
  switch (kind) {
    case 'identity':
      return { to: `a policy of role ${roleName}`, holder: role?.policyResources[0] ?? role?.resource };
    case 'boundary':
      return { to: `the permissions boundary of role ${roleName}`, holder: role?.boundaryResource };
    case 'session':
      return { to: 'the session policy' };
    case 'resource':
      return {
        to: `the ${policyName(call)} of ${target.resource?.logicalId ?? model.model.show(call.resource)}`,
        holder: target.policyResources[0] ?? target.resource,
      };
  }
}

const POLICY_NAMES: Readonly<Record<string, string>> = {
  sts: 'trust policy',
  kms: 'key policy',
  s3: 'bucket policy',
  sns: 'topic policy',
  events: 'event bus policy (in a separate AWS::Events::EventBusPolicy, because each contains one statement)',
};

function policyName({ call }: Call) {
  return POLICY_NAMES[call.split(':')[0]] ?? 'resource policy';
}

function statementFor(
  kind: PolicyKind,
  call: Call,
  caller: Caller,
  holder: ModelResource | undefined,
  { model }: IamModel,
): JsonObject {
  // Names that the template does not contain are referenced.
  function arnPattern(arn: string) {
    return expressionOf(model.pattern(arn, holder?.stack));
  }

  function principal() {
    if (caller.kind === 'service') return { Service: caller.service };
    return { AWS: arnPattern(caller.arn) };
  }

  const statement: Record<string, unknown> = { Effect: 'Allow' };
  if (kind === 'resource') statement.Principal = principal();
  statement.Action = call.call;
  const [service] = call.call.split(':');
  if (kind !== 'resource') statement.Resource = arnPattern(call.grant ?? call.resource);
  // The resource in a key policy is always '*'. Trust policies and repository policies have no resource.
  else if (service === 'kms') statement.Resource = '*';
  else if (service !== 'sts' && service !== 'ecr') statement.Resource = arnPattern(call.grant ?? call.resource);
  const passedTo = call.context?.['iam:passedtoservice'];
  if (Array.isArray(passedTo)) {
    statement.Condition = { StringEquals: { 'iam:PassedToService': textOf(passedTo[0]) } };
  }
  return statement;
}

/** Returns the expression for a pattern with references, e.g. `Ref` for a pattern that is one reference. */
function expressionOf(pattern: string) {
  if (!pattern.includes('${')) return pattern;
  const [, logicalId, attribute] = /^\$\{([A-Za-z0-9]+)(?:\.([\w.]+))?\}$/.exec(pattern) ?? [];
  if (logicalId === undefined) return { 'Fn::Sub': pattern };
  if (attribute === undefined) return { Ref: logicalId };
  return { 'Fn::GetAtt': [logicalId, attribute] };
}
