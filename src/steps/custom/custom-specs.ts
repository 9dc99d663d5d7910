import type { aws_codepipeline as codepipeline } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/action-spec';

/** Describes an action of aws-codepipeline that the user created. */
export interface CustomActionSpec extends ActionSpec {
  readonly kind: 'custom-action';
  readonly action: codepipeline.IAction;
}

/** Describes an action of a type that AWS does not know: its workers poll, so it needs no permission. */
export interface CustomTypeSpec extends ActionSpec {
  readonly kind: 'custom-type';
}
