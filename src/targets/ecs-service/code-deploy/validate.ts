import { Token, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { minutesOfSteps } from './deployment-configuration';
import { CODE_DEPLOY_LIMITS, CODE_DEPLOY_TO_ECS } from '../../../aws/code-deploy';
import type { Problems } from '../../../pipeline/problems';
import { artifactsOf } from '../../image-commands';
import type { RolloutPlan, TrafficShift } from '../../rollout/plan';
import type { DeploymentRequest } from '../deployer';
import type { CodeDeployTraffic, TrafficPlan } from '../plan-deployment-controller';
import { trafficPort, type ServiceFacts } from '../read-service';

const CONTROLLER = 'deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY }';
const TRAFFIC = 'ServiceDeploymentController.codeDeploy({ blueTargetGroup, greenTargetGroup, listener })';

/** Validates a service whose traffic CodeDeploy shifts, and how it does so. */
export function validateCodeDeploy(request: DeploymentRequest): void {
  const { facts, options, problems } = request;
  const { traffic, rollout, timeoutMinutes } = options;
  validateController(facts, problems.at('service'));
  validatePort(request, problems.at('containerPort'));
  validateImages(request, problems.at('images'));
  if (!traffic) {
    const fix = `give two target groups and the listener that sends to them: ${TRAFFIC}`;
    problems
      .at('deploymentController')
      .add('say with what CodeDeploy moves the traffic of the service', 'nothing', fix);
  }
  if (timeoutMinutes !== undefined) {
    const fix = 'it is for rolling deployments; how long one takes follows from its rollout';
    const rule = 'be left out where CodeDeploy moves the traffic';
    problems.at('deploymentTimeout').add(rule, `${timeoutMinutes} minutes`, fix);
  }
  if (rollout) validateRollout(rollout, traffic, problems.at('rollout'));
  if (traffic?.kind === 'code-deploy') validateLoadBalancers(traffic, problems.at('deploymentController'));
}

function validateController({ controller, service }: ServiceFacts, problems: Problems): void {
  if (controller === undefined || controller === 'CODE_DEPLOY') return;
  const rule = 'have the deployment controller CODE_DEPLOY, since CodeDeploy is to move its traffic';
  problems.add(rule, `${controller} of ${service.node.path}`, `make the service with ${CONTROLLER}`);
}

/** Validates the port that receives the traffic. A service of this app has the ports of its containers. */
function validatePort({ facts, options, containerName }: DeploymentRequest, problems: Problems): void {
  const { containerPort } = options;
  const port = containerPort ?? trafficPort(facts, containerName);
  if (port === undefined) {
    // That of an imported service is reported with the other missing options.
    if (facts.containers === undefined) return;
    const fix = 'give the container a port mapping, or say which container gets the traffic: containerName';
    return problems.add('be given, since the container that gets the traffic has no port', containerName, fix);
  }
  const before = problems.count;
  problems.range(port, { min: 1, max: 65_535 }, 'numbers');
  if (problems.count > before || containerPort === undefined) return;
  const container = facts.containers?.find(({ name }) => name === containerName);
  if (!container?.ports || container.ports.includes(containerPort)) return;
  const fix = `use ${container.ports.join(' or ')}, or give the container a port mapping`;
  problems.add(`be a port of the container '${container.name}'`, containerPort, fix);
}

/** Validates the number of images. Containers of one image count once. */
function validateImages({ service }: DeploymentRequest, problems: Problems): void {
  const artifacts = artifactsOf(service.definition.containers);
  if (artifacts.length <= CODE_DEPLOY_TO_ECS.images) return;
  const rule = `be at most ${CODE_DEPLOY_TO_ECS.images} different images where CodeDeploy moves the traffic`;
  problems.add(rule, artifacts, 'leave those out that change seldom: they stay what the task definition says');
}

function validateRollout(rollout: RolloutPlan, traffic: TrafficPlan | undefined, problems: Problems): void {
  if (traffic?.kind === 'deployment-group') {
    const fix =
      'how traffic moves is said by the group (deploymentConfig, alarms, blueGreenDeploymentConfig); ' +
      'hooks are options of ServiceDeploymentController.codeDeployGroup';
    problems.add('be left out with a deployment group that exists', rollout.kind, fix);
  } else if (rollout.kind === 'rolling') {
    const fix = 'use Rollout.allAtOnce(), canary(…) or linear(…), or a service with the deployment controller ECS';
    problems.add('move traffic, since CodeDeploy does', 'rolling', fix);
  } else {
    validateShift(rollout, problems);
    if (traffic?.kind === 'code-deploy') validateShiftBehind(traffic, rollout, problems);
  }
}

function validateShift(shift: TrafficShift, problems: Problems): void {
  const { bakeMinutes, alarms } = shift;
  validateSteps(shift, problems);
  problems.at('bakeTime').range(bakeMinutes, CODE_DEPLOY_LIMITS.bakeMinutes, 'minutes');
  if (alarms.length > CODE_DEPLOY_LIMITS.alarms) {
    const rule = `be at most ${CODE_DEPLOY_LIMITS.alarms}`;
    problems.at('alarms').add(rule, alarms.length, 'combine some in a composite alarm');
  }
  // https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html
  const names = alarms.map(({ alarmName }) => alarmName);
  for (const [i, { node }] of alarms.entries()) {
    if (names.indexOf(names[i]) === i) continue;
    problems.at('alarms').index(i).add('name every alarm once', node.path, 'remove one of them');
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
  problems.add(rule, total, 'use larger steps, or shorter ones');
}

/** Validates a number of a step. Deployment configurations are named after it. */
function validateStep(
  value: number | undefined,
  bounds: { readonly min: number; readonly max: number },
  unit: string,
  problems: Problems,
): void {
  if (Token.isUnresolved(value)) {
    problems.add('be concrete, since names are made of it', 'a token', 'write a number');
  } else if (problems.required(`between ${bounds.min} and ${bounds.max} whole ${unit}`, value, IN_RANGE)) {
    problems.range(value, bounds, unit);
  }
}

const IN_RANGE = 'choose a value in that range';

/** Validates what the load balancer and its listeners support. */
function validateShiftBehind(traffic: CodeDeployTraffic, { kind, hooks }: TrafficShift, problems: Problems): void {
  if (kind !== 'all-at-once' && isNetworkLoadBalancer(traffic)) {
    const fix = 'CodeDeploy can do nothing else there; put an Application Load Balancer before the service';
    problems.add('be Rollout.allAtOnce() behind a Network Load Balancer', kind, fix);
  }
  const { afterAllowTestTraffic } = hooks;
  if (afterAllowTestTraffic && !traffic.testListener) {
    const fix = 'give ServiceDeploymentController.codeDeploy a testListener';
    const at = problems.at('hooks').at('afterAllowTestTraffic');
    at.add('have test traffic to come after', afterAllowTestTraffic.node.path, fix);
  }
}

function validateLoadBalancers(traffic: CodeDeployTraffic, problems: Problems): void {
  const { blueTargetGroup, greenTargetGroup, listener, testListener } = traffic;
  const types = loadBalancerTypes(traffic);
  if (new Set(Object.values(types)).size > 1) {
    const fix = 'make both target groups and all listeners for the same one';
    problems.add('hold target groups and listeners of one load balancer', types, fix);
  }
  if (isSameTargetGroup(blueTargetGroup, greenTargetGroup)) {
    const fix = 'make a second one like it, with no targets';
    const rule = 'be another target group than blueTargetGroup';
    problems.at('greenTargetGroup').add(rule, blueTargetGroup.node.path, fix);
  }
  if (testListener && isSameListener(listener, testListener)) {
    const fix = 'make one on another port, or leave it out';
    problems.at('testListener').add('be another listener than that of the users', listener.node.path, fix);
  }
}

type LoadBalancerType = 'application' | 'network';

/** Returns whether traffic is known to come from a Network Load Balancer. */
export function isNetworkLoadBalancer(traffic: CodeDeployTraffic): boolean {
  return Object.values(loadBalancerTypes(traffic)).includes('network');
}

/** Returns the type of the load balancer of each target group and listener, where it is known. */
export function loadBalancerTypes(traffic: CodeDeployTraffic): Readonly<Record<string, LoadBalancerType>> {
  const { blueTargetGroup, greenTargetGroup, listener, testListener } = traffic;
  const types = {
    blueTargetGroup: typeOfTargetGroup(blueTargetGroup),
    greenTargetGroup: typeOfTargetGroup(greenTargetGroup),
    listener: typeOfListener(listener),
    testListener: testListener && typeOfListener(testListener),
  };
  return Object.fromEntries(Object.entries(types).flatMap(([prop, type]) => (type ? [[prop, type]] : [])));
}

function typeOfTargetGroup(group: elbv2.ITargetGroup): LoadBalancerType | undefined {
  if (group instanceof elbv2.NetworkTargetGroup) return 'network';
  return group instanceof elbv2.ApplicationTargetGroup ? 'application' : undefined;
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
