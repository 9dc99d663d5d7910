import type { Approval, PeopleApprovalOptions } from './approval';
import { APPROVAL_NAME, PIPELINE_LIMITS } from '../../aws/limits';
import { checkEmails } from '../../pipeline/validation/emails';
import { checkName, checkRange, problem, type Problem } from '../../pipeline/problems';

/** What is wrong with an approval. */
export function checkApproval(prop: string, approval: Approval | undefined): Problem[] {
  const people = approval ? peopleOf(prop, approval) : [];
  return [
    ...people.flatMap(({ at, options }) => checkPeople(at, options)),
    ...(people.length > 1 ? checkNames(people) : []),
    ...(approval ? checkGroups(prop, approval) : []),
  ];
}

/** Whether anybody is asked. */
export const asksSomebody = (approval: Approval) => peopleOf('', approval).length > 0;

interface People {
  readonly at: string;
  readonly options: PeopleApprovalOptions;
}

/** Everybody who is asked, with the place where it is said. */
function peopleOf(at: string, { _content: content }: Approval): People[] {
  if (!content) return [];
  return content.kind === 'people'
    ? [{ at, options: content.options }]
    : content.approvals.flatMap((one, i) => peopleOf(`${at}.approvals[${i}]`, one));
}

/** A group that holds nobody would let everything pass that it was meant to hold back. */
function checkGroups(prop: string, { _content: content }: Approval): Problem[] {
  if (!content || content.kind === 'people') return [];
  return [
    ...(content.approvals.length === 0
      ? [problem(`${prop}.approvals`, 'hold at least one approval', [], 'say who is asked, or use Approval.none()')]
      : []),
    ...content.approvals.flatMap((one, i) =>
      one._content
        ? checkGroups(`${prop}.approvals[${i}]`, one)
        : [problem(`${prop}.approvals[${i}]`, 'be an approval by somebody', 'Approval.none()', 'take it out')],
    ),
  ];
}

function checkPeople(prop: string, { approvalName, emails = [], expiry }: PeopleApprovalOptions): Problem[] {
  return [
    ...(approvalName === undefined ? [] : checkName(`${prop}.approvalName`, approvalName, APPROVAL_NAME, 'rename it')),
    ...checkRange(`${prop}.expiry`, expiry?.toMinutes({ integral: false }), PIPELINE_LIMITS.approvalMinutes, 'minutes'),
    ...checkEmails(`${prop}.emails`, emails),
  ];
}

/** Of several that stand beside each other, each is told from the others by its name. */
function checkNames(people: readonly People[]): Problem[] {
  const names = people.map(({ options }) => options.approvalName);
  return people.flatMap(({ at, options: { approvalName } }, i) => [
    ...(approvalName === undefined
      ? [
          problem(
            `${at}.approvalName`,
            'be given where several approvals stand beside each other',
            undefined,
            "say who is asked, e.g. 'Security'",
          ),
        ]
      : []),
    ...(approvalName !== undefined && names.indexOf(approvalName) < i
      ? [problem(`${at}.approvalName`, 'be another than those beside it', approvalName, 'rename it')]
      : []),
  ]);
}
