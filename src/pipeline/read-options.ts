import { CfnElement, Token, type Duration, type aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { isPlain, validateNames } from './option-names';
import type { Problems } from './problems';
import { DURATION_IN_MINUTES, KNOWN_LIST, NO_DUPLICATES, NO_EMPTY_ITEMS, READABLE, RESOURCE, TYPE } from './rules';
import { A_LIST, AN_OBJECT } from '../common/rules';

/**
 * Validates the type of a value: reports a wrong type, and returns whether the type is right. Users of JavaScript and
 * Python have no compiler that does.
 */
export type OptionType = (value: unknown, problems: Problems) => boolean;

/** Types of all options of an interface. */
export type OptionTypes<Options> = { readonly [Name in keyof Required<Options>]: OptionType };

/**
 * Returns the provided options of the right type, and reports the others, which are planned as if they were not set.
 * Reports unknown options, too.
 *
 * @param types types of all options
 * @param problems collector at the property that the options belong to
 */
export function readOptions<Options extends object>(
  options: Options | undefined,
  types: OptionTypes<Options>,
  problems: Problems,
): Partial<Options> {
  return validateNames(options, Object.keys(types), problems) ? readSomeOptions(options, types, problems) : {};
}

/** Returns the options of a part of an interface as {@link readOptions} does. Other options are ignored. */
export function readSomeOptions<Options extends object>(
  options: Options | undefined,
  types: OptionTypes<Options>,
  problems: Problems,
): Partial<Options> {
  const read: Partial<Options> = {};
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return read;
  for (const name of Object.keys(types) as Array<keyof Options & string>) {
    const value = readProperty(options, name, problems.at(name));
    if (value !== undefined && value !== null && types[name](value, problems.at(name))) read[name] = value;
  }
  return read;
}

/** Returns the value of a property, and reports a getter that fails. */
function readProperty<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  problems: Problems,
): Owner[Name] | undefined {
  try {
    return owner[name];
  } catch (error) {
    problems.add(READABLE, `the error "${(error as Error).message}"`, 'correct the getter, or pass the value itself');
    return undefined;
  }
}

/** Returns a provided value of the right type, and reports one of a wrong type. */
export function readValue<Value>(value: Value, type: OptionType, problems: Problems): NonNullable<Value> | undefined {
  return value !== undefined && value !== null && type(value, problems) ? value : undefined;
}

/**
 * Returns the type of the values that a predicate accepts.
 *
 * @param expected completes "must be …"
 * @param fix instruction in the imperative
 */
export function typeOf(expected: string, fix: string, predicate: (value: unknown) => boolean): OptionType {
  return (value, problems) => {
    const valid = predicate(value);
    if (!valid) problems.add(`be ${expected}`, value, fix);
    return valid;
  };
}

/**
 * Returns the type of strings.
 *
 * @param expected completes "must be …"
 */
export function textType(fix: string, expected: string = TYPE.string): OptionType {
  return typeOf(expected, fix, (value) => typeof value === 'string');
}

/** Type of values that are validated where they are used. */
export const ANY: OptionType = () => true;

/** Type of strings. */
export const TEXT = textType('pass a string');

/** Type of booleans. */
export const FLAG = typeOf(TYPE.boolean, 'pass true or false', (value) => typeof value === 'boolean');

/** Returns the type of lists whose items have the same type. */
export function listOf(items: OptionType, fix: string): OptionType {
  return (value, problems) => {
    if (!Array.isArray(value)) {
      problems.add(A_LIST, value, fix);
      return false;
    }
    if (Token.isUnresolved(value)) {
      problems.add(KNOWN_LIST, 'a token', 'pass a list of strings; each of them may be a token');
      return false;
    }
    // A list with gaps has fewer items than its length, and most methods of a list skip them.
    return Array.from({ length: value.length }, (_, i) => {
      const at = problems.index(i);
      if (i in value) return items(value[i], at);
      at.add(NO_EMPTY_ITEMS, undefined, 'remove the extra comma');
      return false;
    }).every((valid) => valid);
  };
}

/** Returns the type of objects whose values have the same type. */
export function recordOf(values: OptionType, fix: string): OptionType {
  return (value, problems) => {
    // Maps, promises and other instances of classes have no such entries.
    if (!isObject(value) || Array.isArray(value) || !isPlain(value)) {
      problems.add(AN_OBJECT, value, fix);
      return false;
    }
    const before = problems.count;
    const isEachValid = Object.keys(value)
      .map((name) => values(readProperty(value as Record<string, unknown>, name, problems.at(name)), problems.at(name)))
      .every((valid) => valid);
    return isEachValid && problems.count === before;
  };
}

/** Type of lists of strings. */
export const TEXTS = listOf(TEXT, "pass a list, e.g. ['a', 'b']");

/** Type of objects whose values are strings. */
export const TEXT_RECORD = recordOf(TEXT, "pass an object, e.g. { NAME: 'value' }");

/**
 * Returns the type of constructs that have a certain attribute.
 *
 * @param expected completes "must be …"
 */
export function resourceWith(
  attribute: string,
  expected: string,
  fix: string = 'pass one of this app, or import it',
): OptionType {
  return typeOf(expected, fix, (value) => isResourceWith(attribute, value));
}

