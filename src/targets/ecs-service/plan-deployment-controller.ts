import type { aws_codedeploy as codedeploy } from 'aws-cdk-lib';
import type { CodeDeployControllerOptions, CodeDeployGroupControllerOptions } from './deployment-controller-options';
import type { Problems } from '../../pipeline/problems';
import { ANY, readOptions, type OptionTypes, resourceWith } from '../../pipeline/read-options';
import { planHooks, type HookFunctions } from '../rollout/plan';
import { RESOURCE } from '../../pipeline/rules';

/** Describes the service that shifts traffic, as configured. */
export type DeploymentControllerConfig =
  | { readonly kind: 'code-deploy'; readonly options: CodeDeployControllerOptions }
  | {
      readonly kind: 'deployment-group';
      readonly group: codedeploy.IEcsDeploymentGroup;
      readonly options: CodeDeployGroupControllerOptions;
    }
  | { readonly kind: 'ecs' };

/** Describes the service that shifts traffic. */
export type DeploymentControllerPlan = CodeDeployController | DeploymentGroupController | NativeController;

/** CodeDeploy with a deployment group that is created. */
export interface CodeDeployController extends CodeDeployControllerOptions {
  readonly kind: 'code-deploy';
}

/** CodeDeploy with an existing deployment group. */
export interface DeploymentGroupController {
  readonly kind: 'deployment-group';
  readonly group: codedeploy.IEcsDeploymentGroup;
  readonly hooks: HookFunctions;
}

/** ECS with the deployment strategy of the service. */
export interface NativeController {
  readonly kind: 'ecs';
}

const GROUP = resourceWith(
  'deploymentGroupName',
  RESOURCE.deploymentGroup,
  'import it with codedeploy.EcsDeploymentGroup.fromEcsDeploymentGroupAttributes',
);

const BLUE_TARGET_GROUP = resourceWith(
  'targetGroupArn',
  'the target group that the service is registered with',
  'create one and attach the service: blue.addTarget(service)',
);

const GREEN_TARGET_GROUP = resourceWith(
  'targetGroupArn',
  'a second target group, since CodeDeploy shifts traffic between two',
  'create one like the first, without targets',
);

const LISTENER = resourceWith(
  'listenerArn',
  'the production listener, whose target CodeDeploy changes',
  'create one that forwards to the first target group',
);

/** Fix of a test listener. */
export const OTHER_PORT = 'create one on another port, or remove it';

const OPTION_TYPES: OptionTypes<CodeDeployControllerOptions> = {
  blueTargetGroup: ANY,
  greenTargetGroup: ANY,
  listener: ANY,
  testListener: resourceWith('listenerArn', 'a listener', OTHER_PORT),
};

/** Plans the service that shifts traffic, and reports values that are missing or of a wrong type. */
export function planDeploymentController(
  content: DeploymentControllerConfig,
  problems: Problems,
): DeploymentControllerPlan | undefined {
  if (content.kind === 'ecs') return content;
  if (content.kind === 'code-deploy') return planCodeDeployController(content.options, problems);
  const { group, options } = content;
  const hasGroup = GROUP(group, problems.at('group'));
  const { hooks } = readOptions(options, { hooks: ANY }, problems);
  const plan: DeploymentControllerPlan = {
    kind: 'deployment-group',
    group,
    hooks: planHooks(hooks, problems.at('hooks')),
  };
  return hasGroup ? plan : undefined;
}

function planCodeDeployController(
  options: CodeDeployControllerOptions,
  problems: Problems,
): CodeDeployController | undefined {
  const { blueTargetGroup, greenTargetGroup, listener, testListener } = readOptions(options, OPTION_TYPES, problems);
  BLUE_TARGET_GROUP(blueTargetGroup, problems.at('blueTargetGroup'));
  GREEN_TARGET_GROUP(greenTargetGroup, problems.at('greenTargetGroup'));
  LISTENER(listener, problems.at('listener'));
  if (!blueTargetGroup || !greenTargetGroup || !listener) return undefined;
  return { kind: 'code-deploy', blueTargetGroup, greenTargetGroup, listener, testListener };
}
