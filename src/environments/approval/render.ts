import { aws_iam as iam, aws_sns as sns, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { compact } from '../../common/compact';
import { approveStatements, publishStatements } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { serviceKey, subscribeEmails, topicKey } from '../../render/topics';
import type { ApprovalSpec } from './plan-approval';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { fail, problem, type Problems } from '../../pipeline/problems';
import { actionKinds, type ActionKind } from '../../render/action-kind';

/** Page with the policy statements of approvers. */
const APPROVERS_PAGE = 'docs/how-to/require-approvals.md';

/** Renders an approval: the topic of its requests, and the permissions of its approvers. */
function renderApproval(context: RenderContext, spec: ApprovalSpec, action: StepPlan): RenderedAction {
  const topic = topicOf(context, spec, action.name);
  allowApprovals(context, spec, action);
  if (!topic) return {};
  return {
    configuration: { NotificationArn: topic.topicArn },
    pipelineStatements: publishStatements(topic.topicArn, topicKey(topic)),
  };
}

/**
 * Returns the topic of the user, or creates one for the email addresses. The created topic has the AWS managed key,
 * which is free and which the role of the pipeline can use.
 */
function topicOf(
  { scope, pipelineName }: RenderContext,
  { topic: explicitTopic, emails }: ApprovalSpec,
  name: string,
): sns.ITopic | undefined {
  if (explicitTopic === undefined && emails.length === 0) return undefined;
  const approval = new Construct(scope, name);
  const topic =
    explicitTopic ??
    new sns.Topic(approval, 'Topic', {
      displayName: `Approvals of ${pipelineName}`.slice(0, 100),
      masterKey: serviceKey(approval),
      enforceSSL: true,
    });
  subscribeEmails(approval, topic, emails);
  return topic;
}

/** Allows the approvers to view the pipeline and to respond to this approval. */
function allowApprovals(
  { scope, plan, pipelineName }: RenderContext,
  { approvers }: ApprovalSpec,
  { name, path }: StepPlan,
): void {
  const stage = plan.stages.find(({ actions }) => actions.some((action) => action.name === name))!;
  const pipelineArn = Stack.of(scope).formatArn({ service: 'codepipeline', resource: pipelineName });
  approvers.forEach((approver, i) => {
    for (const statement of approveStatements(pipelineArn, stage.name, name)) {
      const { statementAdded } = approver.grantPrincipal.addToPrincipalPolicy(iam.PolicyStatement.fromJson(statement));
      if (!statementAdded) {
        fail(scope, [
          problem(
            `${path}.approvers[${i}]`,
            'be a role, user or group that a policy can be added to',
            String(approver.grantPrincipal),
            `add the statements of ${APPROVERS_PAGE} in IAM Identity Center or in the other account instead`,
          ),
        ]);
      }
    }
  });
}

const APPROVAL: ActionKind<ApprovalSpec> = {
  kind: 'approval',
  render: renderApproval,
  validate: (_scope, { spec }, problems) => validateApprovers(spec.approvers, problems.at('approvers')),
  sameEnvReferences: ({ topic }) =>
    compact([topic && { prop: 'notificationTopic', resourceKind: 'a topic', resource: topic, arn: topic.topicArn }]),
};

/** Kinds of approval actions. */
export const APPROVAL_KINDS = actionKinds({
  approval: () => APPROVAL,
});

/**
 * Validates that no approver is a role that IAM Identity Center created. Adding a policy to one would fail at
 * deployment.
 */
function validateApprovers(approvers: readonly iam.IGrantable[], problems: Problems): void {
  for (const [i, { grantPrincipal }] of approvers.entries()) {
    const { roleName = '' } = grantPrincipal as Partial<iam.IRole>;
    if (Token.isUnresolved(roleName) || !roleName.startsWith('AWSReservedSSO_')) continue;
    const fix = `add the statements of ${APPROVERS_PAGE} to the permission set in IAM Identity Center instead`;
    problems.index(i).add('not be a role of IAM Identity Center', roleName, fix);
  }
}
