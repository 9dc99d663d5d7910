import type { ModelResource } from '../assembly/scope';
import { JsonObject, textOf } from '../assembly/json';
import type { Call } from './calls/call';
import type { Fix } from './finding';
import type { Caller, Evaluation, PolicyKind, Reason } from './iam/request';
import type { IamModel } from './model/iam-model';
import type { Target } from './model/resource-policies';

/** What to change in which policy so that a denied call is allowed. */
export function fixesOf(call: Call, caller: Caller, target: Target, { reasons: because }: Evaluation, model: IamModel): Fix[] {
  // Nobody can change the policy of a key that AWS manages.
  if (call.resource.includes(':alias/aws/')) {
    return [{ change: 'replace', to: `key ${model.model.show(call.resource)}`, statement: CUSTOMER_KEY }];
  }
  return because.flatMap((reason): Fix[] => {
    const { finding, policy, statement } = reason;
    const kind = kindToChange(reason.kind, caller, target, model);
    const { to, holder } = policyLocation(kind, call, caller, target, model);
    const held = policyHolder(reason, caller, target, model) ?? holder;
    const place = { to, ...(held && { stack: held.stack.displayName, logicalId: held.logicalId }) };
    if (finding === 'denies') {
      return [{ ...place, change: 'remove', statement: model.model.show(`${statement} of ${policy}`) }];
    }
    return finding === 'does-not-allow'
      ? [{ ...place, change: 'add', statement: statementFor(kind, call, caller, held, model) }]
      : [];
  });
}

/** The roles of `cdk bootstrap` are not ours to change; what they work on is. */
function kindToChange(kind: PolicyKind, caller: Caller, target: Target, model: IamModel): PolicyKind {
  const role = caller.kind === 'role' ? model.roles.byArn(caller.arn).resource : undefined;
  return kind === 'identity' && role?.stack.isBootstrap && target.resource && !target.resource.stack.isBootstrap
    ? 'resource'
    : kind;
}

/** The resource that holds the very policy which a reason is about: of several, that one is to be changed. */
function policyHolder(
  { kind, holder, finding }: Reason,
  caller: Caller,
  target: Target,
  model: IamModel,
): ModelResource | undefined {
  if (holder === undefined || (kind === 'identity' && finding !== 'denies')) return undefined;
  const role = caller.kind === 'role' ? model.roles.byArn(caller.arn) : undefined;
  const ofRole = [...(role?.policyResources ?? []), role?.boundaryResource, role?.resource].filter(
    (resource) => resource !== undefined,
  );
  const candidates = [...ofRole, ...target.policyResources];
  return candidates.find(
    ({ logicalId, stack }) => logicalId === holder.logicalId && stack.displayName === holder.stack,
  );
}

const CUSTOMER_KEY =
  'a customer managed key, whose policy allows the caller, for whatever writes what is read here (the artifact ' +
  'store, or the EncryptionKey of a CodeBuild project)';

interface PolicyLocation {
  readonly to: string;
  readonly holder?: ModelResource;
}

/** Which policy to change, and the resource of the assembly that holds it. */
function policyLocation(kind: PolicyKind, call: Call, caller: Caller, target: Target, model: IamModel): PolicyLocation {
  function show(text: string) {
    return model.model.show(text);
  }

  const role = caller.kind === 'role' ? model.roles.byArn(caller.arn) : undefined;
  const roleName = role?.resource?.logicalId ?? show(caller.kind === 'role' ? caller.arn : '');
  switch (kind) {
    case 'identity':
      return { to: `a policy of role ${roleName}`, holder: role?.policyResources[0] ?? role?.resource };
    case 'boundary':
      return { to: `the permissions boundary of role ${roleName}`, holder: role?.boundaryResource };
    case 'session':
      return { to: 'the session policy' };
    case 'resource':
      return {
        to: `the ${policyName(call)} of ${target.resource?.logicalId ?? show(call.resource)}`,
        holder: target.policyResources[0] ?? target.resource,
      };
  }
}

const POLICY_NAMES: Readonly<Record<string, string>> = {
  sts: 'trust policy',
  kms: 'key policy',
  s3: 'bucket policy',
  sns: 'topic policy',
  events: 'event bus (by another AWS::Events::EventBusPolicy, since one holds one statement)',
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
  // What the template does not name is referred to.
  function text(arn: string) {
    const pattern = model.pattern(arn, holder?.stack);
    return pattern.includes('${') ? { 'Fn::Sub': pattern } : pattern;
  }

  const passedTo = call.context?.['iam:passedtoservice'];
  return {
    Effect: 'Allow',
    ...(kind === 'resource' && {
      Principal: caller.kind === 'service' ? { Service: caller.service } : { AWS: text(caller.arn) },
    }),
    Action: call.call,
    // Policies of roles and repositories have no resource, and that of a key policy is the key itself.
    ...(kind === 'resource' && /^(sts|ecr):/.test(call.call)
      ? {}
      : { Resource: kind === 'resource' && call.call.startsWith('kms:') ? '*' : text(call.grant ?? call.resource) }),
    ...(Array.isArray(passedTo) && { Condition: { StringEquals: { 'iam:PassedToService': textOf(passedTo[0]) } } }),
  };
}
