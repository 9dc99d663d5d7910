import type { ApprovalPlan } from '../../plan/pipeline-plan';
import type { ActionRenderer } from '../rendered';

/** An approval by people needs nothing but its configuration, which the plan holds. */
export const renderApproval: ActionRenderer<ApprovalPlan> = () => ({});
