import { BRANCH_NAME, type NameRule } from '../aws/limits';
import type { Environment } from '../pipeline/env';
import type { ActionSpec, StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** Options of every source. */
export interface SourceOptions {
  /**
   * Name of the step: 1 to 60 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete. The artifact of
   * the source has the same name, and its variables have the namespace `<stepName>-vars`.
   *
   * @default 'Source'
   */
  readonly stepName?: string;
}

/** Describes the context in which a source is planned. */
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

/** Describes a repository that is read through a connection and whose branches Git triggers can filter. */
export interface GitRepository {
  /** Provider and name of the repository, which identify it among all sources. */
  readonly identity: string;
  /** Name of the repository at the provider. */
  readonly name: string;
  /** Branch that the source reads. */
  readonly branch: string;
}

/** Describes a planned source. */
export interface SourceStep<Spec extends ActionSpec = ActionSpec> extends StepPlan<Spec> {
  /** Repository, for a source that Git triggers can filter. */
  readonly git?: GitRepository;
}

/** Describes the part of a planned source that depends on its kind. */
export type SourceAction<Spec extends ActionSpec = ActionSpec> = Pick<
  SourceStep<Spec>,
  'provider' | 'configuration' | 'propNames' | 'fullClone' | 'artifactCalls' | 'resourceEnv' | 'image' | 'git' | 'spec'
>;

/** Plans and validates a kind of source in one pass: problems go to the context, and the result contains the rest. */
export interface SourcePlanner {
  /** Names of the variables in which the source reports the URI and the digest of an image. */
  readonly imageVariables?: readonly [uri: string, digest: string];
  plan(context: Required<SourceContext>): SourceAction;
}

/** Returns the format of the source artifact: the files, or a reference that CodeBuild clones. */
export function artifactFormat(fullClone: boolean): string {
  return fullClone ? 'CODEBUILD_CLONE_REF' : 'CODE_ZIP';
}

/** Validates a name, and returns it. An invalid name becomes an empty string, which causes no further problems. */
export function validName(name: unknown, rule: NameRule, fix: string, problems: Problems): string {
  return problems.name(name, rule, fix) ? String(name) : '';
}

/** Validates the name of a branch, and returns it. */
export function validBranch(branch: unknown, problems: Problems): string {
  return validName(branch, BRANCH_NAME, "use the branch name only, e.g. 'main', without 'refs/heads/'", problems);
}
