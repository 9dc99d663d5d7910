import { ARTIFACT_RULES } from './artifacts';
import { BUILD_PHASE_RULES } from './build-phases';
import { BUILD_RULES } from './builds';
import { CODE_DEPLOY_RULES } from './code-deploy';
import { COMMANDS_RULES } from './commands';
import { CONDITION_RULES } from './conditions';
import { CONFIGURATION_RULES } from './configuration';
import { DEPLOYMENT_RULES } from './deployments';
import { EVENT_RULES } from './events';
import { FILE_RULES } from './files';
import { IDENTIFIER_RULES } from './identifiers';
import { INVOKE_RULES } from './invokes';
import { NAME_RULES } from './names';
import { POLICY_RULES } from './policies';
import { PROJECT_RULES } from './projects';
import { REFERENCE_RULES } from './references';
import { REGION_RULES } from './regions';
import type { ServiceRule } from './service-rule';
import { SOURCE_RULES } from './sources';
import { STACK_RULES } from './stacks';
import { STORE_RULES } from './stores';
import { STRUCTURE_RULES } from './structure';
import { TRIGGER_RULES } from './triggers';
import { TRUST_RULES } from './trust';
import { VARIABLE_SOURCE_RULES } from './variable-sources';
import { VARIABLE_RULES } from './variables';
import { VERSION_RULES } from './versions';

/** All rules, in the order of reports. */
export const SERVICE_RULES: readonly ServiceRule[] = [
  ...STRUCTURE_RULES,
  ...VERSION_RULES,
  ...NAME_RULES,
  ...IDENTIFIER_RULES,
  ...ARTIFACT_RULES,
  ...FILE_RULES,
  ...STORE_RULES,
  ...REGION_RULES,
  ...STACK_RULES,
  ...SOURCE_RULES,
  ...TRIGGER_RULES,
  ...EVENT_RULES,
  ...VARIABLE_RULES,
  ...VARIABLE_SOURCE_RULES,
  ...CONFIGURATION_RULES,
  ...COMMANDS_RULES,
  ...BUILD_RULES,
  ...BUILD_PHASE_RULES,
  ...PROJECT_RULES,
  ...INVOKE_RULES,
  ...DEPLOYMENT_RULES,
  ...CODE_DEPLOY_RULES,
  ...CONDITION_RULES,
  ...TRUST_RULES,
  ...POLICY_RULES,
  ...REFERENCE_RULES,
];
