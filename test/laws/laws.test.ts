import { VARIANT_GROUPS } from './all-variants';
import { ACTION_PROVIDERS, type ActionProvider } from '../../src/aws/action-providers';
import { RULE_PROVIDERS } from '../../src/aws/rule-providers';
import { every } from '../helpers/every';
import {
  type ActionJson,
  actionsOf,
  type CfnTemplate,
  type Make,
  pipelineOf,
  resolved,
  resourcesOf,
  rulesOf,
  type StageJson,
  statementsOf,
} from '../helpers/synth';
import { SETTINGS, synthesized } from '../helpers/synthesized';

const PROVIDERS: readonly ActionProvider[] = Object.values(ACTION_PROVIDERS);

/** Of actions that the user brings nothing is known here. */
function isOurs({ ActionTypeId: { Owner } }: ActionJson) {
  return Owner === 'AWS';
}

function providerOf({ ActionTypeId: { Category, Provider } }: ActionJson) {
  return PROVIDERS.find((one) => one.provider === Provider && one.category === Category)!;
}

/** The action that releases to an environment. */
function isDeployment({ Name }: ActionJson) {
  return Name.startsWith('Deploy-');
}

function isApproval({ ActionTypeId: { Category } }: ActionJson) {
  return Category === 'Approval';
}

/** Variants whose change sets are reviewed, in the stage of the environment. */
const REVIEWED = / is reviewed, /;

/** What has no resource level, and so is granted on everything. */
const NO_RESOURCE_LEVEL = [
  'ecr:GetAuthorizationToken',
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeVpcs',
  'ec2:DescribeRouteTables',
  'inspector-scan:ScanSbom',
  'cloudformation:ValidateTemplate',
  'devicefarm:ListProjects',
  'lambda:ListFunctions',
  'ecs:DescribeTaskDefinition',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeRules',
  'codepipeline:PutJobSuccessResult',
  'codepipeline:PutJobFailureResult',
];

/** As the documentation of SNS writes it for who publishes to a topic with a key of the customer. */
const DATA_KEYS = 'kms:GenerateDataKey*';

/** Stages, by the name of their first action, whose failure handling these variants define. */
const SAYS_OTHERWISE: Readonly<Record<string, RegExp>> = {
  'Deploy-production': /: otherwise: /,
  Test: /: steps: /,
  Build: /^web app: two approvals, /,
};

/** The templates of a group, each variant in each setting; each is read when a law first needs it. */
function templatesOf(variants: Readonly<Record<string, Make>>): Record<string, () => CfnTemplate> {
  const known = new Map<string, CfnTemplate>();
  return Object.fromEntries(
    Object.entries(variants).flatMap(([name, make]) =>
      SETTINGS.map((setting) => {
        const title = `${name}, in ${setting}`;
        return [
          title,
          () => {
            const template = known.get(title) ?? synthesized(name, make, setting).template;
            known.set(title, template);
            return template;
          },
        ];
      }),
    ),
  );
}

