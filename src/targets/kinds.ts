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
export const TARGET_KINDS = actionKinds(
  STATIC_SITE,
  PREPARE_STACK,
  EXECUTE_STACK,
  PREPARE_CDK_STACK,
  PREPARE_SERVICE,
  DEPLOY_SERVICE,
  RUN_TASK,
  DEPLOY_EKS,
  LAMBDA_IMAGE,
  VALIDATE_CONFIGURATION,
  DEPLOY_HOSTED_CONFIGURATION,
  DEPLOY_PIPELINE_CONFIGURATION,
);
