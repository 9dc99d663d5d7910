import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import { check, EvaluatedCall } from '../../src/check/check';
import type { Context } from '../../src/check/iam/request';
import { ACTION_ROLE, PIPELINE_ROLE, smallPipeline, statements } from '../helpers/small-pipeline';
import { EU, PROD, TOOLS, US } from '../helpers/stacks';

describe('a call', () => {
  const PIPELINE_ARN = `arn:aws:codepipeline:${EU}:${TOOLS}:delivery`;

  function callsOf(stacks: readonly AssemblyStack[], action: string, caller: RegExp) {
    const found: EvaluatedCall[] = [];
    check(stacks, { onCall: (judged) => found.push(judged) });

    function isMeant({ call, request: { caller: who } }: EvaluatedCall) {
      return call.call === action && caller.test(who.kind === 'role' ? who.arn : who.service);
    }

    const matching = found.filter(isMeant);
    expect(matching).not.toHaveLength(0);
    return matching;
  }

  test.each<[string, RegExp, Context]>([
    [
      'kms:Decrypt',
      /deploy$/,
      { 'kms:viaservice': [`s3.${EU}.amazonaws.com`], 'kms:calleraccount': [PROD], 'aws:principalarn': [ACTION_ROLE] },
    ],
    ['kms:Decrypt', /deploy$/, { 'aws:viaawsservice': ['true'], 'aws:resourceaccount': [TOOLS] }],
    [
      'iam:PassRole',
      /deploy$/,
      {
        'iam:passedtoservice': ['cloudformation.amazonaws.com'],
        'aws:resourcetag/stage': ['prod'],
        'iam:resourcetag/stage': ['prod'],
      },
    ],
    ['sts:AssumeRole', /^codepipeline/, { 'aws:sourcearn': [PIPELINE_ARN], 'aws:sourceaccount': [TOOLS] }],
    [
      'sts:AssumeRole',
      /^codepipeline/,
      { 'aws:principalservicename': ['codepipeline.amazonaws.com'], 'aws:principalarn': 'absent' },
    ],
    [
      'sts:AssumeRole',
      /pipeline$/,
      { 'aws:principalarn': [PIPELINE_ROLE], 'aws:principalaccount': [TOOLS], 'aws:resourceaccount': [PROD] },
    ],
    ['sts:AssumeRole', /pipeline$/, { 'aws:sourcearn': 'absent', 'sts:externalid': 'absent' }],
    [
      's3:PutObject',
      /pipeline$/,
      {
        's3:x-amz-server-side-encryption': ['aws:kms'],
        's3:resourceaccount': [TOOLS],
        'aws:securetransport': ['true'],
      },
    ],
    [
      'sns:Publish',
      /pipeline$/,
      { 'aws:requestedregion': [EU], 'aws:resourceaccount': [TOOLS], 'aws:principalisawsservice': ['false'] },
    ],
  ])('%s of %s has the known condition keys', (action, caller, context) => {
    for (const { request } of callsOf(smallPipeline(), action, caller)) expect(request.context).toMatchObject(context);
  });

  function guarded(where: 'Key' | 'Trust' | 'Pass', Condition: object) {
    return smallPipeline(
      ({ Key, Role }) => {
        if (where === 'Key') statements(Key.Properties.KeyPolicy, 'Prod', (one) => ({ ...one, Condition }));
        if (where === 'Trust') {
          statements(Role.Properties.AssumeRolePolicyDocument, 'Trust', (one) => ({ ...one, Condition }));
        }
      },
      ({ ActionRole }) => {
        if (where === 'Pass') {
          statements(ActionRole.Properties.Policies[0].PolicyDocument, 'Pass', (one) => ({ ...one, Condition }));
        }
      },
    );
  }

  const CALLS = {
    Key: ['kms:Decrypt', /deploy$/],
    Trust: ['sts:AssumeRole', /^codepipeline/],
    Pass: ['iam:PassRole', /deploy$/],
  } as const;

  test.each<[keyof typeof CALLS, object, string]>([
    ['Key', { StringEquals: { 'kms:ViaService': `s3.${EU}.amazonaws.com` } }, 'ALLOWED'],
    ['Key', { StringEquals: { 'kms:ViaService': `s3.${US}.amazonaws.com` } }, 'DENIED'],
    ['Key', { StringEquals: { 'kms:CallerAccount': PROD } }, 'ALLOWED'],
    ['Key', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${TOOLS}:role/*` } }, 'DENIED'],
    ['Key', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'UNKNOWN'],
    ['Key', { Null: { 'kms:ViaService': 'true' } }, 'DENIED'],
    ['Trust', { ArnEquals: { 'aws:SourceArn': PIPELINE_ARN } }, 'ALLOWED'],
    ['Trust', { ArnEquals: { 'aws:SourceArn': { 'Fn::Sub': '${AWS::Partition}' } } }, 'DENIED'],
    ['Trust', { StringEquals: { 'aws:SourceAccount': TOOLS } }, 'ALLOWED'],
    ['Trust', { StringEquals: { 'aws:SourceAccount': PROD } }, 'DENIED'],
    ['Pass', { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } }, 'ALLOWED'],
    ['Pass', { StringLike: { 'iam:PassedToService': 'lambda*' } }, 'DENIED'],
    ['Pass', { StringEquals: { 'aws:ResourceTag/Stage': 'prod' } }, 'ALLOWED'],
    ['Pass', { StringEquals: { 'aws:ResourceTag/Stage': 'dev' } }, 'DENIED'],
    ['Pass', { StringEquals: { 'aws:ResourceTag/Owner': 'me' } }, 'UNKNOWN'],
    ['Pass', { StringEquals: { 'aws:PrincipalTag/team': 'ops' } }, 'UNKNOWN'],
    ['Pass', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, 'UNKNOWN'],
  ])('allowed by %s on %j is %s', (where, condition, verdict) => {
    const [action, caller] = CALLS[where];
    for (const { evaluation } of callsOf(guarded(where, condition), action, caller)) {
      expect(evaluation.verdict).toBe(verdict);
    }
  });

  // A role of another account cannot name a key that has no fixed ARN; by its alias it can.
  test.each([
    ['its alias', ['alias/store'], 'alias/store', 'ALLOWED'],
    ['one of its aliases', ['alias/a', 'alias/store'], 'alias/st*', 'ALLOWED'],
    ['an alias of another', ['alias/other'], 'alias/store', 'DENIED'],
    ['an alias that it lacks', [], 'alias/store', 'DENIED'],
  ])('a key policy allows it by %s', (_, aliases, wanted, verdict) => {
    const Condition = { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': wanted } };
    const [tools, prod] = guarded('Key', Condition);
    const made = aliases.map(
      (AliasName, index) =>
        [`Alias${index}`, { Type: 'AWS::KMS::Alias', Properties: { AliasName, TargetKeyId: { Ref: 'Key' } } }] as const,
    );
    const template = { ...tools.template, Resources: { ...tools.template.Resources, ...Object.fromEntries(made) } };
    for (const { evaluation } of callsOf([{ ...tools, template }, prod], 'kms:Decrypt', /deploy$/)) {
      expect(evaluation.verdict).toBe(verdict);
    }
  });
});

describe('does not deny a call because of a value that is unknown until deployment:', () => {
  /** The paths of all texts and of all functions of CloudFormation below a value. */
  function paths(value: unknown, path: readonly string[] = []): string[][] {
    if (typeof value === 'string') return [[...path]];
    if (typeof value !== 'object' || value === null) return [];
    const isFunction = /^(Ref|Fn::\w+)$/.test(Object.keys(value).join());
    return isFunction ? [[...path]] : Object.entries(value).flatMap(([key, item]) => paths(item, [...path, key]));
  }

  const VALUES = smallPipeline().flatMap(({ template: { Resources = {} } }, stack) =>
    Object.entries(Resources).flatMap(([resource, { Properties }]) =>
      paths(Properties).map((path) => ({ name: `${resource}: ${path.join('.')}`, stack, resource, path })),
    ),
  );

  function nothingIsDenied({ stack, resource, path }: (typeof VALUES)[0]) {
    const stacks = smallPipeline();
    const holder = path
      .slice(0, -1)
      .reduce<any>((value, key) => value[key], stacks[stack].template.Resources![resource].Properties);
    holder[path.at(-1)!] = { 'Fn::ImportValue': 'Open' };
    const findings = check(stacks).pipelines.flatMap((pipeline) => pipeline.findings);
    expect(findings.filter(({ verdict }) => verdict === 'DENIED').map(({ message }) => message)).toEqual([]);
  }

  test.each(VALUES)('$name', nothingIsDenied);
});
