import { CONDITION_KINDS } from '../../conditions/kinds';
import { APPROVAL_KINDS } from '../../environments/approval/render';
import { ActionKinds } from '../../render/action-kind';
import { SOURCE_KINDS } from '../../sources/kinds';
import { STEP_KINDS } from '../../steps/kinds';
import { TARGET_KINDS } from '../../targets/kinds';

/** Registry of all kinds of actions and rules. */
export const ACTION_KINDS = new ActionKinds({
  ...SOURCE_KINDS,
  ...STEP_KINDS,
  ...APPROVAL_KINDS,
  ...TARGET_KINDS,
  ...CONDITION_KINDS,
});
