import { BuildCompute } from './build-compute';
import type { LanguageBuildOptions, MatrixBuildOptions, ProjectOptions, ShellBuildOptions } from './options';
import {
  ANY,
  DURATION,
  FLAG,
  instanceOf,
  type OptionTypes,
  recordOf,
  TEXT,
  TEXT_RECORD,
  TEXTS,
} from '../../pipeline/read-options';
import { BuildNetwork } from '../build-network';
import { BuildSecret } from '../build-secret';
import { STEP_OPTIONS } from '../common-step-fields';
import { OTHER_COMPUTE } from './validate-build';

/** Type of secrets by environment variable. */
export const SECRETS = recordOf(
  instanceOf(BuildSecret, 'use BuildSecret.secretsManager'),
  'pass an object, e.g. { TOKEN: BuildSecret.secretsManager(secret) }',
);
/** Type of networks. */
export const NETWORK = instanceOf(BuildNetwork, 'use BuildNetwork.vpc');

/** Types of the options of every CodeBuild project. */
export const PROJECT_OPTIONS: OptionTypes<ProjectOptions> = {
  ...STEP_OPTIONS,
  directory: TEXT,
  environmentVariables: TEXT_RECORD,
  secrets: SECRETS,
  exportedVariables: TEXTS,
  outputs: TEXT_RECORD,
  testReports: TEXTS,
  coverageReports: TEXTS,
  compute: instanceOf(BuildCompute, OTHER_COMPUTE),
  network: NETWORK,
  timeout: DURATION,
};

// Commands and folders are validated where they are planned.
const COMMAND_OPTIONS = { outputDirectory: ANY, installCommands: ANY, cachePaths: ANY };

/** Types of the options of builds that run plain commands. */
export const SHELL_OPTIONS: OptionTypes<ShellBuildOptions> = { ...PROJECT_OPTIONS, ...COMMAND_OPTIONS };

/** Types of the options of builds with a matrix. */
export const MATRIX_OPTIONS: OptionTypes<MatrixBuildOptions> = { ...SHELL_OPTIONS, failFast: FLAG };

/** Types of the options of builds of a language, except its version. */
export const LANGUAGE_OPTIONS: OptionTypes<LanguageBuildOptions> = {
  ...PROJECT_OPTIONS,
  ...COMMAND_OPTIONS,
  testCommands: ANY,
  buildCommands: ANY,
};
