import { BRANCH_NAME, type NameRule } from '../aws/limits';
import type { Environment } from '../pipeline/env';
import type { ActionSpec, StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** What every source can be told. */
export interface SourceOptions {
  /**
   * Name of the step: 1 to 60 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete. Its artifact and,
   * with `-vars` after it, the namespace of its variables are named like it.
   *
   * @default 'Source'
   */
  readonly stepName?: string;
}

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

/**
 * Plans a kind of source. Validation and planning are one pass: a problem is reported to the context, and the action is
 * what can be planned.
 */
export interface SourcePlanner {
  /** Names of the variables in which the source reports the URI and the digest of an image. */
  readonly imageVariables?: readonly [uri: string, digest: string];
  plan(context: Required<SourceContext>): SourceAction;
}

/** Returns how a source writes its artifact: the files, or a reference that CodeBuild follows. */
export function artifactFormat(fullClone: boolean): string {
  return fullClone ? 'CODEBUILD_CLONE_REF' : 'CODE_ZIP';
}

/** Validates a name, and returns it. One that is invalid becomes an empty text, which has no problem of its own. */
export function validName(name: unknown, rule: NameRule, fix: string, problems: Problems): string {
  return problems.name(name, rule, fix) ? String(name) : '';
}

/** Validates the name of a branch, and returns it. */
export function validBranch(branch: unknown, problems: Problems): string {
  return validName(branch, BRANCH_NAME, "name the branch as in 'main', without 'refs/heads/'", problems);
}
