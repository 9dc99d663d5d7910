/** How do I approve releases from a channel of Slack? */
import { App, aws_chatbot as chatbot, aws_iam as iam, Stack } from 'aws-cdk-lib';
import {
  Approval,
  DeploymentEnvironment,
  Notification,
  NotificationEvent,
  PipelineSource,
  WebAppPipeline,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'Shop');

// The workspace must be authorized once by hand, in the console of Amazon Q Developer in chat applications. One
// configuration serves all pipelines of the account.
const channel = new chatbot.SlackChannelConfiguration(stack, 'Releases', {
  slackChannelConfigurationName: 'releases',
  slackWorkspaceId: 'T0123ABCD',
  slackChannelId: 'C0123ABCD',
  // Members may do only what both the guardrail and the role of the channel allow. Without a guardrail that is
  // AdministratorAccess.
  guardrailPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AWSCodePipelineApproverAccess')],
});

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  environments: [
    new DeploymentEnvironment('staging'),
    // All members of the channel may approve this, and nothing else.
    new DeploymentEnvironment('production', { approval: Approval.manual({ approvers: [channel] }) }),
  ],
  notifications: Notification.slackChannel(channel, {
    events: [
      NotificationEvent.APPROVAL_NEEDED,
      NotificationEvent.APPROVAL_SUCCEEDED,
      NotificationEvent.APPROVAL_FAILED,
      NotificationEvent.PIPELINE_FAILED,
      NotificationEvent.PIPELINE_SUCCEEDED,
    ],
  }),
});

app.synth();
