/** How do I let a release into production only after two people, of different roles, have approved it? */
import { App, aws_iam as iam, Duration, Stack } from 'aws-cdk-lib';
import { Approval, DeploymentEnvironment, PipelineSource, WebAppPipeline } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'Shop');

// Each may answer one approval, and no other.
const product = iam.Role.fromRoleName(stack, 'Product', 'product-managers');
const security = iam.Role.fromRoleName(stack, 'Security', 'security-officers');

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  environments: [
    new DeploymentEnvironment('staging'),
    new DeploymentEnvironment('production', {
      // Security is requested after product has approved. Approval.all requests both at the same time.
      approval: Approval.inOrder([
        Approval.manual({
          approvalName: 'Product',
          approvers: [product],
          notifyEmails: ['product@example.com'],
          reviewUrl: 'https://staging.shop.example.com',
        }),
        Approval.manual({
          approvalName: 'Security',
          approvers: [security],
          notifyEmails: ['security@example.com'],
          timeout: Duration.days(2), // unanswered, it counts as rejected, and the next release is asked about
          comment: 'Release #{Source-vars.CommitId} to production? #{Source-vars.CommitMessage}',
        }),
      ]),
    }),
  ],
});

app.synth();
