import { App, Stack } from 'aws-cdk-lib';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CheckSeverity, PipelineAssertions, PipelineSource, WebAppPipeline, DeploymentEnvironment } from '../../src';
import { A_SEVERITY } from '../../src/check/plugin/validate-props';
import { SOURCE_FIRST } from '../../src/check/rules/structure';

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

const PROPERTY = 'Stages[0].Actions[0].ActionTypeId.Category';
const FIX = 'move the action to a later stage';

test('a failure contains the findings only', () => {
  expect(() => defective.compliesWithRules()).toThrow(
    new Error(
      `[PipelineAssertions] the pipelines must comply with the rules of the services, got 1:

Pipeline Release (stack Delivery)
  First / Approve
    ERROR   NON_COMPLIANT '${PROPERTY}' must ${SOURCE_FIRST}, got "Approval"; ${FIX}
            https://docs.aws.amazon.com/codepipeline/latest/userguide/pipeline-requirements.html
            FirstStageSources[Delivery/Release/First/Approve/${PROPERTY}]
  2 calls allowed, 0 denied, 1 unknown
`,
    ),
  );
});

test('returns the findings of a severity as lines', () => {
  expect(defective.findings()).toEqual([
    expect.stringMatching(/^error: 'Stages\[0\].* must be Source .*; move .* \(FirstStageSources\[.*\]\)$/),
  ]);
  expect(defective.findings(CheckSeverity.INFO).length).toBeGreaterThan(1);
  expect(correct.findings()).toEqual([]);
});

describe('wrong arguments', () => {
  test.each<[value: unknown, message: string]>([
    [undefined, "'directory' must be a path, got nothing; pass e.g. 'cdk.out'"],
    ['', "'directory' must be a path, got \"\"; pass e.g. 'cdk.out'"],
    [7, "'directory' must be a path, got 7; pass e.g. 'cdk.out'"],
    [
      'no/where',
      '\'directory\' must be a cloud assembly, got "no/where": no/where is not a cloud assembly: it has no ' +
        "manifest.json; run 'cdk synth' first",
    ],
  ])('rejects the folder %p', (directory, message) => {
    expect(() => PipelineAssertions.fromDirectory(directory as string)).toThrow(
      new Error(`[PipelineAssertions] ${message}`),
    );
  });

  test.each<[value: unknown, got: string]>([
    [undefined, 'nothing'],
    [null, 'null'],
    ['cdk.out', 'a string'],
    [new App(), 'an App'],
  ])('rejects the assembly %#', (assembly, got) => {
    expect(() => PipelineAssertions.fromAssembly(assembly as never)).toThrow(
      new Error(`[PipelineAssertions] 'assembly' must be a cloud assembly, got ${got}; pass the result of app.synth()`),
    );
  });

  test.each(['fatal', 3, null, {}])('rejects the severity %p', (severity) => {
    const problem = `[PipelineAssertions] 'severity' must ${A_SEVERITY}, got ${JSON.stringify(severity)}; `;
    expect(() => correct.hasNoFindings(severity as CheckSeverity)).toThrow(problem);
    expect(() => correct.findings(severity as CheckSeverity)).toThrow(problem);
  });
});

test('throws if there is no pipeline', () => {
  const empty = assertionsOf(() => undefined);

  expect(empty.pipelineCount()).toBe(0);
  expect(() => empty.findings()).toThrow('[PipelineAssertions] the assembly must contain a pipeline');
  expect(() => empty.hasNoDeniedCalls()).toThrow(
    '[PipelineAssertions] the assembly must contain a pipeline; synthesize the app with its stacks',
  );
});