/** Returns whether a value is an L2 construct, or an imported resource, that has a certain attribute. */
export function isResourceWith(attribute: string, value: unknown): boolean {
  if (!isObject(value) || !(attribute in value) || !isConstruct(value)) return false;
  // L1 constructs have properties of the same names, but none of the methods. A reference can also be an L1 construct.
  return attribute.endsWith('Ref') || !CfnElement.isCfnElement(value);
}

/** Returns whether a value is a construct. Imported resources that the CDK keeps out of the tree have no node. */
function isConstruct(value: object): boolean {
  try {
    return 'node' in value && isObject(value.node);
  } catch {
    return true;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Returns the items that duplicate an earlier item, compared by key. */
export function duplicates<T>(items: readonly T[], keyOf: (item: T) => unknown = (item) => item): T[] {
  const keys = items.map(keyOf);
  return items.filter((_, i) => keys.indexOf(keys[i]) < i);
}

/**
 * Reports the items of a list that duplicate an earlier one.
 *
 * @param keyOf returns what identifies an item
 * @param show returns the item as the error shows it
 */
export function validateUnique<T>(
  items: readonly T[],
  problems: Problems,
  { keyOf, show = (item) => item }: { keyOf?: (item: T) => unknown; show?: (item: T) => unknown } = {},
): void {
  for (const item of duplicates(items, keyOf)) problems.add(NO_DUPLICATES, show(item), 'remove one of them');
}

/** Type of durations. A token must have a unit that can be converted to minutes. */
export const DURATION: OptionType = (value, problems) => {
  if (hasMinutes(value)) return true;
  if (isObject(value) && 'isUnresolved' in value) {
    problems.add(DURATION_IN_MINUTES, 'a token', 'pass a literal, or Duration.minutes(token)');
  } else {
    problems.add('be a Duration', value, 'pass a duration, e.g. Duration.minutes(30)');
  }
  return false;
};

/** Returns the minutes of a duration, if there is one. */
export function minutesOf(duration: Duration | undefined): number | undefined {
  return duration?.toMinutes({ integral: false });
}

function hasMinutes(value: unknown): boolean {
  try {
    return minutesOf(value as Duration) !== undefined;
  } catch {
    return false;
  }
}

/** Type of Lambda functions. */
export const LAMBDA_FUNCTION = resourceWith('functionArn', 'a Lambda function');

/** Type of SNS topics. */
export const TOPIC = resourceWith('topicArn', RESOURCE.topic);

/** Type of lists whose items are validated individually. */
export const LIST = listOf(ANY, 'pass a list, even for a single item');

/** Returns the items of an optional list. An invalid list is reported and has no items. */
export function readList<Item>(values: readonly Item[] | undefined, problems: Problems): readonly Item[] {
  return readValue(values, LIST, problems) ?? [];
}

/** A class, which may have a private constructor. */
interface Class {
  readonly name: string;
  [Symbol.hasInstance](value: unknown): boolean;
}

/**
 * Returns the type of the instances of a class.
 *
 * @param expected completes "must be …"
 */
export function instanceOf(type: Class, fix: string, expected: string = withArticle(type.name)): OptionType {
  return typeOf(expected, fix, (value) => isInstance(value, type));
}

/** Returns whether a value was created by a factory of a class. JavaScript can call a private constructor. */
export function isInstance(value: unknown, type: Class): boolean {
  if (!(value instanceof type) || !isObject(value)) return false;
  const fields = Object.entries(value);
  return fields.length > 0 && !fields.some(([name, field]) => field === undefined && FACTORY_FIELDS.includes(name));
}

/** Fields of instances that factories always set. */
const FACTORY_FIELDS = [
  'assembly',
  'atomicSwitch',
  'content',
  '_content',
  '_choice',
  'options',
  'plan',
  'planner',
  'reaction',
  'read',
  '_result',
  'result',
  'spec',
  '_spec',
  'thresholds',
];

function withArticle(name: string): string {
  const article = /^[AEIOU]/.test(name) ? 'an' : 'a';
  return `${article} ${name}`;
}

/** Returns the type of the members of an enum. */
export function enumOf(members: Readonly<Record<string, string>>): OptionType {
  const values: readonly unknown[] = Object.values(members);
  return typeOf(`one of ${values.join(', ')}`, 'choose one of these', (value) => values.includes(value));
}

/** Returns a required value of the right type, and reports any other. */
export function readRequired<Value>(
  value: Value,
  type: OptionType,
  problems: Problems,
): NonNullable<Value> | undefined {
  return type(value, problems) ? (value ?? undefined) : undefined;
}

const SUBNETS = listOf(resourceWith('subnetId', 'a subnet'), 'pass a list, e.g. [subnet]');

/** Names of the properties of a subnet selection. */
const SELECTION_NAMES = [
  'availabilityZones',
  'onePerAz',
  'subnetFilters',
  'subnetGroupName',
  'subnets',
  'subnetType',
] satisfies Array<keyof ec2.SubnetSelection>;

/** Type of subnet selections. A newer CDK may have further properties. */
export const SUBNET_SELECTION: OptionType = (value, problems) => {
  if (!isObject(value) || Array.isArray(value) || Construct.isConstruct(value)) {
    problems.add('be a subnet selection', value, 'pass e.g. { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }');
    return false;
  }
  const before = problems.count;
  validateNames(value, SELECTION_NAMES, problems, { acceptsFurtherNames: true });
  if ('subnets' in value && value.subnets !== undefined) SUBNETS(value.subnets, problems.at('subnets'));
  return problems.count === before;
};
