import { ALARM_RULE } from './alarms/render';
import { COMMANDS_RULE } from './commands/render';
import { LAMBDA_RULE } from './lambda/render';
import type { PlainRuleSpec } from './rule-planner';
import { actionKinds, type ActionKind } from '../render/action-kind';

const PLAIN_RULE: ActionKind<PlainRuleSpec> = {
  kind: 'plain-rule',
  // The plan contains the complete configuration.
  render: () => ({}),
};

/** Kinds of rules. */
export const CONDITION_KINDS = actionKinds({
  'alarm-rule': () => ALARM_RULE,
  'commands-rule': () => COMMANDS_RULE,
  'lambda-rule': () => LAMBDA_RULE,
  'plain-rule': () => PLAIN_RULE,
});
