import {
  aws_codepipeline as codepipeline,
  aws_codepipeline_actions as actions,
  aws_dynamodb as dynamodb,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_s3 as s3,
  CfnElement,
} from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { BuildStep, CustomActionCategory, CustomStep, PipelineStage } from '../src';
import { delivery } from './helpers/delivery';
import { actionsOf, jsonOf, pipelineOf, webApp } from './helpers/synth';
import { source, VARIANTS } from './laws/variants';

// Rung by rung, as docs/concepts/escape-hatches.md climbs them. Props and constructs passed in have separate tests.
function idOf(construct: { node: { defaultChild?: unknown } }) {
  return (construct.node.defaultChild as CfnElement).logicalId;
}

test('applies a grant to the role of a build', () => {
  const { stack, site } = webApp({ source });
  const table = new dynamodb.Table(stack, 'Table', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  });
  table.grantReadData(site.buildRole());
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: stack.resolve(idOf(site.buildRole())) }],
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['dynamodb:GetItem']) })]),
    },
  });
});

test('reports state changes of the pipeline', () => {
  const { stack, site } = webApp({ source });
  site.pipeline.onStateChange('Changed');
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['aws.codepipeline'], 'detail-type': ['CodePipeline Pipeline Execution State Change'] },
  });
});

test('accepts an action of aws-codepipeline-actions as a step with a separate role', () => {
  const build = BuildStep.nodeJs();
  const { stack } = delivery((scope) => {
    const bucket = new s3.Bucket(scope, 'Downloads');
    const publish = CustomStep.action(
      new actions.S3DeployAction({ actionName: 'Publish', bucket, input: build.artifact.toCodePipelineArtifact() }),
    );
    return { stages: [PipelineStage.steps('Work', [build, publish])] };
  });
  const [, , publish] = actionsOf(jsonOf(stack));
  expect(publish).toMatchObject({
    Name: 'Publish',
    RunOrder: 2,
    InputArtifacts: [{ Name: 'Build' }],
    RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^DeliveryPublishRole/), 'Arn'] },
  });
});

test('accepts a custom action type in the checks of a pattern', () => {
  const lint = CustomStep.actionType(CustomActionCategory.TEST, 'Jenkins', { configuration: { ProjectName: 'lint' } });
  const { stack } = webApp({ source, checks: [lint] });
  expect(actionsOf(jsonOf(stack))[2]).toMatchObject({
    Name: 'Jenkins',
    ActionTypeId: { Category: 'Test', Owner: 'Custom', Provider: 'Jenkins' },
    RunOrder: 1,
  });
});

test('adds a stage with the L2 without changing other stages', () => {
  const { stack, site } = webApp(VARIANTS['two environments']);
  const before = ['Source', 'Build', 'staging', 'production-Approve', 'production'];
  const smoke = new lambda.Function(stack, 'Smoke', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {}'),
  });
  site.pipeline.addStage({
    stageName: 'Smoke',
    actions: [new actions.LambdaInvokeAction({ actionName: 'Smoke', lambda: smoke })],
  });
  site.pipelineRole.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [smoke.functionArn] }),
  );
  expect(pipelineOf(jsonOf(stack)).Stages.map((stage) => stage.Name)).toEqual([...before, 'Smoke']);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: stack.resolve(idOf(site.pipelineRole)) }],
    PolicyDocument: {
      Statement: [{ Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': [stack.resolve(idOf(smoke)), 'Arn'] } }],
    },
  });
});

test('overrides properties of the L1 construct', () => {
  const { stack, site } = webApp({ source });
  (site.pipeline.node.defaultChild as codepipeline.CfnPipeline).addPropertyOverride('ExecutionMode', 'QUEUED');
  Template.fromStack(stack).hasResourceProperties('AWS::CodePipeline::Pipeline', { ExecutionMode: 'QUEUED' });
});

test('does not depend on statements that the L2 would add', () => {
  const { site } = webApp({ source });
  expect(site.pipeline.role).not.toBe(site.pipelineRole);
  expect(
    site.pipeline.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }))
      .statementAdded,
  ).toBe(true);
  expect(JSON.stringify(jsonOf(site.pipelineRole.stack))).not.toContain('"s3:*","Effect":"Allow"');
});
