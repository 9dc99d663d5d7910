import type { ActionDeclaration } from './declaration';
import { ACTION_PROVIDERS, type ActionProvider } from '../../aws/action-providers';
import { OTHER_ACTION_PROVIDERS } from '../../aws/other-action-providers';
import { RULE_PROVIDERS } from '../../aws/rule-providers';

/** The documented action types and rules. */
export const PROVIDERS: readonly ActionProvider[] = [
  ...Object.values(ACTION_PROVIDERS),
  ...OTHER_ACTION_PROVIDERS,
  ...Object.values(RULE_PROVIDERS),
];

/** Returns the facts of the type of an action, or undefined if it is custom or unknown. */
export function factsOf({ category, owner, provider }: ActionDeclaration): ActionProvider | undefined {
  return PROVIDERS.find((facts) => facts.category === category && facts.owner === owner && facts.provider === provider);
}
