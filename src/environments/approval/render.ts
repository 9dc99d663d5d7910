import { aws_iam as iam, aws_sns as sns, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { approveStatements, publishStatements } from '../../render/grants';
import type { ActionRenderer, RenderContext } from '../../render/rendered';
import { serviceKey, subscribeEmails, topicKey } from '../../render/topics';
import type { ApprovalPlan } from '../../pipeline/pipeline-plan';
import { fail, problem } from '../../pipeline/problems';

/** People who are asked: they are allowed to answer, and told that they are asked. */
export const renderApproval: ActionRenderer<ApprovalPlan> = (context, spec, action) => {
  const topic = topicOf(context, spec, action.name);
  allowAnswers(context, spec, action.name);
  if (!topic) return {};
  return {
    configuration: { NotificationArn: topic.topicArn },
    pipelineStatements: publishStatements(topic.topicArn, topicKey(topic)),
  };
};

/** The topic that was given, or one for the addresses. Its key is free; it serves the role of the pipeline, which publishes. */
function topicOf(
  { scope, pipelineName }: RenderContext,
  { topic: given, emails }: ApprovalPlan,
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
function allowAnswers({ scope, plan, pipelineName }: RenderContext, { approvers }: ApprovalPlan, name: string): void {
  const stage = plan.stages.find(({ actions }) => actions.some((action) => action.name === name))!;
  const pipelineArn = Stack.of(scope).formatArn({ service: 'codepipeline', resource: pipelineName });
  approvers.forEach((approver, i) => {
    for (const statement of approveStatements(pipelineArn, stage.name, name)) {
      const { statementAdded } = approver.grantPrincipal.addToPrincipalPolicy(iam.PolicyStatement.fromJson(statement));
      if (!statementAdded) {
        fail(scope, [
          problem(
            `${name}.approvers[${i}]`,
            'be a role, user or group that a policy can be added to',
            String(approver.grantPrincipal),
            'give people of IAM Identity Center or of another account the statements of docs/approvals.md instead',
          ),
        ]);
      }
    }
  });
}
