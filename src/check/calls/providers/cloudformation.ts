import type { Context } from '../../iam/request';
import { readArtifact } from '../artifacts';
import type { ActionContext, Call, ProviderCalls, Row } from '../call';
import { configured, fill } from '../call';
import { passRole } from '../pass-role';
import { page } from './docs-url';

const STACK = 'arn:{partition}:cloudformation:{region}:{account}:stack/{StackName}/{run}';
const STACK_SET = 'arn:{partition}:cloudformation:{region}:{account}:stackset/{StackSetName}:{run}';

function mode(...modes: string[]) {
  return ({ action }: ActionContext) => modes.includes(action.configuration.ActionMode);
}

const creates = mode('CREATE_UPDATE', 'REPLACE_ON_FAILURE');

/** What a condition of a policy may ask about a call of CloudFormation. */
function stackContext(context: ActionContext): Context {
  const role = configured(context, 'RoleArn');
  const changeSet = configured(context, 'ChangeSetName');
  return {
    'cloudformation:rolearn': role === undefined ? 'absent' : [role],
    'cloudformation:changesetname': changeSet === undefined ? 'absent' : [changeSet],
  };
}

/** The calls of each action mode, as far as they cannot be done without. */
const NEEDED: ReadonlyArray<[when: Row['when'], apis: readonly string[]]> = [
  [creates, ['CreateStack', 'UpdateStack', 'DescribeStacks']],
  [mode('REPLACE_ON_FAILURE', 'DELETE_ONLY'), ['DeleteStack']],
  [mode('DELETE_ONLY'), ['DescribeStacks']],
  [mode('CHANGE_SET_REPLACE'), ['CreateChangeSet', 'DescribeChangeSet', 'DeleteChangeSet', 'DescribeStacks']],
  [mode('CHANGE_SET_EXECUTE'), ['ExecuteChangeSet', 'DescribeChangeSet', 'DescribeStacks']],
];

const LISTED = 'AWS lists it for all modes together; roles of aws-cdk-lib that run this mode do without';

const STACK_ROWS: readonly Row[] = [
  ...NEEDED.map(([when, apis]): Row => ({
    call: apis.map((api) => `cloudformation:${api}`),
    on: STACK,
    when,
    context: stackContext,
  })),
  {
    call: ['DescribeStackEvents', 'DescribeStackResources', 'GetTemplate'].map((api) => `cloudformation:${api}`),
    on: STACK,
    basis: 'inferred',
    uncertainty: LISTED,
    context: stackContext,
  },
  { call: 'cloudformation:ValidateTemplate', on: '*', basis: 'inferred', uncertainty: LISTED },
];

const NAMED = 'parameters name an artifact: a template that takes code from there reads it under the deployment role';
const HANDED_OVER =
  'only nested templates, transforms and assets are read under the deployment role; the template itself is handed over';

/** The role that CloudFormation works with. */
function passDeploymentRole(context: ActionContext): Call[] {
  const role = configured(context, 'RoleArn');
  if (role === undefined) return [];
  const named = configured(context, 'ParameterOverrides')?.includes('Fn::GetArtifactAtt') ? NAMED : HANDED_OVER;
  const reader = { caller: { role }, from: context.pipeline.stack, doubt: named };
  return [
    ...passRole(context, role, 'cloudformation.amazonaws.com', {
      source: page('CloudFormation'),
      ...(mode('CHANGE_SET_EXECUTE')(context) && { uncertainty: 'the role was passed when the change set was made' }),
    }),
    ...context.inputs
      .flatMap((artifact) => readArtifact(reader, artifact))
      .map((call): Call => ({ ...call, step: 'work', basis: 'inferred' })),
  ];
}

/** A self-managed stack set is administered by a role. */
function passAdministrationRole(context: ActionContext): Call[] {
  const role = configured(context, 'AdministrationRoleArn');
  return role === undefined
    ? []
    : passRole(context, role, 'cloudformation.amazonaws.com', { source: page('StackSets') }, fill(STACK_SET, context));
}

const delegated: Row = {
  call: 'organizations:ListDelegatedAdministrators',
  on: '*',
  when: ({ action }) => action.configuration.CallAs === 'DELEGATED_ADMIN',
};
const listOperations: Row = {
  call: 'cloudformation:ListStackInstances',
  on: STACK_SET,
  basis: 'inferred',
  uncertainty: 'AWS lists it for one of the two actions',
};

export const CLOUDFORMATION: Readonly<Record<string, ProviderCalls>> = {
  'Deploy/CloudFormation': {
    source: page('CloudFormation'),
    reads: ({ action }) => action.inputs.length > 0,
    writes: true,
    rows: STACK_ROWS,
    more: passDeploymentRole,
  },
  'Deploy/CloudFormationStackSet': {
    source: page('StackSets'),
    reads: true,
    rows: [
      {
        call: [
          'CreateStackSet',
          'UpdateStackSet',
          'CreateStackInstances',
          'DescribeStackSetOperation',
          'DescribeStackSet',
        ].map((api) => `cloudformation:${api}`),
        on: STACK_SET,
      },
      listOperations,
      delegated,
    ],
    more: passAdministrationRole,
  },
  'Deploy/CloudFormationStackInstances': {
    source: page('StackSets'),
    reads: true,
    rows: [
      { call: ['cloudformation:CreateStackInstances', 'cloudformation:DescribeStackSetOperation'], on: STACK_SET },
      listOperations,
      delegated,
    ],
  },
};
