import { buildSpecOf, commandsOf } from './build-spec';
import type { ModelResource } from '../../../assembly/scope';
import { listOf, objectOf, JsonObject, textOf } from '../../../assembly/json';
import { ActionContext, Call, configured } from '../call';
import { roleArn } from '../pass-role';

/** Describes a build with the project and the overrides of the action. */
export interface Build {
  readonly project: ModelResource;
  readonly properties: JsonObject;
  /** The ARN of the service role. */
  readonly role: string;
  /** Undefined if the buildspec is in the source. */
  readonly spec?: JsonObject;
  /** The commands of the buildspec. */
  readonly commands: readonly string[];
  readonly variables: readonly Variable[];
  /** The plain values of variables, by name. */
  readonly values: ReadonlyMap<string, string>;
  /** Returns a call under the role of the build. */
  readonly call: (api: string, resource: string, more?: Partial<Call>) => Call;
  /** Returns an ARN in the account and Region of the project. */
  readonly arn: (service: string, resource: string) => string;
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** The reason why a denied call of a command causes a warning instead of an error. */
export const COMMAND = 'a command in the buildspec makes the call, and the script around it can change the credentials';

const SERVICE_ROLE = 'https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html';

export function buildOf(project: ModelResource, context: ActionContext): Build {
  const { properties, stack } = project;

  // Rules have no overrides.
  function override(key: string) {
    if (context.action.category === 'Rule') return undefined;
    return configured(context, key);
  }

  const spec = buildSpecOf(project, override('BuildspecOverride'));
  const variables = variablesOf(properties, configured(context, 'EnvironmentVariables'));
  const role = override('ServiceRoleArnOverride') ?? roleArn(textOf(properties.ServiceRole), stack);
  return {
    project,
    properties,
    role,
    spec,
    commands: spec === undefined ? [] : commandsOf(spec),
    variables,
    values: new Map([...specVariables(spec), ...plainValues(variables)]),
    call: (api, resource, more) => ({
      caller: { role },
      from: stack,
      step: 'work',
      call: api,
      resource,
      basis: 'documented',
      source: SERVICE_ROLE,
      ...more,
    }),
    arn: (service, resource) => `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`,
  };
}

/** Returns the variables of a project. Variables of the action override those of the same name. */
function variablesOf({ Environment }: JsonObject, json: string | undefined): Variable[] {
  const projectVariables = listOf(objectOf(Environment).EnvironmentVariables)
    .map(objectOf)
    .map(({ Name, Type, Value }) => ({ name: textOf(Name), type: textOf(Type), value: textOf(Value) }));
  const actionVariables = parseList(json).map(({ name, type, value }) => ({
    name: textOf(name),
    type: textOf(type),
    value: textOf(value),
  }));
  const overridden = new Set(actionVariables.map(({ name }) => name));
  return [...projectVariables.filter(({ name }) => !overridden.has(name)), ...actionVariables];
}

function plainValues(variables: readonly Variable[]): Array<[name: string, value: string]> {
  return variables.filter(({ type }) => ['', 'PLAINTEXT'].includes(type)).map(({ name, value }) => [name, value]);
}

/** Returns the plain variables of a buildspec. */
function specVariables(spec: JsonObject | undefined): Array<[name: string, value: string]> {
  return Object.entries(objectOf(objectOf(spec?.env).variables)).map(([name, value]) => [name, textOf(value)]);
}

function parseList(json = '[]'): JsonObject[] {
  try {
    return listOf(JSON.parse(json)).map(objectOf);
  } catch {
    return []; // the check does not report invalid JSON
  }
}
