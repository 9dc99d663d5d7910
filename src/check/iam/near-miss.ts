import type { Element, Statement } from './policy';
import type { Holder } from './request';
import type { StatementMatch } from './statements';
import type { Tristate } from '../../assembly/match';

/** Describes why a statement does not apply, or may not apply, to a request. */
export interface NearMiss {
  readonly policy?: string;
  readonly holder?: Holder;
  readonly statement?: string;
  /** The number of parts that match. */
  readonly nearness: number;
  readonly explanation: string;
}

/**
 * Explains which part of a statement does not match a request.
 *
 * @param principal whether the principal matches
 */
export function nearMissOf(statement: Statement, match: StatementMatch, principal: Tristate): NearMiss {
  const { principals, resources, actions } = statement;
  const parts: Array<[Tristate, string]> = [
    [
      principal,
      elementText('Principal', {
        negated: principals?.negated === true,
        patterns: [...(principals?.aws ?? []), ...(principals?.services ?? [])],
      }),
    ],
    [match.resource, elementText('Resource', resources)],
    ...match.conditions.map(({ answer, operator, key }): [Tristate, string] => [
      answer,
      `its condition ${operator} ${key} ${answer === 'no' ? 'is not met' : 'is unknown'}`,
    ]),
    [match.action, elementText('Action', actions)],
  ];
  const decisive =
    parts.find(([answer]) => answer === 'no') ?? parts.find(([answer]) => answer === 'unknown') ?? parts[0];
  return { nearness: parts.filter(([answer]) => answer === 'yes').length, explanation: decisive[1] };
}

function elementText(name: string, element: Element | undefined): string {
  const fullName = element?.negated ? `Not${name}` : name;
  const patterns = element?.patterns ?? [];
  const more = patterns.length > 3 ? ` and ${patterns.length - 3} more` : '';
  return `its ${fullName} is ${patterns.slice(0, 3).join(', ')}${more}`;
}
