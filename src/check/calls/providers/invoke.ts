import { textOf } from '../../../assembly/json';
import { useKey } from '../artifacts';
import type { ActionContext, Call, ProviderCalls } from '../call';
import { callOf, configured, fill } from '../call';
import { assumedBy, roleArn } from '../pass-role';
import { stateMachineCalls } from '../state-machine';
import { MANAGED_COMPUTE_LOGS, page } from './docs-url';

const FUNCTION = 'arn:{partition}:lambda:{region}:{account}:function:{FunctionName}';
const REPOSITORY = 'arn:{partition}:ecr:{region}:{account}:repository/{ECRRepositoryName}';

const TOPIC_KEYS = 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html';

/** The reason why a function without the permission to report its result causes a warning instead of an error. */
export const DELEGATED =
  'a function can delegate the job, e.g. to a worker or a state machine that reports the result under another role';

function scansImage({ action }: ActionContext) {
  return action.configuration.InspectorRunMode === 'ECRImageScan';
}

/**
 * Returns the calls of the function of a Lambda action or rule, which runs under its role and reports to CodePipeline.
 */
export function functionCalls(context: ActionContext): Call[] {
  const name = fill(FUNCTION, context).split(':').slice(0, 7).join(':');
  const lambda = context.model.model.findNamed('AWS::Lambda::Function', name, {
    account: context.account,
    region: context.region,
  });
  if (!lambda) return [];
  const { stack } = lambda;
  const role = roleArn(textOf(lambda.properties.Role), stack);

  function reportCall(call: string): Call {
    return {
      step: 'work',
      caller: { role },
      from: stack,
      call,
      resource: '*',
      basis: 'documented',
      caution: DELEGATED,
      source: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html',
    };
  }

  return [
    assumedBy('lambda.amazonaws.com', role, lambda.stack, {
      step: 'work',
      context: { 'aws:sourcearn': [lambda.arn!] },
    }),
    reportCall('codepipeline:PutJobSuccessResult'),
    {
      ...reportCall('codepipeline:PutJobFailureResult'),
      basis: 'inferred',
      caution: undefined,
      uncertainty: 'the code of the function determines whether it reports failures',
    },
  ];
}

export const INVOKE: Readonly<Record<string, ProviderCalls>> = {
  'Invoke/Lambda': {
    source: page('Lambda'),
    // The function accesses artifacts with credentials of the acting role.
    reads: true,
    writes: true,
    rows: [
      { call: 'lambda:InvokeFunction', on: FUNCTION },
      {
        call: 'lambda:ListFunctions',
        on: '*',
        basis: 'inferred',
        notRequired: 'AWS lists it for the action, but only the console is known to require it',
      },
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
      const machineArn = configured(context, 'StateMachineArn') ?? '';
      const prefix = configured(context, 'ExecutionNamePrefix') ?? '';
      const id = context.pipeline.stack.unknown('runtime', 'execution');
      const execution = `${machineArn.replace(':stateMachine:', ':execution:')}:${prefix}${id}`;
      const machine = context.model.model.find(machineArn);
      // The action does not poll executions of express state machines.
      if (machine?.properties.StateMachineType === 'EXPRESS') return [];
      if (machine) {
        return [callOf(context, 'states:DescribeExecution', execution), ...stateMachineCalls(machine, context)];
      }
      const uncertainty = 'the state machine may be an express one, whose executions the action does not poll';
      return [callOf(context, 'states:DescribeExecution', execution, { uncertainty })];
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
      {
        call: 'ecr:GetAuthorizationToken',
        on: '*',
        when: scansImage,
        basis: 'inferred',
        notRequired: 'AWS does not list it for the action',
      },
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
      const publish = callOf(context, 'sns:Publish', topic);
      const key = context.model.topicKey(topic);
      if (key === undefined) return [publish];
      const common = { caller: { role: context.role }, from: context.pipeline.stack };
      const calls = ['kms:GenerateDataKey', 'kms:Decrypt'];
      return [publish, ...useKey(common, 'work', calls, key, 'documented', 'sns', TOPIC_KEYS)];
    },
  },
};
