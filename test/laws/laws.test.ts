import { FUTURE_FLAGS } from 'aws-cdk-lib/cx-api';
import { VARIANTS } from './variants';
import { ACTION_PROVIDERS, type ActionProvider } from '../../src/facts/action-providers';
import { actionsOf, type CfnTemplate, pipelineOf, PLACES, resolved, resourcesOf, statementsOf, templateOf } from '../helpers/synth';

const ALL_FLAGS = Object.fromEntries(Object.keys(FUTURE_FLAGS).map((flag) => [flag, true]));
const cases = Object.entries(VARIANTS).flatMap(([name, props]) => [
  ...Object.entries(PLACES).map(([place, synth]) => [`${name}, in ${place}`, () => synth(props)] as const),
  [`${name}, with all feature flags`, () => templateOf(props, { context: ALL_FLAGS })] as const,
]);
const PROVIDERS: readonly ActionProvider[] = Object.values(ACTION_PROVIDERS);

describe.each(cases)('%s', (_, synth) => {
  let template: CfnTemplate;
  beforeAll(() => { template = synth(); });

  test('stage one holds the sources and no other stage does', () => {
    const [first, ...rest] = pipelineOf(template).Stages;
    expect(first.Actions.every((action) => action.ActionTypeId.Category === 'Source')).toBe(true);
    expect(rest.flatMap((stage) => stage.Actions).filter((action) => action.ActionTypeId.Category === 'Source')).toEqual([]);
  });

  test('approvals share a stage with nothing, and what they approve comes right after', () => {
    const stages = pipelineOf(template).Stages;
    stages.forEach((stage, i) => {
      const approvals = stage.Actions.filter((action) => action.ActionTypeId.Category === 'Approval');
      if (approvals.length === 0) return;
      expect(stage.Actions).toEqual(approvals);
      expect(stage.Name).toBe(`${stages[i + 1].Name}-Approve`);
      expect(stage.OnFailure).toBeUndefined();
    });
  });

  test('exactly the environments roll back', () => {
    for (const stage of pipelineOf(template).Stages) {
      const deploys = stage.Actions.some((action) => action.ActionTypeId.Provider === 'Commands');
      expect(stage.OnFailure).toEqual(deploys ? { Result: 'ROLLBACK' } : undefined);
    }
  });

  test('every name, number and configuration keeps the limits of the service', () => {
    const { Name, PipelineType, Stages } = pipelineOf(template);
    expect(PipelineType).toBe('V2');
    expect(Name).toMatch(/^[A-Za-z0-9.@_-]{1,100}$/);
    expect(Stages.length).toBeGreaterThanOrEqual(2);
    expect(Stages.length).toBeLessThanOrEqual(50);
    expect(new Set(Stages.map((stage) => stage.Name)).size).toBe(Stages.length);
    const actions = actionsOf(template);
    expect(new Set(actions.map((action) => action.Name)).size).toBe(actions.length);
    for (const action of actions) {
      const provider = PROVIDERS.find((one) => one.provider === action.ActionTypeId.Provider)!;
      expect(action.ActionTypeId).toEqual({
        Category: provider.category, Owner: provider.owner, Provider: provider.provider, Version: provider.version,
      });
      expect(action.Name).toMatch(/^[A-Za-z0-9_-]{1,60}$/);
      expect(action.InputArtifacts?.length ?? 0).toBeGreaterThanOrEqual(provider.inputs.min);
      expect(action.InputArtifacts?.length ?? 0).toBeLessThanOrEqual(provider.inputs.max);
      expect(action.OutputArtifacts?.length ?? 0).toBeGreaterThanOrEqual(provider.outputs.min);
      expect(action.OutputArtifacts?.length ?? 0).toBeLessThanOrEqual(provider.outputs.max);
      const configuration = action.Configuration ?? {};
      expect(Object.keys(provider.configuration)).toEqual(expect.arrayContaining(Object.keys(configuration)));
      const required = Object.entries(provider.configuration).filter(([, must]) => must).map(([key]) => key);
      expect(Object.keys(configuration)).toEqual(expect.arrayContaining(required));
      for (const value of Object.values(configuration)) expect(resolved(value).length).toBeLessThanOrEqual(1000);
      expect(action.Commands?.length ?? 0).toBeLessThanOrEqual(50);
      for (const command of action.Commands ?? []) {
        expect(resolved(command).length).toBeLessThanOrEqual(1000);
        expect(resolved(command)).not.toMatch(/[\r\n]|#\{/);
      }
    }
  });

  test('an artifact is made once and before it is used', () => {
    const made = new Set<string>();
    for (const stage of pipelineOf(template).Stages) {
      for (const action of stage.Actions) for (const { Name } of action.InputArtifacts ?? []) expect(made).toContain(Name);
      for (const action of stage.Actions) {
        for (const { Name } of action.OutputArtifacts ?? []) {
          expect(Name).toBe(action.Name);
          expect(made).not.toContain(Name);
          made.add(Name);
        }
      }
    }
  });

  test('nothing polls', () => {
    for (const action of actionsOf(template).filter(({ ActionTypeId }) => ActionTypeId.Category === 'Source')) {
      expect(action.Configuration).toMatchObject({ DetectChanges: 'true' });
      expect(action.Configuration).not.toHaveProperty('PollForSourceChanges');
    }
  });

  test('permissions name their actions and their resources', () => {
    for (const { statement } of statementsOf(template)) {
      expect(statement.Effect).toBe('Allow');
      for (const action of [statement.Action].flat()) expect(action).not.toContain('*');
      for (const resource of [statement.Resource].flat()) {
        expect(resource).toBeDefined();
        // A star may end the ARN of a bucket's objects or of a log group's streams; it never stands for a resource.
        expect(resolved(resource)).not.toMatch(/^\*$|\*./);
      }
    }
  });

  test('an environment is deployed to under its own role, which trusts the role of the pipeline alone', () => {
    const deploys = actionsOf(template).filter(({ ActionTypeId }) => ActionTypeId.Provider === 'Commands');
    const roles = deploys.map((action) => action.RoleArn!['Fn::GetAtt'][0]);
    expect(new Set(roles).size).toBe(deploys.length);
    for (const role of roles) {
      const document = template.Resources[role].Properties.AssumeRolePolicyDocument as { Statement: Array<Record<string, unknown>> };
      const [trust, ...more] = document.Statement;
      expect(more).toEqual([]);
      expect(trust.Condition).toEqual({ ArnEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^SiteRole/), 'Arn'] } } });
    }
  });

  test('the pipeline is made after the permissions that its first run needs', () => {
    const [[, { DependsOn = [] }]] = resourcesOf(template, 'AWS::CodePipeline::Pipeline');
    const policies = Object.keys(template.Resources).filter((id) => /^Site(RolePolicy|ArtifactBucketPolicy)/.test(id));
    expect(policies).toHaveLength(2);
    expect(DependsOn).toEqual(expect.arrayContaining(policies));
  });

  test('buckets are private, encrypted, open to TLS only, and stay', () => {
    const buckets = resourcesOf(template, 'AWS::S3::Bucket');
    expect(buckets.length).toBeGreaterThan(0);
    const policies = resourcesOf(template, 'AWS::S3::BucketPolicy');
    for (const [id, bucket] of buckets) {
      expect(bucket.DeletionPolicy).toBe('Retain');
      expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true,
      });
      expect(bucket.Properties.BucketEncryption).toBeDefined();
      const policy = policies.find(([, { Properties }]) => (Properties.Bucket as { Ref: string }).Ref === id);
      expect(policy?.[1].Properties.PolicyDocument).toMatchObject({
        Statement: expect.arrayContaining([expect.objectContaining({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]),
      });
    }
  });

  test('logs have a retention', () => {
    const groups = resourcesOf(template, 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(2);
    for (const [, group] of groups) expect(group.Properties.RetentionInDays).toBeGreaterThan(0);
  });

  test('no token is left, and nothing is made outside of the construct', () => {
    expect(JSON.stringify(template)).not.toContain('${Token[');
    for (const id of Object.keys(template.Resources)) expect(id).toMatch(/^Site/);
  });
});
