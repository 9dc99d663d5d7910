import { textOf } from '../../../assembly/json';
import { useKey } from '../artifacts';
import type { ActionContext, Basis, Call, ProviderCalls } from '../call';
import { callOf, configured, fill } from '../call';
import { assumedBy, roleArn } from '../pass-role';
import { stateMachineCalls } from '../state-machine';
import { MANAGED_COMPUTE_LOGS, page } from './docs-url';

const FUNCTION = 'arn:{partition}:lambda:{region}:{account}:function:{FunctionName}';
const REPOSITORY = 'arn:{partition}:ecr:{region}:{account}:repository/{ECRRepositoryName}';

function scansImage({ action }: ActionContext) {
  return action.configuration.InspectorRunMode === 'ECRImageScan';
}

/** The function of a Lambda action or rule: it runs under its own role, and answers to CodePipeline. */
export function functionCalls(context: ActionContext, basis: Basis = 'documented'): Call[] {
  const name = fill(FUNCTION, context).split(':').slice(0, 7).join(':');
  const lambda = context.model.model.findNamed('AWS::Lambda::Function', name, {
    account: context.account,
    region: context.region,
  });
  if (!lambda) return [];
  const { stack } = lambda;
  const role = roleArn(textOf(lambda.properties.Role), stack);

  function answer(call: string): Call {
    return {
      step: 'work',
      caller: { role },
      from: stack,
      call,
      resource: '*',
      basis,
      source: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html',
    };
  }

  return [
    assumedBy('lambda.amazonaws.com', role, lambda.stack, {
      step: 'work',
      context: { 'aws:sourcearn': [lambda.arn!] },
    }),
    answer('codepipeline:PutJobSuccessResult'),
    // Whether it ever says that it failed is its own matter.
    { ...answer('codepipeline:PutJobFailureResult'), basis: 'inferred' },
  ];
}

export const INVOKE: Readonly<Record<string, ProviderCalls>> = {
  'Invoke/Lambda': {
    source: page('Lambda'),
    // The credentials that the function gets for its artifacts are those of the acting role.
    reads: true,
    writes: true,
    rows: [
      { call: 'lambda:InvokeFunction', on: FUNCTION },
      { call: 'lambda:ListFunctions', on: '*', basis: 'inferred' },
    ],
    more: (context) => functionCalls(context),
  },
  'Invoke/StepFunctions': {
    source: page('StepFunctions'),
    reads: ({ action }) => action.configuration.InputType === 'FilePath',
    writes: true,
    rows: [
      {
        call: ['states:DescribeStateMachine', 'states:StartExecution'],
        on: 'arn:{partition}:states:{region}:{account}:stateMachine:{StateMachineArn}',
      },
    ],
    more: (context) => {
      const machine = configured(context, 'StateMachineArn') ?? '';
      const execution = `${machine.replace(':stateMachine:', ':execution:')}:${configured(context, 'ExecutionNamePrefix') ?? ''}${context.pipeline.stack.unknown('runtime', 'execution')}`;
      // An express execution is started and not looked at again.
      const resource = context.model.model.find(machine);
      if (resource?.properties.StateMachineType === 'EXPRESS') return [];
      return [
        callOf(
          context,
          'states:DescribeExecution',
          execution,
          resource ? {} : { uncertainty: 'the state machine may be an express one, which is not looked at again' },
        ),
        ...(resource ? stateMachineCalls(resource, context) : []),
      ];
    },
  },
  'Invoke/CodePipeline': {
    source: page('PipelineInvoke'),
    rows: [
      {
        call: 'codepipeline:StartPipelineExecution',
        on: 'arn:{partition}:codepipeline:{region}:{account}:{PipelineName}',
      },
    ],
  },
  'Invoke/InspectorScan': {
    source: page('InspectorScan'),
    reads: true,
    writes: true,
    rows: [
      ...MANAGED_COMPUTE_LOGS,
      { call: 'inspector-scan:ScanSbom', on: '*' },
      { call: 'ecr:GetAuthorizationToken', on: '*', when: scansImage, basis: 'inferred' },
      {
        call: ['ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage', 'ecr:BatchCheckLayerAvailability'],
        on: REPOSITORY,
        when: scansImage,
      },
    ],
  },
  'Approval/Manual': {
    source: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-service-role-permissions.html',
    more: (context) => {
      const topic = configured(context, 'NotificationArn');
      if (topic === undefined) return [];
      const key = context.model.topicKey(topic);
      const common = { caller: { role: context.role }, from: context.pipeline.stack };
      return [
        callOf(context, 'sns:Publish', topic),
        ...(key === undefined
          ? []
          : useKey(
              common,
              'work',
              ['kms:GenerateDataKey', 'kms:Decrypt'],
              key,
              'documented',
              'sns',
              'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
            )),
      ];
    },
  },
};
