import { Token } from 'aws-cdk-lib';
import { minutesOfSteps } from './deployment-configuration';
import { artifactsOf } from '../image-commands';
import { balancersOf, isNetworkLoadBalancer, isSame } from './load-balancing';
import type { ServiceFacts } from './read-service';
import type { EcsServiceOptions } from './service-options';
import type { CodeDeployTrafficOptions, ServiceTrafficPlan } from './service-traffic';
import { CODE_DEPLOY_LIMITS, CODE_DEPLOY_TO_ECS } from '../../aws/code-deploy';
import { checkGiven, checkRange, problem, type Problem } from '../../pipeline/problems';
import { duplicates } from '../../pipeline/duplicates';
import type { RolloutPlan, ShiftPlan } from '../rollout/rollout-plan';

const CONTROLLER = 'deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY }';
const TRAFFIC = 'ServiceTraffic.byCodeDeploy({ blueTargetGroup, greenTargetGroup, listener })';

/** What is wrong with a service whose traffic CodeDeploy moves, and with how it is to do so. */
export function checkCodeDeploy(prop: string, facts: ServiceFacts, options: EcsServiceOptions): Problem[] {
  const traffic = options.traffic?._plan();
  const rollout = options.rollout?._plan();
  return [
    ...checkController(prop, facts),
    ...checkPort(prop, facts, options),
    ...checkImages(prop, options),
    ...(traffic
      ? []
      : [
          problem(
            `${prop}.traffic`,
            'say with what CodeDeploy moves the traffic of the service',
            'nothing',
            `give two target groups and the listener that sends to them: ${TRAFFIC}`,
          ),
        ]),
    ...(options.deploymentTimeout === undefined
      ? []
      : [
          problem(
            `${prop}.deploymentTimeout`,
            'be left out where CodeDeploy moves the traffic',
            `${options.deploymentTimeout.toMinutes({ integral: false })} minutes`,
            'it is for rolling deployments; how long one takes follows from its rollout',
          ),
        ]),
    ...(rollout ? checkRollout(`${prop}.rollout`, rollout, traffic) : []),
    ...(traffic?.kind === 'code-deploy' ? checkTargets(`${prop}.traffic`, traffic.options) : []),
  ];
}

const checkController = (prop: string, { controller, service }: ServiceFacts): Problem[] =>
  controller === undefined || controller === 'CODE_DEPLOY'
    ? []
    : [
        problem(
          `${prop}.service`,
          'have the deployment controller CODE_DEPLOY, since CodeDeploy is to move its traffic',
          `${controller} of ${service.node.path}`,
          `make the service with ${CONTROLLER}`,
        ),
      ];

/** A service of this app says its ports, if there are any. */
function checkPort(
  prop: string,
  facts: ServiceFacts,
  { containerName = facts.main?.name, containerPort }: EcsServiceOptions,
): Problem[] {
  const container = facts.containers?.find(({ name }) => name === containerName);
  const port = containerPort ?? container?.port;
  if (port === undefined && facts.containers !== undefined) {
    return [
      problem(
        `${prop}.containerPort`,
        'be given, since the container that gets the traffic has no port',
        containerName,
        'give the container a port mapping, or say which container gets the traffic: containerName',
      ),
    ];
  }
  const wrong = checkRange(`${prop}.containerPort`, port, { min: 1, max: 65_535 }, 'numbers');
  return wrong.length > 0 || containerPort === undefined || !container?.ports || container.ports.includes(containerPort)
    ? wrong
    : [
        problem(
          `${prop}.containerPort`,
          `be a port of the container '${container.name}'`,
          containerPort,
          `use ${container.ports.join(' or ')}, or give the container a port mapping`,
        ),
      ];
}

/** Containers of one image count once. */
function checkImages(prop: string, { images = {} }: EcsServiceOptions): Problem[] {
  const artifacts = artifactsOf(
    Object.entries(images).map(([name, { artifact }]) => ({ name, artifact: artifact.artifactName })),
  );
  return artifacts.length <= CODE_DEPLOY_TO_ECS.images
    ? []
    : [
        problem(
          `${prop}.images`,
          `be at most ${CODE_DEPLOY_TO_ECS.images} different images where CodeDeploy moves the traffic`,
          artifacts,
          'leave those out that change seldom: they stay what the task definition says',
        ),
      ];
}

