import type { ActionContext, Call } from './call';
import { assumedBy, passRole, roleArn } from './pass-role';
import type { ModelResource } from '../../assembly/scope';
import { isObject, memberOf, objectOf, type JsonObject, textOf } from '../../assembly/json';

const TRUST = 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html';
const ECS =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html';

const TASK = 'the input of the execution determines which tasks run';

/**
 * Matches the AWS SDK integration for Amazon ECS. Tasks of other services are not modelled, because each service
 * requires its own table of actions and resources.
 */
const ECS_TASK = /^arn:[^:]*:states:::aws-sdk:ecs:(\w+)$/;

/** Maps each call to its resources. */
const ECS_CALLS: Readonly<Record<string, readonly string[]>> = {
  updateService: ['service/{service}'],
  listServiceDeployments: ['service/{service}'],
  describeServiceDeployments: ['service/{service}', 'service-deployment/{service}/{run}'],
  describeServiceRevisions: ['service/{service}', 'service-revision/{service}/{run}'],
};

/** The maximum length that CloudFormation accepts. */
const MAX_DEFINITION_LENGTH = 1_048_576;

/** Returns the calls of a state machine under its role that its definition contains. */
export function stateMachineCalls(machine: ModelResource, context: ActionContext): Call[] {
  const { properties, stack, arn } = machine;
  const role = roleArn(textOf(properties.RoleArn), stack);
  const common = { step: 'work', caller: { role }, from: stack } as const;
  const tasks = tasksIn(definitionOf(properties)).flatMap((task) => {
    const [, api = ''] = ECS_TASK.exec(textOf(task.Resource)) ?? [];
    const resources = memberOf(ECS_CALLS, api);
    if (resources === undefined) return [];
    return [{ api, resources, args: objectOf(task.Arguments ?? task.Parameters) }];
  });
  const services = new Set(tasks.flatMap(({ args }) => serviceIn(args) ?? []));
  const run = stack.unknown('runtime', `resource of the state machine ${textOf(properties.StateMachineName)}`);
  // A task without a service is about the service of the other tasks, if there is only one.
  const defaultService = services.size === 1 ? [...services][0] : run;
  return [
    assumedBy('states.amazonaws.com', role, stack, {
      step: 'work',
      source: TRUST,
      context: { 'aws:sourcearn': arn === undefined ? [] : [arn], 'aws:sourceaccount': [stack.account] },
    }),
    ...tasks.flatMap(({ api, resources, args }) => {
      const service = serviceIn(args) ?? defaultService;
      const calls = resources.map((pattern): Call => {
        const resource = pattern.replace('{service}', () => service).replace('{run}', () => run);
        return {
          ...common,
          call: `ecs:${api[0].toUpperCase()}${api.slice(1)}`,
          resource: `arn:${stack.partition}:ecs:${stack.region}:${stack.account}:${resource}`,
          basis: 'documented',
          source: ECS,
          caution: TASK,
        };
      });
      const passesRoles = api === 'updateService' && args.TaskDefinition !== undefined;
      if (passesRoles) return [...calls, ...passedRoles(service, machine, context, common)];
      return calls;
    }),
  ];
}

/**
 * Returns the calls that pass the roles of a task definition to a service. The revision differs from that of the
 * template, but its roles are the same.
 */
function passedRoles(service: string, { stack }: ModelResource, context: ActionContext, common: Partial<Call>): Call[] {
  const { model } = context.model;
  const resource =
    model.findNamed('AWS::ECS::Service', service.split('/')[1] ?? '', stack) ??
    model.find(`arn:${stack.partition}:ecs:${stack.region}:${stack.account}:service/${service}`);
  const definition = resource && model.find(textOf(resource.properties.TaskDefinition));
  if (definition?.type !== 'AWS::ECS::TaskDefinition') return [];
  return [definition.properties.TaskRoleArn, definition.properties.ExecutionRoleArn]
    .filter((role) => role !== undefined)
    .flatMap((role) =>
      passRole(context, roleArn(textOf(role), definition.stack), 'ecs-tasks.amazonaws.com', {
        ...common,
        caution: TASK,
      }).slice(0, 1),
    );
}

/** Returns `<cluster>/<service>`, if both are literal. */
function serviceIn({ Cluster, Service }: JsonObject): string | undefined {
  function name(value: unknown) {
    return textOf(value).split('/').at(-1)!;
  }

  if (!isLiteral(Cluster) || !isLiteral(Service)) return undefined;
  return `${name(Cluster)}/${name(Service)}`;
}

function isLiteral(value: unknown) {
  return typeof value === 'string' && !value.startsWith('{%');
}

function definitionOf({ DefinitionString, Definition, DefinitionSubstitutions }: JsonObject): JsonObject {
  if (isObject(Definition)) return Definition;
  const text = textOf(DefinitionString);
  if (text.length > MAX_DEFINITION_LENGTH) return {};
  const substitutions = objectOf(DefinitionSubstitutions);
  const substituted = text.replace(/\$\{(\w+)\}/g, (match, key: string) =>
    Object.hasOwn(substitutions, key) ? textOf(substitutions[key]) : match,
  );
  try {
    return objectOf(JSON.parse(substituted));
  } catch {
    return {}; // a definition that cannot be parsed contains no known calls
  }
}

/** Returns all tasks, including those in branches and maps. */
function tasksIn({ States }: JsonObject): JsonObject[] {
  return Object.values(objectOf(States))
    .map(objectOf)
    .flatMap((state) => {
      const branches = Array.isArray(state.Branches) ? state.Branches.map(objectOf) : [];
      const inner = [...branches, ...[state.ItemProcessor, state.Iterator].filter(isObject)].flatMap(tasksIn);
      if (state.Type === 'Task') return [state, ...inner];
      return inner;
    });
}
