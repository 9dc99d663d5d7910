import {
  aws_codebuild as codebuild,
  aws_codepipeline as codepipeline,
  aws_codepipeline_actions as actions,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_ecs as ecs,
  aws_events as events,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_s3 as s3,
  aws_sns as sns,
  aws_stepfunctions as stepfunctions,
  CfnElement,
  Stack,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  BuildStep,
  CustomActionCategory,
  CustomStep,
  PipelineArtifact,
  PipelineStage,
  TestStep,
  type PipelineStep,
} from '../../../src';
import { NON_EMPTY_STRING } from '../../../src/pipeline/problems';
import { complaints, delivery, deliveryTemplate, source, stepsOf, verdictsOf } from '../../helpers/delivery';
import { actionsOf, CONCRETE, jsonOf, pipelineOf, resourcesOf, statementsOf } from '../../helpers/synth';

const input = source.artifact.toCodePipelineArtifact();

function project(stack: Stack) {
  return new codebuild.PipelineProject(stack, 'Project', {
    buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2', phases: { build: { commands: ['ls'] } } }),
  });
}

function fn(stack: Stack) {
  return new lambda.Function(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {}'),
  });
}

function service(stack: Stack) {
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }) });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('web', { image: ecs.ContainerImage.fromRegistry('nginx') });
  return new ecs.FargateService(stack, 'Service', { cluster, taskDefinition, minHealthyPercent: 100 });
}

/** Actions of each kind in aws-codepipeline-actions, except sources. */
const ACTIONS: Record<string, (stack: Stack) => codepipeline.IAction> = {
  CodeBuild: (stack) =>
    new actions.CodeBuildAction({
      actionName: 'Act',
      project: project(stack),
      input,
      outputs: [new codepipeline.Artifact('Built')],
    }),
  'CodeBuild batch': (stack) =>
    new actions.CodeBuildAction({ actionName: 'Act', project: project(stack), input, executeBatchBuild: true }),
  Commands: () => new actions.CommandsAction({ actionName: 'Act', input, commands: ['ls'] }),
  'ECR build and publish': (stack) =>
    new actions.EcrBuildAndPublishAction({
      actionName: 'Act',
      input,
      repositoryName: new ecr.Repository(stack, 'Images').repositoryName,
    }),
  'S3 deploy': (stack) =>
    new actions.S3DeployAction({ actionName: 'Act', bucket: new s3.Bucket(stack, 'Target'), input }),
  'Lambda invoke': (stack) => new actions.LambdaInvokeAction({ actionName: 'Act', lambda: fn(stack), inputs: [input] }),
  'Step Functions': (stack) =>
    new actions.StepFunctionInvokeAction({
      actionName: 'Act',
      stateMachine: new stepfunctions.StateMachine(stack, 'Machine', {
        definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Pass')),
      }),
    }),
  'approval with a topic': (stack) =>
    new actions.ManualApprovalAction({ actionName: 'Act', notificationTopic: new sns.Topic(stack, 'Topic') }),
  approval: () => new actions.ManualApprovalAction({ actionName: 'Act' }),
  'CloudFormation stack': () =>
    new actions.CloudFormationCreateUpdateStackAction({
      actionName: 'Act',
      stackName: 'app',
      templatePath: input.atPath('template.json'),
      adminPermissions: false,
    }),
  'CloudFormation change set': () =>
    new actions.CloudFormationCreateReplaceChangeSetAction({
      actionName: 'Act',
      stackName: 'app',
      changeSetName: 'next',
      templatePath: input.atPath('template.json'),
      adminPermissions: false,
    }),
  'CloudFormation delete': () =>
    new actions.CloudFormationDeleteStackAction({ actionName: 'Act', stackName: 'app', adminPermissions: false }),
  ECS: (stack) => new actions.EcsDeployAction({ actionName: 'Act', service: service(stack), input }),
  'another pipeline': () => new actions.PipelineInvokeAction({ actionName: 'Act', targetPipeline: TARGET }),
  Inspector: () =>
    new actions.InspectorSourceCodeScanAction({ actionName: 'Act', input, output: new codepipeline.Artifact('Found') }),
  Jenkins: () =>
    new actions.JenkinsAction({
      actionName: 'Act',
      jenkinsProvider: JENKINS,
      projectName: 'job',
      type: actions.JenkinsActionType.TEST,
      inputs: [input],
    }),
};
let TARGET: codepipeline.IPipeline;
let JENKINS: actions.IJenkinsProvider;

