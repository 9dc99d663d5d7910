import type { NameRule } from '../aws/limits';

/*
 * Rules that several tests or kinds share; each completes "must …". The test of a rule asserts its sentence, and other
 * tests refer to the rule.
 */

/** Rule of lists and of records whose items must differ. */
export const NO_DUPLICATES = 'not contain duplicates';

/** Rule of a single value that others must not equal. */
export const UNIQUE = 'be unique';

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

/** Rules of types. */
export const A_LIST = 'be a list';
export const KNOWN_LIST = 'be a list whose items are known at synth time';
export const NO_EMPTY_ITEMS = 'not be an empty item';
export const KNOWN_VALUE = 'be known at synth time';
export const READABLE = 'be readable';
export const A_SOURCE = 'be a PipelineSource';
export const A_TARGET = 'be a DeployTarget';
export const AN_EXACT_VERSION = 'be an exact version';

/** Rule of Regions. */
export const EXISTING_REGION = 'be an existing Region';

/** Rules of paths. */
export const NO_PARENT = "not contain '..'";
export const RELATIVE_PATH = 'be a relative path';

/** Rules of gates and stages. */
export const SKIP_GATES = 'contain only variable and function gates, because it skips the stage';
export const BAKE_GATES = 'contain only alarm and function gates';
export const NO_GATE_ARTIFACTS = 'not produce artifacts in a gate';
export const PROJECT_STEP = 'be a step with a CodeBuild project';
export const NO_PARALLEL_ROLLBACK = 'not be PARALLEL if a stage rolls back';

/** Rules of stacks. */
export const ONE_ENVIRONMENT_PER_STACK = 'deploy each stack in only one environment';
export const OTHER_STACK = 'not be the stack of the pipeline';
export const EXISTING_RESOURCE = 'refer to an existing resource';

/** Rules of commands. */
export const SINGLE_LINES = 'contain single-line commands';
export const NO_EMPTY_COMMANDS = 'contain only non-empty commands';

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
