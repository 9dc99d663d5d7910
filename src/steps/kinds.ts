import { BUILD } from './build/render';
import { COMMANDS } from './commands/render';
import { CUSTOM_ACTION, CUSTOM_TYPE } from './custom/render';
import { DEVICE_FARM } from './device-farm/render';
import { ECR_BUILD_AND_PUBLISH } from './ecr-build-and-publish/render';
import { ENVIRONMENT_COMMANDS } from './environment-commands/render';
import { EXISTING_PROJECT } from './existing-project/render';
import { INSPECTOR_SCAN } from './inspector-scan/render';
import { JENKINS } from './jenkins/render';
import { LAMBDA } from './lambda/render';
import { SELF_UPDATE } from './self-update/render';
import { STATE_MACHINE } from './state-machine/render';
import { actionKinds } from '../render/action-kind';

/** Kinds of actions that build, test, and do what the user configures. */
export const STEP_KINDS = actionKinds({
  build: () => BUILD,
  project: () => EXISTING_PROJECT,
  'self-update': () => SELF_UPDATE,
  commands: () => COMMANDS,
  'environment-commands': () => ENVIRONMENT_COMMANDS,
  image: () => ECR_BUILD_AND_PUBLISH,
  jenkins: () => JENKINS,
  lambda: () => LAMBDA,
  'state-machine': () => STATE_MACHINE,
  'device-farm': () => DEVICE_FARM,
  'inspector-scan': () => INSPECTOR_SCAN,
  'custom-action': () => CUSTOM_ACTION,
  'custom-type': () => CUSTOM_TYPE,
});
