import type { RunTaskPlan } from './ecs-specs';
import { artifactsOf, imageVariable, NEEDS_JQ, readImageCommands } from '../image-commands';
import { capacityOf, type TaskFacts } from './read-task';
import { registerCommand, taskDefinitionCommands } from './task-definition-commands';
import type { EcsTaskOptions } from './task-options';
import { DEFAULT_TASK_TIMEOUT } from '../../aws/ecs';
import type { DeployRequest, UnplacedStep } from '../deploy-request';
import { deploymentStepName } from '../deployment-step';

const FILE = 'task-definition.json';

/** What tells a task from others that was given no name. */
export const TASK = 'Task';

/** One action: a revision with the new images is registered, a task of it is run to its end. */
export function planTask(
  facts: TaskFacts,
  options: EcsTaskOptions,
  { environment, artifact }: DeployRequest,
): Array<UnplacedStep<RunTaskPlan>> {
  const { cluster, clusterName, ownInterface, subnets } = facts;
  const {
    deploymentName = TASK,
    securityGroups = [],
    assignPublicIp = false,
    timeout,
    command,
    environmentVariables = {},
  } = options;
  // What is missing is told by the check.
  const containerName = containerOf(facts, options) ?? '';
  const images = Object.entries(options.images ?? {});
  const containers =
    images.length > 0
      ? images.map(([name, step]) => ({ name, artifact: step.artifact.artifactName }))
      : [{ name: containerName, artifact }];
  const family = options.family ?? facts.family ?? '';
  return [
    {
      name: deploymentStepName('Run', environment, deploymentName),
      provider: 'commands',
      inputs: artifactsOf(containers),
      outputs: [],
      configuration: {},
      // Not in a command, where CodePipeline would paste it.
      environmentVariables: { STARTED_BY: '#{codepipeline.PipelineExecutionId}' },
      commands: [
        NEEDS_JQ,
        ...readImageCommands(containers),
        ...taskDefinitionCommands(
          family,
          containers.map(({ name }, i) => ({ name, image: `"$${imageVariable(i)}"` })),
          FILE,
        ),
        registerCommand(FILE),
      ],
      imageUse: { artifacts: artifactsOf(containers), takesIndex: true, architecture: facts.architecture },
      spec: {
        kind: 'run-task',
        environment,
        part: deploymentName,
        cluster,
        clusterName,
        definition: {
          family,
          roles: options.taskRoles ?? facts.roles ?? [],
          architecture: facts.architecture,
          containers,
        },
        containerName,
        command,
        environmentVariables,
        network: ownInterface ? { subnets, securityGroups, assignPublicIp } : undefined,
        capacity: capacityOf(facts, options),
        file: FILE,
        timeoutMinutes: timeout?.toMinutes({ integral: false }) ?? DEFAULT_TASK_TIMEOUT,
      },
    },
  ];
}

/** The container that runs the command. */
export const containerOf = ({ main }: TaskFacts, { containerName, images = {} }: EcsTaskOptions): string | undefined =>
  containerName ?? main?.name ?? Object.keys(images)[0];
