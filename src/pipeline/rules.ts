import type { NameRule } from '../aws/limits';

/*
 * Rules that several tests or kinds share; each completes "must …". The test of a rule asserts its sentence, and other
 * tests refer to the rule.
 */

/** Rule of lists and of records whose items must differ. */
export const NO_DUPLICATES = 'not contain duplicates';

/** Rule of texts without spaces. */
export const NO_SPACES = 'not contain spaces';

/** Rules of names that must be unique in a pipeline. */
export const UNIQUE_STAGES = 'have unique stage names';
export const UNIQUE_ACTIONS = 'have unique action names';
export const UNIQUE_RULES = 'have unique rule names';
export const UNIQUE_ARTIFACTS = 'have unique artifact names';

/** Rules of artifacts and variables, which an earlier action must produce. */
export const EARLIER_ARTIFACTS = 'use only artifacts of earlier actions';
export const EARLIER_VARIABLES = 'use only variables that an earlier action produces';
export const DECLARED_VARIABLES = 'use only pipeline variables that the pipeline declares';

/** Rule of identity fields. */
export const KNOWN_AT_SYNTH = 'be known at synth time, because construct ids and names are derived from it';

/** Names of types, which complete "must be …". */
export const TYPE = { boolean: 'a boolean', duration: 'a Duration', string: 'a string' } as const;

/** Names of the kinds of resources, which complete "must be …". */
export const RESOURCE = {
  alarm: 'an alarm',
  bucket: 'a bucket',
  deploymentGroup: 'a deployment group',
  deploymentStrategy: 'a deployment strategy',
  function: 'a function',
  key: 'a KMS key',
  parameter: 'a parameter',
  repository: 'an ECR repository',
  role: 'a role',
  secret: 'a Secrets Manager secret',
  securityGroup: 'a security group',
  topic: 'an SNS topic',
} as const;

/** Rules of types. */
export const DURATION_IN_MINUTES = 'be a duration in minutes if it is a token';
export const KNOWN_LIST = 'be a list whose items are known at synth time';
export const NO_EMPTY_ITEMS = 'not be an empty item';
export const KNOWN_VALUE = 'be known at synth time';
export const READABLE = 'be readable';
export const A_BUILD_STEP = 'be a BuildStep';
export const A_SOURCE = 'be a PipelineSource';
export const A_TARGET = 'be a DeployTarget';
export const AN_EXACT_VERSION = 'be an exact version';

/** Rule of Regions. */
export const EXISTING_REGION = 'be an existing Region';

/** Rules of paths. */
export const NO_PARENT = "not contain '..'";
export const A_FILE_PATH = 'be the path of a file in the artifact';
export const RELATIVE_PATH = 'be a relative path';

/** Rules of gates and stages. */
export const SKIP_GATES = 'contain only variable and function gates, because it skips the stage';
export const BAKE_GATES = 'contain only alarm and function gates';
export const NO_GATE_ARTIFACTS = 'not produce artifacts in a gate';
export const PROJECT_STEP = 'be a step with a CodeBuild project';
export const NO_ROLLBACK_APPROVALS = 'not contain approvals, because it rolls back or retries';
export const NO_PARALLEL_ROLLBACK = 'not be PARALLEL if a stage rolls back';

/** Rules of stacks. */
export const ONE_ENVIRONMENT_PER_STACK = 'deploy each stack in only one environment';
export const OTHER_STACK = 'not be the stack of the pipeline';
export const EXISTING_RESOURCE = 'refer to an existing resource';

/** Rules of commands. */
export const SINGLE_LINES = 'contain single-line commands';
export const NO_EMPTY_COMMANDS = 'contain only non-empty commands';

/** Rule of configuration that could contain the value of a secret. */
export const NO_SECRET = 'not contain a secret';

/** Rule of names. */
export const NO_RESERVED_NAME = 'not be a reserved name';

/** Returns the rule of a name with a pattern. */
export function consistOf({ description }: Pick<NameRule, 'description'>): string {
  return `consist of ${description}`;
}

/** Returns the rule of keys with a pattern. */
export function onlyNamesOf({ description }: Pick<NameRule, 'description'>): string {
  return `contain only names of ${description}`;
}

/** Returns the rule of a whole number with bounds. */
export function wholeNumber(unit: string, { min, max }: { min: number; max: number }): string {
  return `be a whole number of ${unit} between ${min} and ${max}`;
}

/** Returns the rule of a value that must be one of several names. */
export function oneOf(names: readonly string[]): string {
  return `be one of ${names.map((name) => `'${name}'`).join(', ')}`;
}

/** Returns the rule of the number of rules in a condition. */
export function ruleCount({ min, max }: { min: number; max: number }): string {
  return `contain ${min} to ${max} rules (each alarm counts as a rule)`;
}

/** Returns the rule of the number of artifacts of an action. */
export function artifactCount(direction: 'input' | 'output', { min, max }: { min: number; max: number }): string {
  return `have ${min === max ? min : `${min} to ${max}`} ${direction} artifacts`;
}

/** Returns the rule of a resource that must be in the account or the Region of the pipeline. */
export function inPipelineEnv(resourceKind: string, what: 'account' | 'Region', value: string): string {
  return `be ${resourceKind} in the ${what} of the pipeline, ${value}`;
}

/** Returns the rule of a resource that must be in the account or the Region of an environment. */
export function inEnvironment(resourceKind: string, what: 'account' | 'Region', value: string): string {
  return `be ${resourceKind} in the ${what} of the environment, ${value}`;
}

/** Fixes of optional values. */
export const PASS_OR_REMOVE = 'pass one, or remove it';
export const SET_OR_REMOVE = 'set a value, or remove it';