function deliveryOf(name: string) {
  return stepsOf((stack) => {
    TARGET = codepipeline.Pipeline.fromPipelineArn(
      stack,
      'Target Pipeline',
      'arn:aws:codepipeline:eu-west-1:111111111111:next',
    );
    JENKINS = actions.JenkinsProvider.fromJenkinsProviderAttributes(stack, 'Jenkins', {
      providerName: 'Acme',
      serverUrl: 'https://example.com',
      version: '1',
    });
    return [CustomStep.action(ACTIONS[name](stack))];
  });
}

test.each(Object.keys(ACTIONS))('grants %s the permissions for its calls', (name) => {
  const { denied, unmodelled } = verdictsOf(deliveryOf(name));
  expect({ denied, unmodelled }).toEqual({ denied: [], unmodelled: [] });
});

test.each(Object.keys(ACTIONS))('renders %s with a separate role, or none, before the pipeline', (name) => {
  const { stack, pipeline } = delivery(deliveryOf(name));
  const template = jsonOf(stack);
  const act = actionsOf(template).find((action) => action.Name === 'Act')!;
  if (name === 'Jenkins') {
    expect(act.RoleArn).toBeUndefined();
    return;
  }
  const [role] = act.RoleArn!['Fn::GetAtt'];
  expect(role).not.toBe(stack.resolve((pipeline.pipelineRole.node.defaultChild as CfnElement).logicalId));
  const [[, { DependsOn = [] }]] = resourcesOf(template, 'AWS::CodePipeline::Pipeline');
  const own = resourcesOf(template, 'AWS::IAM::Policy').filter(([, { Properties }]) =>
    JSON.stringify(Properties.Roles).includes(`"${role}"`),
  );
  expect(DependsOn).toEqual(expect.arrayContaining([role, ...own.map(([id]) => id)]));
  // IAM rejects a policy without statements.
  for (const [, { Properties }] of resourcesOf(template, 'AWS::IAM::Role')) {
    const policies = (Properties.Policies ?? []) as Array<{ PolicyDocument: { Statement: unknown[] } }>;
    for (const { PolicyDocument } of policies) expect(PolicyDocument.Statement).not.toEqual([]);
  }
});

function built(stack: Stack, variablesNamespace?: string) {
  return new actions.CodeBuildAction({
    actionName: 'Compile',
    project: project(stack),
    input,
    outputs: [new codepipeline.Artifact('Binary'), new codepipeline.Artifact('Docs')],
    variablesNamespace,
  });
}

function approve(text: string) {
  return CustomStep.action(new actions.ManualApprovalAction({ actionName: 'Ask', additionalInformation: text }));
}

function tag(text: string) {
  return (stack: Stack) => TestStep.inspectorImageScan(new ecr.Repository(stack, 'Images'), { imageTag: text });
}

test('exchanges artifacts with other steps', () => {
  const template = deliveryTemplate(
    stepsOf((stack) => {
      const compile = CustomStep.action(built(stack));
      const pack = BuildStep.shell(['ls'], {
        stepName: 'Pack',
        inputs: [compile.artifact, compile.artifactNamed('Docs')],
        outputDirectory: 'out',
      });
      return [
        CustomStep.action(
          new actions.S3DeployAction({
            actionName: 'Put',
            bucket: new s3.Bucket(stack, 'Target'),
            input: pack.artifact.toCodePipelineArtifact(),
          }),
        ),
        pack,
        compile,
        BuildStep.shell(['ls'], {
          stepName: 'Read',
          inputs: [PipelineArtifact.fromCodePipelineArtifact(new codepipeline.Artifact('Docs'))],
        }),
      ];
    }),
  );
  const orders = Object.fromEntries(actionsOf(template).map(({ Name, RunOrder }) => [Name, RunOrder]));
  expect(orders).toEqual({ Source: 1, Compile: 1, Pack: 2, Read: 2, Put: 3 });
  expect(actionsOf(template).find(({ Name }) => Name === 'Pack')!.InputArtifacts).toEqual([
    { Name: 'Binary' },
    { Name: 'Docs' },
  ]);
});

