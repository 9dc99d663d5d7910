import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { Construct } from 'constructs';
import { CheckSeverity, PipelineCheck, type PipelineCheckProps } from '../../src';

const ENV = { account: '111111111111', region: 'eu-west-1' };
const TYPE = { owner: 'AWS', version: '1' };

/** Creates a pipeline without permissions, whose first stage approves. */
function defectivePipeline(scope: Construct) {
  return new CfnPipeline(scope, 'Release', {
    roleArn: 'arn:aws:iam::111111111111:role/pipeline',
    artifactStore: { type: 'S3', location: 'acme-artifacts' },
    stages: ['First', 'Second'].map((name) => ({
      name,
      actions: [{ name: 'Approve', actionTypeId: { ...TYPE, category: 'Approval', provider: 'Manual' } }],
    })),
  });
}

interface Report {
  readonly conclusion: string;
  readonly pluginReports: ReadonlyArray<{
    readonly violations: ReadonlyArray<{
      readonly ruleName: string;
      readonly description: string;
      readonly violatingConstructs: ReadonlyArray<{ readonly constructPath?: string }>;
    }>;
  }>;
}

/** Synthesizes an app with the plugin, and returns the violations of the report that CDK writes. */
function synthesized(build: (app: App) => void, props?: PipelineCheckProps) {
  const outdir = mkdtempSync(join(tmpdir(), 'plugin-'));
  const app = new App({ outdir });
  Validations.of(app).addPlugins(new PipelineCheck(props));
  build(app);
  const { exitCode } = process;
  const output = jest.spyOn(console, 'error').mockImplementation();
  try {
    app.synth();
    const text = readFileSync(join(outdir, 'policy-validation-report.json'), 'utf8');
    const { pluginReports } = JSON.parse(text) as Report;
    return { failed: process.exitCode === 1, violations: pluginReports.flatMap(({ violations }) => violations) };
  } finally {
    output.mockRestore();
    process.exitCode = exitCode;
  }
}

const RULE = 'FirstStageSources';

test('fails the synthesis for a defective pipeline, with the rule and the construct', () => {
  const { failed, violations } = synthesized((app) => defectivePipeline(new Stack(app, 'Delivery', { env: ENV })));

  expect(failed).toBe(true);
  const violation = violations.find(({ ruleName }) => ruleName === RULE);
  expect(violation?.description).toBe(
    '\'Stages[0].Actions[0].ActionTypeId.Category\' must be Source in the first stage, got "Approval"; ' +
      'move the action to a later stage',
  );
  expect(JSON.stringify(violation)).toContain('Delivery/Release');
});

test('passes an app without a pipeline', () => {
  expect(synthesized((app) => void new Stack(app, 'Empty'))).toEqual({ failed: false, violations: [] });
});

test('checks pipelines of stages and of nested stacks', () => {
  const { violations } = synthesized((app) => {
    defectivePipeline(new Stack(new Stage(app, 'Prod'), 'Delivery', { env: ENV }));
    defectivePipeline(new NestedStack(new Stack(app, 'Outer', { env: ENV }), 'Inner'));
  });

  const found = violations.filter(({ ruleName }) => ruleName === RULE).map((violation) => JSON.stringify(violation));
  expect(found.filter((text) => text.includes('Prod/Delivery/Release'))).toHaveLength(1);
  expect(found.filter((text) => text.includes('Outer/Inner/Release'))).toHaveLength(1);
});

test('does not evaluate excluded rules', () => {
  const { violations } = synthesized((app) => defectivePipeline(new Stack(app, 'Delivery', { env: ENV })), {
    excludedRules: [RULE],
  });

  expect(violations.map(({ ruleName }) => ruleName)).not.toContain(RULE);
});

test('accepts an acknowledged rule', () => {
  const { failed, violations } = synthesized((app) => {
    defectivePipeline(new Stack(app, 'Delivery', { env: ENV }));
    for (const id of [RULE, 'AccessDenied']) {
      Validations.of(app).acknowledge({ id: `PipelineCheck::${id}`, reason: 'The pipeline only approves.' });
    }
  });

  expect({ failed, rules: violations.map(({ ruleName }) => ruleName) }).toEqual({ failed: false, rules: [] });
});

test('reports warnings and unknown calls only on request', () => {
  function rulesOf(failOn: CheckSeverity) {
    const { violations } = synthesized((app) => defectivePipeline(new Stack(app, 'Delivery', { env: ENV })), {
      failOn,
    });
    return violations.map(({ ruleName }) => ruleName);
  }

  expect(rulesOf(CheckSeverity.ERROR)).not.toContain('AccessUnknown');
  expect(rulesOf(CheckSeverity.INFO)).toContain('AccessUnknown');
});

test('rejects unknown rules and severities', () => {
  const props = { failOn: 'fatal', excludedRules: ['RunOrdr', 7] } as unknown as PipelineCheckProps;

  expect(() => new PipelineCheck(props)).toThrow(
    [
      '[PipelineCheck] \'failOn\' must be info, warning, error, got "fatal"; use a member of CheckSeverity',
      "[PipelineCheck] 'excludedRules[0]' must be the ID of a rule, got \"RunOrdr\"; did you mean 'RunOrder'?",
      "[PipelineCheck] 'excludedRules[1]' must be the ID of a rule, got 7; " +
        'choose among those of docs/reference/rules.md',
    ].join('\n'),
  );
  expect(() => new PipelineCheck({ failon: 'error' } as unknown as PipelineCheckProps)).toThrow(
    "[PipelineCheck] 'failon' must be a known property, got \"error\"; did you mean 'failOn'?",
  );
  expect(() => new PipelineCheck({ excludedRules: 'RunOrder' } as unknown as PipelineCheckProps)).toThrow(
    '[PipelineCheck] \'excludedRules\' must be a list, got "RunOrder"; pass the IDs of rules in a list',
  );
});
