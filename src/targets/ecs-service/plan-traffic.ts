import type { aws_codedeploy as codedeploy } from 'aws-cdk-lib';
import type { CodeDeployTrafficOptions, DeploymentGroupTrafficOptions } from './traffic-options';
import type { Problems } from '../../pipeline/problems';
import { optional, validateOptions, type OptionTypes } from '../../pipeline/value-types';
import { resourceOf } from '../option-types';
import { HOOKS, inOrder, type HookFunctions } from '../rollout/plan';

/** Describes what shifts the traffic of a service, as the user configures it. */
export type TrafficContent =
  | { readonly kind: 'code-deploy'; readonly options: CodeDeployTrafficOptions }
  | {
      readonly kind: 'deployment-group';
      readonly group: codedeploy.IEcsDeploymentGroup;
      readonly options: DeploymentGroupTrafficOptions;
    }
  | { readonly kind: 'ecs' };

/** Describes what shifts the traffic of a service. */
export type TrafficPlan = CodeDeployTraffic | DeploymentGroupTraffic | NativeTraffic;

/** CodeDeploy shifts it, by a deployment group that is created. */
export interface CodeDeployTraffic extends CodeDeployTrafficOptions {
  readonly kind: 'code-deploy';
}

/** CodeDeploy shifts it, by a deployment group that exists. */
export interface DeploymentGroupTraffic {
  readonly kind: 'deployment-group';
  readonly group: codedeploy.IEcsDeploymentGroup;
  readonly hooks: HookFunctions;
}

/** ECS shifts it, as the service configures it. */
export interface NativeTraffic {
  readonly kind: 'ecs';
}

const GROUP = resourceOf(
  'deploymentGroupName',
  'a deployment group',
  'look it up: codedeploy.EcsDeploymentGroup.fromEcsDeploymentGroupAttributes',
);

const GROUP_OPTION_TYPES: OptionTypes<DeploymentGroupTrafficOptions> = { hooks: optional(HOOKS) };

const OPTION_TYPES: OptionTypes<CodeDeployTrafficOptions> = {
  blueTargetGroup: resourceOf(
    'targetGroupArn',
    'the target group that the service was made with',
    'make one and attach the service to it: blue.addTarget(service)',
  ),
  greenTargetGroup: resourceOf(
    'targetGroupArn',
    'a second target group, since CodeDeploy moves the traffic between two',
    'make one like the first, with no targets',
  ),
  listener: resourceOf(
    'listenerArn',
    'the listener that users reach, since CodeDeploy changes where it sends',
    'make one that sends to the first target group',
  ),
  testListener: optional(resourceOf('listenerArn', 'a listener', 'make one on another port, or leave it out')),
};

/** Plans what shifts the traffic, or reports values that are missing or of wrong types. */
export function planTraffic(content: TrafficContent, problems: Problems): TrafficPlan | undefined {
  if (content.kind === 'ecs') return content;
  if (content.kind === 'code-deploy') {
    // Without options, every required one is missing.
    const options = content.options ?? {};
    return validateOptions(options, OPTION_TYPES, problems) ? { ...options, kind: 'code-deploy' } : undefined;
  }
  const { group, options } = content;
  const hasGroup = GROUP.validate(group, problems.at('group'));
  if (!validateOptions(options, GROUP_OPTION_TYPES, problems) || !hasGroup) return undefined;
  return { kind: 'deployment-group', group, hooks: inOrder(options.hooks ?? {}) };
}