test.each<[string, string | undefined, (step: CustomStep, action: actions.CodeBuildAction) => string, string]>([
  ['of the step', undefined, (step) => step.variable('VERSION'), 'Work_Compile_NS'],
  ['of the action', undefined, (_step, action) => action.variable('VERSION'), 'Work_Compile_NS'],
  ['of the step, in a separate namespace', 'Mine', (step) => step.variable('VERSION'), 'Mine'],
  ['of the action, in a separate namespace', 'Mine', (_step, action) => action.variable('VERSION'), 'Mine'],
  ['written down, in a separate namespace', 'Mine', () => '#{Mine.VERSION}', 'Mine'],
])('resolves its variables: %s', (_name, namespace, variable, expected) => {
  const template = deliveryTemplate(
    stepsOf((stack) => {
      const action = built(stack, namespace);
      const step = CustomStep.action(action);
      return [tag(variable(step, action))(stack), step];
    }),
  );
  const [compile, scan] = ['Compile', 'Scan'].map((name) =>
    actionsOf(template).find((action) => action.Name === name)!,
  );
  expect(compile.Namespace).toBe(expected);
  expect(scan).toMatchObject({ Configuration: { ImageTag: `#{${expected}.VERSION}` }, RunOrder: 2 });
});

test('rejects a namespace that is not referenced', () => {
  const template = deliveryTemplate(stepsOf((stack) => [CustomStep.action(built(stack))]));
  expect(actionsOf(template).find(({ Name }) => Name === 'Compile')!.Namespace).toBeUndefined();
});

test('rejects its free text where it could be interpreted', () => {
  expect(
    complaints(
      stepsOf((stack) => {
        const compile = CustomStep.action(built(stack, 'Mine'));
        return [compile, BuildStep.shell(['ls'], { environmentVariables: { VERSION: compile.variable('VERSION') } })];
      }),
    ),
  ).toEqual([
    expect.stringMatching(
      /^'stages\[0\]\.steps\[1\]\.environmentVariables' must not contain variables with arbitrary values/,
    ),
  ]);
});

test('runs under a configured role that the pipeline can assume', () => {
  const template = deliveryTemplate(
    stepsOf((stack) => {
      const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.AccountPrincipal(stack.account) });
      return [
        CustomStep.action(
          new actions.S3DeployAction({ actionName: 'Put', bucket: new s3.Bucket(stack, 'Target'), input, role }),
        ),
      ];
    }),
  );
  const mine = actionsOf(template).find(({ Name }) => Name === 'Put')!.RoleArn;
  expect(mine).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Mine/), 'Arn'] });
  expect(statementsOf(template).map(({ statement }) => statement)).toContainEqual({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Resource: mine,
  });
});

test('orders it relative to other steps', () => {
  const first = approve('go?');
  const template = deliveryTemplate(stepsOf(() => [BuildStep.shell(['ls'], { after: [first] }), first]));
  expect(actionsOf(template).map(({ Name, RunOrder }) => [Name, RunOrder])).toEqual([
    ['Source', 1],
    ['Build', 2],
    ['Ask', 1],
  ]);
});

/** Action class that is independent of aws-codepipeline-actions. */
class Plain implements codepipeline.IAction {
  public readonly actionProperties: codepipeline.ActionProperties = {
    actionName: 'Plain',
    category: codepipeline.ActionCategory.DEPLOY,
    owner: 'AWS',
    provider: 'AppConfig',
    version: '1',
    artifactBounds: { minInputs: 1, maxInputs: 1, minOutputs: 0, maxOutputs: 0 },
    inputs: [input],
  };

