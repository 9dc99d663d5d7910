import type { WorldResource } from '../../../assembly/scope';
import { textOf } from '../../../assembly/shape';
import type { ActionContext, Call, ProviderCalls, Row } from '../call';
import { configured, fill } from '../call';
import { passRole, roleArn } from '../passing';
import { CODE_DEPLOY_ROWS, groupCalls } from './code-deploy';
import { page } from './page';

const TASKS = 'ecs-tasks.amazonaws.com';
const SERVICE = 'arn:{partition}:ecs:{region}:{account}:service/{ClusterName}/{ServiceName}';
const TASK_DEFINITION = 'arn:{partition}:ecs:{region}:{account}:task-definition/{run}';

const REGISTER: readonly Row[] = [
  { call: 'ecs:RegisterTaskDefinition', on: '*', or: TASK_DEFINITION },
  {
    call: 'ecs:TagResource',
    on: TASK_DEFINITION,
    basis: 'inferred',
    doubt: 'it is for task definitions with tags',
    context: () => ({ 'ecs:createaction': ['RegisterTaskDefinition'] }),
  },
];

export const ECS: Readonly<Record<string, ProviderCalls>> = {
  'Deploy/ECS': {
    source: page('ECS'),
    reads: true,
    rows: [
      { call: ['ecs:DescribeServices', 'ecs:UpdateService'], on: SERVICE },
      { call: 'ecs:DescribeTaskDefinition', on: '*' },
      ...REGISTER,
      {
        call: ['ecs:DescribeTasks', 'ecs:ListTasks'], on: '*', basis: 'inferred', doubt: 'the newest page of AWS lists it no more',
      },
    ],
    more: (context) => passTaskRoles(context, serviceOf(context)),
  },
  'Deploy/CodeDeployToECS': {
    source: page('ECSbluegreen'),
    reads: true,
    rows: [
      ...CODE_DEPLOY_ROWS,
      { call: 'codedeploy:GetApplication', on: 'arn:{partition}:codedeploy:{region}:{account}:application:{ApplicationName}' },
      ...REGISTER,
    ],
    // The task definition comes from an artifact.
    more: (context) => [...groupCalls(context, 'CodeDeployDefault.ECSAllAtOnce'), ...passTaskRoles(context, undefined)],
  },
};

/** The service, when it is in the assembly. */
function serviceOf(context: ActionContext): WorldResource | undefined {
  const place = { account: context.account, region: context.region };
  const { world } = context.world;
  return world.find(fill(SERVICE, context)) ?? world.named('AWS::ECS::Service', configured(context, 'ServiceName') ?? '', place);
}

/** Registering a task definition hands its two roles to ECS. */
function passTaskRoles(context: ActionContext, service: WorldResource | undefined): Call[] {
  const { world } = context.world;
  const definition = service && world.find(textOf(service.properties.TaskDefinition));
  if (definition?.type !== 'AWS::ECS::TaskDefinition') {
    const role = fill('arn:{partition}:iam::{account}:role/', context) + context.pipeline.stack.unknown('runtime', `a role of the task definition of ${context.action.name}`);
    return passRole(context, role, TASKS, { doubt: 'which roles the task definition names is known at run time' }).slice(0, 1);
  }
  return [definition.properties.TaskRoleArn, definition.properties.ExecutionRoleArn].filter((role) => role !== undefined)
    .flatMap((role) => passRole(context, roleArn(textOf(role), definition.stack), TASKS, { source: page('ECS') }));
}
