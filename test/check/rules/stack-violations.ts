import { compliantTemplate, deploy, type Properties, type TestStack, type TestTemplate } from './compliant';

/** Several stacks of which one has a pipeline. */
interface StackCase {
  readonly name: string;
  readonly stacks: () => readonly TestStack[];
  /** The paths of the violations: none if the stacks comply. */
  readonly at: readonly string[];
}

const PIPELINE_ARN = 'arn:aws:codepipeline:eu-west-1:111111111111:delivery';
const LOCATION = 'ArtifactStore.Location';
const TARGET = 'Other.Targets[0].Arn';
const MACHINE_ARN = 'arn:aws:states:us-east-1:111111111111:stateMachine:release';
const OUTPUT = { Value: 'x', Export: { Name: 'shared-name' } };

/** Lists violations of the rules for several stacks, by the ID of the rule, and stacks that comply. */
export const STACK_VIOLATIONS: Readonly<Record<string, readonly StackCase[]>> = {
  ArtifactBucketRegion: [
    { name: 'a bucket of another Region', stacks: () => bucketIn({ region: 'us-east-1' }), at: [LOCATION] },
    { name: 'a bucket of another account', stacks: () => bucketIn({ account: '222222222222' }), at: [LOCATION] },
    { name: 'nothing for a bucket of another stack', stacks: () => bucketIn({}), at: [] },
  ],
  ActionResourceRegion: [
    {
      name: 'a site of another Region',
      stacks: () => siteIn('us-east-1', (action) => action),
      at: ['Stages[2].Actions[3].Region'],
    },
    {
      name: 'nothing for an action in the Region of its site',
      stacks: () => siteIn('us-east-1', (action) => ({ ...action, Region: 'us-east-1' })),
      at: [],
    },
    {
      name: 'a state machine of another Region',
      stacks: () => [
        delivery(({ Stages }) => Stages[2].Actions.push(invocation('StepFunctions', { StateMachineArn: MACHINE_ARN }))),
        other({ region: 'us-east-1' }, 'AWS::StepFunctions::StateMachine', { StateMachineName: 'release' }),
      ],
      at: ['Stages[2].Actions[4].Region'],
    },
    {
      name: 'nothing for the fixed name of a function, which may be in both Regions',
      stacks: () => [
        delivery(({ Stages }) => Stages[2].Actions.push(invocation('Lambda', { FunctionName: 'notify' }))),
        other({ region: 'us-east-1' }, 'AWS::Lambda::Function', { FunctionName: 'notify' }),
      ],
      at: [],
    },
  ],
  StackCycle: [
    {
      name: 'two stacks that import from each other',
      stacks: () => cycle({ 'Fn::ImportValue': 'shared-name' }),
      at: ['the pipeline'],
    },
    {
      name: 'stacks that read outputs of each other',
      stacks: () => cycle({ 'Fn::GetStackOutput': { StackName: 'Delivery', OutputName: 'Shared' } }),
      at: ['the pipeline'],
    },
    {
      name: 'a name that is put together',
      stacks: () => cycle({ 'Fn::ImportValue': { 'Fn::Join': ['-', ['shared', 'name']] } }),
      at: ['the pipeline'],
    },
    { name: 'nothing if only one imports', stacks: () => cycle('literal'), at: [] },
    {
      name: 'nothing if a condition decides about the import',
      stacks: () => cycle({ 'Fn::If': ['IsShared', { 'Fn::ImportValue': 'shared-name' }, 'literal'] }),
      at: [],
    },
  ],
  EventTargetEnvironment: [
    { name: 'a rule of another account', stacks: () => ruleIn({ account: '222222222222' }), at: [TARGET] },
    { name: 'a rule of another Region', stacks: () => ruleIn({ region: 'us-east-1' }), at: [TARGET] },
    { name: 'nothing for a rule of another stack', stacks: () => ruleIn({}), at: [] },
  ],
};

type Env = Pick<TestStack, 'account' | 'region'>;

/** Returns the stack of the pipeline. */
function delivery(change: (pipeline: Properties, template: TestTemplate) => void): TestStack {
  const template = compliantTemplate();
  change(template.Resources.Pipeline.Properties, template);
  return { name: 'Delivery', template };
}

/** Returns another stack with one resource. */
function other(env: Env, Type: string, properties: Properties): TestStack {
  return { ...env, name: 'Target', template: { Resources: { Other: { Type, Properties: properties } } } };
}

function bucketIn(env: Env): TestStack[] {
  return [
    delivery((_, { Resources }) => delete Resources.Artifacts),
    other(env, 'AWS::S3::Bucket', { BucketName: 'acme-artifacts' }),
  ];
}

function siteIn(region: string, change: (action: Properties) => Properties): TestStack[] {
  return [
    delivery((pipeline) => {
      const { ArtifactStore } = pipeline;
      delete pipeline.ArtifactStore;
      pipeline.ArtifactStores = ['eu-west-1', region].map((Region) => ({
        Region,
        ArtifactStore: { ...ArtifactStore, EncryptionKey: undefined },
      }));
      const { Actions } = pipeline.Stages[2];
      Actions[3] = change(deploy('Files', 'S3', { BucketName: 'acme-site', Extract: 'true' }));
    }),
    other({ region }, 'AWS::S3::Bucket', { BucketName: 'acme-site' }),
  ];
}

function invocation(Provider: string, Configuration: Properties): Properties {
  const ActionTypeId = { Category: 'Invoke', Owner: 'AWS', Provider, Version: '1' };
  return { Name: 'Notify', RunOrder: 4, ActionTypeId, Configuration };
}

/** Returns two stacks. The stack of the pipeline reads from the other one, which contains a value. */
function cycle(value: unknown): TestStack[] {
  const topic = other({}, 'AWS::SNS::Topic', { DisplayName: value });
  Object.assign(topic.template, {
    Parameters: { Shared: { Type: 'String' } },
    Conditions: { IsShared: { 'Fn::Equals': [{ Ref: 'Shared' }, 'yes'] } },
    Outputs: { Topic: { Value: 'x', Export: { Name: 'topic-name' } } },
  });
  return [
    delivery((pipeline, template) => {
      template.Outputs = { Shared: OUTPUT };
      pipeline.Tags = [{ Key: 'topic', Value: { 'Fn::ImportValue': 'topic-name' } }];
    }),
    topic,
  ];
}

function ruleIn(env: Env): TestStack[] {
  const RoleArn = 'arn:aws:iam::111111111111:role/events';
  const rule = { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'pipeline', Arn: PIPELINE_ARN, RoleArn }] };
  return [delivery(() => undefined), other(env, 'AWS::Events::Rule', rule)];
}