  public bind(
    _scope: Construct,
    _stage: codepipeline.IStage,
    { role }: codepipeline.ActionBindOptions,
  ): codepipeline.ActionConfig {
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['appconfig:StartDeployment'], resources: ['*'] }));
    return { configuration: { Application: 'shop' } };
  }

  public onStateChange(): events.Rule {
    throw new Error('not asked for');
  }
}

test('renders a custom IAction class in a planned namespace', () => {
  const step = CustomStep.action(new Plain());
  expect(step.variable('Id')).toBe('#{Plain-vars.Id}');
  const template = deliveryTemplate(stepsOf(() => [step]));
  expect(actionsOf(template).find(({ Name }) => Name === 'Plain')).toMatchObject({
    Configuration: { Application: 'shop' },
    Namespace: 'Plain-vars',
  });
});

function actionsIn(account: string, region: string): [string, (stack: Stack) => PipelineStep][] {
  function bucket(stack: Stack) {
    return s3.Bucket.fromBucketAttributes(stack, 'Target', { bucketName: 'target', account, region });
  }

  return [
    [
      'by its resource',
      (stack) => CustomStep.action(new actions.S3DeployAction({ actionName: 'Put', bucket: bucket(stack), input })),
    ],
    [
      'by its own word',
      () =>
        CustomStep.action(
          new actions.CloudFormationDeleteStackAction({
            actionName: 'Put',
            stackName: 'app',
            adminPermissions: false,
            account,
            region,
          }),
        ),
    ],
  ];
}

const HERE = { stack: { env: { account: '111111111111', region: 'eu-west-1' } } };

test.each(actionsIn('222222222222', 'eu-west-1'))('rejects an action in another account: %s', (_name, step) => {
  expect(
    complaints(
      stepsOf((stack) => [step(stack)]),
      HERE,
    ),
  ).toEqual([
    '\'stages[0].steps[0].account\' must be the account of the pipeline, got "222222222222"; use a pipeline in ' +
      'that account; the key of the artifacts is available only in the account of the pipeline',
  ]);
});

test.each(actionsIn('111111111111', 'us-east-1'))('rejects an action in another Region: %s', (_name, step) => {
  expect(
    complaints(
      stepsOf((stack) => [step(stack)]),
      HERE,
    ),
  ).toEqual([
    '\'stages[0].steps[0].region\' must be the Region of the pipeline, got "us-east-1"; use a pipeline in that ' +
      'Region; the artifacts are in a bucket in the Region of the pipeline',
  ]);
});

test('rejects sources and artifacts without names', () => {
  const github = new actions.CodeStarConnectionsSourceAction({
    actionName: 'Fetch',
    owner: 'acme',
    repo: 'shop',
    connectionArn: 'arn',
    output: new codepipeline.Artifact('Code'),
  });
  expect(complaints(stepsOf(() => [CustomStep.action(github)]))).toContain(
    '\'stages[0].steps[0]\' must not be a source, got "Fetch"; use a PipelineSource in the sources',
  );

  function nameless(stack: Stack) {
    return new actions.CodeBuildAction({
      actionName: 'Compile',
      project: project(stack),
      input,
      outputs: [new codepipeline.Artifact()],
    });
  }

  expect(complaints(stepsOf((stack) => [CustomStep.action(nameless(stack))]))).toContain(
    '\'stages[0].steps[0]\' must have artifacts with explicit names, got "an artifact without a name"; use e.g. ' +
      "new codepipeline.Artifact('Name')",
  );
});

test('rejects an action with a run order, which would be replaced', () => {
  const ask = new actions.ManualApprovalAction({ actionName: 'Ask', runOrder: 2 });
  expect(complaints(stepsOf(() => [CustomStep.action(ask)]))).toEqual([
    "'stages[0].steps[0].action' must not set a runOrder, because inputs, variables and after determine the order, " +
      "got 2; omit runOrder, and name the steps that must finish first in 'after'",
  ]);
});

