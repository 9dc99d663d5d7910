import { type aws_ecs as ecs, Lazy, Stack } from 'aws-cdk-lib';
import { CLOUDFORMATION_FIELDS, FLOOR_FIELDS, MAP_FIELDS } from '../../aws/task-definition-fields';

/**
 * Returns the names of the fields of a task definition that are newer than the oldest supported AWS CLI, separated by
 * spaces. A CLI that does not know them drops them silently, so the commands look for them. The names are resolved at
 * the end of the synthesis, because containers and overrides can be added until then.
 */
export function newerFieldsOf(definition: ecs.TaskDefinition): string {
  return Lazy.string({ produce: () => [...new Set(newerNamesIn(propertiesOf(definition)))].sort().join(' ') });
}

/** Returns the properties of a task definition as its template contains them, overrides included. */
function propertiesOf({ node: { defaultChild } }: ecs.TaskDefinition): unknown {
  const resource = defaultChild as ecs.CfnTaskDefinition & RenderedResource;
  const { Resources } = Stack.of(resource).resolve(resource._toCloudFormation()) as RenderedTemplate;
  return Object.values(Resources)[0].Properties;
}

interface RenderedResource {
  /** Renders the resource. The CDK hides it from its types. */
  _toCloudFormation(): object;
}

interface RenderedTemplate {
  readonly Resources: Readonly<Record<string, { readonly Properties?: unknown }>>;
}

function newerNamesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(newerNamesIn);
  if (typeof value !== 'object' || value === null || isIntrinsic(value)) return [];
  return Object.entries(value)
    .filter(([, inner]) => isSet(inner))
    .flatMap(([key, inner]) => {
      const name = key.toLowerCase();
      const below = MAP_FIELDS.includes(name) ? [] : newerNamesIn(inner);
      const isKnown = FLOOR_FIELDS.has(name) || CLOUDFORMATION_FIELDS.includes(name);
      return isKnown ? below : [key.charAt(0).toLowerCase() + key.slice(1), ...below];
    });
}

function isIntrinsic(value: object): boolean {
  const [key, ...more] = Object.keys(value);
  return more.length === 0 && (key === 'Ref' || key?.startsWith('Fn::'));
}

/** Returns whether ECS certainly stores a value. It may leave out defaults, and a condition may remove the value. */
function isSet(value: unknown): boolean {
  if (value === false || value === undefined || value === null) return false;
  if (typeof value !== 'object') return true;
  return Object.keys(value).length > 0 && !('Fn::If' in value) && Object(value).Ref !== 'AWS::NoValue';
}
