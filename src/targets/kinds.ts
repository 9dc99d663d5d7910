import {
  DEPLOY_HOSTED_CONFIGURATION,
  DEPLOY_PIPELINE_CONFIGURATION,
  VALIDATE_CONFIGURATION,
} from './app-config/render';
import { PREPARE_CDK_STACK } from './cdk-stage/render';
import { EXECUTE_STACK, PREPARE_STACK } from './cloudformation/render';
import { DEPLOY_SERVICE, PREPARE_SERVICE } from './ecs-service/render';
import { RUN_TASK } from './ecs-task/render';
import { DEPLOY_EKS } from './eks/render';
import { LAMBDA_IMAGE } from './lambda-image/render';
import { STATIC_SITE } from './static-site/render';
import { actionKinds } from '../render/action-kind';

/** Kinds of actions that deploy. */
export const TARGET_KINDS = actionKinds({
  'static-site': () => STATIC_SITE,
  'prepare-stack': () => PREPARE_STACK,
  'execute-stack': () => EXECUTE_STACK,
  'prepare-cdk-stack': () => PREPARE_CDK_STACK,
  'prepare-service': () => PREPARE_SERVICE,
  'deploy-service': () => DEPLOY_SERVICE,
  'run-task': () => RUN_TASK,
  'deploy-eks': () => DEPLOY_EKS,
  'deploy-lambda-image': () => LAMBDA_IMAGE,
  'validate-configuration': () => VALIDATE_CONFIGURATION,
  'deploy-hosted-configuration': () => DEPLOY_HOSTED_CONFIGURATION,
  'deploy-pipeline-configuration': () => DEPLOY_PIPELINE_CONFIGURATION,
});
