import type { ProjectOptions } from './options';
import type { BuildSpec, OutputPlan } from './spec';
import type { Language } from '../../aws/languages';
import type { ProjectText } from '../../pipeline/pipeline-plan';
import type { CommandList } from '../read-commands';

/** Describes a language, and its version if the user configured one. */
export interface LanguageRequest {
  readonly language: Language;
  readonly version?: string;
}

/**
 * Describes what a kind of build adds to the options of every project. Values of the user are validated during
 * planning.
 */
export interface BuildRequest {
  readonly provider: 'codeBuild' | 'codeBuildTest';
  readonly stepName: string;
  readonly options: ProjectOptions;
  /**
   * Name of the property that sets the directory.
   *
   * @default 'directory'
   */
  readonly directoryProp?: string;
  readonly phases: { readonly install?: readonly CommandList[]; readonly build: readonly CommandList[] };
  /** Folder that becomes the artifact of the step, if there is one. */
  readonly outputDirectory?: string;
  readonly language?: LanguageRequest;
  /**
   * Paths to cache.
   *
   * @default - the downloads of the language tool
   */
  readonly cachePaths?: readonly string[];
  /**
   * Reports that are used unless the options configure others.
   *
   * @default - none, in the formats JUnit and Clover
   */
  readonly reportDefaults?: ReportDefaults;
  readonly extra?: ExtraParts;
  /** Exported variables whose values are ids, digests or tags. */
  readonly safeExports?: readonly string[];
}

/** Describes files and formats of reports. */
export type ReportDefaults = Pick<Language, 'tests' | 'coverage'>;

/** Names parts of the specification that only some kinds of builds have. */
type SpecParts =
  | 'docker'
  | 'layerCache'
  | 'pushesTo'
  | 'pullsFrom'
  | 'baseImages'
  | 'assumedRoleArns'
  | 'matrix'
  | 'exportedVariables'
  | 'environmentVariables';

/** Describes the parts that only some kinds of builds have. */
export interface ExtraParts extends Partial<Pick<BuildSpec, SpecParts>> {
  /** Environment variables by the property that sets them, except `environmentVariables`. */
  readonly variablesOfProps?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Additional strings of the user that become part of the project. */
  readonly texts?: readonly ProjectText[];
}

/** Describes an output, with the property that sets its folder. */
export interface PlannedOutput extends OutputPlan {
  readonly prop: string;
}
