import type { ModelResource } from '../../../assembly/scope';
import type { ActionContext, Call, ProviderCalls, Row } from '../call';
import { callsOfRows, configured, fill } from '../call';
import { passRole } from '../pass-role';
import { CODE_DEPLOY_ROWS, groupCalls, groupedService } from './code-deploy';
import { page } from './docs-url';
import { definitionOf, rolesOf, TASKS } from './task-definition';

const SERVICE = 'arn:{partition}:ecs:{region}:{account}:service/{ClusterName}/{ServiceName}';
const TASK_DEFINITION = 'arn:{partition}:ecs:{region}:{account}:task-definition/{run}';

/** The page of CodePipeline says `*`; the reference of IAM has a resource level. */
const REGISTER: Row = { call: 'ecs:RegisterTaskDefinition', on: TASK_DEFINITION, alternativeOn: '*' };
const TAG: Row = {
  call: 'ecs:TagResource',
  on: TASK_DEFINITION,
  basis: 'inferred',
  uncertainty: 'it is for task definitions with tags',
  context: () => ({ 'ecs:createaction': ['RegisterTaskDefinition'] }),
};

export const ECS: Readonly<Record<string, ProviderCalls>> = {
  'Deploy/ECS': {
    source: page('ECS'),
    reads: true,
    rows: [
      { call: ['ecs:DescribeServices', 'ecs:UpdateService'], on: SERVICE },
      { call: 'ecs:DescribeTaskDefinition', on: '*' },
      {
        call: ['ecs:DescribeTasks', 'ecs:ListTasks'],
        on: '*',
        basis: 'inferred',
        uncertainty: 'the newest page of AWS lists it no more',
      },
    ],
    more: (context) => {
      const service = serviceOf(context);
      return [...makeDefinition(context, service), ...passTaskRoles(context, service)];
    },
  },
  'Deploy/CodeDeployToECS': {
    source: page('ECSbluegreen'),
    reads: true,
    rows: [
      ...CODE_DEPLOY_ROWS,
      {
        call: 'codedeploy:GetApplication',
        on: 'arn:{partition}:codedeploy:{region}:{account}:application:{ApplicationName}',
      },
    ],
    // The task definition comes from an artifact; the service of the group says of which family it is.
    more: (context) => {
      const service = groupedService(context)?.resource;
      return [
        ...makeDefinition(context, service),
        ...groupCalls(context, 'CodeDeployDefault.ECSAllAtOnce'),
        ...passTaskRoles(context, service),
      ];
    },
  },
};

/** The service, when it is in the assembly. */
function serviceOf(context: ActionContext): ModelResource | undefined {
  const place = { account: context.account, region: context.region };
  const { model } = context.model;
  return (
    model.find(fill(SERVICE, context)) ??
    model.findNamed('AWS::ECS::Service', configured(context, 'ServiceName') ?? '', place)
  );
}

/** A revision is registered, with the tags of its family; which family that is, its service says. */
function makeDefinition(context: ActionContext, service: ModelResource | undefined): Call[] {
  const definition = definitionOf(context.model.model, service);
  const on = definition ? TASK_DEFINITION.replace('{run}', () => `${definition.name}:{run}`) : TASK_DEFINITION;
  return callsOfRows(context, [
    { ...REGISTER, on },
    { ...TAG, on },
  ]);
}

/** Registering a task definition hands its two roles to ECS. */
function passTaskRoles(context: ActionContext, service: ModelResource | undefined): Call[] {
  const definition = definitionOf(context.model.model, service);
  if (definition) return rolesOf(definition).flatMap((role) => passRole(context, role, TASKS, { source: page('ECS') }));
  const role =
    fill('arn:{partition}:iam::{account}:role/', context) +
    context.pipeline.stack.unknown('runtime', `a role of the task definition of ${context.action.name}`);
  return passRole(context, role, TASKS, { uncertainty: 'which roles the task definition names is known at run time' }).slice(
    0,
    1,
  );
}
