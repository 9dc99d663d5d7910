import { NATIVE_CANARY, NATIVE_LINEAR } from '../../../aws/ecs';
import type { Problems } from '../../../pipeline/problems';
import { registerTaskDefinitionCommands } from '../../ecs/task-definition-commands';
import type { RolloutPlan, TrafficShift } from '../../rollout/plan';
import type { DeploymentRequest, PlannedDeployment, ServiceDeployer } from '../deployer';
import type { ServiceFacts } from '../read-service';

/** Rule of the deployment controller. */
export const NOT_WITH_ROLLING_UPDATES = 'not be set for a service with rolling updates';

/** File with the input of the state machine. */
const INPUT_FILE = 'deployment.json';

/** File with the next revision of the task definition. */
const TASK_DEFINITION_FILE = 'taskdef.json';

/** Rule for options that the service configures itself. */
const NOT_WITH_ECS = 'not be set if ECS shifts the traffic';

/**
 * Plans deployments in which ECS shifts the traffic as configured on the service, for up to 24 hours per step. A state
 * machine waits for them, since the ECS action times out earlier.
 */
export const NATIVE_DEPLOYER: ServiceDeployer = { plan: planNative };

function planNative(request: DeploymentRequest): PlannedDeployment {
  const { service, prepareStep } = request;
  validate(request);
  return {
    deployment: { kind: 'native' },
    files: [INPUT_FILE],
    commands: [
      ...registerTaskDefinitionCommands(service.definition, TASK_DEFINITION_FILE),
      `jq -n --arg arn "$TASK_DEFINITION" '{taskDefinition: $arn}' > ${INPUT_FILE}`,
      `cat ${INPUT_FILE}`,
    ],
    action: {
      provider: 'stepFunctions',
      inputs: [prepareStep],
      configuration: { InputType: 'FilePath', Input: INPUT_FILE },
    },
  };
}

function validate({ facts, options, problems }: DeploymentRequest): void {
  const { rollout, timeoutMinutes } = options;
  validateService(facts, problems);
  if (rollout) validateRollout(rollout, facts, problems.at('rollout'));
  if (timeoutMinutes !== undefined) {
    const fix = 'remove it: the service configures the duration, and the action waits up to 7 days';
    problems.at('deploymentTimeout').add(NOT_WITH_ECS, `${timeoutMinutes} minutes`, fix);
  }
}

/** Validates that ECS shifts the traffic of the service. This is unknown for an imported service. */
function validateService({ controller = 'ECS', strategy, shift, service }: ServiceFacts, problems: Problems): void {
  const { path } = service.node;
  if (controller !== 'ECS') {
    const rule = `match the deployment controller of the service, ${controller}`;
    const fix = 'use ServiceDeploymentController.codeDeploy({ … })';
    problems.at('deploymentController').add(rule, 'ServiceDeploymentController.ecs()', fix);
  } else if (strategy === 'ROLLING') {
    const example = `set a deploymentStrategy on the service (${path}), e.g. ecs.DeploymentStrategy.CANARY`;
    const fix = `${example}, or remove deploymentController for a rolling update`;
    problems.at('deploymentController').add(NOT_WITH_ROLLING_UPDATES, strategy, fix);
  } else if (shift?.lacksAlternateTarget) {
    const rule = 'have an alternate target group for each load balancer';
    const fix = `set alternateTarget: new ecs.AlternateTarget(…) on the load balancer target of ${path}`;
    problems.at('service').add(rule, strategy, fix);
  }
}

/** The kind and speed of a rollout. */
interface Speed {
  readonly kind: RolloutPlan['kind'];
  readonly percentage?: number;
  readonly minutes?: number;
}

/** Rollouts of the deployment strategies of ECS, with the defaults of ECS. */
const STRATEGIES: Readonly<Record<string, Speed>> = {
  BLUE_GREEN: { kind: 'all-at-once' },
  CANARY: { kind: 'canary', ...NATIVE_CANARY },
  LINEAR: { kind: 'linear', ...NATIVE_LINEAR },
};

/**
 * Validates that a rollout matches the service. The strategy is configured on the service and applies to every
 * deployment; the rollout may repeat it for documentation.
 */
function validateRollout(rollout: RolloutPlan, { strategy, shift, service }: ServiceFacts, problems: Problems): void {
  if (strategy === undefined) {
    const rule = 'not be set for an imported service, whose deployment strategy is unknown at synth time';
    return problems.add(rule, describe(rollout), 'remove it');
  }
  const defaults = STRATEGIES[strategy];
  // A service that shifts no traffic has already been reported.
  if (!defaults) return;
  const actual = describe({
    kind: defaults.kind,
    percentage: shift?.percentage ?? defaults.percentage,
    minutes: shift?.minutes ?? defaults.minutes,
  });
  if (actual !== describe(rollout)) {
    const fix = `remove it, or change the deploymentStrategy of ${service.node.path}`;
    problems.add(`match the deploymentStrategy of the service, ${actual}`, describe(rollout), fix);
  }
  if (rollout.kind !== 'rolling') validateShiftOptions(rollout, problems);
}

/** Validates that a rollout has no options, since the service configures them. */
function validateShiftOptions({ alarms, bakeMinutes, hooks }: TrafficShift, problems: Problems): void {
  const options = [
    { prop: 'alarms', serviceProp: 'deploymentAlarms', isProvided: alarms.length > 0 },
    { prop: 'bakeTime', serviceProp: 'bakeTime', isProvided: bakeMinutes !== undefined },
    { prop: 'hooks', serviceProp: 'lifecycleHooks', isProvided: Object.keys(hooks).length > 0 },
  ];
  for (const { prop, serviceProp } of options.filter(({ isProvided }) => isProvided)) {
    problems.at(prop).add(NOT_WITH_ECS, 'a value', `set ${serviceProp} on the service`);
  }
}

function describe({ kind, percentage, minutes }: Speed): string {
  if (percentage === undefined) return kind;
  return `${kind} ${percentage} % ${kind === 'linear' ? 'every' : 'for'} ${minutes} minutes`;
}
