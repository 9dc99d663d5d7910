import type { Approval, PeopleApprovalOptions } from './approval';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { variableOf } from '../../pipeline/variables';

/** Whose commit approvers read about. */
export interface CommitSource {
  readonly source: string;
  /** That source has a commit to name. */
  readonly sourceHasCommit: boolean;
}

const DEFAULT_EXPIRY_MINUTES = 7 * 24 * 60;

/**
 * The steps in which people approve; none when nobody is asked.
 *
 * @param stepName name of a single approval; of several, each adds its own
 * @param occasion what they are asked about
 */
export function planApprovals(
  stepName: string,
  approval: Approval,
  occasion: string,
  commit: CommitSource,
): StepPlan[] {
  const plan = (one: Approval, after: readonly string[]): StepPlan[] => {
    const content = one._content;
    if (!content) return [];
    switch (content.kind) {
      case 'people':
        return [planPeople(stepName, content.options, occasion, commit, after)];
      case 'all':
        return content.approvals.flatMap((each) => plan(each, after));
      case 'in-order':
        return content.approvals.reduce<{ all: StepPlan[]; after: readonly string[] }>(
          (done, each) => {
            const next = plan(each, done.after);
            return { all: [...done.all, ...next], after: next.length > 0 ? next.map(({ name }) => name) : done.after };
          },
          { all: [], after },
        ).all;
    }
  };
  return plan(approval, []);
}

function planPeople(
  stepName: string,
  options: PeopleApprovalOptions,
  occasion: string,
  { source, sourceHasCommit }: CommitSource,
  after: readonly string[],
): StepPlan {
  const { approvalName, approvers = [], emails = [], topic, expiry, text, link } = options;
  const commit = sourceHasCommit
    ? ` Commit ${variableOf(source, 'CommitId')}: ${variableOf(source, 'CommitMessage')}`
    : '';
  return {
    name: approvalName === undefined ? stepName : `${stepName}-${approvalName}`,
    provider: 'manualApproval',
    inputs: [],
    outputs: [],
    after,
    timeoutMinutes: expiry?.toMinutes({ integral: false }) ?? DEFAULT_EXPIRY_MINUTES,
    configuration: {
      CustomData: text ?? `${occasion}${commit}`,
      ...(link !== undefined && { ExternalEntityLink: link }),
    },
    spec: { kind: 'approval', approvers, emails, topic },
  };
}
