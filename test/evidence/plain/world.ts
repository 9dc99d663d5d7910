import { mkdirSync, rmSync } from 'node:fs';
import * as newest from 'aws-cdk-lib-newest';

/** One version of aws-cdk-lib: the applications are written once and synthesized with any. */
export type Lib = typeof newest;

/** Adds stacks to an application. */
export type Build = (app: newest.App, lib: Lib) => void;

export interface SynthesizeOptions {
  readonly lib?: Lib;
  readonly context?: Record<string, unknown>;
}

export const TOOLS = { account: '111111111111', region: 'eu-west-1' };
export const TOOLS_US = { account: '111111111111', region: 'us-east-1' };
export const PROD = { account: '222222222222', region: 'eu-west-1' };
export const PROD_US = { account: '222222222222', region: 'us-east-1' };

export const CONNECTION_ARN =
  'arn:aws:codestar-connections:eu-west-1:111111111111:connection/11111111-2222-3333-4444-555555555555';

/** Writes the assembly into an emptied folder and returns the folder. */
export function synthesize(build: Build, outdir: string, { lib = newest, context }: SynthesizeOptions = {}): string {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  process.env.CDK_VALIDATION ??= 'false';
  // Ignores deprecated properties that the library itself uses.
  process.env.JSII_DEPRECATED = 'quiet';
  const app = new lib.App({ outdir, context, analyticsReporting: false });
  build(app, lib);
  app.synth();
  return outdir;
}

/** Every flag as `cdk init` of this version sets it, except for two that only report: roles do not depend on them. */
export function recommendedFlags(lib: Lib): Record<string, unknown> {
  return {
    ...lib.cx_api.CURRENTLY_RECOMMENDED_FLAGS,
    '@aws-cdk/core:validateAgainstDefaultRules': false,
    '@aws-cdk/core:annotationsInValidationReport': false,
  };
}
