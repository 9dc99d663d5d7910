import type { Stack } from 'aws-cdk-lib';
import type { CrossAccountRole } from './artifact-bucket';
import { roleArn, sourceRoleName, type PipelineIdentity } from './cross-account-names';
import { crossAccountSources } from '../pipeline/cross-account-sources';
import type { ResolvedEnv } from '../pipeline/env';
import type { PipelinePlan } from '../pipeline/pipeline-plan';

/** A source in another account: what it needs is made there, and the pipeline knows it by its names. */
export interface CrossAccountSource {
  readonly name: string;
  readonly env: ResolvedEnv;
  /** In a stack of that account, which all sources of the account share. */
  readonly stack: Stack;
  readonly identity: PipelineIdentity;
}

/** The roles of other accounts that make artifacts of the sources there. */
export const sourceRoles = (plan: PipelinePlan, identity: PipelineIdentity): CrossAccountRole[] =>
  crossAccountSources(plan, identity).map(({ name, account }) => ({
    account,
    region: identity.region,
    roleArn: roleArn(account, sourceRoleName(identity, name)),
    writes: true,
  }));
