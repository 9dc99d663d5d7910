import type { aws_codecommit as codecommit } from 'aws-cdk-lib';
import type { ResourceSourceSpec } from '../resource/resource-source';

/** Describes a source in CodeCommit. */
export interface CodeCommitSourceSpec extends ResourceSourceSpec {
  readonly kind: 'codecommit-source';
  readonly resource: codecommit.IRepository;
  readonly branch: string;
  readonly fullClone: boolean;
}
