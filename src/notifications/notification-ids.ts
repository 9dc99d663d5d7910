import { digest } from '../render/names';
import type { NotificationGroup } from '../pipeline/notification-plan';

const LONGEST = 80;

/** The id of a rule says of what it notifies: other rules and the targets of this one do not matter. */
export function ruleId({ events, detail }: Pick<NotificationGroup, 'events' | 'detail'>): string {
  const words = [...events.map(eventWords), ...(detail === 'BASIC' ? ['Basic'] : [])].join('-');
  if (words.length <= LONGEST) return words;
  const hash = digest(words);
  return `${words.slice(0, LONGEST - hash.length - 1).replace(/-+[^-]*$/, '')}-${hash}`;
}

/** `codepipeline-pipeline-manual-approval-needed` is `ManualApprovalNeeded`. */
const eventWords = (event: string) =>
  event
    .replace(/^codepipeline-pipeline-/, '')
    .replace('-execution', '')
    .split('-')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('');