describe.each(Object.entries(VARIANT_GROUPS))('%s', (_, variants) => {
  const templates = templatesOf(variants);

  /** A law that holds for the template of every variant, in every setting. */
  function law(title: string, holds: (template: CfnTemplate, name: string) => void) {
    return test(title, () => every(templates, (templateOf, name) => holds(templateOf(), name)), 120_000);
  }

  law('stage one holds the sources and no other stage does', (template) => {
    const [first, ...rest] = pipelineOf(template).Stages;
    expect(first.Actions.every((action) => action.ActionTypeId.Category === 'Source')).toBe(true);
    expect(
      rest.flatMap((stage) => stage.Actions).filter((action) => action.ActionTypeId.Category === 'Source'),
    ).toEqual([]);
  });

  law(
    'approvals share a stage with nothing, and the environment that they approve comes right after',
    (template, name) => {
      const stages = pipelineOf(template).Stages;
      stages.forEach((stage, i) => {
        const approvals = stage.Actions.filter((action) => action.ActionTypeId.Category === 'Approval');
        if (approvals.length === 0 || REVIEWED.test(name)) return;
        expect(stage.Actions).toEqual(approvals);
        expect(stage.OnSuccess).toBeUndefined();
        expect(stage.OnFailure).toBeUndefined();
        if (!stage.Name.endsWith('-Approve')) return;
        expect(stage.Name).toBe(`${stages[i + 1].Name}-Approve`);

        // Approvals are requested only for a release that is deployed.
        function skips(one: StageJson) {
          return (
            one.BeforeEntry?.Conditions[0].Result === 'SKIP' &&
            one.BeforeEntry.Conditions[0].Rules.map(({ RuleTypeId, Configuration }) => [RuleTypeId, Configuration])
          );
        }

        expect(skips(stage)).toEqual(skips(stages[i + 1]));
      });
    },
  );

  law('change sets are created, then approved, then executed in one stage, if they are reviewed', (template, name) => {
    if (!REVIEWED.test(name)) return;
    const stage = pipelineOf(template).Stages.find(({ Actions }) => Actions.some(isApproval))!;

    function orders(test: (action: ActionJson) => boolean) {
      return stage.Actions.filter(test).map(({ RunOrder }) => RunOrder!);
    }

    const approved = orders(isApproval);
    const created = orders(({ Configuration = {} }) => Configuration.ActionMode === 'CHANGE_SET_REPLACE');
    const others = orders((action) => !isApproval(action) && action.Configuration?.ActionMode !== 'CHANGE_SET_REPLACE');
    expect(Math.max(...created)).toBeLessThan(Math.min(...approved));
    expect(Math.max(...approved)).toBeLessThan(Math.min(...others));
    expect(stage.OnFailure).toBeUndefined();
  });

  law('what can be approved stands strictly behind its approvals', (template) => {
    const stages = pipelineOf(template).Stages;
    for (const { Name } of stages.filter((stage) => stage.Name.endsWith('-Approve'))) {
      const approved = Name.replace(/-Approve$/, '');
      expect(stages.findIndex((stage) => stage.Name === approved)).toBe(
        stages.findIndex((stage) => stage.Name === Name) + 1,
      );
    }
  });

  law('the environments roll back, and nothing else does, unless it is said', (template, name) => {
    for (const stage of pipelineOf(template).Stages) {
      const [only] = stage.Actions;
      if (SAYS_OTHERWISE[only.Name]?.test(name)) continue;
      const deploys = stage.Actions.some(isDeployment) && !REVIEWED.test(name);
      expect(stage.OnFailure).toEqual(deploys ? { Result: 'ROLLBACK' } : undefined);
    }
  });

  law('no stage goes back and is tried again, and what either does is said in full', (template) => {
    const [source, ...stages] = pipelineOf(template).Stages;
    expect([source.BeforeEntry, source.OnSuccess, source.OnFailure]).toEqual([undefined, undefined, undefined]);
    for (const { OnFailure } of stages) {
      if (OnFailure === undefined) continue;
      // With a result beside a condition, it would be what happens always.
      expect([OnFailure.Result, OnFailure.Conditions].filter((one) => one !== undefined)).toHaveLength(1);
      expect(OnFailure.Result === 'RETRY').toBe(OnFailure.RetryConfiguration !== undefined);
      if (OnFailure.RetryConfiguration) {
        expect(OnFailure.RetryConfiguration.RetryMode).toMatch(/^(FAILED_ACTIONS|ALL_ACTIONS)$/);
      }
    }
  });

  law('conditions and rules are as the service takes them', (template) => {
    const rules = rulesOf(template);
    expect(new Set(rules.map(({ rule }) => rule.Name)).size).toBe(rules.length);
    for (const stage of pipelineOf(template).Stages) {
      for (const place of ['BeforeEntry', 'OnSuccess', 'OnFailure'] as const) {
        const conditions = stage[place]?.Conditions;
        if (conditions === undefined) continue;
        expect(conditions).toHaveLength(1);
        expect(conditions[0].Result).toMatch(
          { BeforeEntry: /^(FAIL|SKIP)$/, OnSuccess: /^(FAIL|ROLLBACK)$/, OnFailure: /^ROLLBACK$/ }[place],
        );
        expect(conditions[0].Rules.length).toBeGreaterThanOrEqual(1);
        expect(conditions[0].Rules.length).toBeLessThanOrEqual(5);
      }
    }
    for (const { stage, place, rule } of rules) {
      expect(rule.Name).toMatch(/^[A-Za-z0-9.@\-_]{1,100}$/);
      const provider = Object.values(RULE_PROVIDERS).find((one) => one.provider === rule.RuleTypeId.Provider)!;
      expect(rule.RuleTypeId).toEqual({ Category: 'Rule', Owner: 'AWS', Provider: provider.provider, Version: '1' });
      const known = Object.keys(provider.configuration);
      expect(known).toEqual(expect.arrayContaining(Object.keys(rule.Configuration ?? {})));
      const required = Object.entries(provider.configuration)
        .filter(([, must]) => must)
        .map(([key]) => key);
      expect(Object.keys(rule.Configuration ?? {})).toEqual(expect.arrayContaining(required));
      if (rule.Configuration?.WaitTime !== undefined) expect(rule.Configuration.WaitTime).toMatch(/^[1-9]\d*$/);
      expect(rule.InputArtifacts?.length ?? 0).toBeGreaterThanOrEqual(provider.inputs.min);
      expect(rule.InputArtifacts?.length ?? 0).toBeLessThanOrEqual(provider.inputs.max);
      const skips = place === 'BeforeEntry' && stage.BeforeEntry!.Conditions[0].Result === 'SKIP';
      if (skips) expect(['VariableCheck', 'LambdaInvoke']).toContain(provider.provider);
      if (place === 'OnFailure') expect(['CloudWatchAlarm', 'LambdaInvoke']).toContain(provider.provider);
    }
  });

  law('every name, number and configuration keeps the limits of the service', (template) => {
    const { Name, PipelineType, Stages } = pipelineOf(template);
    expect(PipelineType).toBe('V2');
    expect(Name).toMatch(/^[A-Za-z0-9.@_-]{1,100}$/);
    expect(Stages.length).toBeGreaterThanOrEqual(2);
    expect(Stages.length).toBeLessThanOrEqual(50);
    expect(new Set(Stages.map((stage) => stage.Name)).size).toBe(Stages.length);
    const actions = actionsOf(template);
    expect(new Set(actions.map((action) => action.Name)).size).toBe(actions.length);
    for (const action of actions.filter(isOurs)) {
      const provider = providerOf(action);
      expect(action.ActionTypeId).toEqual({
        Category: provider.category,
        Owner: provider.owner,
        Provider: provider.provider,
        Version: provider.version,
      });
      expect(action.Name).toMatch(/^[A-Za-z0-9_-]{1,60}$/);
      expect(action.InputArtifacts?.length ?? 0).toBeGreaterThanOrEqual(provider.inputs.min);
      expect(action.InputArtifacts?.length ?? 0).toBeLessThanOrEqual(provider.inputs.max);
      expect(action.OutputArtifacts?.length ?? 0).toBeGreaterThanOrEqual(provider.outputs.min);
      expect(action.OutputArtifacts?.length ?? 0).toBeLessThanOrEqual(provider.outputs.max);
      const configuration = action.Configuration ?? {};
      if (provider.configuration === 'any') throw new Error('the configuration of our own actions is known');
      expect(Object.keys(provider.configuration)).toEqual(expect.arrayContaining(Object.keys(configuration)));
      const required = Object.entries(provider.configuration)
        .filter(([, must]) => must)
        .map(([key]) => key);
      expect(Object.keys(configuration)).toEqual(expect.arrayContaining(required));
      for (const value of Object.values(configuration)) expect(resolved(value).length).toBeLessThanOrEqual(1000);
      expect(action.Commands?.length ?? 0).toBeLessThanOrEqual(50);
      for (const command of action.Commands ?? []) {
        expect(resolved(command).length).toBeLessThanOrEqual(1000);
        expect(resolved(command)).not.toMatch(/[\r\n]|#\{/);
      }
    }
  });

  law('an artifact is made once and before it is used', (template) => {
    const ready = new Set<string>();
    for (const stage of pipelineOf(template).Stages) {
      for (const runOrder of new Set(stage.Actions.map((action) => action.RunOrder).sort((a, b) => a - b))) {
        const actions = stage.Actions.filter((action) => action.RunOrder === runOrder);
        for (const action of actions) for (const { Name } of action.InputArtifacts ?? []) expect(ready).toContain(Name);
        for (const action of actions) {
          for (const { Name } of action.OutputArtifacts ?? []) {
            // Outputs of a deployment are for shells, which know no `-` in the name of a variable.
            expect(
              Name === action.Name ||
                [action.Name, action.Name.replace(/-/g, '_')].some((owner) => Name.startsWith(`${owner}_`)),
            ).toBe(true);
            expect(ready).not.toContain(Name);
            ready.add(Name);
          }
        }
      }
    }
  });

  law('nothing polls', (template) => {
    for (const { ActionTypeId, Configuration } of actionsOf(template).filter(
      (action) => action.ActionTypeId.Category === 'Source',
    )) {
      switch (ActionTypeId.Provider) {
        case 'CodeStarSourceConnection':
          expect(Configuration!.DetectChanges).toMatch(/^(true|false)$/);
          break;
        case 'ECR':
          expect(Configuration).not.toHaveProperty('PollForSourceChanges');
          break; // has no polling
        default:
          expect(Configuration).toMatchObject({ PollForSourceChanges: 'false' });
      }
    }
  });

  law('permissions name their actions and their resources', (template) => {
    for (const { statement } of statementsOf(template)) {
      expect(statement.Effect).toBe('Allow');
      for (const action of [statement.Action].flat()) if (action !== DATA_KEYS) expect(action).not.toContain('*');
      if ([statement.Action].flat().every((action) => NO_RESOURCE_LEVEL.includes(action))) continue;
      for (const resource of [statement.Resource].flat()) {
        expect(resource).toBeDefined();
        // A star may end the ARN of a bucket's objects or of a log group's streams; it never represents a resource.
        // An imported subnet or security group can belong to the account that shares its VPC.
        const arn = resolved(resource).replace(/(:ec2:[^:]*):\*:(subnet|security-group)\//, '$1::$2/');
        expect(arn).not.toMatch(/^\*$|\*./);
      }
    }
  });

  law(
    'an environment is deployed to under its own role, as are commands of a rule run, which trusts the role of ' +
      'the pipeline alone',
    (template) => {
      const deploys = pipelineOf(template).Stages.flatMap((stage) =>
        stage.Actions.filter(isDeployment)
          // Several deployments of one environment share its role; those of a wave are to an environment each.
          .map((action) => ({
            ...action,
            to: action.Name.startsWith(`Deploy-${stage.Name}-`) ? `Deploy-${stage.Name}` : action.Name,
          })),
      );
      const commands = rulesOf(template)
        .map(({ rule }) => rule)
        .filter(({ RuleTypeId }) => RuleTypeId.Provider === 'Commands');
      const roles = new Map<string, string>();
      for (const { to, RoleArn } of [...deploys, ...commands.map((rule, i) => ({ ...rule, to: `rule ${i}` }))]) {
        const role = RoleArn!['Fn::GetAtt'][0];
        expect(roles.get(to) ?? role).toBe(role);
        roles.set(to, role);
      }
      expect(new Set(roles.values()).size).toBe(roles.size);
      for (const role of roles.values()) {
        const document = template.Resources[role].Properties.AssumeRolePolicyDocument as {
          Statement: Array<Record<string, unknown>>;
        };
        const [trust, ...more] = document.Statement;
        expect(more).toEqual([]);
        expect(trust.Condition).toEqual({
          ArnEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^SiteRole/), 'Arn'] } },
        });
      }
    },
  );

  law('the pipeline is made after the permissions that its first run needs', (template) => {
    const [[, { DependsOn = [] }]] = resourcesOf(template, 'AWS::CodePipeline::Pipeline');
    const policies = Object.keys(template.Resources).filter((id) => /^Site(RolePolicy|ArtifactBucketPolicy)/.test(id));
    expect(policies).toHaveLength(2);
    expect(DependsOn).toEqual(expect.arrayContaining(policies));
  });

  law('buckets are private, encrypted, open to TLS only, and stay', (template) => {
    const buckets = resourcesOf(template, 'AWS::S3::Bucket');
    expect(buckets.length).toBeGreaterThan(0);
    const policies = resourcesOf(template, 'AWS::S3::BucketPolicy');
    for (const [id, bucket] of buckets) {
      expect(bucket.DeletionPolicy).toBe('Retain');
      expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(bucket.Properties.BucketEncryption).toBeDefined();
      const policy = policies.find(([, { Properties }]) => (Properties.Bucket as { Ref: string }).Ref === id);
      expect(policy?.[1].Properties.PolicyDocument).toMatchObject({
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      });
    }
  });

  law('logs have a retention', (template) => {
    const groups = resourcesOf(template, 'AWS::Logs::LogGroup');
    const named = groups.map(([, { Properties }]) => Properties.LogGroupName);
    const projects = resourcesOf(template, 'AWS::CodeBuild::Project');
    expect(named).toEqual(
      expect.arrayContaining(projects.map(([, { Properties }]) => `/aws/codebuild/${String(Properties.Name)}`)),
    );
    const onCompute = [
      ...actionsOf(template).map(({ ActionTypeId }) => ActionTypeId),
      ...rulesOf(template).map(({ rule }) => rule.RuleTypeId),
    ];
    if (onCompute.some(({ Provider }) => Provider === 'Commands')) {
      expect(named).toContain(`/aws/codepipeline/${pipelineOf(template).Name}`);
    }
    for (const [, group] of groups) expect(group.Properties.RetentionInDays).toBeGreaterThan(0);
  });

  law('no token is left, and nothing is made outside of the construct', (template) => {
    expect(JSON.stringify(template)).not.toContain('${Token[');
    for (const id of Object.keys(template.Resources)) expect(id).toMatch(/^Site/);
  });
});
