import type { aws_codebuild as codebuild } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/action-spec';

/** Describes a build in a project that exists. */
export interface ExistingProjectSpec extends ActionSpec {
  readonly kind: 'project';
  readonly project: codebuild.IProject;
  readonly batch: boolean;
}