test('rejects an action with a role of another account, which cannot be passed to it', () => {
  const roleArn = 'arn:aws:iam::222222222222:role/qa';

  function invoke(stack: Stack) {
    return CustomStep.action(
      new actions.LambdaInvokeAction({
        actionName: 'Act',
        lambda: fn(stack),
        role: iam.Role.fromRoleArn(stack, 'Qa', roleArn),
      }),
    );
  }

  expect(
    complaints(
      stepsOf((stack) => [invoke(stack)]),
      { stack: CONCRETE },
    ),
  ).toContain(
    `'stages[0].steps[0].action' must have a role in the account of the pipeline, 111111111111, got "${roleArn}"; ` +
      'use a role in that account, which can assume the other role',
  );
});

describe('a custom action type', () => {
  test('is rendered with its provider and configuration', () => {
    const release = CustomStep.actionType(CustomActionCategory.DEPLOY, 'AcmeRelease', {
      typeVersion: '2',
      configuration: { Commit: source.variable('CommitId'), Note: source.variable('CommitMessage') },
      producesArtifact: true,
    });
    const template = deliveryTemplate(stepsOf(() => [release]));
    expect(actionsOf(template)[1]).toMatchObject({
      Name: 'AcmeRelease',
      ActionTypeId: { Category: 'Deploy', Owner: 'Custom', Provider: 'AcmeRelease', Version: '2' },
      Configuration: { Commit: '#{Source-vars.CommitId}', Note: '#{Source-vars.CommitMessage}' },
      InputArtifacts: [{ Name: 'Source' }],
      OutputArtifacts: [{ Name: 'AcmeRelease' }],
      Namespace: 'AcmeRelease-vars',
    });
    expect(actionsOf(template)[1].RoleArn).toBeUndefined();
    expect(verdictsOf(stepsOf(() => [release]))).toMatchObject({ denied: [], unmodelled: [] });
  });

  test.each<[string, Parameters<typeof CustomStep.actionType>, string]>([
    [
      'a type name with a dot',
      [CustomActionCategory.BUILD, 'Acme.Build', { stepName: 'X' }],
      "'stages[0].steps[0].typeName' must consist of 1 to 35 letters, digits, '_' and '-', got \"Acme.Build\"; " +
        'use the name with which the type was registered',
    ],
    [
      'a type name of 36 characters',
      [CustomActionCategory.BUILD, 'x'.repeat(36), { stepName: 'X' }],
      "'stages[0].steps[0].typeName' must consist of 1 to 35 letters, digits, '_' and '-', got " +
        `"${'x'.repeat(36)}"; use the name with which the type was registered`,
    ],
    [
      'a version of 10 characters',
      [CustomActionCategory.BUILD, 'Acme', { typeVersion: '1234567890' }],
      "'stages[0].steps[0].typeVersion' must consist of 1 to 9 letters, digits, '_' and '-', got \"1234567890\"; " +
        'use the version with which the type was registered',
    ],
    [
      'an empty value',
      [CustomActionCategory.BUILD, 'Acme', { configuration: { Key: '' } }],
      `'stages[0].steps[0].configuration.Key' must ${NON_EMPTY_STRING}, got ""; remove it, or set a value`,
    ],
    [
      'a key of 51 characters',
      [CustomActionCategory.BUILD, 'Acme', { configuration: { ['k'.repeat(51)]: 'v' } }],
      `'stages[0].steps[0].configuration' must have keys of 1 to 50 characters, got "${'k'.repeat(51)}"; use the ` +
        'keys of the action type',
    ],
  ])('rejects %s', (_name, args, message) => {
    expect(complaints(stepsOf(() => [CustomStep.actionType(...args)]))).toEqual([message]);
  });
});

test('keeps the order of stages with L2 actions', () => {
  const template = deliveryTemplate(() => ({
    stages: [PipelineStage.steps('Ask', [approve('go?')]), PipelineStage.steps('Work', [BuildStep.shell(['ls'])])],
  }));
  expect(pipelineOf(template).Stages.map(({ Name }) => Name)).toEqual(['Source', 'Ask', 'Work']);
});
