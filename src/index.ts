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
export * from './source/pipeline-source';
export * from './source/source-options';
export * from './source/git-connection';
export * from './source/pipeline-trigger';
export * from './build/build-step';
export * from './build/test-step';
export * from './build/test-options';
export * from './build/device-farm';
export * from './build/state-machine-input';
export * from './build/project-options';
export * from './build/language-options';
export * from './build/docker-options';
export * from './build/image-platform';
export * from './build/image-origin';
export * from './build/image-scan';
export * from './build/other-options';
export * from './build/build-compute';
export * from './build/build-image';
export * from './build/build-network';
export * from './build/build-secret';
export * from './promotion/release-destination';
export * from './build/self-update';
export * from './build/self-update-options';
export * from './promotion/deployment-environment';
export * from './promotion/deployment-wave';
export * from './promotion/approval';
export * from './promotion/gate';
export * from './promotion/gate-options';
export * from './promotion/stage-conditions';
export * from './promotion/failure-handling';
export * from './promotion/freeze-switch';
export * from './promotion/execution-mode';
export * from './deploy/deploy-target';
export * from './deploy/site-hosting';
export * from './deploy/site-release';
export * from './deploy/deployed-site';
export * from './deploy/stack-options';
export * from './deploy/cdk-stage-options';
export * from './deploy/deployment-name';
export * from './deploy/ecs/service-options';
export * from './deploy/ecs/task-options';
export * from './deploy/ecs/service-traffic';
export * from './deploy/eks/eks-access';
export * from './deploy/eks/eks-options';
export * from './deploy/lambda/image-options';
export * from './rollout/rollout';
export * from './rollout/rollout-options';

// Who hears about it.
export * from './notify/notification';
export * from './notify/notification-event';
export * from './notify/notification-options';

// How it is watched.
export * from './observe/pipeline-monitoring';
export * from './observe/monitoring-options';

// What all steps have in common, and steps of your own.
export * from './step/pipeline-step';
export * from './step/pipeline-artifact';
export * from './step/pipeline-variable';
export * from './step/custom-step';
