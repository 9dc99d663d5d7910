import { aws_codepipeline as codepipeline, aws_events as events, aws_iam as iam, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CustomStep } from '../../../src';
import { PIPELINE_ACCOUNT } from '../../../src/steps/custom/render';
import { complaints, delivery, source, stepsOf } from '../../helpers/delivery';
import { actionsOf, CONCRETE, jsonOf } from '../../helpers/synth';

const input = source.artifact.toCodePipelineArtifact();

/** An action of a class of the user, with all properties that an action can have. */
class OwnAction implements codepipeline.IAction {
  public constructor(
    public readonly actionProperties: codepipeline.ActionProperties,
    private readonly config: codepipeline.ActionConfig = { configuration: { ProjectName: 'shop' } },
  ) {}

  public bind(
    _scope: Construct,
    _stage: codepipeline.IStage,
    { role, bucket }: codepipeline.ActionBindOptions,
  ): codepipeline.ActionConfig {
    bucket.grantRead(role);
    return this.config;
  }

  public onStateChange(): events.Rule {
    throw new Error('not used');
  }
}

const REQUIRED = {
  actionName: 'Act',
  category: codepipeline.ActionCategory.BUILD,
  provider: 'CodeBuild',
  artifactBounds: { minInputs: 0, maxInputs: 5, minOutputs: 0, maxOutputs: 5 },
};

type Properties = Partial<codepipeline.ActionProperties>;

function render(properties: Properties, config?: codepipeline.ActionConfig) {
  const { stack } = delivery(
    stepsOf(() => [CustomStep.action(new OwnAction({ ...REQUIRED, ...properties }, config))]),
    { stack: CONCRETE },
  );
  return actionsOf(jsonOf(stack)).find(({ Name }) => Name === 'Act')!;
}

/** Each property of an action, with what it renders. A new property of the CDK must get a row. */
const PROPERTIES: Readonly<Record<keyof codepipeline.ActionProperties, readonly [Properties, object]>> = {
  actionName: [{}, { Name: 'Act' }],
  category: [{ category: codepipeline.ActionCategory.TEST }, { ActionTypeId: { Category: 'Test' } }],
  provider: [{ provider: 'DeviceFarm' }, { ActionTypeId: { Provider: 'DeviceFarm' } }],
  owner: [{ owner: 'Custom', provider: 'Acme' }, { ActionTypeId: { Owner: 'Custom', Provider: 'Acme' } }],
  version: [{ version: '7' }, { ActionTypeId: { Version: '7' } }],
  artifactBounds: [{}, {}],
  inputs: [{ inputs: [input] }, { InputArtifacts: [{ Name: 'Source' }] }],
  outputs: [{ outputs: [new codepipeline.Artifact('Built')] }, { OutputArtifacts: [{ Name: 'Built' }] }],
  variablesNamespace: [{ variablesNamespace: 'own' }, { Namespace: 'own' }],
  commands: [{ commands: ['ls'] }, { Commands: ['ls'] }],
  outputVariables: [{ outputVariables: ['A'] }, { OutputVariables: ['A'] }],
  timeout: [{ timeout: Duration.minutes(7) }, { TimeoutInMinutes: 7 }],
  runOrder: [{ runOrder: 1 }, { RunOrder: 1 }],
  account: [{ account: '111111111111' }, { Name: 'Act' }],
  region: [{ region: 'eu-west-1' }, { Name: 'Act' }],
  // A role and a resource require a scope; see below.
  role: [{}, {}],
  resource: [{}, {}],
};

test.each(Object.entries(PROPERTIES))('keeps the property %s of an action', (_, [properties, rendered]) => {
  expect(render(properties)).toMatchObject(rendered);
});

test('keeps the role of an action', () => {
  const roleArn = 'arn:aws:iam::111111111111:role/own';
  const { stack } = delivery(
    stepsOf((scope) => [
      CustomStep.action(new OwnAction({ ...REQUIRED, role: iam.Role.fromRoleArn(scope, 'Own', roleArn) })),
    ]),
    { stack: CONCRETE },
  );
  expect(actionsOf(jsonOf(stack)).find(({ Name }) => Name === 'Act')).toMatchObject({ RoleArn: roleArn });
});

test('keeps the configuration that an action returns when it is bound', () => {
  const configuration = { ProjectName: 'shop', PrimarySource: 'Source', Other: '#{Source-vars.CommitId}' };
  expect(render({}, { configuration })).toMatchObject({ Configuration: configuration });
  expect(render({}, {})).not.toHaveProperty('Configuration');
});

const ELSEWHERE: Readonly<Record<string, readonly [Properties, string]>> = {
  account: [{ account: '222222222222' }, 'account'],
  region: [{ region: 'us-east-1' }, 'region'],
};

test.each(Object.entries(ELSEWHERE))('rejects another %s', (_, [properties, path]) => {
  function step() {
    return [CustomStep.action(new OwnAction({ ...REQUIRED, ...properties }))];
  }

  expect(complaints(stepsOf(step), { stack: CONCRETE })).toEqual([
    expect.stringContaining(`'stages[0].steps[0].${path}' must be the `),
  ]);
});

test.each(Object.entries(ELSEWHERE))(
  'rejects a literal %s in a pipeline that is not bound to one',
  (_, [properties, path]) => {
    function step() {
      return [CustomStep.action(new OwnAction({ ...REQUIRED, ...properties }))];
    }

    expect(complaints(stepsOf(step), {})).toEqual([
      expect.stringContaining(
        `'stages[0].steps[0].${path}' must be set only in a pipeline stack with a concrete ${path}`,
      ),
    ]);
  },
);

test('rejects an action whose resource is in another environment', () => {
  function step(scope: Stack) {
    const app = scope.node.root as Construct;
    const resource = new iam.Role(
      new Stack(app, 'There', { env: { account: '222222222222', region: 'eu-west-1' } }),
      'R',
      {
        assumedBy: new iam.AccountRootPrincipal(),
      },
    );
    return [CustomStep.action(new OwnAction({ ...REQUIRED, resource }))];
  }

  expect(complaints(stepsOf(step), { stack: CONCRETE })).toEqual([
    expect.stringContaining(`'stages[0].steps[0].account' must ${PIPELINE_ACCOUNT}`),
  ]);
});
