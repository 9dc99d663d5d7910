import type { ActionContext, Call } from './call';
import { assumedBy, passRole, roleArn } from './pass-role';
import type { ModelResource } from '../../assembly/scope';
import { isObject, objectOf, type JsonObject, textOf } from '../../assembly/json';

const TRUST = 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html';
const ECS =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html';

/**
 * A task of the AWS SDK for Amazon ECS. Tasks of other services are not read: what IAM calls them and their resources
 * is another table for each.
 */
const ECS_TASK = /^arn:[^:]*:states:::aws-sdk:ecs:(\w+)$/;

/** What a call is about, by service and by what is below it. */
const ECS_CALLS: Readonly<Record<string, readonly string[]>> = {
  updateService: ['service/{service}'],
  listServiceDeployments: ['service/{service}'],
  describeServiceDeployments: ['service/{service}', 'service-deployment/{service}/{run}'],
  describeServiceRevisions: ['service/{service}', 'service-revision/{service}/{run}'],
};

/** CloudFormation takes no longer one. */
const LONGEST_DEFINITION = 1_048_576;

/** What a state machine of the assembly does under its own role, as far as its definition tells. */
export function stateMachineCalls(machine: ModelResource, context: ActionContext): Call[] {
  const { properties, stack, arn } = machine;
  const role = roleArn(textOf(properties.RoleArn), stack);
  const own = { step: 'work', caller: { role }, from: stack } as const;
  const tasks = tasksIn(definitionOf(properties)).flatMap((task) => {
    const [, api] = ECS_TASK.exec(textOf(task.Resource)) ?? [];
    return api !== undefined && Object.hasOwn(ECS_CALLS, api)
      ? [{ api, args: objectOf(task.Arguments ?? task.Parameters) }]
      : [];
  });
  const named = tasks.flatMap(({ args }) => serviceIn(args) ?? []);
  const run = stack.unknown('runtime', `what the state machine ${textOf(properties.StateMachineName)} is about`);
  return [
    assumedBy('states.amazonaws.com', role, stack, {
      step: 'work',
      source: TRUST,
      context: { 'aws:sourcearn': arn === undefined ? [] : [arn], 'aws:sourceaccount': [stack.account] },
    }),
    ...tasks.flatMap(({ api, args }) => {
      // What names no service is about that which the others name, when there is but one.
      const service = serviceIn(args) ?? (new Set(named).size === 1 ? named[0] : run);
      return [
        ...ECS_CALLS[api].map((on): Call => ({
          ...own,
          call: `ecs:${api[0].toUpperCase()}${api.slice(1)}`,
          resource: `arn:${stack.partition}:ecs:${stack.region}:${stack.account}:${on.replace('{service}', () => service).replace('{run}', () => run)}`,
          basis: 'inferred',
          source: ECS,
        })),
        ...(api === 'updateService' && args.TaskDefinition !== undefined
          ? passedRoles(service, machine, context, own)
          : []),
      ];
    }),
  ];
}

/**
 * Giving a service a task definition hands its roles on. It is given another revision than that of the template, of
 * which the roles are the same.
 */
function passedRoles(service: string, { stack }: ModelResource, context: ActionContext, own: Partial<Call>): Call[] {
  const { model } = context.model;
  const found =
    model.findNamed('AWS::ECS::Service', service.split('/')[1] ?? '', stack) ??
    model.find(`arn:${stack.partition}:ecs:${stack.region}:${stack.account}:service/${service}`);
  const definition = found && model.find(textOf(found.properties.TaskDefinition));
  if (definition?.type !== 'AWS::ECS::TaskDefinition') return [];
  return [definition.properties.TaskRoleArn, definition.properties.ExecutionRoleArn]
    .filter((role) => role !== undefined)
    .flatMap((role) =>
      passRole(context, roleArn(textOf(role), definition.stack), 'ecs-tasks.amazonaws.com', {
        ...own,
        basis: 'inferred',
      }).slice(0, 1),
    );
}

/** `<cluster>/<service>`, when both are said. */
function serviceIn({ Cluster, Service }: JsonObject): string | undefined {
  function name(value: unknown) {
    return textOf(value).split('/').at(-1)!;
  }

  return isLiteral(Cluster) && isLiteral(Service) ? `${name(Cluster)}/${name(Service)}` : undefined;
}

function isLiteral(value: unknown) {
  return typeof value === 'string' && !value.startsWith('{%');
}

function definitionOf({ DefinitionString, Definition, DefinitionSubstitutions }: JsonObject): JsonObject {
  if (isObject(Definition)) return Definition;
  const text = textOf(DefinitionString);
  if (text.length > LONGEST_DEFINITION) return {};
  const substitutions = objectOf(DefinitionSubstitutions);
  try {
    return objectOf(
      JSON.parse(
        text.replace(/\$\{(\w+)\}/g, (whole, key: string) =>
          Object.hasOwn(substitutions, key) ? textOf(substitutions[key]) : whole,
        ),
      ),
    );
  } catch {
    return {}; // one that cannot be read here tells nothing
  }
}

/** All tasks, also those inside of branches and maps. */
function tasksIn({ States }: JsonObject): JsonObject[] {
  return Object.values(objectOf(States))
    .map(objectOf)
    .flatMap((state) => [
      ...(state.Type === 'Task' ? [state] : []),
      ...(Array.isArray(state.Branches) ? state.Branches : []).map(objectOf).flatMap(tasksIn),
      ...[state.ItemProcessor, state.Iterator].filter(isObject).flatMap(tasksIn),
    ]);
}