function checkRollout(prop: string, rollout: RolloutPlan, traffic: ServiceTrafficPlan | undefined): Problem[] {
  if (traffic?.kind === 'deployment-group') {
    return [
      problem(
        prop,
        'be left out with a deployment group that exists',
        rollout.kind,
        'how traffic moves is said by the group (deploymentConfig, alarms, blueGreenDeploymentConfig); hooks are options of ServiceTraffic.byDeploymentGroup',
      ),
    ];
  }
  if (rollout.kind === 'rolling') {
    return [
      problem(
        prop,
        'move traffic, since CodeDeploy does',
        'rolling',
        'use Rollout.allAtOnce(), canary(…) or linear(…), or a service with the deployment controller ECS',
      ),
    ];
  }
  return [
    ...checkSteps(prop, rollout),
    ...checkRange(`${prop}.bakeTime`, rollout.bakeMinutes, CODE_DEPLOY_LIMITS.bakeMinutes, 'minutes'),
    ...(rollout.alarms.length <= CODE_DEPLOY_LIMITS.alarms
      ? []
      : [
          problem(
            `${prop}.alarms`,
            `be at most ${CODE_DEPLOY_LIMITS.alarms}`,
            rollout.alarms.length,
            'combine some in a composite alarm',
          ),
        ]),
    // @see https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html
    ...duplicates(rollout.alarms, ({ alarmName }) => alarmName).map(({ node }) =>
      problem(`${prop}.alarms`, 'name every alarm once', node.path, 'remove one of them'),
    ),
    ...(traffic?.kind === 'code-deploy' ? checkBehind(prop, rollout, traffic.options) : []),
  ];
}

function checkSteps(prop: string, rollout: ShiftPlan): Problem[] {
  const { kind, percentage, minutes } = rollout;
  if (kind === 'all-at-once') return [];
  const { percentage: percent, minutes: within } = CODE_DEPLOY_LIMITS;
  const wrong = [
    ...checkStep(`${prop}.percentage`, percentage, percent, 'percent'),
    ...checkStep(`${prop}.${kind === 'canary' ? 'wait' : 'interval'}`, minutes, within, 'minutes'),
  ];
  const all = minutesOfSteps(rollout);
  return wrong.length > 0 || all <= within.max
    ? wrong
    : [
        problem(
          prop,
          `take at most ${within.max} minutes from the first step to the last`,
          all,
          'use larger steps, or shorter ones',
        ),
      ];
}

/** Deployment configurations are named after their numbers. */
function checkStep(
  prop: string,
  value: number | undefined,
  bounds: { min: number; max: number },
  unit: string,
): Problem[] {
  if (Token.isUnresolved(value))
    return [problem(prop, 'be concrete, since names are made of it', 'a token', 'write a number')];
  return value === undefined
    ? checkGiven(prop, `between ${bounds.min} and ${bounds.max} whole ${unit}`, value, 'choose a value in that range')
    : checkRange(prop, value, bounds, unit);
}

function checkBehind(prop: string, { kind, hooks }: ShiftPlan, traffic: CodeDeployTrafficOptions): Problem[] {
  return [
    ...(kind === 'all-at-once' || !isNetworkLoadBalancer(traffic)
      ? []
      : [
          problem(
            prop,
            'be Rollout.allAtOnce() behind a Network Load Balancer',
            kind,
            'CodeDeploy can do nothing else there; put an Application Load Balancer before the service',
          ),
        ]),
    ...(!hooks.afterAllowTestTraffic || traffic.testListener
      ? []
      : [
          problem(
            `${prop}.hooks.afterAllowTestTraffic`,
            'have test traffic to come after',
            hooks.afterAllowTestTraffic.node.path,
            'give ServiceTraffic.byCodeDeploy a testListener',
          ),
        ]),
  ];
}

function checkTargets(prop: string, options: CodeDeployTrafficOptions): Problem[] {
  const { blueTargetGroup: blue, greenTargetGroup: green, listener, testListener } = options;
  const balancers = balancersOf(options);
  return [
    ...(new Set(Object.values(balancers)).size <= 1
      ? []
      : [
          problem(
            prop,
            'hold target groups and listeners of one load balancer',
            balancers,
            'make both target groups and all listeners for the same one',
          ),
        ]),
    ...(isSame(blue, green, blue.targetGroupArn, green.targetGroupArn)
      ? [
          problem(
            `${prop}.greenTargetGroup`,
            'be another target group than blueTargetGroup',
            shown(blue),
            'make a second one like it, with no targets',
          ),
        ]
      : []),
    ...(testListener && isSame(listener, testListener, listener.listenerArn, testListener.listenerArn)
      ? [
          problem(
            `${prop}.testListener`,
            'be another listener than that of the users',
            shown(listener),
            'make one on another port, or leave it out',
          ),
        ]
      : []),
  ];
}

const shown = ({ node }: { readonly node: { readonly path: string } }) => node.path;
