import type { aws_codedeploy as codedeploy, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { CodeDeployTrafficOptions, DeploymentGroupTrafficOptions } from './traffic-options';
import type { Problems } from '../../pipeline/problems';
import { planHooks, type HookFunctions } from '../rollout/plan';
import { providedOptions, validateResource, type ResourceRule } from '../validate-options';

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
export interface CodeDeployTraffic {
  readonly kind: 'code-deploy';
  readonly blueTargetGroup: elbv2.ITargetGroup;
  readonly greenTargetGroup: elbv2.ITargetGroup;
  readonly listener: elbv2.IListener;
  readonly testListener?: elbv2.IListener;
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

const GROUP: ResourceRule = {
  what: 'a deployment group',
  attribute: 'deploymentGroupName',
  fix: 'look it up: codedeploy.EcsDeploymentGroup.fromEcsDeploymentGroupAttributes',
};
const BLUE: ResourceRule = {
  what: 'the target group that the service was made with',
  attribute: 'targetGroupArn',
  fix: 'make one and attach the service to it: blue.addTarget(service)',
};
const GREEN: ResourceRule = {
  what: 'a second target group, since CodeDeploy moves the traffic between two',
  attribute: 'targetGroupArn',
  fix: 'make one like the first, with no targets',
};
const LISTENER: ResourceRule = {
  what: 'the listener that users reach, since CodeDeploy changes where it sends',
  attribute: 'listenerArn',
  fix: 'make one that sends to the first target group',
};
const TEST_LISTENER: ResourceRule = {
  what: 'a listener',
  attribute: 'listenerArn',
  fix: 'make one on another port, or leave it out',
};

/** Plans what shifts the traffic, and reports values that are missing or of wrong types. */
export function planTraffic(content: TrafficContent, problems: Problems): TrafficPlan | undefined {
  if (content.kind === 'ecs') return content;
  if (content.kind === 'code-deploy') return planCodeDeployTraffic(content.options, problems);
  const hasGroup = validateResource(content.group, GROUP, problems.at('group'));
  const options = providedOptions(content.options, problems);
  const hooks = planHooks(options?.hooks, problems.at('hooks'));
  return hasGroup ? { kind: 'deployment-group', group: content.group, hooks } : undefined;
}

function planCodeDeployTraffic(options: CodeDeployTrafficOptions, problems: Problems): CodeDeployTraffic | undefined {
  const provided = providedOptions(options, problems);
  if (!provided) return undefined;
  const { blueTargetGroup, greenTargetGroup, listener, testListener } = provided;
  validateResource(blueTargetGroup, BLUE, problems.at('blueTargetGroup'));
  validateResource(greenTargetGroup, GREEN, problems.at('greenTargetGroup'));
  validateResource(listener, LISTENER, problems.at('listener'));
  if (testListener !== undefined) validateResource(testListener, TEST_LISTENER, problems.at('testListener'));
  if (!blueTargetGroup || !greenTargetGroup || !listener) return undefined;
  return { kind: 'code-deploy', blueTargetGroup, greenTargetGroup, listener, testListener };
}
