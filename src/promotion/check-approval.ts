import type { Approval } from './approval';
import { PIPELINE_LIMITS } from '../facts/limits';
import { checkRange, type Problem } from '../plan/problems';

/** What is wrong with an approval. */
export const checkApproval = (prop: string, approval: Approval | undefined): Problem[] =>
  checkRange(`${prop}.expiry`, approval?._people()?.expiryMinutes, PIPELINE_LIMITS.approvalMinutes, 'minutes');
