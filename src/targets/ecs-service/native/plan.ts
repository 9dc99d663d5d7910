import { NATIVE_CANARY, NATIVE_LINEAR } from '../../../aws/ecs';
import type { Problems } from '../../../pipeline/problems';
import { registerTaskDefinitionCommands } from '../../ecs/task-definition-commands';
import type { RolloutPlan, TrafficShift } from '../../rollout/plan';
import type { DeploymentRequest, PlannedDeployment, ServiceDeployer } from '../deployer';
import type { ServiceFacts } from '../read-service';

/** Input of the state machine. */
const INPUT_FILE = 'deployment.json';

/** Next revision of the task definition. */
const TASK_DEFINITION_FILE = 'taskdef.json';

/**
 * Plans deployments whose traffic ECS shifts, as the service configures it, for up to 24 hours a step. A state machine
 * waits for them longer than the action of ECS could.
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
    const fix = 'the service says how long that takes, up to 24 hours a step; the action waits for 7 days';
    const rule = 'be left out where ECS moves the traffic';
    problems.at('deploymentTimeout').add(rule, `${timeoutMinutes} minutes`, fix);
  }
}

/** Validates that ECS shifts the traffic of the service. That of an imported service is unknown. */
function validateService({ controller = 'ECS', strategy, shift, service }: ServiceFacts, problems: Problems): void {
  const { path } = service.node;
  if (controller !== 'ECS') {
    const rule = 'be moved by CodeDeploy, since that is the deployment controller of the service';
    problems.at('deploymentController').add(rule, controller, 'say ServiceDeploymentController.codeDeploy({ … })');
  } else if (strategy === 'ROLLING') {
    const example = `give it a deploymentStrategy (${path}), e.g. ecs.DeploymentStrategy.CANARY`;
    const fix = `${example}, or leave traffic out for a rolling deployment`;
    problems
      .at('deploymentController')
      .add('be left out where the service replaces its tasks one by one', strategy, fix);
  } else if (shift?.lacksAlternateTarget) {
    const rule = 'have a second target group for each load balancer, between which ECS moves the traffic';
    const fix = `give the target of its listener an alternateTarget, new ecs.AlternateTarget(…) (${path})`;
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
 * Validates that a rollout is what the service does: the strategy is configured on the service and applies to every
 * deployment. A rollout may repeat it for readers of the pipeline.
 */
function validateRollout(rollout: RolloutPlan, { strategy, shift, service }: ServiceFacts, problems: Problems): void {
  if (strategy === undefined) {
    const rule = 'be left out for a service that was looked up, which says itself how ECS moves its traffic';
    return problems.add(rule, describe(rollout), 'leave it out');
  }
  const defaults = STRATEGIES[strategy];
  // That the service shifts no traffic is reported already.
  if (!defaults) return;
  const actual = describe({
    kind: defaults.kind,
    percentage: shift?.percentage ?? defaults.percentage,
    minutes: shift?.minutes ?? defaults.minutes,
  });
  if (actual !== describe(rollout)) {
    const fix = `leave it out, or change the deploymentStrategy of the service (${service.node.path})`;
    problems.add(`say what the service does, ${actual}`, describe(rollout), fix);
  }
  if (rollout.kind !== 'rolling') validateShiftOptions(rollout, problems);
}

/** Validates that the options of a rollout are left out. The service has its own. */
function validateShiftOptions({ alarms, bakeMinutes, hooks }: TrafficShift, problems: Problems): void {
  const options = [
    { prop: 'alarms', serviceProp: 'deploymentAlarms', isProvided: alarms.length > 0 },
    { prop: 'bakeTime', serviceProp: 'bakeTime', isProvided: bakeMinutes !== undefined },
    { prop: 'hooks', serviceProp: 'lifecycleHooks', isProvided: Object.keys(hooks).length > 0 },
  ];
  for (const { prop, serviceProp } of options.filter(({ isProvided }) => isProvided)) {
    const rule = 'be said of the service where ECS moves the traffic';
    problems.at(prop).add(rule, 'some', `give the service ${serviceProp}`);
  }
}

function describe({ kind, percentage, minutes }: Speed): string {
  if (percentage === undefined) return kind;
  return `${kind} ${percentage} % ${kind === 'linear' ? 'every' : 'for'} ${minutes} minutes`;
}
