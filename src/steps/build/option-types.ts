import { BuildCompute } from './build-compute';
import type { ProjectOptions } from './options';
import {
  DURATION,
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
  compute: instanceOf(BuildCompute, 'use BuildCompute.x86 or BuildCompute.arm'),
  network: NETWORK,
  timeout: DURATION,
};
