import type { Statement } from './policy';
import type { Holder } from './request';
import type { StatementMatch } from './statements';
import type { Tristate } from '../../assembly/match';

/** Why a statement that could have decided does not, or may not. */
export interface NearMiss {
  readonly policy?: string;
  readonly holder?: Holder;
  readonly statement?: string;
  /** How close it came: the number of parts that fit. */
  readonly nearness: number;
  readonly explanation: string;
}

export function nearMissOf(statement: Statement, application: StatementMatch, named: Tristate): NearMiss {
  const parts: Array<[Tristate, string]> = [
    [named, `it names ${listed([...(statement.principals?.aws ?? []), ...(statement.principals?.services ?? [])])}`],
    [application.resource, `it is about ${listed(statement.resources?.patterns ?? [])}`],
    ...application.conditions.map(({ answer, operator, key }): [Tristate, string] => [
      answer,
      `its condition ${operator} ${key} ${answer === 'no' ? 'is not met' : 'cannot be known'}`,
    ]),
    [application.action, `it is about ${listed(statement.actions.patterns)}`],
  ];
  const decisive =
    parts.find(([answer]) => answer === 'no') ?? parts.find(([answer]) => answer === 'unknown') ?? parts[0];
  return { nearness: parts.filter(([answer]) => answer === 'yes').length, explanation: decisive[1] };
}

function listed(texts: readonly string[]) {
  return texts.length <= 3 ? texts.join(', ') : `${texts.slice(0, 3).join(', ')} and ${texts.length - 3} more`;
}
