import { textOf } from '../assembly/intrinsics';
import type { Call } from './calls/call';
import type { Fix } from './finding';
import type { Caller, Evaluation, PolicyKind } from './iam/request';
import type { CheckWorld } from './world/check-world';
import type { Target } from './world/resource-policies';

/** What to change in which policy so that a denied call is allowed. */
export function fixesOf(call: Call, caller: Caller, target: Target, { because }: Evaluation, world: CheckWorld): Fix[] {
  return because.flatMap(({ finding, kind, policy, statement }): Fix[] => {
    const place = placeOf(kind, call, caller, target, world);
    if (finding === 'denies') return [{ ...place, change: 'remove', statement: `${statement} of ${policy}` }];
    return finding === 'does-not-allow' ? [{ ...place, change: 'add', statement: statementFor(kind, call, caller, world) }] : [];
  });
}

function placeOf(kind: PolicyKind, call: Call, caller: Caller, target: Target, world: CheckWorld): Pick<Fix, 'to' | 'stack' | 'logicalId'> {
  const show = (text: string) => world.world.unknowns.show(text);
  const role = caller.kind === 'role' ? world.roles.byArn(caller.arn) : undefined;
  switch (kind) {
    case 'identity': {
      const holder = role?.policyResources[0] ?? role?.resource;
      const to = `a policy of role ${role?.resource?.logicalId ?? show(caller.kind === 'role' ? caller.arn : '')}`;
      return holder ? { to, ...at(holder) } : { to };
    }
    case 'boundary': return { to: `the permissions boundary of role ${role?.resource?.logicalId}`, ...role?.resource && at(role.resource) };
    case 'session': return { to: 'the session policy' };
    case 'resource': {
      const holder = target.policyResources[0] ?? target.resource;
      return { to: `the ${policyName(call)} of ${target.resource?.logicalId ?? show(call.resource)}`, ...holder && at(holder) };
    }
  }
}

const at = ({ stack, logicalId }: NonNullable<Target['resource']>) => ({ stack: stack.displayName, logicalId });

const POLICY_NAMES: Readonly<Record<string, string>> = { sts: 'trust policy', kms: 'key policy', s3: 'bucket policy', sns: 'topic policy', events: 'event bus policy' };
const policyName = ({ call }: Call) => POLICY_NAMES[call.split(':')[0]] ?? 'resource policy';

function statementFor(kind: PolicyKind, call: Call, caller: Caller, { world: { unknowns } }: CheckWorld): Readonly<Record<string, unknown>> {
  const resource = unknowns.pattern(call.resource);
  const passedTo = call.context?.['iam:passedtoservice'];
  const principal = caller.kind === 'service' ? { Service: caller.service } : { AWS: unknowns.pattern(caller.arn) };
  return {
    Effect: 'Allow',
    ...kind === 'resource' && { Principal: principal },
    Action: call.call,
    // A trust policy has no resource, and that of a key policy is the key itself.
    ...kind === 'resource' && call.call.startsWith('sts:') ? {} : { Resource: kind === 'resource' && call.call.startsWith('kms:') ? '*' : resource },
    ...Array.isArray(passedTo) && { Condition: { StringEquals: { 'iam:PassedToService': textOf(passedTo[0]) } } },
  };
}
