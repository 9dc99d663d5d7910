// Patterns: one construct for each kind of delivery.
export * from './patterns/web-app/web-app-pipeline';
export type { WebAppPipelineProps } from './patterns/web-app/plan';
export * from './patterns/container/container-pipeline';
export type { ContainerPipelineProps } from './patterns/container/plan';
export * from './patterns/service-image/service-image';
export type { ServiceImageProps } from './patterns/service-image/plan';
export * from './patterns/container-repository/container-repository';
export type { ContainerRepositoryProps } from './patterns/container-repository/plan';
export * from './patterns/multi-env-promotion/multi-env-promotion-pipeline';
export type { MultiEnvPromotionPipelineProps } from './patterns/multi-env-promotion/plan';
export * from './patterns/delivery/delivery-pipeline';
export type { DeliveryPipelineProps } from './patterns/delivery/plan';
export {
  type PipelineStageOptions,
  type StepsStageOptions,
  type ApprovalStageOptions,
  type EnvironmentStageOptions,
  PipelineStage,
} from './patterns/delivery/pipeline-stage';
export * from './patterns/common/props';
export * from './patterns/common/pipeline-pattern';
export * from './patterns/deployment-access/deployment-access';
export type { DeploymentAccessProps } from './patterns/deployment-access/plan';
export * from './patterns/release-freeze/release-freeze';
export type { ReleaseFreezeProps } from './patterns/release-freeze/plan';

// Sources, triggers, steps, environments, approvals, conditions and targets.
export * from './sources/pipeline-source';
export type { SourceOptions } from './sources/source-planner';
export type { GitSourceOptions } from './sources/connection/plan';
export type { CodeCommitSourceOptions } from './sources/code-commit/plan';
export type { EcrSourceOptions } from './sources/ecr/plan';
export * from './sources/connection/git-connection';
export * from './sources/triggers/pipeline-trigger';
export {
  type PushTriggerOptions,
  type TagTriggerOptions,
  type PullRequestTriggerOptions,
  PullRequestEvent,
} from './sources/triggers/git/plan';
export * from './steps/build-step';
export * from './steps/test-step';
export type { ShellTestOptions } from './steps/shell-test/plan';
export type { DockerImageTestOptions } from './steps/image-test/plan';
export type {
  InspectorScanOptions,
  InspectorImageScanOptions,
  ImageScanThresholds,
  ImageScanOptions,
} from './steps/inspector-scan/plan';
export * from './steps/invoke-test-options';
export type { LambdaTestOptions } from './steps/lambda/plan';
export type { StepFunctionTestOptions } from './steps/state-machine/plan';
export { DeviceFarmAppType, DeviceFarmRadio, type DeviceFarmOptions } from './steps/device-farm/plan';
export {
  DeviceFarmFramework,
  type DeviceFarmFuzzOptions,
  type DeviceFarmFrameworkOptions,
  DeviceFarmTest,
} from './steps/device-farm/device-farm-test';
export { StateMachineInput } from './steps/state-machine/state-machine-input';
export * from './steps/build/options';
export * from './steps/docker/options';
export * from './steps/docker/image-platform';
export { BaseImageSource } from './steps/docker/base-image-source';
export * from './steps/inspector-scan/image-scan';
export type { CommandsOptions, CommandsTestOptions } from './steps/commands/plan';
export type { EcrBuildAndPublishOptions } from './steps/ecr-build-and-publish/plan';
export type { ExistingProjectOptions } from './steps/existing-project/plan';
export type { JenkinsOptions } from './steps/jenkins/plan';
export * from './steps/build/build-compute';
export { BuildImage, type RegistryImageOptions } from './steps/build/build-image';
export { BuildNetwork, type VpcNetworkOptions } from './steps/build-network';
export * from './steps/build-secret';
export * from './environments/release-destination';
export * from './steps/self-update/self-update';
export type { SelfUpdateOptions } from './steps/self-update/plan';
export * from './environments/deployment-environment';
export * from './environments/deployment-wave';
export { type ManualApprovalOptions, Approval } from './environments/approval/approval';
export { Gate } from './conditions/gate';
export type { GateOptions } from './conditions/rule-planner';
export type { AlarmGateOptions } from './conditions/alarms/plan';
export type { DeploymentWindowOptions, OfficeHoursOptions } from './conditions/deployment-window/plan';
export { VariableOperator } from './conditions/variable/plan';
export type { LambdaGateOptions } from './conditions/lambda/plan';
export type { CommandsGateOptions } from './conditions/commands/plan';
export * from './conditions/stage-conditions';
export * from './conditions/failure-handling';
export { type FreezeParameterOptions, FreezeState } from './conditions/freeze/freeze-state';
export * from './environments/execution-mode';
export * from './targets/deploy-target';
export type { StaticSiteOptions } from './targets/static-site/plan';
export * from './targets/static-site/hosting-options';
export * from './targets/static-site/site-file';
export * from './targets/static-site/site-hosting';
export * from './targets/static-site/site-release';
export { StackCapability, type CloudFormationStackOptions } from './targets/cloudformation/plan';
export * from './targets/cdk-stage/options';
export type { DeploymentNameOptions } from './targets/deploy-request';
export * from './targets/ecs-service/options';
export * from './targets/ecs-task/options';
export * from './targets/ecs-service/service-deployment-controller';
export * from './targets/ecs-service/deployment-controller-options';
export * from './targets/eks/eks-access';
export * from './targets/eks/options';
export type { LambdaImageOptions } from './targets/lambda-image/plan';
export { AppConfigProfile } from './targets/app-config/app-config-profile';
export * from './targets/app-config/options';
export * from './targets/rollout/rollout';
export type { RolloutOptions, RolloutHooks } from './targets/rollout/plan';

// Notifications.
export * from './notifications/notification';
export * from './notifications/notification-event';
export type { NotificationOptions } from './notifications/channel-planner';
export type { EmailNotificationOptions } from './notifications/email/plan';

// Monitoring.
export * from './monitoring/pipeline-monitoring';

// Base classes of steps, and custom steps.
export * from './steps/pipeline-step';
export { PipelineArtifact } from './steps/pipeline-artifact';
export * from './steps/pipeline-variable';
export * from './steps/custom/custom-step';
export * from './steps/custom/options';

// The check of synthesized templates.
export * from './check/plugin/pipeline-check';
export * from './check/plugin/pipeline-assertions';
export { CheckSeverity } from './check/plugin/severity';
