import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { EcsTaskOptions } from './options';
import { OPTION_TYPES, readTask, type TaskFacts } from './read-task';
import type { RunTaskSpec, TaskCapacitySpec, TaskNetworkSpec } from './spec';
import { DEFAULT_TASK_TIMEOUT, TASK_NETWORK_LIMITS, TASK_OVERRIDES_LENGTH, TASK_TIMEOUT } from '../../aws/ecs';
import { BUILD_VARIABLE_NAME } from '../../aws/limits';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
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
const CLUSTER = resourceWith('clusterName', 'a cluster', 'say where the task runs, e.g. service.cluster');

const SUBNETS_EXAMPLE = "{ subnets: [ec2.Subnet.fromSubnetId(this, 'Subnet', 'subnet-0123')] }";

const FILE = 'task-definition.json';

/** Name of a task that the user gives none. */
const DEFAULT_NAME = 'Task';

/**
 * Plans a task of Amazon ECS that is run to its end: one step registers a revision with the new images, and runs a task
 * of it.
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
    return { steps: step ? [step] : [], env: envOfResource(cluster) ?? envOfResource(definition) };
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
    imported: { what: 'a task definition', where: 'the task definition' },
    missing: [],
    problems,
  });
  validateCommand(options, problems);
  problems.at('timeout').range(timeoutMinutes, TASK_TIMEOUT, 'minutes');
  validateNetwork(facts, options, problems);
  if (!hasName) return undefined;
  const { definition } = planned;
  const { containers, architecture } = definition;
  return {
    name: deploymentStepName('Run', environment, deploymentName),
    path: problems.path,
    propNames: { commands: 'images' },
    provider: 'commands',
    inputs: artifactsOf(containers),
    outputs: [],
    configuration: {},
    // Not in a command, where CodePipeline would substitute it.
    environmentVariables: { STARTED_BY: '#{codepipeline.PipelineExecutionId}' },
    commands: [NEEDS_JQ, ...readImageCommands(containers), ...registerTaskDefinitionCommands(definition, FILE)],
    imageUse: { artifacts: artifactsOf(containers), takesIndex: true, architecture },
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

/** Returns what the task runs on: what the user configures, or else what its definition is for. */
function capacityOf({ launchType }: TaskFacts, { capacityProviderStrategies = [] }: EcsTaskOptions): TaskCapacitySpec {
  if (capacityProviderStrategies.length === 0) return { launchType };
  return {
    strategies: capacityProviderStrategies.map(({ capacityProvider: name, weight, base }) => ({ name, weight, base })),
  };
}

function validateCommand({ command, environmentVariables = {} }: EcsTaskOptions, problems: Problems): void {
  const at = problems.at('command');
  if (command?.length === 0) {
    at.add('hold at least one word', command, 'leave it out to run the command of the image');
  }
  for (const name of Object.keys(environmentVariables)) {
    problems.at('environmentVariables').name(name, BUILD_VARIABLE_NAME, 'rename it');
  }
  const { length } = JSON.stringify({ command, environmentVariables });
  if (length <= TASK_OVERRIDES_LENGTH) return;
  const rule = `have at most ${TASK_OVERRIDES_LENGTH} characters as JSON, environment variables included`;
  at.add(rule, `${length} characters`, 'put a script into the image');
}

function validateNetwork(facts: TaskFacts, options: EcsTaskOptions, problems: Problems): void {
  if (!facts.hasNetworkInterface) return validateNoNetwork(options, problems);
  const { securityGroups = [], assignPublicIp = false } = options;
  validateCount(securityGroups, TASK_NETWORK_LIMITS.securityGroups, problems.at('securityGroups'), {
    rule: (bounds) => `hold ${bounds} security groups`,
    fix: 'pass those that the database and others let in, e.g. service.connections.securityGroups',
  });
  validateCount(facts.subnets, TASK_NETWORK_LIMITS.subnets, problems.at('subnets'), {
    rule: (bounds) => `select ${bounds} subnets`,
    fix: `name them, e.g. ${SUBNETS_EXAMPLE}, or with { subnetType: … }`,
  });
  if (assignPublicIp && facts.launchType !== 'FARGATE') {
    const rule = 'be left out, since only tasks on Fargate can have a public address';
    problems.at('assignPublicIp').add(rule, true, 'leave it out');
  }
}

function validateNoNetwork({ subnets, assignPublicIp }: EcsTaskOptions, problems: Problems): void {
  const provided = Object.entries({ subnets, assignPublicIp }).filter(([, value]) => value !== undefined);
  for (const [prop] of provided) {
    problems
      .at(prop)
      .add(
        'be left out, since the containers have the network of their instance',
        'a value',
        "give the task definition the network mode awsvpc; one that was looked up takes 'securityGroups' too",
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
