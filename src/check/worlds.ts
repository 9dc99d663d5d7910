import type { CheckedPipeline } from './call-evaluator';
import type { Finding } from './finding';
import { limited, type Draft } from './merge';
import type { OpenConditions, World } from '../assembly/open-conditions';

/** Contains the result for a pipeline under assumptions about conditions. */
export interface WorldResult {
  readonly world: World;
  /** Undefined if the pipeline does not exist under these assumptions. */
  readonly pipeline: CheckedPipeline | undefined;
}

/**
 * Combines the results for a pipeline under several assumptions about its conditions. A call is denied only if it is
 * denied under all of them. If it is denied under some, the verdict is UNKNOWN.
 */
export function combineWorlds(results: readonly WorldResult[], conditions: OpenConditions): CheckedPipeline {
  const existing = results.filter(
    (result): result is WorldResult & { pipeline: CheckedPipeline } => result.pipeline !== undefined,
  );
  const occurrences = new Map<string, Occurrence[]>();
  for (const { world, pipeline } of existing) {
    for (const [key, draft] of keyed(pipeline.drafts)) {
      occurrences.set(key, [...(occurrences.get(key) ?? []), { world, draft }]);
    }
  }
  const worlds = existing.map(({ world }) => world);
  const [{ pipeline }] = existing;
  return {
    ...pipeline,
    drafts: [...occurrences.values()].map((found) => combine(found, worlds, conditions)),
    allowed: Math.max(...existing.map((result) => result.pipeline.allowed)),
    violations: commonViolations(existing.map((result) => result.pipeline)),
  };
}

/** Returns the violations that exist under all assumptions. */
function commonViolations([first, ...others]: readonly CheckedPipeline[]): Finding[] {
  return (first.violations ?? []).filter(({ id }) =>
    others.every(({ violations = [] }) => violations.some((other) => other.id === id)),
  );
}

interface Occurrence {
  readonly world: World;
  readonly draft: Draft;
}

/** Returns the findings with a key that is the same under all assumptions. */
function keyed(drafts: readonly Draft[]): Array<[key: string, draft: Draft]> {
  const counts = new Map<string, number>();
  return drafts.map((draft) => {
    const { stage, action, caller, call, resource } = draft;
    const key = JSON.stringify([stage, action, caller, call, resource]);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return [`${count} ${key}`, draft];
  });
}

function combine(found: readonly Occurrence[], worlds: readonly World[], conditions: OpenConditions): Draft {
  const denied = found.filter(({ draft }) => draft.verdict === 'DENIED');
  if (denied.length === worlds.length || denied.length === 0) return found[0].draft;
  const [{ draft }] = denied;
  const names = decisive(
    denied.map(({ world }) => world),
    worlds,
    conditions,
  );
  const subject = names.length === 1 ? `condition ${names[0]} is` : `conditions ${limited(names)} are`;
  return {
    ...draft,
    severity: 'info',
    verdict: 'UNKNOWN',
    fix: [],
    why: `the ${subject} unknown, and for some values the call is denied: ${draft.why}`,
  };
}

/** Returns the conditions with a comparison that has one result in all selected worlds, and another in other worlds. */
function decisive(selected: readonly World[], worlds: readonly World[], conditions: OpenConditions): string[] {
  const keys = [...(worlds[0]?.keys() ?? [])];
  const separating = keys.filter((key) => {
    const results = new Set(selected.map((world) => world.get(key)));
    return results.size === 1 && worlds.some((world) => !results.has(world.get(key)));
  });
  const relevant = separating.length > 0 ? separating : keys;
  return [...new Set(relevant.flatMap((key) => conditions.conditionsOf(key)))];
}
