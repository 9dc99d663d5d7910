// Patterns: one construct per kind of delivery.
export * from './patterns/web-app/web-app-pipeline';
export * from './patterns/web-app/props';
export * from './patterns/container/container-pipeline';
export * from './patterns/container/props';
export * from './patterns/service-image/service-image';
export * from './patterns/service-image/props';
export * from './patterns/container-repository/container-repository';
export * from './patterns/container-repository/props';
export * from './patterns/multi-env-promotion/multi-env-promotion-pipeline';
export * from './patterns/multi-env-promotion/props';
export * from './patterns/delivery/delivery-pipeline';
export * from './patterns/delivery/props';
export * from './patterns/delivery/pipeline-stage';
export * from './patterns/common/props';
export * from './patterns/common/pipeline-pattern';
export * from './patterns/deployment-access/deployment-access';
export * from './patterns/deployment-access/props';
export * from './patterns/release-freeze/release-freeze';
export * from './patterns/release-freeze/props';

// Their vocabulary: where code comes from, how it is built, where it goes, who lets it through.
export * from './sources/pipeline-source';
export * from './sources/source-options';
export * from './sources/connection/git-connection';
export * from './sources/triggers/pipeline-trigger';
export * from './steps/build-step';
export * from './steps/test-step';
export * from './steps/test-options';
export * from './steps/device-farm/device-farm';
export * from './steps/state-machine/state-machine-input';
export * from './steps/build/options';
export * from './steps/docker/options';
export * from './steps/docker/image-platform';
export * from './steps/docker/image-origin';
export * from './steps/inspector-scan/image-scan';
export * from './steps/commands/options';
export * from './steps/ecr-build-and-publish/options';
export * from './steps/existing-project/options';
export * from './steps/jenkins/options';
export * from './steps/build/build-compute';
export * from './steps/build/build-image';
export * from './steps/build-network';
export * from './steps/build-secret';
export * from './environments/release-destination';
export * from './steps/self-update/self-update';
export * from './steps/self-update/options';
export * from './environments/deployment-environment';
export * from './environments/deployment-wave';
export * from './environments/approval/approval';
export * from './conditions/gate';
export * from './conditions/gate-options';
export * from './conditions/stage-conditions';
export * from './conditions/failure-handling';
export * from './conditions/freeze/freeze-switch';
export * from './environments/execution-mode';
export * from './targets/deploy-target';
export * from './targets/static-site/site-hosting';
export * from './targets/static-site/site-release';
export * from './targets/static-site/deployed-site';
export * from './targets/cloudformation/stack-options';
export * from './targets/cdk-stage/cdk-stage-options';
export * from './targets/deployment-name';
export * from './targets/ecs/service-options';
export * from './targets/ecs/task-options';
export * from './targets/ecs/service-traffic';
export * from './targets/eks/eks-access';
export * from './targets/eks/eks-options';
export * from './targets/lambda-image/lambda-image-options';
export * from './targets/rollout/rollout';
export * from './targets/rollout/rollout-options';

// Who hears about it.
export * from './notifications/notification';
export * from './notifications/notification-event';
export * from './notifications/notification-options';

// How it is watched.
export * from './monitoring/pipeline-monitoring';
export * from './monitoring/monitoring-options';

// What all steps have in common, and steps of your own.
export * from './steps/pipeline-step';
export * from './steps/pipeline-artifact';
export * from './steps/pipeline-variable';
export * from './steps/custom/custom-step';
