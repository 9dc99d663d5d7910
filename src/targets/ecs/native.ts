import { imageVariable } from '../image-commands';
import type { ServiceDeployer } from './mover';
import type { ServiceFacts } from './read-service';
import type { EcsServiceOptions } from './service-options';
import { registerCommand, taskDefinitionCommands } from './task-definition-commands';
import { NATIVE_CANARY, NATIVE_LINEAR } from '../../aws/ecs';
import type { NativePlan } from './ecs-specs';
import { problem, type Problem } from '../../pipeline/problems';
import type { RolloutPlan } from '../rollout/rollout-plan';

/** What the state machine is told. */
const DEPLOYMENT = 'deployment.json';

/** What is registered as the next revision. */
const TASK_DEFINITION = 'taskdef.json';

/** ECS itself moves the traffic, as the service says, for up to 24 hours a step; a state machine waits for it longer than the action of ECS could. */
export const NATIVE: ServiceDeployer<NativePlan> = {
  plan: () => ({ kind: 'native' }),

  check: (prop, facts, options) => [
    ...checkMoves(prop, facts),
    ...checkRollout(`${prop}.rollout`, facts, options),
    ...(options.deploymentTimeout === undefined
      ? []
      : [
          problem(
            `${prop}.deploymentTimeout`,
            'be left out where ECS moves the traffic',
            `${options.deploymentTimeout.toMinutes({ integral: false })} minutes`,
            'the service says how long that takes, up to 24 hours a step; the action waits for 7 days',
          ),
        ]),
  ],

  files: [DEPLOYMENT],

  prepare: ({ definition: { family, containers } }) => [
    ...taskDefinitionCommands(
      family,
      containers.map(({ name }, i) => ({ name, image: `"$${imageVariable(i)}"` })),
      TASK_DEFINITION,
    ),
    registerCommand(TASK_DEFINITION),
    `jq -n --arg arn "$TASK_DEFINITION" '{taskDefinition: $arn}' > ${DEPLOYMENT}`,
    `cat ${DEPLOYMENT}`,
  ],

  deploy: (_service, _rollout, prepared) => ({
    provider: 'stepFunctions',
    inputs: [prepared],
    configuration: { InputType: 'FilePath', Input: DEPLOYMENT },
  }),
};

/** Whether ECS moves the traffic of the service at all; of a service that was looked up nobody knows. */
function checkMoves(prop: string, { controller = 'ECS', strategy, shift, service }: ServiceFacts): Problem[] {
  if (controller !== 'ECS') {
    return [
      problem(
        `${prop}.traffic`,
        'be moved by CodeDeploy, since that is the deployment controller of the service',
        controller,
        'say ServiceTraffic.byCodeDeploy({ … })',
      ),
    ];
  }
  if (strategy === 'ROLLING') {
    return [
      problem(
        `${prop}.traffic`,
        'be left out where the service replaces its tasks one by one',
        strategy,
        `give it a deploymentStrategy (${service.node.path}), e.g. ecs.DeploymentStrategy.CANARY, or leave traffic out for a rolling deployment`,
      ),
    ];
  }
  return shift?.oneTargetGroup
    ? [
        problem(
          `${prop}.service`,
          'have a second target group for each load balancer, between which ECS moves the traffic',
          strategy,
          `give the target of its listener an alternateTarget, new ecs.AlternateTarget(…) (${service.node.path})`,
        ),
      ]
    : [];
}

const KINDS: Readonly<Record<string, RolloutPlan['kind']>> = {
  BLUE_GREEN: 'all-at-once',
  CANARY: 'canary',
  LINEAR: 'linear',
};
const DEFAULTS: { readonly [K in RolloutPlan['kind']]?: { readonly percentage: number; readonly minutes: number } } = {
  canary: NATIVE_CANARY,
  linear: NATIVE_LINEAR,
};

/** The service has the last word, as every deployment of it goes the same way. A rollout may say the same, for those who read the pipeline. */
function checkRollout(
  prop: string,
  { strategy, shift, service }: ServiceFacts,
  { rollout }: EcsServiceOptions,
): Problem[] {
  const said = rollout?._plan();
  if (!said) return [];
  if (strategy === undefined) {
    return [
      problem(
        prop,
        'be left out for a service that was looked up, which says itself how ECS moves its traffic',
        wordsOf(said),
        'leave it out',
      ),
    ];
  }
  // Another problem already says that it moves nothing.
  const kind = KINDS[strategy];
  if (!kind) return [];
  const does: Moves = {
    kind,
    percentage: shift?.percentage ?? DEFAULTS[kind]?.percentage,
    minutes: shift?.minutes ?? DEFAULTS[kind]?.minutes,
  };
  return [
    ...(wordsOf(does) === wordsOf(said)
      ? []
      : [
          problem(
            prop,
            `say what the service does, ${wordsOf(does)}`,
            wordsOf(said),
            `leave it out, or change the deploymentStrategy of the service (${service.node.path})`,
          ),
        ]),
    ...(said.kind === 'rolling'
      ? []
      : checkOnService(prop, said.alarms.length > 0 && 'deploymentAlarms', 'alarms')
          .concat(checkOnService(prop, said.bakeMinutes !== undefined && 'bakeTime', 'bakeTime'))
          .concat(checkOnService(prop, Object.keys(said.hooks).length > 0 && 'lifecycleHooks', 'hooks'))),
  ];
}

const checkOnService = (prop: string, there: string | false, here: string): Problem[] =>
  there === false
    ? []
    : [
        problem(
          `${prop}.${here}`,
          'be said of the service where ECS moves the traffic',
          'some',
          `give the service ${there}`,
        ),
      ];

type Moves = Pick<RolloutPlan, 'kind'> & { readonly percentage?: number; readonly minutes?: number };

/** How traffic moves, in words. */
const wordsOf = ({ kind, percentage, minutes }: Moves) =>
  percentage === undefined ? kind : `${kind} ${percentage} % ${kind === 'linear' ? 'every' : 'for'} ${minutes} minutes`;
