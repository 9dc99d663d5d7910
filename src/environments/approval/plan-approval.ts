import type { aws_iam as iam, aws_sns as sns } from 'aws-cdk-lib';
import { Approval, type ManualApprovalOptions } from './approval';
import { APPROVAL_NAME, PIPELINE_LIMITS } from '../../aws/limits';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import {
  DURATION,
  instanceOf,
  LIST,
  readRequired,
  TOPIC,
  ANY,
  listOf,
  type OptionTypes,
  readOptions,
  typeOf,
  TEXT,
} from '../../pipeline/read-options';
import { validateEmails } from '../../pipeline/validation/names';
import { variableOf } from '../../pipeline/variables';

/** Describes a manual approval. */
export interface ApprovalSpec extends ActionSpec {
  readonly kind: 'approval';
  /** Principals that are allowed to approve, besides those that may anyway. */
  readonly approvers: readonly iam.IGrantable[];
  /** Topic that requests are published to. */
  readonly topic?: sns.ITopic;
  readonly emails: readonly string[];
}

/** Source whose commit approvers read about. */
export interface CommitSource {
  readonly source: string;
  /** Whether that source has a commit. */
  readonly sourceHasCommit: boolean;
}

/** Describes an approval where it stands. */
export interface ApprovalRequest extends CommitSource {
  /** Name of the approval action; with several, the beginning of their names. */
  readonly stepName: string;
  /** Text for approvers unless the user gives one. */
  readonly occasion: string;
}

/** Type of approvals. */
export const APPROVAL = instanceOf(Approval, 'use a factory of Approval, e.g. Approval.manual()');

const APPROVER = typeOf('a principal', 'pass a role, a user or a group', isPrincipal);

const OPTION_TYPES: OptionTypes<ManualApprovalOptions> = {
  approvalName: ANY,
  approvers: listOf(APPROVER, 'write it as in [role]'),
  notifyEmails: LIST,
  notificationTopic: TOPIC,
  timeout: DURATION,
  comment: TEXT,
  reviewUrl: TEXT,
};

const DEFAULT_EXPIRY_MINUTES = 7 * 24 * 60;

/** Plans the manual approvals of a stage, in the order in which they are requested. */
export function planApprovals(approval: Approval, request: ApprovalRequest, problems: Problems): StepPlan[] {
  const steps = planGroup(approval, request, problems, []);
  if (steps.length > 1) validateNames(steps, request, problems);
  return steps;
}

function planGroup(
  approval: Approval,
  request: ApprovalRequest,
  problems: Problems,
  after: readonly string[],
): StepPlan[] {
  const { _content: content } = approval;
  if (!content) return [];
  if (content.kind === 'people') return [planApproval(content.options, request, problems, after)];
  const items = problems.at('approvals');
  const approvals = readRequired(content.approvals, LIST, items);
  // A group without an approval would let everything pass that it is meant to hold back.
  if (approvals?.length === 0) {
    items.add('hold at least one approval', [], 'say who is asked, or use Approval.none()');
  }
  let earlier = after;
  return (approvals ?? []).flatMap((member, i) => {
    const at = items.index(i);
    if (!APPROVAL(member, at)) return [];
    if (!member._content) at.add('be an approval by somebody', 'Approval.none()', 'take it out');
    const steps = planGroup(member, request, at, earlier);
    if (content.kind === 'in-order' && steps.length > 0) earlier = steps.map(({ name }) => name);
    return steps;
  });
}

function planApproval(
  options: ManualApprovalOptions,
  { stepName, occasion, source, sourceHasCommit }: ApprovalRequest,
  problems: Problems,
  after: readonly string[],
): StepPlan<ApprovalSpec> {
  const {
    approvalName,
    approvers = [],
    notifyEmails: emails = [],
    notificationTopic: topic,
    timeout: expiry,
    comment: text,
    reviewUrl: link,
  } = readOptions(options, OPTION_TYPES, problems);
  const timeoutMinutes = expiry?.toMinutes({ integral: false });
  if (approvalName !== undefined) problems.at('approvalName').name(approvalName, APPROVAL_NAME, 'rename it');
  problems.at('timeout').range(timeoutMinutes, PIPELINE_LIMITS.approvalMinutes, 'minutes');
  validateEmails(emails, problems.at('notifyEmails'));
  const commit = sourceHasCommit
    ? ` Commit ${variableOf(source, 'CommitId')}: ${variableOf(source, 'CommitMessage')}`
    : '';
  return {
    name: approvalName === undefined ? stepName : `${stepName}-${approvalName}`,
    path: problems.path,
    propNames: { CustomData: 'comment', ExternalEntityLink: 'reviewUrl' },
    provider: 'manualApproval',
    inputs: [],
    outputs: [],
    after,
    timeoutMinutes: timeoutMinutes ?? DEFAULT_EXPIRY_MINUTES,
    configuration: {
      CustomData: text ?? `${occasion}${commit}`,
      ...(link !== undefined && { ExternalEntityLink: link }),
    },
    spec: { kind: 'approval', approvers, emails, topic },
  };
}

/** Validates that each of several approvals has a name, and another one than those before it. */
function validateNames(steps: readonly StepPlan[], { stepName }: ApprovalRequest, problems: Problems): void {
  for (const [i, { name, path }] of steps.entries()) {
    const at = problems.root(path).at('approvalName');
    const approvalName = name === stepName ? undefined : name.slice(stepName.length + 1);
    if (approvalName === undefined) {
      const fix = "say who is asked, e.g. 'Security'";
      at.add('be given where several approvals stand beside each other', undefined, fix);
    } else if (steps.findIndex((step) => step.name === name) < i) {
      at.add('be another than those beside it', approvalName, 'rename it');
    }
  }
}

/** Returns whether a value is a principal. Service principals and others are no constructs. */
function isPrincipal(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'grantPrincipal' in value;
}
