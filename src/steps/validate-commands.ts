import type { Problems } from '../pipeline/problems';
import { readRequired, readValue, TEXTS } from '../pipeline/read-options';

/** Commands that run one after the other. */
export interface CommandList {
  /** Property that the commands come from; none for commands of the kind itself. */
  readonly prop?: string;
  readonly commands: readonly string[] | undefined;
  /**
   * What to do when there are none.
   *
   * @default - an empty list is right
   */
  readonly fixIfEmpty?: string;
}

/** What to do when a step that exists for its commands has none. */
export const NAME_COMMANDS = 'say what is to be done';

/**
 * Returns commands, and reports what is wrong with them.
 *
 * @param fixIfEmpty what to do when there are none; without, an empty list is right
 */
export function readCommands(
  commands: readonly string[] | undefined,
  problems: Problems,
  fixIfEmpty?: string,
): readonly string[] {
  const list =
    fixIfEmpty === undefined ? readValue(commands, TEXTS, problems) : readRequired(commands, TEXTS, problems);
  if (fixIfEmpty !== undefined && list?.length === 0) problems.add('hold at least one command', [], fixIfEmpty);
  for (const command of (list ?? []).filter((each) => each.trim() === '')) {
    problems.add('hold commands that are not empty', command, 'remove the empty command');
  }
  return list ?? [];
}
