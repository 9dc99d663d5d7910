import { Duration } from 'aws-cdk-lib';
import { BuildCompute } from './build-compute';
import type { ProjectOptions } from './options';
import { type OptionTypes, recordOf, TEXT, TEXT_RECORD, TEXTS, typeOf } from '../../pipeline/read-options';
import { BuildNetwork } from '../build-network';
import { BuildSecret } from '../build-secret';
import { STEP_OPTIONS } from '../common-step-fields';

/** Types of options that several kinds of steps have. */
export const SECRETS = recordOf(
  typeOf('a BuildSecret', 'use BuildSecret.secretsManager', (value) => value instanceof BuildSecret),
  'write it as in { TOKEN: BuildSecret.secretsManager(secret) }',
);
export const NETWORK = typeOf('a BuildNetwork', 'use BuildNetwork.vpc', (value) => value instanceof BuildNetwork);

/** Types of what every project can be configured with. */
export const PROJECT_OPTIONS: OptionTypes<ProjectOptions> = {
  ...STEP_OPTIONS,
  directory: TEXT,
  environmentVariables: TEXT_RECORD,
  secrets: SECRETS,
  exportedVariables: TEXTS,
  outputs: TEXT_RECORD,
  testReports: TEXTS,
  coverageReports: TEXTS,
  compute: typeOf(
    'a BuildCompute',
    'use BuildCompute.x86 or BuildCompute.arm',
    (value) => value instanceof BuildCompute,
  ),
  network: NETWORK,
  timeout: typeOf('a Duration', 'write it as in Duration.minutes(30)', hasMinutes),
};

/** Returns whether a value is a duration that is known in minutes: tokens cannot be converted from another unit. */
function hasMinutes(value: unknown): boolean {
  if (!(value instanceof Duration)) return false;
  return !value.isUnresolved() || value.unitLabel() === 'minutes';
}
