import { listOf } from '../../../assembly/json';
import type { ModelResource } from '../../../assembly/scope';
import type { ActionContext, Call, ProviderCalls, Row } from '../call';
import { callsOfRows, configured, fill } from '../call';
import { passRole } from '../pass-role';
import { CODE_DEPLOY_ROWS, groupCalls, groupedService } from './code-deploy';
import { page } from './docs-url';
import { definitionOf, rolesOf, TASKS } from './task-definition';

const SERVICE = 'arn:{partition}:ecs:{region}:{account}:service/{ClusterName}/{ServiceName}';
const TASK_DEFINITION = 'arn:{partition}:ecs:{region}:{account}:task-definition/{run}';

/** The CodePipeline user guide requires `*`, but the service authorization reference lists a resource type. */
const REGISTER: Row = { call: 'ecs:RegisterTaskDefinition', on: TASK_DEFINITION, alternativeOn: '*' };
const TAG: Row = {
  call: 'ecs:TagResource',
  on: TASK_DEFINITION,
  context: () => ({ 'ecs:createaction': ['RegisterTaskDefinition'] }),
};

const UNKNOWN_TAGS = { basis: 'inferred', uncertainty: 'only task definitions with tags require it' } as const;

/**
 * Returns the evidence for the permission to tag a revision. The action bases it on the revision that the service uses.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html
 */
function tagEvidence(
  definition: ModelResource | undefined,
): Pick<Row, 'basis' | 'uncertainty' | 'notRequired' | 'caution'> {
  if (definition === undefined) return UNKNOWN_TAGS;
  if (listOf(definition.properties.Tags).length > 0) {
    return { caution: 'only an account that enforces the authorization of tagging requires it' };
  }
  return { basis: 'inferred', notRequired: 'the task definition has no tags in the templates' };
}

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
        notRequired: 'the current AWS documentation does not list it',
      },
    ],
    more: (context) => {
      const service = serviceOf(context);
      const definition = definitionOf(context.model.model, service);
      return [...registerCalls(context, service, tagEvidence(definition)), ...passTaskRoles(context, service)];
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
    // The task definition is in an artifact. The service of the deployment group determines its family.
    more: (context) => {
      const service = groupedService(context)?.resource;
      return [
        ...registerCalls(context, service, UNKNOWN_TAGS),
        ...groupCalls(context, 'CodeDeployDefault.ECSAllAtOnce'),
        ...passTaskRoles(context, service),
      ];
    },
  },
};

/** Returns the service of an action, or undefined if it is not in the assembly. */
function serviceOf(context: ActionContext): ModelResource | undefined {
  const { model } = context.model;
  return (
    model.find(fill(SERVICE, context)) ??
    model.findNamed('AWS::ECS::Service', configured(context, 'ServiceName') ?? '', context)
  );
}

/** Returns the calls that register a revision with its tags. The service determines the family. */
function registerCalls(
  context: ActionContext,
  service: ModelResource | undefined,
  evidence: Pick<Row, 'basis' | 'uncertainty' | 'notRequired' | 'caution'>,
): Call[] {
  const definition = definitionOf(context.model.model, service);
  const on = definition ? TASK_DEFINITION.replace('{run}', () => `${definition.name}:{run}`) : TASK_DEFINITION;
  return callsOfRows(context, [
    { ...REGISTER, on },
    { ...TAG, ...evidence, on },
  ]);
}

/** Returns the calls that pass the roles of a task definition to ECS. */
function passTaskRoles(context: ActionContext, service: ModelResource | undefined): Call[] {
  const definition = definitionOf(context.model.model, service);
  if (definition) return rolesOf(definition).flatMap((role) => passRole(context, role, TASKS, { source: page('ECS') }));
  const role =
    fill('arn:{partition}:iam::{account}:role/', context) +
    context.pipeline.stack.unknown('runtime', `a role of the task definition of ${context.action.name}`);
  const uncertainty = 'the roles of the task definition are known only at run time';
  return passRole(context, role, TASKS, { uncertainty }).slice(0, 1);
}
