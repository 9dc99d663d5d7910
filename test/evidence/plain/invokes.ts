import type { Environment } from 'aws-cdk-lib-newest';
import { CONNECTION_ARN, type Build } from './world';

/**
 * Actions that call something of the same account: function, state machine, commands, image build, scans, another
 * pipeline.
 */
export function invokes(env?: Environment): Build {
  return (app, lib) => {
    const { aws_codepipeline: codepipeline, aws_codepipeline_actions: actions, aws_ecr: ecr, aws_lambda: lambda } = lib;
    const { aws_s3: s3, aws_stepfunctions: stepfunctions } = lib;
    const stack = new lib.Stack(app, 'Invokes', { env });
    const source = new codepipeline.Artifact('Source');
    const commanded = new codepipeline.Artifact('Commanded', ['out/**/*']);
    const answered = new codepipeline.Artifact('Answered');
    const repository = new ecr.Repository(stack, 'Repository', { repositoryName: 'shop' });

    const target = new codepipeline.Pipeline(stack, 'Target', {
      pipelineType: codepipeline.PipelineType.V2,
      stages: [
        {
          stageName: 'Source',
          actions: [
            new actions.S3SourceAction({
              actionName: 'Object',
              bucket: new s3.Bucket(stack, 'In', { versioned: true }),
              bucketKey: 'app.zip',
              output: new codepipeline.Artifact('In'),
            }),
          ],
        },
        { stageName: 'Approve', actions: [new actions.ManualApprovalAction({ actionName: 'Approve' })] },
      ],
    });

    const handler = new lambda.Function(stack, 'Handler', {
      runtime: lambda.Runtime.NODEJS_20_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
    });
    const machine = new stepfunctions.StateMachine(stack, 'Machine', {
      definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Pass')),
    });

    new codepipeline.Pipeline(stack, 'Pipeline', {
      pipelineType: codepipeline.PipelineType.V2,
      crossAccountKeys: true,
      variables: [new codepipeline.Variable({ variableName: 'Tag', defaultValue: 'latest' })],
      stages: [
        {
          stageName: 'Source',
          actions: [
            new actions.CodeStarConnectionsSourceAction({
              actionName: 'GitHub',
              owner: 'acme',
              repo: 'shop',
              connectionArn: CONNECTION_ARN,
              output: source,
            }),
          ],
        },
        {
          stageName: 'Prepare',
          actions: [
            new actions.CommandsAction({
              actionName: 'Commands',
              input: source,
              output: commanded,
              commands: ['npm ci', 'npm run build', 'export TAG=1'],
              outputVariables: ['TAG'],
            }),
            new actions.EcrBuildAndPublishAction({
              actionName: 'Image',
              input: source,
              repositoryName: repository.repositoryName,
              imageTags: ['#{variables.Tag}'],
            }),
          ],
        },
        {
          stageName: 'Scan',
          actions: [
            new actions.InspectorSourceCodeScanAction({
              actionName: 'Code',
              input: source,
              output: new codepipeline.Artifact('CodeScan'),
              criticalThreshold: 0,
            }),
            new actions.InspectorEcrImageScanAction({
              actionName: 'Image',
              repository,
              imageTag: 'latest',
              output: new codepipeline.Artifact('ImageScan'),
              highThreshold: 3,
            }),
          ],
        },
        {
          stageName: 'Call',
          actions: [
            new actions.LambdaInvokeAction({
              actionName: 'Lambda',
              lambda: handler,
              inputs: [commanded],
              outputs: [answered],
              userParameters: { a: 1 },
            }),
            new actions.StepFunctionInvokeAction({
              actionName: 'Machine',
              stateMachine: machine,
              stateMachineInput: actions.StateMachineInput.literal({ a: 1 }),
            }),
            new actions.StepFunctionInvokeAction({
              actionName: 'MachineByFile',
              stateMachine: machine,
              stateMachineInput: actions.StateMachineInput.filePath(answered.atPath('input.json')),
              output: new codepipeline.Artifact('MachineOut'),
              runOrder: 2,
            }),
            new actions.PipelineInvokeAction({
              actionName: 'Pipeline',
              targetPipeline: target,
              runOrder: 2,
              sourceRevisions: [
                { actionName: 'Object', revisionType: actions.RevisionType.S3_OBJECT_KEY, revisionValue: 'app.zip' },
              ],
            }),
          ],
        },
      ],
    });
  };
}
