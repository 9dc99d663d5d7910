import type { ProjectOptions } from './options';
import type { BuildSpec, OutputPlan } from './spec';
import type { Language } from '../../aws/languages';
import type { ProjectText } from '../../pipeline/pipeline-plan';
import type { CommandList } from '../validate-commands';

/** A language, and the version that the user configures, if any. */
export interface LanguageRequest {
  readonly language: Language;
  readonly version?: string;
}

/**
 * What a kind of build adds to the options that every project has. Values of the user are validated when the build is
 * planned.
 */
export interface BuildRequest {
  readonly provider: 'codeBuild' | 'codeBuildTest';
  readonly stepName: string;
  readonly options: ProjectOptions;
  /**
   * Property that the option `directory` comes from.
   *
   * @default 'directory'
   */
  readonly directoryProp?: string;
  readonly phases: { readonly install?: readonly CommandList[]; readonly build: readonly CommandList[] };
  /** Folder that becomes the artifact of the step, if one does. */
  readonly outputDirectory?: string;
  readonly language?: LanguageRequest;
  /**
   * Paths that are cached.
   *
   * @default - what the tool of the language downloads
   */
  readonly cachePaths?: readonly string[];
  /**
   * Reports that are read unless the options configure others.
   *
   * @default - none, in the formats JUnit and Clover
   */
  readonly reportDefaults?: ReportDefaults;
  readonly more?: FurtherParts;
  /** Variables of its own whose values are ids, digests or tags. */
  readonly safeExports?: readonly string[];
}

/** Files and formats of reports. */
export type ReportDefaults = Pick<Language, 'tests' | 'coverage'>;

/** Parts of the specification that only some kinds of builds have. */
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

/** What sets a kind of build apart further. */
export interface FurtherParts extends Partial<Pick<BuildSpec, SpecParts>> {
  /** Environment variables that come from other properties, by these properties. */
  readonly variablesOfProps?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Further texts of the user that end up in the project. */
  readonly texts?: readonly ProjectText[];
}

/** An output, with the property that its folder comes from. */
export interface PlannedOutput extends OutputPlan {
  readonly prop: string;
}
