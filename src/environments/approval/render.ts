import { aws_iam as iam, aws_sns as sns, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { approveStatements, publishStatements } from '../../render/grants';
import type { ActionRenderer, RenderContext } from '../../render/rendered';
import { serviceKey, subscribeEmails, topicKey } from '../../render/topics';
import type { ApprovalSpec } from './plan-approval';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { fail, problem, type Problems } from '../../pipeline/problems';
import { actionKinds, type ActionKind } from '../../render/action-kind';

/** People who are asked: they are allowed to answer, and told that they are asked. */
const renderApproval: ActionRenderer<ApprovalSpec> = (context, spec, action) => {
  const topic = topicOf(context, spec, action.name);
  allowAnswers(context, spec, action);
  if (!topic) return {};
  return {
    configuration: { NotificationArn: topic.topicArn },
    pipelineStatements: publishStatements(topic.topicArn, topicKey(topic)),
  };
};

/**
 * The topic that was given, or one for the addresses. Its key is free; it serves the role of the pipeline, which
 * publishes.
 */
function topicOf(
  { scope, pipelineName }: RenderContext,
  { topic: given, emails }: ApprovalSpec,
  name: string,
): sns.ITopic | undefined {
  if (given === undefined && emails.length === 0) return undefined;
  const below = new Construct(scope, name);
  const topic =
    given ??
    new sns.Topic(below, 'Topic', {
      displayName: `Approvals of ${pipelineName}`.slice(0, 100),
      masterKey: serviceKey(below),
      enforceSSL: true,
    });
  subscribeEmails(below, topic, emails);
  return topic;
}

/** Exactly this approval, and the sight of the pipeline that answering needs. */
function allowAnswers(
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
            'give people of IAM Identity Center or of another account the statements of docs/approvals.md instead',
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
    topic ? [{ prop: 'notificationTopic', what: 'a topic', resource: topic, arn: topic.topicArn }] : [],
};

/** Kinds of approval actions. */
export const APPROVAL_KINDS = actionKinds(APPROVAL);

/**
 * Validates that no approver is a role that IAM Identity Center created: a policy added to one is refused when the
 * stack is deployed.
 */
function validateApprovers(approvers: readonly iam.IGrantable[], problems: Problems): void {
  for (const [i, { grantPrincipal }] of approvers.entries()) {
    const { roleName = '' } = grantPrincipal as Partial<iam.IRole>;
    if (Token.isUnresolved(roleName) || !roleName.startsWith('AWSReservedSSO_')) continue;
    const fix = 'give the permission set of IAM Identity Center the statements of docs/approvals.md instead';
    problems.index(i).add('be a role that is yours to change', roleName, fix);
  }
}
