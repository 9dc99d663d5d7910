import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { EcsTaskOptions } from './options';
import { OPTION_TYPES, readTask, type TaskFacts } from './read-task';
import type { RunTaskSpec, TaskCapacitySpec, TaskNetworkSpec } from './spec';
import { compact } from '../../common/compact';
import { DEFAULT_TASK_TIMEOUT, TASK_NETWORK_LIMITS, TASK_OVERRIDES_LENGTH, TASK_TIMEOUT } from '../../aws/ecs';
import { BUILD_VARIABLE_NAME } from '../../aws/limits';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import { readOptions, minutesOf, resourceWith } from '../../pipeline/read-options';
import {
  NOTHING_PLANNED,
  type DeployRequest,
  type TargetPlan,
  type TargetPlanner,
  deploymentStepName,
  validateDeploymentName,
} from '../deploy-request';
import { planTaskDefinition, type PlannedTaskDefinition } from '../ecs/plan-task-definition';
import { registerTaskDefinitionCommands } from '../ecs/task-definition-commands';
import { artifactsOf, NEEDS_JQ, readImageCommands } from '../image-commands';
import { envOfResource } from '../resources';

const DEFINITION = resourceWith(
  'taskDefinitionArn',
  'a task definition',
  'pass one of this app, e.g. service.taskDefinition',
);
const CLUSTER = resourceWith('clusterName', 'a cluster', 'pass the cluster of the task, e.g. service.cluster');

const SUBNETS_EXAMPLE = "{ subnets: [ec2.Subnet.fromSubnetId(this, 'Subnet', 'subnet-0123')] }";

const FILE = 'task-definition.json';

/** Default name of a deployment that runs a task. */
const DEFAULT_NAME = 'Task';

/**
 * Plans an Amazon ECS task that runs to completion. One step registers a revision with the new images and runs a task
 * of this revision.
 */
export class EcsTaskTarget implements TargetPlanner {
  public constructor(
    private readonly definition: ecs.ITaskDefinition,
    private readonly cluster: ecs.ICluster,
    private readonly options: EcsTaskOptions,
  ) {}

  public plan(request: DeployRequest): TargetPlan {
    const { definition, cluster } = this;
    const { problems } = request;
    const before = problems.count;
    DEFINITION(definition, problems.at('taskDefinition'));
    CLUSTER(cluster, problems.at('cluster'));
    const options = readOptions(this.options, OPTION_TYPES, problems);
    if (problems.count > before) return NOTHING_PLANNED;
    const step = planStep(readTask(definition, cluster, options), options, request);
    return { steps: compact([step]), env: envOfResource(cluster) ?? envOfResource(definition) };
  }
}

function planStep(
  facts: TaskFacts,
  options: EcsTaskOptions,
  request: DeployRequest,
): StepPlan<RunTaskSpec> | undefined {
  const { environment, artifact, problems } = request;
  const { deploymentName = DEFAULT_NAME } = options;
  const timeoutMinutes = minutesOf(options.timeout);
  const hasName = validateDeploymentName(options.deploymentName, problems);
  const planned = planTaskDefinition({
    facts,
    options,
    artifact,
    definitionProp: 'taskDefinition',
    imported: { resourceKind: 'an imported task definition', definedIn: 'the task definition' },
    missing: [],
    problems,
  });
  validateCommand(options, problems);
  problems.at('timeout').range(timeoutMinutes, TASK_TIMEOUT, 'minutes');
  validateNetwork(facts, options, problems);
  if (!hasName) return undefined;
  const { definition } = planned;
  const { containers, architecture, pulling } = definition;
  return {
    name: deploymentStepName('Run', environment, deploymentName),
    path: problems.path,
    propNames: { commands: 'images' },
    provider: 'commands',
    inputs: artifactsOf(containers),
    outputs: [],
    configuration: {},
    // CodePipeline would substitute the variable in a command.
    environmentVariables: { STARTED_BY: '#{codepipeline.PipelineExecutionId}' },
    commands: [NEEDS_JQ, ...readImageCommands(containers), ...registerTaskDefinitionCommands(definition, FILE)],
    imageUse: { artifacts: artifactsOf(containers), takesIndex: true, architecture, taskDefinition: pulling },
    spec: {
      ...specOf(planned, facts, options),
      environment,
      deploymentId: deploymentName,
      timeoutMinutes: timeoutMinutes ?? DEFAULT_TASK_TIMEOUT,
    },
  };
}

