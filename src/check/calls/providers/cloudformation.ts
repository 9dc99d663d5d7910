import type { Context } from '../../iam/request';
import { readArtifact } from '../artifacts';
import type { ActionContext, Call, ProviderCalls, Row } from '../call';
import { configured, contextValue, fill } from '../call';
import { hasUnknown } from '../../../assembly/unknown';
import { passRole } from '../pass-role';
import { page } from './docs-url';

const STACK = 'arn:{partition}:cloudformation:{region}:{account}:stack/{StackName}/{run}';
const STACK_SET = 'arn:{partition}:cloudformation:{region}:{account}:stackset/{StackSetName}:{run}';

function mode(...modes: string[]) {
  return ({ action }: ActionContext) => modes.includes(action.configuration.ActionMode);
}

const creates = mode('CREATE_UPDATE', 'REPLACE_ON_FAILURE');

/** Returns the condition keys of CloudFormation calls. */
function stackContext(context: ActionContext): Context {
  return {
    'cloudformation:rolearn': contextValue(configured(context, 'RoleArn')),
    'cloudformation:changesetname': contextValue(configured(context, 'ChangeSetName')),
  };
}

/** Lists the calls that each action mode requires. */
const NEEDED: ReadonlyArray<[when: Row['when'], apis: readonly string[]]> = [
  [creates, ['CreateStack', 'UpdateStack', 'DescribeStacks']],
  [mode('REPLACE_ON_FAILURE', 'DELETE_ONLY'), ['DeleteStack']],
  [mode('DELETE_ONLY'), ['DescribeStacks']],
  [mode('CHANGE_SET_REPLACE'), ['CreateChangeSet', 'DescribeChangeSet', 'DescribeStacks']],
  [mode('CHANGE_SET_EXECUTE'), ['ExecuteChangeSet', 'DescribeChangeSet', 'DescribeStacks']],
];

/** The reason why a role without the permission to delete change sets causes a warning instead of an error. */
export const LEFT_CHANGE_SET =
  'the action deletes only a change set of the same name that was not executed, e.g. after a rejected approval or a ' +
  'failed execution';
const LISTED = 'AWS lists it for all modes together, but this mode works without it with the roles of aws-cdk-lib';

const STACK_ROWS: readonly Row[] = [
  ...NEEDED.map(([when, apis]): Row => ({
    call: apis.map((api) => `cloudformation:${api}`),
    on: STACK,
    when,
    context: stackContext,
  })),
  {
    call: 'cloudformation:DeleteChangeSet',
    on: STACK,
    when: mode('CHANGE_SET_REPLACE'),
    context: stackContext,
    caution: LEFT_CHANGE_SET,
  },
  {
    call: ['DescribeStackEvents', 'DescribeStackResources', 'GetTemplate'].map((api) => `cloudformation:${api}`),
    on: STACK,
    basis: 'inferred',
    notRequired: LISTED,
    context: stackContext,
  },
  { call: 'cloudformation:ValidateTemplate', on: '*', basis: 'inferred', notRequired: LISTED },
];

const ARTIFACT_PARAMETER =
  'parameters reference an artifact, which CloudFormation reads under its execution role only if the template uses it';

/**
 * Returns the calls that pass the CloudFormation execution role, and the calls of the role. CloudFormation receives the
 * template itself. The template can reference other files of an artifact, e.g. the code of a function, only by
 * parameters with the location of the artifact.
 */
function passExecutionRole(context: ActionContext): Call[] {
  const role = configured(context, 'RoleArn');
  if (role === undefined) return [];
  const parameters = context.action.configuration.ParameterOverrides ?? '';
  const artifacts = /Fn::GetArtifactAtt|#\{/.test(parameters) || hasUnknown(parameters) ? context.inputs : [];
  const reader = { caller: { role }, from: context.pipeline.stack, uncertainty: ARTIFACT_PARAMETER };
  const isPassedBefore = mode('CHANGE_SET_EXECUTE')(context);
  return [
    ...passRole(context, role, 'cloudformation.amazonaws.com', {
      source: page('CloudFormation'),
      notRequired: isPassedBefore ? 'the role was passed when the change set was created' : undefined,
    }),
    ...artifacts
      .flatMap((artifact) => readArtifact(reader, artifact))
      .map((call): Call => ({ ...call, step: 'work', basis: 'inferred' })),
  ];
}

/** Returns the calls that pass the administration role of a self-managed stack set. */
function passAdministrationRole(context: ActionContext): Call[] {
  const role = configured(context, 'AdministrationRoleArn');
  if (role === undefined) return [];
  const source = page('StackSets');
  return passRole(context, role, 'cloudformation.amazonaws.com', { source }, fill(STACK_SET, context));
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
    more: passExecutionRole,
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
