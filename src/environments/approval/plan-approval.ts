import { type aws_iam as iam, type aws_sns as sns, Token } from 'aws-cdk-lib';
import { Approval, type ManualApprovalOptions } from './approval';
import { APPROVAL_NAME, PIPELINE_LIMITS } from '../../aws/limits';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import {
  DURATION,
  isInstance,
  LIST,
  minutesOf,
  readRequired,
  TOPIC,
  ANY,
  listOf,
  type OptionTypes,
  readOptions,
  typeOf,
  TEXT,
} from '../../pipeline/read-options';
import { NO_SPACES } from '../../pipeline/rules';
import { validateEmails } from '../../pipeline/validation/names';
import { variableOf } from '../../pipeline/variables';

/** Describes a manual approval. */
export interface ApprovalSpec extends ActionSpec {
  readonly kind: 'approval';
  /** Principals that receive the permission to approve. */
  readonly approvers: readonly iam.IGrantable[];
  /** Topic that approval requests are published to. */
  readonly topic?: sns.ITopic;
  /** Email addresses that receive approval requests. */
  readonly emails: readonly string[];
}

/** Describes the source whose commit the comment of an approval describes. */
export interface CommitSource {
  readonly source: string;
  /** Whether the source has commits. */
  readonly sourceHasCommit: boolean;
}

/** Describes the approval of a stage. */
export interface ApprovalRequest extends CommitSource {
  /** Name of the approval action, or the prefix of the names of several. */
  readonly stepName: string;
  /** Beginning of the default comment. */
  readonly occasion: string;
}

/** Type of approvals. */
export const APPROVAL = typeOf(
  'an Approval',
  'use a factory of Approval, e.g. Approval.manual()',
  // JavaScript can call the private constructor, which must not mean that no approval is required.
  (value) => isInstance(value, Approval),
);

const APPROVER = typeOf('a principal', 'pass a role, a user or a group', isPrincipal);

const OPTION_TYPES: OptionTypes<ManualApprovalOptions> = {
  approvalName: ANY,
  approvers: listOf(APPROVER, 'pass a list, e.g. [role]'),
  notifyEmails: LIST,
  notificationTopic: TOPIC,
  timeout: DURATION,
  comment: TEXT,
  reviewUrl: TEXT,
};

const DEFAULT_TIMEOUT_MINUTES = 7 * 24 * 60;

/** Factory of an approval without approvers. */
export const NO_APPROVAL = 'Approval.none()';

/** Rule of properties that require an approval. */
export const APPROVAL_REQUIRED = `not contain ${NO_APPROVAL}`;

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
  if (content.kind === 'none') return [];
  if (content.kind === 'manual') return [planApproval(content.options, request, problems, after)];
  const items = problems.at('approvals');
  const approvals = readRequired(content.approvals, LIST, items);
  // An empty group would approve every release.
  if (approvals?.length === 0) items.add(atLeastOne('approval'), [], 'add an approval, or use Approval.none()');
  let earlier = after;
  return (approvals ?? []).flatMap((member, i) => {
    const at = items.index(i);
    if (!APPROVAL(member, at)) return [];
    if (member._content.kind === 'none') at.add(APPROVAL_REQUIRED, NO_APPROVAL, 'remove it');
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
    timeout,
    comment,
    reviewUrl,
  } = readOptions(options, OPTION_TYPES, problems);
  const timeoutMinutes = minutesOf(timeout);
  if (approvalName !== undefined) problems.at('approvalName').name(approvalName, APPROVAL_NAME, 'rename the approval');
  problems.at('timeout').range(timeoutMinutes, PIPELINE_LIMITS.approvalMinutes, 'minutes');
  validateEmails(emails, problems.at('notifyEmails'));
  const commit = `Commit ${variableOf(source, 'CommitId')}: ${variableOf(source, 'CommitMessage')}`;
  const defaultComment = sourceHasCommit ? `${occasion} ${commit}` : occasion;
  const configuration: Record<string, string> = { CustomData: comment ?? defaultComment };
  if (reviewUrl !== undefined) {
    validateUrl(reviewUrl, problems.at('reviewUrl'));
    configuration.ExternalEntityLink = reviewUrl;
  }
  return {
    name: approvalName === undefined ? stepName : `${stepName}-${approvalName}`,
    path: problems.path,
    propNames: { CustomData: 'comment', ExternalEntityLink: 'reviewUrl' },
    provider: 'manualApproval',
    inputs: [],
    outputs: [],
    after,
    timeoutMinutes: timeoutMinutes ?? DEFAULT_TIMEOUT_MINUTES,
    configuration,
    spec: { kind: 'approval', approvers, emails, topic },
  };
}

/** Rule of URLs. A variable can contain the first part of one. */
export const REVIEW_URL = "be a URL that starts with 'https://' or 'http://'";

function validateUrl(url: string, problems: Problems): void {
  if (Token.isUnresolved(url)) return;
  if (!/^(https?:\/\/[^\s/]|#\{)/.test(url)) {
    const isHost = /^\/*[\w.-]+(:\d+)?(\/\S*)?$/.test(url);
    return problems.add(
      REVIEW_URL,
      url,
      `use '${isHost ? `https://${url.replace(/^\/+/, '')}` : 'https://example.com'}'`,
    );
  }
  if (/\s/.test(url)) problems.add(NO_SPACES, url, "replace each space by '%20'");
}

/** Validates that each of several approvals has a unique name. */
function validateNames(steps: readonly StepPlan[], { stepName }: ApprovalRequest, problems: Problems): void {
  for (const [i, { name, path }] of steps.entries()) {
    const at = problems.root(path).at('approvalName');
    const approvalName = name === stepName ? undefined : name.slice(stepName.length + 1);
    if (approvalName === undefined) {
      at.add('be set if there are several approvals', undefined, "name the approval, e.g. 'Security'");
    } else if (steps.findIndex((step) => step.name === name) < i) {
      at.add('be unique among the approvals of the stage', approvalName, 'rename the approval');
    }
  }
}

/** Returns whether a value is a principal. Some principals, such as service principals, are not constructs. */
function isPrincipal(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'grantPrincipal' in value;
}
