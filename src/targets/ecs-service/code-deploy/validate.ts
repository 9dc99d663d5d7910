import { Token, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { minutesOfSteps } from './deployment-configuration';
import { CODE_DEPLOY_LIMITS, CODE_DEPLOY_TO_ECS } from '../../../aws/code-deploy';
import { CHOOSE_IN_RANGE, type Problems } from '../../../pipeline/problems';
import { artifactsOf } from '../../image-commands';
import type { RolloutPlan, TrafficShift } from '../../rollout/plan';
import type { DeploymentRequest } from '../deployer';
import { OTHER_PORT, type CodeDeployController, type DeploymentControllerPlan } from '../plan-deployment-controller';
import { trafficPort, type ServiceFacts } from '../read-service';
import { UNIQUE } from '../../../common/rules';

const CONTROLLER = 'deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY }';
const TRAFFIC = 'ServiceDeploymentController.codeDeploy({ blueTargetGroup, greenTargetGroup, listener })';

/** Validates a service whose traffic CodeDeploy shifts, and the traffic shift. */
export function validateCodeDeploy(request: DeploymentRequest): void {
  const { facts, options, problems } = request;
  const { deploymentController, rollout, timeoutMinutes } = options;
  validateController(facts, problems.at('service'));
  validatePort(request, problems.at('containerPort'));
  validateImages(request, problems.at('images'));
  if (!deploymentController) {
    const fix = `pass two target groups and their listener: ${TRAFFIC}`;
    problems
      .at('deploymentController')
      .add('be set for a service with the deployment controller CODE_DEPLOY', undefined, fix);
  }
  if (timeoutMinutes !== undefined) {
    const fix = 'remove it; it applies to rolling updates only';
    const rule = 'not be set if CodeDeploy shifts the traffic';
    problems.at('deploymentTimeout').add(rule, `${timeoutMinutes} minutes`, fix);
  }
  if (rollout) validateRollout(rollout, deploymentController, problems.at('rollout'));
  if (deploymentController?.kind === 'code-deploy') {
    validateLoadBalancers(deploymentController, problems.at('deploymentController'));
  }
}

function validateController({ controller, service }: ServiceFacts, problems: Problems): void {
  if (controller === undefined || controller === 'CODE_DEPLOY') return;
  const rule = 'have the deployment controller CODE_DEPLOY';
  problems.add(rule, `${controller} of ${service.node.path}`, `create the service with ${CONTROLLER}`);
}

/** Validates the port that receives the traffic. */
function validatePort({ facts, options, containerName }: DeploymentRequest, problems: Problems): void {
  const { containerPort } = options;
  const port = containerPort ?? trafficPort(facts, containerName);
  if (port === undefined) {
    // The missing port of an imported service is reported with the other missing options.
    if (facts.containers === undefined) return;
    const fix = 'add a port mapping to the container, or set containerName to the container that receives the traffic';
    return problems.add(
      'be set, since the container that receives the traffic has no port mapping',
      containerName,
      fix,
    );
  }
  const before = problems.count;
  problems.range(port, { min: 1, max: 65_535 }, 'numbers');
  if (problems.count > before || containerPort === undefined) return;
  const container = facts.containers?.find(({ name }) => name === containerName);
  if (!container?.ports || container.ports.includes(containerPort)) return;
  const fix = `use ${container.ports.join(' or ')}, or add a port mapping to the container`;
  problems.add(`be a port of the container '${container.name}'`, containerPort, fix);
}

/** Validates the number of images. Containers with the same image count once. */
function validateImages({ service }: DeploymentRequest, problems: Problems): void {
  const artifacts = artifactsOf(service.definition.containers);
  if (artifacts.length <= CODE_DEPLOY_TO_ECS.images) return;
  const rule = `contain at most ${CODE_DEPLOY_TO_ECS.images} different images if CodeDeploy shifts the traffic`;
  problems.add(
    rule,
    artifacts,
    'remove images that rarely change; their containers keep the image of the task definition',
  );
}

function validateRollout(
  rollout: RolloutPlan,
  deploymentController: DeploymentControllerPlan | undefined,
  problems: Problems,
): void {
  if (deploymentController?.kind === 'deployment-group') {
    const fix =
      'configure the group (deploymentConfig, alarms, blueGreenDeploymentConfig); ' +
      'pass hooks to ServiceDeploymentController.codeDeployGroup';
    problems.add('not be set with an existing deployment group', rollout.kind, fix);
  } else if (rollout.kind === 'rolling') {
    const fix = 'use Rollout.allAtOnce(), canary(…) or linear(…), or a service with the deployment controller ECS';
    problems.add('be allAtOnce, canary or linear if CodeDeploy shifts the traffic', 'rolling', fix);
  } else {
    validateShift(rollout, problems);
    if (deploymentController?.kind === 'code-deploy') validateShiftBehind(deploymentController, rollout, problems);
  }
}

function validateShift(shift: TrafficShift, problems: Problems): void {
  const { bakeMinutes, alarms } = shift;
  validateSteps(shift, problems);
  problems.at('bakeTime').range(bakeMinutes, CODE_DEPLOY_LIMITS.bakeMinutes, 'minutes');
  if (alarms.length > CODE_DEPLOY_LIMITS.alarms) {
    const rule = `contain at most ${CODE_DEPLOY_LIMITS.alarms} alarms`;
    problems.at('alarms').add(rule, alarms.length, 'combine some in a composite alarm');
  }
  // https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html
  const names = alarms.map(({ alarmName }) => alarmName);
  for (const [i, { node }] of alarms.entries()) {
    if (names.indexOf(names[i]) === i) continue;
    problems.at('alarms').index(i).add(UNIQUE, node.path, 'remove one of them');
  }
}

function validateSteps(shift: TrafficShift, problems: Problems): void {
  const { kind, percentage, minutes } = shift;
  if (kind === 'all-at-once') return;
  const before = problems.count;
  validateStep(percentage, CODE_DEPLOY_LIMITS.percentage, 'percent', problems.at('percentage'));
  validateStep(minutes, CODE_DEPLOY_LIMITS.minutes, 'minutes', problems.at(kind === 'canary' ? 'wait' : 'interval'));
  if (problems.count > before) return;
  const { max } = CODE_DEPLOY_LIMITS.minutes;
  const total = minutesOfSteps(shift);
  if (total <= max) return;
  const rule = `take at most ${max} minutes from the first step to the last`;
  problems.add(rule, total, 'use larger steps or a shorter interval');
}

/** Validates a number of a traffic shift. The names of deployment configurations contain it. */
function validateStep(
  value: number | undefined,
  bounds: { readonly min: number; readonly max: number },
  unit: string,
  problems: Problems,
): void {
  if (Token.isUnresolved(value)) {
    problems.add('be concrete, since names contain it', 'a token', 'pass a literal number');
  } else if (
    problems.required(`a whole number of ${unit} between ${bounds.min} and ${bounds.max}`, value, CHOOSE_IN_RANGE)
  ) {
    problems.range(value, bounds, unit);
  }
}

/** Validates that the load balancer and its listeners support a traffic shift. */
function validateShiftBehind(
  deploymentController: CodeDeployController,
  { kind, hooks }: TrafficShift,
  problems: Problems,
): void {
  if (kind !== 'all-at-once' && isNetworkLoadBalancer(deploymentController)) {
    const fix = 'use Rollout.allAtOnce(), or an Application Load Balancer';
    problems.add('be Rollout.allAtOnce() behind a Network Load Balancer', kind, fix);
  }
  const { afterAllowTestTraffic } = hooks;
  if (afterAllowTestTraffic && !deploymentController.testListener) {
    const fix = 'pass a testListener to ServiceDeploymentController.codeDeploy';
    const hookProblems = problems.at('hooks').at('afterAllowTestTraffic');
    hookProblems.add('not be set without a test listener', afterAllowTestTraffic.node.path, fix);
  }
}

function validateLoadBalancers(deploymentController: CodeDeployController, problems: Problems): void {
  const { blueTargetGroup, greenTargetGroup, listener, testListener } = deploymentController;
  const types = loadBalancerTypes(deploymentController);
  if (new Set(Object.values(types)).size > 1) {
    const fix = 'create both target groups and all listeners for the same load balancer';
    problems.add('have target groups and listeners of one load balancer', types, fix);
  }
  if (isSameTargetGroup(blueTargetGroup, greenTargetGroup)) {
    const fix = 'create a second target group like it, without targets';
    const rule = 'differ from blueTargetGroup';
    problems.at('greenTargetGroup').add(rule, blueTargetGroup.node.path, fix);
  }
  if (testListener && isSameListener(listener, testListener)) {
    problems.at('testListener').add('differ from listener', listener.node.path, OTHER_PORT);
  }
}

type LoadBalancerType = 'application' | 'network';

/** Returns whether a target group or a listener is known to belong to a Network Load Balancer. */
export function isNetworkLoadBalancer(deploymentController: CodeDeployController): boolean {
  return Object.values(loadBalancerTypes(deploymentController)).includes('network');
}

/** Returns the type of the load balancer of each target group and listener, if it is known. */
export function loadBalancerTypes(
  deploymentController: CodeDeployController,
): Readonly<Record<string, LoadBalancerType>> {
  const { blueTargetGroup, greenTargetGroup, listener, testListener } = deploymentController;
  const types = {
    blueTargetGroup: typeOfTargetGroup(blueTargetGroup),
    greenTargetGroup: typeOfTargetGroup(greenTargetGroup),
    listener: typeOfListener(listener),
    testListener: testListener && typeOfListener(testListener),
  };
  const knownTypes = Object.entries(types).filter(
    (entry): entry is [string, LoadBalancerType] => entry[1] !== undefined,
  );
  return Object.fromEntries(knownTypes);
}

function typeOfTargetGroup(group: elbv2.ITargetGroup): LoadBalancerType | undefined {
  if (group instanceof elbv2.NetworkTargetGroup) return 'network';
  if (group instanceof elbv2.ApplicationTargetGroup) return 'application';
  return undefined;
}

const ARN_PARTS: Readonly<Record<string, LoadBalancerType>> = { app: 'application', net: 'network' };

function typeOfListener(listener: elbv2.IListener): LoadBalancerType | undefined {
  if (listener instanceof elbv2.NetworkListener) return 'network';
  if (listener instanceof elbv2.ApplicationListener) return 'application';
  if (Token.isUnresolved(listener.listenerArn)) return undefined;
  const [, part = ''] = /:listener\/(app|net)\//.exec(listener.listenerArn) ?? [];
  return ARN_PARTS[part];
}

/** Returns whether two target groups are the same construct, or imported by the same ARN. */
export function isSameTargetGroup(a: elbv2.ITargetGroup, b: elbv2.ITargetGroup): boolean {
  return a === b || a.targetGroupArn === b.targetGroupArn;
}

/** Returns whether two listeners are the same construct, or imported by the same ARN. */
export function isSameListener(a: elbv2.IListener, b: elbv2.IListener): boolean {
  return a === b || a.listenerArn === b.listenerArn;
}
