import type { Leftover } from './leftover';

const HEADINGS = {
  before: 'Remove before you deploy the new version:',
  after: 'Remove after you have deployed the new version:',
} as const;

/** Formats leftovers as text for a terminal. */
export function leftoversText(leftovers: readonly Leftover[]): string {
  const sections = (['before', 'after'] as const).flatMap((remove) => {
    const items = leftovers.filter((leftover) => leftover.remove === remove);
    return items.length === 0 ? [] : [[HEADINGS[remove], ...items.map(itemText)].join('\n')];
  });
  const count = `${leftovers.length} ${leftovers.length === 1 ? 'leftover' : 'leftovers'}.`;
  return `${printable([...sections, count].join('\n\n'))}\n`;
}

function itemText({ type, name, account, region, stack, logicalId, reason, command }: Leftover): string {
  const env = `${account ?? 'any account'}/${region ?? 'any Region'}`;
  const title = name ?? `${logicalId} of stack ${stack}`;
  return [`  ${type} ${title} in ${env}`, `    ${reason}`, `    ${command}`].join('\n');
}

/** Removes control characters, which a terminal would interpret. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '?');
}

/** Formats leftovers as JSON. The structure is part of the public interface. All keys are always present. */
export function leftoversJson(leftovers: readonly Leftover[]): string {
  const items = leftovers.map(({ kind, remove, account, region, type, name, stack, logicalId, reason, command }) => ({
    kind,
    remove,
    account: account ?? null,
    region: region ?? null,
    type,
    name: name ?? null,
    stack: stack ?? null,
    logicalId: logicalId ?? null,
    reason,
    command,
  }));
  return `${JSON.stringify({ leftovers: items }, undefined, 2)}\n`;
}
