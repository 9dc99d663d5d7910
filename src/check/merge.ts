import { compact } from '../common/compact';
import type { Doubt, Finding } from './finding';

/** Describes a finding before it has an id and a message. */
export interface Draft extends Omit<Finding, 'id' | 'message' | 'verdict'> {
  readonly verdict: 'DENIED' | 'UNKNOWN' | 'UNMODELLED';
}

/** Limits the resources and actions that a merged finding lists. */
const MAX_LISTED = 3;

/**
 * Merges findings that one change resolves, or that are unknown for the same reason, so that a pipeline has one finding
 * for each. A merged finding belongs to the first action, and lists the calls and the resources of all.
 */
export function mergeDrafts(drafts: readonly Draft[]): Draft[] {
  const groups = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const key = keyOf(draft);
    const group = groups.get(key);
    if (group) group.push(draft);
    else groups.set(key, [draft]);
  }
  return [...groups.values()].map(mergeGroup);
}

/** Returns what is not in the assembly, if the verdict depends on nothing else. */
function outsideOf({ verdict, reasons, doubts }: Draft): string | undefined {
  if (verdict !== 'UNKNOWN' || doubts.length > 0) return undefined;
  const outside = reasons.filter(({ isOutside }) => isOutside === true);
  const isOnlyReason = reasons.every(({ policy }) => policy === undefined);
  if (isOnlyReason) return outside.at(0)?.explanation;
  return undefined;
}

function keyOf(draft: Draft) {
  const { severity, verdict, stage, action, caller, call, resource, why, doubts, fix, source } = draft;
  switch (verdict) {
    case 'UNMODELLED':
      return JSON.stringify([verdict, stage, action]);
    case 'UNKNOWN':
      const outside = outsideOf(draft);
      if (outside !== undefined) return JSON.stringify([verdict, outside]);
      return JSON.stringify([verdict, caller, doubts.length > 0 || why]);
    case 'DENIED':
      return JSON.stringify([verdict, severity, caller, call, source, fix.length > 0 ? fix : [resource, why]]);
  }
}

function mergeGroup(group: readonly Draft[]): Draft {
  const [first] = group;
  const actions = group.map(({ stage, action }) => placeOf(stage, action));
  const doubts = group.flatMap((draft) => draft.doubts);
  const alsoFor = [...new Set(actions)].filter((action) => action !== actions[0]);
  return {
    ...first,
    caller: joined(group.map(({ caller }) => caller)),
    call: joined(group.map(({ call }) => call)),
    resource: joined(
      group.map(({ resource }) => resource),
      MAX_LISTED,
    ),
    why: whyOf(group, doubts),
    doubts,
    alsoFor,
  };
}

function whyOf(group: readonly Draft[], doubts: readonly Doubt[]): string {
  if (doubts.length > 0) return textOfDoubts(doubts);
  const [{ why }] = group;
  if (group.every((draft) => draft.why === why)) return why;
  return outsideOf(group[0]) ?? why;
}

/** Returns the reasons of uncertain calls, each with its calls if the reasons differ. */
function textOfDoubts(doubts: readonly Doubt[]): string {
  const reasons = [...new Set(doubts.map(({ why }) => why))];
  if (reasons.length === 1) return reasons[0];
  return reasons
    .map((reason) => {
      const calls = doubts.filter(({ why }) => why === reason).map(({ call }) => call);
      return `${[...new Set(calls)].join(', ')}: ${reason}`;
    })
    .join('; ');
}

/** Returns the name of an action in messages. */
export function placeOf(stage: string | undefined, action: string | undefined) {
  if (stage === undefined) return 'the pipeline itself';
  return compact([stage, action]).join(' / ');
}

/** Joins the distinct texts. */
function joined(texts: readonly (string | undefined)[], limit = Infinity): string | undefined {
  const distinct = [...new Set(texts.filter((text) => text !== undefined))];
  if (distinct.length === 0) return undefined;
  return limited(distinct, limit);
}

/** Joins a list and abbreviates it after a number of items. */
export function limited(items: readonly string[], limit = MAX_LISTED): string {
  const more = items.length > limit ? ` and ${items.length - limit} more` : '';
  return items.slice(0, limit).join(', ') + more;
}
