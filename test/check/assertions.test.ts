import { App, Stack } from 'aws-cdk-lib';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CheckSeverity, PipelineAssertions, PipelineSource, WebAppPipeline, DeploymentEnvironment } from '../../src';

const ENV = { account: '111111111111', region: 'eu-west-1' };

function assertionsOf(build: (stack: Stack) => void) {
  const app = new App();
  build(new Stack(app, 'Delivery', { env: ENV }));
  return PipelineAssertions.fromAssembly(app.synth());
}

const correct = assertionsOf((stack) => {
  new WebAppPipeline(stack, 'Site', {
    source: PipelineSource.gitHub('acme/site', 'main'),
    environments: [new DeploymentEnvironment('production')],
  });
});

/** Creates a pipeline that only approves, which violates a rule. */
function approvals(stack: Stack, roleArn: string, configuration?: Record<string, string>) {
  const actionTypeId = { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' };
  new CfnPipeline(stack, 'Release', {
    roleArn,
    artifactStore: { type: 'S3', location: 'acme-artifacts' },
    stages: ['First', 'Second'].map((name) => ({ name, actions: [{ name: 'Approve', actionTypeId, configuration }] })),
  });
}

const defective = assertionsOf((stack) => approvals(stack, 'arn:aws:iam::111111111111:role/pipeline'));

test('accepts a pipeline of the library', () => {
  expect(correct.pipelineCount()).toBe(1);
  expect(() => correct.hasNoDeniedCalls()).not.toThrow();
  expect(() => correct.compliesWithRules()).not.toThrow();
  expect(() => correct.hasNoFindings()).not.toThrow();
});

test('throws the report of the violated rules', () => {
  expect(() => defective.compliesWithRules()).toThrow(
    /^\[PipelineAssertions\] the pipelines must comply with the rules of the services, got 1:[^]*FirstStageSources\[/,
  );
});

test('throws for findings of a severity', () => {
  expect(() => defective.hasNoFindings(CheckSeverity.ERROR)).toThrow(/FirstStageSources/);
  expect(() => defective.hasNoFindings(CheckSeverity.ERROR)).not.toThrow(/UNKNOWN/);
  expect(() => defective.hasNoFindings(CheckSeverity.INFO)).toThrow(/UNKNOWN/);
});

test('throws the denied calls with their fixes', () => {
  const denied = assertionsOf((stack) => {
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('codepipeline.amazonaws.com') });
    const topic = new Topic(stack, 'Topic');
    approvals(stack, role.roleArn, { NotificationArn: topic.topicArn });
  });

  expect(() => denied.hasNoDeniedCalls()).toThrow(/must have no denied calls, got [1-9][^]*sns:Publish[^]*fix: add \{/);
});

test('throws for a folder that is no path', () => {
  expect(() => PipelineAssertions.fromDirectory(undefined as unknown as string)).toThrow(
    "[PipelineAssertions] 'directory' must be a path, got nothing; pass e.g. 'cdk.out'",
  );
});

test('throws if there is no pipeline', () => {
  const empty = assertionsOf(() => undefined);

  expect(empty.pipelineCount()).toBe(0);
  expect(() => empty.hasNoDeniedCalls()).toThrow(
    '[PipelineAssertions] the assembly must contain a pipeline; synthesize the app with its stacks',
  );
});
