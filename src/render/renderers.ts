import { renderApproval } from './approval';
import { renderBuild } from './build/build';
import { renderCommands } from './build/commands';
import { renderImage } from './build/image';
import { renderProject } from './build/project';
import { renderSelfUpdate } from './build/self-update';
import { renderCustomAction } from './custom-action';
import { renderPrepareCdkStack } from './deploy/cdk-stack';
import { renderDeployService, renderPrepareService } from './deploy/ecs/service';
import { renderRunTask } from './deploy/ecs/task';
import { renderDeployEks } from './deploy/eks';
import { renderDeployLambdaImage } from './deploy/lambda-image';
import { renderExecuteStack, renderPrepareStack } from './deploy/stack';
import { renderStaticSite } from './deploy/static-site';
import type { ActionRenderer } from './rendered';
import { renderAlarmRule } from './rule/alarm';
import { renderCommandsRule } from './rule/commands';
import { renderLambdaRule } from './rule/lambda';
import { renderCodeCommitSource } from './source/code-commit';
import { renderConnectionSource } from './source/connection';
import { renderEcrSource } from './source/ecr';
import { renderS3Source } from './source/s3';
import { renderDeviceFarm } from './test/device-farm';
import { renderInspectorScan } from './test/inspector-scan';
import { renderLambda } from './test/lambda';
import { renderStateMachine } from './test/state-machine';
import type { WorkPlan } from '../plan/pipeline-plan';

/** Nothing to make: the plan says it all. */
const renderNothing: ActionRenderer = () => ({});

/** One renderer for each kind of work, of actions and of rules. */
export const RENDERERS: { readonly [K in WorkPlan['kind']]: ActionRenderer<Extract<WorkPlan, { kind: K }>> } = {
  'connection-source': renderConnectionSource,
  'codecommit-source': renderCodeCommitSource,
  's3-source': renderS3Source,
  'ecr-source': renderEcrSource,
  'build': renderBuild,
  'project': renderProject,
  'self-update': renderSelfUpdate,
  'commands': renderCommands,
  'image': renderImage,
  'lambda': renderLambda,
  'state-machine': renderStateMachine,
  'device-farm': renderDeviceFarm,
  'inspector-scan': renderInspectorScan,
  'approval': renderApproval,
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
