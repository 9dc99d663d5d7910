import type { WorldResource } from '../assembly/scope';
import { Shape, textOf } from '../assembly/shape';
import type { Call } from './calls/call';
import type { Fix } from './finding';
import type { Caller, Evaluation, PolicyKind } from './iam/request';
import type { CheckWorld } from './world/check-world';
import type { Target } from './world/resource-policies';

/** What to change in which policy so that a denied call is allowed. */
export function fixesOf(call: Call, caller: Caller, target: Target, { because }: Evaluation, world: CheckWorld): Fix[] {
  return because.flatMap(({ finding, kind, policy, statement }): Fix[] => {
    // Nobody can change the policy of a key that AWS manages.
    if (kind === 'resource' && call.resource.includes(':alias/aws/')) return [{ change: 'replace', to: `key ${world.world.show(call.resource)}`, statement: CUSTOMER_KEY }];
    const { to, holder } = placeOf(kind, call, caller, target, world);
    const place = { to, ...holder && { stack: holder.stack.displayName, logicalId: holder.logicalId } };
    if (finding === 'denies') return [{ ...place, change: 'remove', statement: `${statement} of ${policy}` }];
    return finding === 'does-not-allow' ? [{ ...place, change: 'add', statement: statementFor(kind, call, caller, holder, world) }] : [];
  });
}

const CUSTOMER_KEY = 'a customer managed key, whose policy allows the caller, for whatever writes what is read here (the artifact store, or the EncryptionKey of a CodeBuild project)';

interface Place { readonly to: string; readonly holder?: WorldResource }

/** Which policy to change, and the resource of the assembly that holds it. */
function placeOf(kind: PolicyKind, call: Call, caller: Caller, target: Target, world: CheckWorld): Place {
  const show = (text: string) => world.world.show(text);
  const role = caller.kind === 'role' ? world.roles.byArn(caller.arn) : undefined;
  const roleName = role?.resource?.logicalId ?? show(caller.kind === 'role' ? caller.arn : '');
  switch (kind) {
    case 'identity': return { to: `a policy of role ${roleName}`, holder: role?.policyResources[0] ?? role?.resource };
    case 'boundary': return { to: `the permissions boundary of role ${roleName}`, holder: role?.resource };
    case 'session': return { to: 'the session policy' };
    case 'resource': return { to: `the ${policyName(call)} of ${target.resource?.logicalId ?? show(call.resource)}`, holder: target.policyResources[0] ?? target.resource };
  }
}

const POLICY_NAMES: Readonly<Record<string, string>> = { sts: 'trust policy', kms: 'key policy', s3: 'bucket policy', sns: 'topic policy', events: 'event bus policy' };
const policyName = ({ call }: Call) => POLICY_NAMES[call.split(':')[0]] ?? 'resource policy';

function statementFor(kind: PolicyKind, call: Call, caller: Caller, holder: WorldResource | undefined, { world }: CheckWorld): Shape {
  // What the template does not name is referred to.
  const text = (arn: string) => {
    const pattern = world.pattern(arn, holder?.stack);
    return pattern.includes('${') ? { 'Fn::Sub': pattern } : pattern;
  };
  const passedTo = call.context?.['iam:passedtoservice'];
  return {
    Effect: 'Allow',
    ...kind === 'resource' && { Principal: caller.kind === 'service' ? { Service: caller.service } : { AWS: text(caller.arn) } },
    Action: call.call,
    // A trust policy has no resource, and that of a key policy is the key itself.
    ...kind === 'resource' && call.call.startsWith('sts:') ? {} : { Resource: kind === 'resource' && call.call.startsWith('kms:') ? '*' : text(call.grant ?? call.resource) },
    ...Array.isArray(passedTo) && { Condition: { StringEquals: { 'iam:PassedToService': textOf(passedTo[0]) } } },
  };
}
