import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { Construct } from 'constructs';
import { CheckSeverity, PipelineCheck, type PipelineCheckProps } from '../../src';
import { KNOWN_PROPERTY, A_LIST } from '../../src/common/rules';

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

/** Synthesizes an app with the plugin. Returns whether that fails, the result of the plugin and the report of CDK. */
function synthesized(build: (app: App) => void, props?: PipelineCheckProps) {
  const outdir = mkdtempSync(join(tmpdir(), 'plugin-'));
  const app = new App({ outdir });
  const plugin = new PipelineCheck(props);
  const validate = jest.spyOn(plugin, 'validate');
  Validations.of(app).addPlugins(plugin);
  build(app);
  const { exitCode } = process;
  const output = jest.spyOn(console, 'error').mockImplementation();
  let failed = false;
  try {
    app.synth();
    failed = process.exitCode === 1;
  } catch (error) {
    // Newer versions of CDK throw the report.
    if (!String(error).includes('PipelineCheck')) throw error;
    failed = true;
  } finally {
    output.mockRestore();
    process.exitCode = exitCode;
  }
  const [report] = readdirSync(outdir).filter((file) => file.endsWith('validation-report.json'));
  const violations = validate.mock.results.flatMap(
    ({ value }) => (value as ReturnType<PipelineCheck['validate']>).violations,
  );
  return { failed, violations, report: report === undefined ? '' : readFileSync(join(outdir, report), 'utf8') };
}

const RULE = 'FirstStageSources';

test('fails the synthesis for a defective pipeline, with the rule and the construct', () => {
  const { failed, violations, report } = synthesized((app) =>
    defectivePipeline(new Stack(app, 'Delivery', { env: ENV })),
  );

  expect(failed).toBe(true);
  const violation = violations.find(({ ruleName }) => ruleName === RULE);
  expect(violation?.description).toBe(
    '\'Stages[0].Actions[0].ActionTypeId.Category\' must be Source in the first stage, got "Approval"; ' +
      'move the action to a later stage',
  );
  expect(report).toContain('Delivery/Release');
});

test('passes an app without a pipeline', () => {
  expect(synthesized((app) => void new Stack(app, 'Empty'))).toMatchObject({ failed: false, violations: [] });
});

test('checks pipelines of stages and of nested stacks', () => {
  const { violations, report } = synthesized((app) => {
    defectivePipeline(new Stack(new Stage(app, 'Prod'), 'Delivery', { env: ENV }));
    defectivePipeline(new NestedStack(new Stack(app, 'Outer', { env: ENV }), 'Inner'));
  });

  expect(violations.filter(({ ruleName }) => ruleName === RULE)).toHaveLength(2);
  expect(report).toContain('Prod/Delivery/Release');
  expect(report).toContain('Outer/Inner/Release');
});

test('does not evaluate excluded rules', () => {
  const { violations } = synthesized((app) => defectivePipeline(new Stack(app, 'Delivery', { env: ENV })), {
    excludedRules: [RULE],
  });

  expect(violations.map(({ ruleName }) => ruleName)).not.toContain(RULE);
});

test('accepts an acknowledged rule', () => {
  const { failed } = synthesized((app) => {
    defectivePipeline(new Stack(app, 'Delivery', { env: ENV }));
    for (const id of [RULE, 'AccessDenied']) {
      Validations.of(app).acknowledge({ id: `PipelineCheck::${id}`, reason: 'The pipeline only approves.' });
    }
  });

  expect(failed).toBe(false);
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
    `[PipelineCheck] 'failon' must ${KNOWN_PROPERTY}, got "error"; did you mean 'failOn'?`,
  );
  expect(() => new PipelineCheck({ excludedRules: 'RunOrder' } as unknown as PipelineCheckProps)).toThrow(
    `[PipelineCheck] 'excludedRules' must ${A_LIST}, got "RunOrder"; pass the IDs of rules in a list`,
  );
});