type TaskSpec = Omit<RunTaskSpec, 'environment' | 'deploymentId' | 'timeoutMinutes'>;

function specOf(
  { definition, containerName }: PlannedTaskDefinition,
  facts: TaskFacts,
  options: EcsTaskOptions,
): TaskSpec {
  const { cluster, clusterName } = facts;
  const { command, environmentVariables = {} } = options;
  return {
    kind: 'run-task',
    cluster,
    clusterName,
    definition,
    containerName,
    command,
    environmentVariables,
    network: networkOf(facts, options),
    capacity: capacityOf(facts, options),
    file: FILE,
  };
}

function networkOf({ hasNetworkInterface, subnets }: TaskFacts, options: EcsTaskOptions): TaskNetworkSpec | undefined {
  if (!hasNetworkInterface) return undefined;
  const { securityGroups = [], assignPublicIp = false } = options;
  return { subnets, securityGroups, assignPublicIp };
}

/** Returns the configured capacity of the task, or else the launch type of its task definition. */
function capacityOf({ launchType }: TaskFacts, { capacityProviderStrategies = [] }: EcsTaskOptions): TaskCapacitySpec {
  if (capacityProviderStrategies.length === 0) return { launchType };
  return {
    strategies: capacityProviderStrategies.map(({ capacityProvider: name, weight, base }) => ({ name, weight, base })),
  };
}

function validateCommand({ command, environmentVariables = {} }: EcsTaskOptions, problems: Problems): void {
  const commandProblems = problems.at('command');
  if (command?.length === 0) {
    commandProblems.add(atLeastOne('word'), command, 'remove it to run the command of the image');
  }
  for (const name of Object.keys(environmentVariables)) {
    problems.at('environmentVariables').name(name, BUILD_VARIABLE_NAME, 'rename it');
  }
  const { length } = JSON.stringify({ command, environmentVariables });
  if (length <= TASK_OVERRIDES_LENGTH) return;
  const rule = `have at most ${TASK_OVERRIDES_LENGTH} characters as JSON, environment variables included`;
  commandProblems.add(rule, `${length} characters`, 'put a script into the image');
}

function validateNetwork(facts: TaskFacts, options: EcsTaskOptions, problems: Problems): void {
  if (!facts.hasNetworkInterface) return validateNoNetwork(options, problems);
  const { securityGroups = [], assignPublicIp = false } = options;
  validateCount(securityGroups, TASK_NETWORK_LIMITS.securityGroups, problems.at('securityGroups'), {
    rule: (bounds) => `contain ${bounds} security groups`,
    fix: 'pass groups that the database and others allow, e.g. service.connections.securityGroups',
  });
  validateCount(facts.subnets, TASK_NETWORK_LIMITS.subnets, problems.at('subnets'), {
    rule: (bounds) => `select ${bounds} subnets`,
    fix: `pass them, e.g. ${SUBNETS_EXAMPLE}, or select them with { subnetType: … }`,
  });
  if (assignPublicIp && facts.launchType !== 'FARGATE') {
    const rule = 'not be set unless the task runs on Fargate';
    problems.at('assignPublicIp').add(rule, true, 'remove it');
  }
}

function validateNoNetwork({ subnets, assignPublicIp }: EcsTaskOptions, problems: Problems): void {
  const provided = Object.entries({ subnets, assignPublicIp }).filter(([, value]) => value !== undefined);
  for (const [prop] of provided) {
    problems
      .at(prop)
      .add(
        'not be set unless the network mode is awsvpc',
        'a value',
        'set the network mode awsvpc on the task definition; for an imported one, also pass securityGroups',
      );
  }
}

interface CountRule {
  readonly rule: (bounds: string) => string;
  readonly fix: string;
}

function validateCount(
  items: readonly unknown[],
  { min, max }: { readonly min: number; readonly max: number },
  problems: Problems,
  { rule, fix }: CountRule,
): void {
  if (items.length >= min && items.length <= max) return;
  problems.add(rule(`${min} to ${max}`), `${items.length}`, fix);
}
