import { denialsOf } from './verdicts';
import { readInput } from '../../src/assembly/input';
import { ResourceModel } from '../../src/assembly/resource-model';
import { bootstrapStacks } from '../../src/check/bootstrap';
import type { Call } from '../../src/check/calls/call';
import { check } from '../../src/check/check';
import { evaluate } from '../../src/check/iam/evaluate';
import type { RoleCaller } from '../../src/check/iam/request';
import { IamModel } from '../../src/check/model/iam-model';
import { DEFECTS, ReportedCall, reproduce } from '../evidence/reported-defects';

/** Lists the defects for which the check reports UNKNOWN instead of DENIED. */
const UNKNOWN: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  // The template determines whether it uses code from the artifact, and the template is in the artifact.
  5183: {
    'kms:Decrypt':
      'parameters reference an artifact, which CloudFormation reads under its execution role only if the ' +
      'template uses it',
  },
  // The secret is in no template; its own policy could allow the role of the project.
  12742: { 'secretsmanager:GetSecretValue': 'is not in the assembly, so its policy is unknown' },
};

/**
 * Where the repair is another resource of the call: the key that the project writes with, and that key in the right
 * account.
 */
const REPLACED: readonly number[] = [4033, 4306];

const MANAGED_KEY = 'arn:aws:kms:eu-west-1:111111111111:key/{of alias/aws/s3}';

function worldOf(assembly: string) {
  const stacks = readInput(assembly);
  return new ResourceModel([...stacks, ...bootstrapStacks(stacks).stacks]);
}

/** The resource that a report names as `<stack>.<logical id>`, `/*` for its objects. */
function resourceOf(model: ResourceModel, name: string) {
  const [, stack, logicalId] = /^(.+)\.([^./]+)(?:\/\*)?$/.exec(name)!;
  return model.stacks.find(({ displayName }) => displayName === stack)!.resources.get(logicalId)!;
}

/** The ARN of what a report names; a part in braces is known only to AWS. */
function patternOf(name: string, model: ResourceModel): RegExp {
  // The ID of an AWS managed key is unknown, so its alias identifies it.
  const known = name === MANAGED_KEY ? 'arn:aws:kms:eu-west-1:111111111111:alias/aws/s3' : name;
  const arn = known.startsWith('arn:')
    ? known
    : `${resourceOf(model, known).arn}${known.endsWith('/*') ? '/{object}' : ''}`;
  // The suffix of a secret is not known by its name.
  const texts = arn.replace(/(:secret:.*-)\w{6}$/, '$1{suffix}').split(/\{[^}]*\}/);
  return new RegExp(`^${texts.map((text) => text.replace(/[.*+?^$|()[\]\\]/g, '\\$&')).join('.+')}$`);
}

/** Returns the verdicts on all calls of an assembly. */
/** Returns why a denied call is not reported as a denial. */
function doubtAbout({ uncertainty, notRequired }: Call) {
  return uncertainty ?? notRequired;
}

function verdictsOf(assembly: string) {
  const calls: Array<{ caller: string; call: string; resource: string; verdict: string; why: string }> = [];
  const report = check(readInput(assembly), {
    onCall: ({ call, request: { caller }, evaluation: { verdict, reasons: because } }) =>
      calls.push({
        caller: caller.kind === 'role' ? caller.arn : caller.service,
        call: call.call,
        resource: call.resource,
        verdict: verdict === 'DENIED' && doubtAbout(call) !== undefined ? 'UNKNOWN' : verdict,
        why: [doubtAbout(call), ...because.map(({ explanation: words }) => words)].join('; '),
      }),
  });
  return { calls, report };
}

function verdictsIn(calls: ReturnType<typeof verdictsOf>['calls']) {
  return [...new Set(calls.map(({ verdict }) => verdict))];
}

/** Those of the calls that a report is about. */
function about(
  { caller, call, resource }: ReportedCall,
  assembly: string,
  calls: ReturnType<typeof verdictsOf>['calls'],
) {
  const model = worldOf(assembly);
  const [who, what] = [patternOf(caller, model), patternOf(resource, model)];
  return calls.filter((one) => one.call === call && who.test(one.caller) && what.test(one.resource));
}

describe('denies exactly the calls that users of aws-cdk reported', () => {
  const denied = DEFECTS.filter(({ fault }) => fault === 'denied');

  test.each(denied.map(({ issue }) => issue))('%i', (issue) => {
    const { bad, good, expected } = reproduce(issue);
    const { calls, report } = verdictsOf(bad);
    for (const one of expected) {
      const why = UNKNOWN[issue]?.[one.call];
      const found = about(one, bad, calls);
      expect({ ...one, verdicts: verdictsIn(found) }).toEqual({
        ...one,
        verdicts: [why === undefined ? 'DENIED' : 'UNKNOWN'],
      });
      expect(found[0].why).toContain(why ?? '');
    }
    const reported = expected.flatMap((one) => about(one, bad, calls));
    expect(calls.filter((one) => one.verdict === 'DENIED' && !reported.includes(one))).toEqual([]);
    expect(denialsOf(report)).toHaveLength(reported.filter(({ verdict }) => verdict === 'DENIED').length);

    const repaired = verdictsOf(good);
    expect(denialsOf(repaired.report)).toEqual([]);
    // The check sees the repair: the same calls are allowed now, or the same on another resource.
    for (const one of expected) {
      if (REPLACED.includes(issue)) expect(about(one, good, repaired.calls)).toEqual([]);
      const now = REPLACED.includes(issue) ? { ...one, resource: 'arn:{any}' } : one;
      expect({ ...now, verdicts: verdictsIn(about(now, good, repaired.calls)) }).toEqual({
        ...now,
        verdicts: ['ALLOWED'],
      });
    }
  });
});

describe('roles with an overly permissive trust policy', () => {
  const allowed = DEFECTS.filter(({ fault }) => fault === 'allowed');

  /** A role of the account that is unrelated to the pipeline and is allowed to assume all roles. */
  function stranger(arn: string): RoleCaller {
    return {
      kind: 'role',
      arn,
      account: arn.split(':')[4],
      identity: {
        policies: [
          { name: 'any role', document: { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' } } },
        ],
      },
    };
  }

  function verdictOn(assembly: string, { caller, call, resource }: ReportedCall) {
    const model = worldOf(assembly);
    const role = resourceOf(model, resource);
    const { trust } = new IamModel(model).roles.byArn(role.arn!);
    const context = {
      'aws:principalarn': [caller],
      'aws:principalaccount': [caller.split(':')[4]],
      'aws:viaawsservice': ['false'],
    };
    return evaluate({
      caller: stranger(caller),
      action: call,
      resource: role.arn!,
      resourceAccount: role.stack.account,
      resourcePolicy: trust,
      context,
    });
  }

  test.each(allowed.map(({ issue }) => issue))(
    '%i: allows other principals of the account before the fix, and denies them after it',
    (issue) => {
      const { bad, good, expected } = reproduce(issue);
      for (const one of expected) {
        expect({ ...one, verdict: verdictOn(bad, one).verdict }).toEqual({ ...one, verdict: 'ALLOWED' });
        expect({ ...one, verdict: verdictOn(good, one).verdict }).toEqual({ ...one, verdict: 'DENIED' });
      }
      // Neither too much nor too little trust is in the way of the pipeline.
      expect([bad, good].flatMap((assembly) => denialsOf(check(readInput(assembly))))).toEqual([]);
    },
  );
});
