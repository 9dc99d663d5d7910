import type { ActionSpec } from '../pipeline/action-spec';
import type { Environment } from '../pipeline/env';
import type { StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** Describes where a source stands, and collects what is wrong with it. */
export interface SourceContext {
  /** Collector at the property that the source comes from. */
  readonly problems: Problems;
  /**
   * Account and Region of the pipeline.
   *
   * @default - unknown
   */
  readonly pipelineEnv?: Environment;
}

/** Repository that a source reads through a connection: git triggers filter its branches. */
export interface GitRepository {
  /** Provider and repository, which identify it among all sources. */
  readonly identity: string;
  /** Name of the repository at its provider. */
  readonly name: string;
  /** Branch that the source reads. */
  readonly branch: string;
}

/** Plan of a source. */
export interface SourceStep<Spec extends ActionSpec = ActionSpec> extends StepPlan<Spec> {
  /** Set for a source that git triggers can filter. */
  readonly git?: GitRepository;
}

/** What differs between the kinds of sources. */
export type SourceAction<Spec extends ActionSpec = ActionSpec> = Pick<
  SourceStep<Spec>,
  'provider' | 'configuration' | 'propNames' | 'fullClone' | 'resourceEnv' | 'git' | 'spec'
>;

/** Plans a kind of source. Validation and planning are one pass: a problem is reported to the context, and the action is what can be planned. */
export interface SourcePlanner {
  /** Names of the variables in which the source reports the URI and the digest of an image. */
  readonly imageVariables?: readonly [uri: string, digest: string];
  plan(context: Required<SourceContext>): SourceAction;
}

/** Returns how a source writes its artifact: the files, or a reference that CodeBuild follows. */
export function artifactFormat(fullClone: boolean): string {
  return fullClone ? 'CODEBUILD_CLONE_REF' : 'CODE_ZIP';
}
