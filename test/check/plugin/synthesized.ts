import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type IPolicyValidationPlugin, type PolicyViolation, Stack, Validations } from 'aws-cdk-lib';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { Construct } from 'constructs';
import { PipelineCheck, type PipelineCheckProps } from '../../../src';

export const ENV = { account: '111111111111', region: 'eu-west-1' };

/** The rule that `defectivePipeline` violates. */
export const RULE = 'FirstStageSources';

const TYPE = { owner: 'AWS', version: '1' };

/** Creates a pipeline without permissions, whose first stage approves. */
export function defectivePipeline(scope: Construct, roleArn = 'arn:aws:iam::111111111111:role/pipeline') {
  return new CfnPipeline(scope, 'Release', {
    roleArn,
    artifactStore: { type: 'S3', location: 'acme-artifacts' },
    stages: ['First', 'Second'].map((name) => ({
      name,
      actions: [{ name: 'Approve', actionTypeId: { ...TYPE, category: 'Approval', provider: 'Manual' } }],
    })),
  });
}

/** Creates a stack with a defective pipeline. */
export function defectiveStack(scope: Construct, id = 'Delivery') {
  return defectivePipeline(new Stack(scope, id, { env: ENV }));
}

/** What CDK and the plugin report. */
export interface Synthesized {
  /** Whether the synthesis fails. */
  readonly failed: boolean;
  /** The violations that the plugin returns to CDK. */
  readonly violations: readonly PolicyViolation[];
  /** The results of the plugin that are errors. */
  readonly errors: readonly string[];
  /** The file with the report of CDK. Empty if CDK writes none. */
  readonly report: string;
  /** What CDK prints, or throws since newer versions. */
  readonly printed: string;
}

/** Synthesizes an app with the plugin, and with other plugins. */
export function synthesized(
  build: (app: App, plugin: PipelineCheck) => void,
  props?: PipelineCheckProps,
  others: (app: App) => readonly IPolicyValidationPlugin[] = () => [],
): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'plugin-'));
  const app = new App({ outdir });
  const plugin = new PipelineCheck(props);
  const violations: PolicyViolation[] = [];
  const errors: string[] = [];
  const validate = plugin.validate.bind(plugin);
  jest.spyOn(plugin, 'validate').mockImplementation((context) => {
    try {
      const result = validate(context);
      // Newer versions of CDK remove the acknowledged violations from the result.
      violations.push(...structuredClone(result.violations));
      return result;
    } catch (error) {
      errors.push((error as Error).message);
      throw error;
    }
  });
  Validations.of(app).addPlugins(plugin, ...others(app));
  build(app, plugin);
  const { exitCode } = process;
  const output = jest.spyOn(console, 'error').mockImplementation();
  let failed = false;
  let printed = '';
  try {
    app.synth();
    failed = process.exitCode === 1;
  } catch (error) {
    // Newer versions of CDK throw the report.
    printed = String(error);
    if (!printed.includes('Validation')) throw error;
    failed = true;
  } finally {
    printed += output.mock.calls.flat().join('\n');
    output.mockRestore();
    process.exitCode = exitCode;
  }
  const [report] = readdirSync(outdir).filter((file) => file.endsWith('validation-report.json'));
  return {
    failed,
    violations,
    errors,
    report: report === undefined ? '' : readFileSync(join(outdir, report), 'utf8'),
    printed,
  };
}

/** Returns the rules of violations. */
export function rulesIn({ violations }: Synthesized): string[] {
  return violations.map(({ ruleName }) => ruleName);
}
