import * as newest from 'aws-cdk-lib-newest';
import {
  cdkAnywhere,
  cdkCodeCommit,
  cdkCrossAccount,
  cdkCrossBoth,
  cdkCrossRegion,
  cdkSameAccount,
  cdkVariants,
} from './plain/cdk-pipelines';
import { conditions } from './plain/conditions';
import { crossAccountSource, crossDeploys, crossRegionAction } from './plain/cross';
import { cloudFormation, deploys } from './plain/deploys';
import { invokes } from './plain/invokes';
import { fullClone, ownBucket, pipelineRole, withKey, withoutKey } from './plain/same-account';
import { sources } from './plain/sources';
import { PROD, PROD_US, recommendedFlags, synthesize, TOOLS, TOOLS_US, type Build, type Lib } from './plain/world';

export interface PlainBuild {
  readonly build: Build;
  /** The number of AWS::CodePipeline::Pipeline resources in its templates. */
  readonly pipelines: number;
}

/** Applications of people who do not know this library. */
export const PLAIN_BUILDS: Readonly<Record<string, PlainBuild>> = {
  'same-account-key': { build: withKey, pipelines: 1 },
  'same-account-no-key': { build: withoutKey, pipelines: 2 },
  'same-account-own-bucket': { build: ownBucket, pipelines: 1 },
  'same-account-pipeline-role': { build: pipelineRole, pipelines: 1 },
  'full-clone': { build: fullClone, pipelines: 1 },
  sources: { build: sources(TOOLS), pipelines: 5 },
  'sources-anywhere': { build: sources(), pipelines: 5 },
  invokes: { build: invokes(TOOLS), pipelines: 2 },
  'invokes-anywhere': { build: invokes(), pipelines: 2 },
  deploys: { build: deploys(TOOLS), pipelines: 1 },
  'deploys-anywhere': { build: deploys(), pipelines: 1 },
  cloudformation: { build: cloudFormation(TOOLS), pipelines: 1 },
  'cloudformation-anywhere': { build: cloudFormation(), pipelines: 1 },
  'cross-account': { build: crossDeploys(PROD), pipelines: 1 },
  'cross-account-source': { build: crossAccountSource, pipelines: 1 },
  'cross-region': { build: crossDeploys(TOOLS_US), pipelines: 1 },
  'cross-region-action': { build: crossRegionAction, pipelines: 2 },
  'cross-both': { build: crossDeploys(PROD_US), pipelines: 1 },
  conditions: { build: conditions, pipelines: 1 },
  'cdk-same-account': { build: cdkSameAccount, pipelines: 1 },
  'cdk-anywhere': { build: cdkAnywhere, pipelines: 1 },
  'cdk-codecommit': { build: cdkCodeCommit, pipelines: 1 },
  'cdk-cross-account': { build: cdkCrossAccount, pipelines: 1 },
  'cdk-cross-region': { build: cdkCrossRegion, pipelines: 1 },
  'cdk-cross-both': { build: cdkCrossBoth, pipelines: 1 },
  'cdk-variants': { build: cdkVariants, pipelines: 1 },
};

/** The suffix of the name if every recommended feature flag is enabled. */
export const FLAGGED = '+flags';

/** The same applications of one version of aws-cdk-lib: without any feature flag, and with all that are recommended. */
export function plainPipelines(lib: Lib = newest): Record<string, (outdir: string) => string> {
  return Object.fromEntries(
    Object.entries(PLAIN_BUILDS).flatMap(([name, { build }]) => [
      [name, (outdir: string) => synthesize(build, outdir, { lib })],
      [`${name}${FLAGGED}`, (outdir: string) => synthesize(build, outdir, { lib, context: recommendedFlags(lib) })],
    ]),
  );
}

/** Writes an assembly into the folder, which it empties, and returns the folder. */
export const PLAIN_PIPELINES: Readonly<Record<string, (outdir: string) => string>> = plainPipelines();
