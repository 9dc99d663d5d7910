import { buildSpecOf } from './build-spec';
import type { ModelResource } from '../../../assembly/scope';
import { listOf, objectOf, JsonObject, textOf } from '../../../assembly/json';
import { ActionContext, Call, configured } from '../call';
import { roleArn } from '../pass-role';

/** A build as an action starts it: the project, and what the action changes of it. */
export interface Build {
  readonly project: ModelResource;
  readonly properties: JsonObject;
  /** ARN of its service role. */
  readonly role: string;
  /** Undefined when it lies in the source. */
  readonly spec?: JsonObject;
  readonly variables: readonly Variable[];
  /** A call under the role of the build. */
  readonly call: (api: string, resource: string, more?: Partial<Call>) => Call;
  /** An ARN in the account and region of the project. */
  readonly arn: (service: string, resource: string) => string;
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

const SERVICE_ROLE = 'https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html';

export function buildOf(project: ModelResource, context: ActionContext): Build {
  const { properties, stack } = project;

  // A rule runs the project as it is.
  function override(key: string) {
    return context.action.category === 'Rule' ? undefined : configured(context, key);
  }

  const role = override('ServiceRoleArnOverride') ?? roleArn(textOf(properties.ServiceRole), stack);
  return {
    project,
    properties,
    role,
    spec: buildSpecOf(project, override('BuildspecOverride')),
    variables: variablesOf(properties, configured(context, 'EnvironmentVariables')),
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

/** The variables of a project, those that an action gives a build going before those of the same name. */
function variablesOf({ Environment }: JsonObject, json: string | undefined): Variable[] {
  const own = listOf(objectOf(Environment).EnvironmentVariables)
    .map(objectOf)
    .map(({ Name, Type, Value }) => ({ name: textOf(Name), type: textOf(Type), value: textOf(Value) }));
  const given = parsed(json).map(({ name, type, value }) => ({
    name: textOf(name),
    type: textOf(type),
    value: textOf(value),
  }));
  return [...own.filter(({ name }) => !given.some((one) => one.name === name)), ...given];
}

function parsed(json = '[]'): JsonObject[] {
  try {
    return listOf(JSON.parse(json)).map(objectOf);
  } catch {
    return []; // what does not parse is a finding of another check
  }
}
