import { deployActions, isKnown, knownList, type PipelineDeclaration } from './declaration';
import { GUIDE, type ServiceRule } from './service-rule';
import { type Violation, violation } from './violation';
import { listOf, objectOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import type { ModelResource } from '../../assembly/scope';
import { hasUnknown } from '../../assembly/unknown';

const ECS = `${GUIDE}/action-reference-ECS.html`;
const CODE_DEPLOY = `${GUIDE}/action-reference-CodeDeploy.html`;
const BLUE_GREEN = `${GUIDE}/action-reference-ECSbluegreen.html`;
const ROLLBACK_EVENTS = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'];
const DEPLOYMENT_CONFIGURATIONS =
  'https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html';

/** Rules for the ECS services, applications and deployment groups that an action deploys to. */
export const CODE_DEPLOY_RULES: readonly ServiceRule[] = [
  {
    id: 'EcsServiceController',
    severity: 'error',
    summary:
      'An ECS action deploys a service with the deployment controller ECS, CodeDeployToECS one with CODE_DEPLOY.',
    see: ECS,
    violations: (pipeline, model) => serviceControllerFaults(pipeline, model),
  },
  {
    id: 'BlueGreenController',
    severity: 'error',
    summary:
      'The deployment group of a CodeDeployToECS action has a service with the deployment controller CODE_DEPLOY.',
    see: 'https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-groups-create-ecs.html',
    violations: (pipeline, model) =>
      groupsOf(pipeline, model)
        .filter(({ platform }) => platform === 'ECS')
        .flatMap(({ action, group }) =>
          listOf(group.properties.ECSServices)
            .map((item) => textOf(objectOf(item).ServiceName))
            .map((name) => ({ name, service: model.findNamed('AWS::ECS::Service', name, group.stack) }))
            .map(({ name, service }) => ({ name, service, type: controllerOf(service) }))
            .filter(({ service, type }) => service !== undefined && isKnown(type) && type !== 'CODE_DEPLOY')
            .map(({ name, type }) =>
              violation(action, 'Configuration.DeploymentGroupName', {
                must: 'be a group with a service that has the deployment controller CODE_DEPLOY',
                got: `${name} with ${type}`,
                fix: 'set DeploymentController of the service to CODE_DEPLOY, or use the provider ECS',
              }),
            ),
        ),
  },
  groupRule('TargetGroupPair', 'error', 'A deployment group for Amazon ECS has a pair of target groups.', {
    see: 'https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_TargetGroupPairInfo.html',
    platforms: ['ECS'],
    faultsOf: ({ properties }) =>
      listOf(objectOf(properties.LoadBalancerInfo).TargetGroupPairInfoList)
        .map((pair, index) => ({ groups: knownList(objectOf(pair).TargetGroups), index }))
        .filter(({ groups }) => groups !== undefined && groups.length !== 2)
        .map(({ groups, index }) => ({
          path: `LoadBalancerInfo.TargetGroupPairInfoList[${index}].TargetGroups`,
          must: 'contain two target groups',
          got: groups!.length,
          fix: 'add a target group for the replacement tasks',
        })),
  }),
  groupRule('DeploymentReadyWait', 'warning', 'A deployment that continues has no time to wait for its confirmation.', {
    see: 'https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentReadyOption.html',
    platforms: ['ECS', 'Server'],
    faultsOf: ({ properties }) => {
      const options = objectOf(objectOf(properties.BlueGreenDeploymentConfiguration).DeploymentReadyOption);
      const { ActionOnTimeout, WaitTimeInMinutes } = options;
      if (ActionOnTimeout !== 'CONTINUE_DEPLOYMENT' || !(Number(WaitTimeInMinutes) > 0)) return [];
      return [
        {
          path: 'BlueGreenDeploymentConfiguration.DeploymentReadyOption.WaitTimeInMinutes',
          must: 'not be set for CONTINUE_DEPLOYMENT',
          got: WaitTimeInMinutes,
          fix: 'remove it, or use STOP_DEPLOYMENT',
        },
      ];
    },
  }),
  groupRule('DeploymentRollbackEvents', 'error', 'The events of an automatic rollback are those of CodeDeploy.', {
    see: 'https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AutoRollbackConfiguration.html',
    platforms: ['ECS', 'Server'],
    faultsOf: ({ properties }) =>
      listOf(objectOf(properties.AutoRollbackConfiguration).Events)
        .filter((event) => isKnown(event) && !ROLLBACK_EVENTS.includes(textOf(event)))
        .map((event) => ({
          path: 'AutoRollbackConfiguration.Events',
          must: `contain ${ROLLBACK_EVENTS.join(', ')}`,
          got: event,
          fix: 'choose among these',
        })),
  }),
  platformRule('ServerPlatform', 'CodeDeploy', 'Server', CODE_DEPLOY),
  platformRule('BlueGreenPlatform', 'CodeDeployToECS', 'ECS', BLUE_GREEN),
  {
    id: 'DeploymentConfigurationPlatform',
    severity: 'error',
    summary: 'A predefined deployment configuration is one of the compute platform of the application.',
    see: DEPLOYMENT_CONFIGURATIONS,
    violations: (pipeline, model) =>
      groupsOf(pipeline, model).flatMap(({ action, platform, group }) => {
        const name = textOf(group.properties.DeploymentConfigName);
        if (!name.startsWith('CodeDeployDefault.') || hasUnknown(name)) return [];
        const actual = /^CodeDeployDefault\.(ECS|Lambda)/.exec(name)?.[1] ?? 'Server';
        if (actual === platform) return [];
        return [
          {
            stage: action.stageName,
            action: action.name,
            resource: group,
            path: 'DeploymentConfigName',
            must: `be a configuration for ${platform}`,
            got: name,
            fix: `choose a configuration for ${platform}`,
          },
        ];
      }),
  },
  {
    id: 'BlueGreenStyle',
    severity: 'error',
    summary: 'The deployment group of a blue/green deployment has the type BLUE_GREEN with traffic control.',
    see: 'https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-groups-create-ecs.html',
    violations: (pipeline, model) =>
      groupsOf(pipeline, model)
        .filter(({ platform }) => platform === 'ECS')
        .map((found) => ({ ...found, style: objectOf(found.group.properties.DeploymentStyle) }))
        .filter(({ style }) => isKnown(style))
        .filter(
          ({ style: { DeploymentType, DeploymentOption } }) =>
            DeploymentType !== 'BLUE_GREEN' || DeploymentOption !== 'WITH_TRAFFIC_CONTROL',
        )
        .map(({ action, group, style }) => ({
          stage: action.stageName,
          action: action.name,
          resource: group,
          path: 'DeploymentStyle',
          must: 'have the type BLUE_GREEN and the option WITH_TRAFFIC_CONTROL',
          got: style,
          fix: 'set both',
        })),
  },
];

interface GroupRule extends Pick<ServiceRule, 'see'> {
  readonly platforms: readonly string[];
  readonly faultsOf: (group: ModelResource) => ReadonlyArray<Pick<Violation, 'path' | 'must' | 'got' | 'fix'>>;
}

/** Returns a rule for the deployment group of each action. */
function groupRule(
  id: string,
  severity: ServiceRule['severity'],
  summary: string,
  { see, platforms, faultsOf }: GroupRule,
): ServiceRule {
  return {
    id,
    severity,
    summary,
    see,
    violations: (pipeline, model) =>
      groupsOf(pipeline, model)
        .filter(({ platform }) => platforms.includes(platform))
        .flatMap(({ action, group }) =>
          faultsOf(group).map((fault) => ({
            stage: action.stageName,
            action: action.name,
            resource: group,
            ...fault,
          })),
        ),
  };
}

function controllerOf(service: ModelResource | undefined): string {
  return textOf(objectOf(service?.properties.DeploymentController).Type) || 'ECS';
}

/** The platform of each provider of CodeDeploy. */
const PLATFORMS: Readonly<Record<string, string>> = { CodeDeploy: 'Server', CodeDeployToECS: 'ECS' };

/** Returns the deployment groups of the actions that are in the assembly. */
function groupsOf(pipeline: PipelineDeclaration, model: ResourceModel) {
  const { account } = pipeline.resource.stack;
  return Object.entries(PLATFORMS).flatMap(([provider, platform]) =>
    deployActions(pipeline, provider).flatMap((action) => {
      const name = textOf(action.configuration.DeploymentGroupName);
      const env = { account, region: action.region };
      const group = model.findNamed('AWS::CodeDeploy::DeploymentGroup', name, env);
      return group ? [{ action, platform, group }] : [];
    }),
  );
}

function serviceControllerFaults(pipeline: PipelineDeclaration, model: ResourceModel): Violation[] {
  const { account } = pipeline.resource.stack;
  return deployActions(pipeline, 'ECS').flatMap((action) => {
    const name = textOf(action.configuration.ServiceName);
    const service = model.findNamed('AWS::ECS::Service', name, { account, region: action.region });
    const controller = controllerOf(service);
    if (!service || !isKnown(controller) || controller === 'ECS') return [];
    return [
      violation(action, 'Configuration.ServiceName', {
        must: 'be a service with the deployment controller ECS',
        got: `${name} with ${controller}`,
        fix: controller === 'CODE_DEPLOY' ? 'use the provider CodeDeployToECS' : 'change the controller of the service',
      }),
    ];
  });
}

function platformRule(id: string, provider: string, platform: string, see: string): ServiceRule {
  return {
    id,
    severity: 'error',
    summary: `A ${provider} action deploys a CodeDeploy application with the compute platform ${platform}.`,
    see,
    violations: (pipeline, model) => {
      const { account } = pipeline.resource.stack;
      return deployActions(pipeline, provider).flatMap((action) => {
        const name = textOf(action.configuration.ApplicationName);
        const env = { account, region: action.region };
        const application = model.findNamed('AWS::CodeDeploy::Application', name, env);
        const actual = textOf(application?.properties.ComputePlatform) || 'Server';
        if (!application || !isKnown(actual) || actual === platform) return [];
        return [
          violation(action, 'Configuration.ApplicationName', {
            must: `be an application with the compute platform ${platform}`,
            got: `${name} with ${actual}`,
            fix: 'use the action type for this platform',
          }),
        ];
      });
    },
  };
}
