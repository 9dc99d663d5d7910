import { atLeastOne, type Problems } from '../pipeline/problems';
import { readRequired, readValue, TEXTS } from '../pipeline/read-options';
import { NO_EMPTY_COMMANDS } from '../pipeline/rules';

/** Describes commands that run in sequence. */
export interface CommandList {
  /** Property that the commands come from; undefined for commands that the library adds. */
  readonly prop?: string;
  readonly commands: readonly string[] | undefined;
  /**
   * Fix for an empty list.
   *
   * @default - an empty list is allowed
   */
  readonly fixIfEmpty?: string;
}

/** Fix for a step without commands. */
export const ADD_COMMAND = 'add a command';

/**
 * Returns commands, and validates them.
 *
 * @param fixIfEmpty fix for an empty list; undefined if an empty list is allowed
 */
export function readCommands(
  commands: readonly string[] | undefined,
  problems: Problems,
  fixIfEmpty?: string,
): readonly string[] {
  const read = fixIfEmpty === undefined ? readValue : readRequired;
  const list = read(commands, TEXTS, problems);
  if (fixIfEmpty !== undefined && list?.length === 0) problems.add(atLeastOne('command'), [], fixIfEmpty);
  for (const command of (list ?? []).filter((text) => text.trim() === '')) {
    problems.add(NO_EMPTY_COMMANDS, command, 'remove the empty command');
  }
  return list ?? [];
}
