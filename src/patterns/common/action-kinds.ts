import { renderApproval } from '../../environments/approval/render';
import { renderBuild } from '../../steps/build/render';
import { renderCommands } from '../../steps/commands/render';
import { renderImage } from '../../steps/ecr-build-and-publish/render';
import { renderProject } from '../../steps/existing-project/render';
import { renderSelfUpdate } from '../../steps/self-update/render';
import { renderCustomAction } from '../../steps/custom/render';
import { renderPrepareCdkStack } from '../../targets/cdk-stage/render';
import { renderDeployService, renderPrepareService } from '../../targets/ecs/render-service';
import { renderRunTask } from '../../targets/ecs/render-task';
import { renderDeployEks } from '../../targets/eks/render';
import { renderDeployLambdaImage } from '../../targets/lambda-image/render';
import { renderExecuteStack, renderPrepareStack } from '../../targets/cloudformation/render';
import { renderStaticSite } from '../../targets/static-site/render';
import type { ActionRenderer } from '../../render/rendered';
import { renderAlarmRule } from '../../conditions/alarms/render';
import { renderCommandsRule } from '../../conditions/commands/render';
import { renderLambdaRule } from '../../conditions/lambda/render';
import { renderCodeCommitSource } from '../../sources/code-commit/render';
import { renderConnectionSource } from '../../sources/connection/render';
import { renderEcrSource } from '../../sources/ecr/render';
import { renderS3Source } from '../../sources/s3/render';
import { renderDeviceFarm } from '../../steps/device-farm/render';
import { renderInspectorScan } from '../../steps/inspector-scan/render';
import { renderLambda } from '../../steps/lambda/render';
import { renderStateMachine } from '../../steps/state-machine/render';
import type { ActionSpec } from '../../pipeline/pipeline-plan';

/** Nothing to make: the plan says it all. */
const renderNothing: ActionRenderer = () => ({});

/** One renderer for each kind of work, of actions and of rules. */
export const RENDERERS: { readonly [K in ActionSpec['kind']]: ActionRenderer<Extract<ActionSpec, { kind: K }>> } = {
  'connection-source': renderConnectionSource,
  'codecommit-source': renderCodeCommitSource,
  's3-source': renderS3Source,
  'ecr-source': renderEcrSource,
  build: renderBuild,
  project: renderProject,
  'self-update': renderSelfUpdate,
  commands: renderCommands,
  image: renderImage,
  lambda: renderLambda,
  'state-machine': renderStateMachine,
  'device-farm': renderDeviceFarm,
  'inspector-scan': renderInspectorScan,
  approval: renderApproval,
  'custom-action': renderCustomAction,
  'custom-type': renderNothing,
  'static-site': renderStaticSite,
  'prepare-stack': renderPrepareStack,
  'prepare-cdk-stack': renderPrepareCdkStack,
  'execute-stack': renderExecuteStack,
  'prepare-service': renderPrepareService,
  'deploy-service': renderDeployService,
  'run-task': renderRunTask,
  'deploy-eks': renderDeployEks,
  'deploy-lambda-image': renderDeployLambdaImage,
  'alarm-rule': renderAlarmRule,
  'plain-rule': renderNothing,
  'lambda-rule': renderLambdaRule,
  'commands-rule': renderCommandsRule,
};
