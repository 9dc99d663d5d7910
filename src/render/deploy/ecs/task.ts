import { runTaskScript } from '../../../functions';
import type { RunTaskPlan, TaskNetworkPlan } from '../../../plan/ecs-plan';
import { lookUpCommands, readParameterStatements, tellParameters } from '../../environment/parameters';
import { partScope, renderDeployRole, type Room } from '../../environment/room';
import { artifactReadStatements, runTaskStatements } from '../../grants';
import type { ActionRenderer, RenderedEnvironment } from '../../rendered';
import { scriptCommands } from '../../shell';

/** One task, run to its end by our script under the role of the environment. */
export const renderRunTask: ActionRenderer<RunTaskPlan> = (context, work, step) => {
  const { room, elsewhere, seenRole } = context.environments.get(work.environment)!;
  const made = room && renderTaskRoom(room, work);
  const { network } = work;
  return {
    role: seenRole(made?.deployRole),
    region: elsewhere?.region,
    environment: made,
    environmentVariables: Object.entries(step.environmentVariables ?? {}).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
    commands: [
      ...step.commands ?? [],
      ...network && elsewhere ? lookUpCommands({ NETWORK: elsewhere.parameter(networkKey(work)) }) : [],
      ...scriptCommands('run-task.sh', { ...variablesOf(work), ...!elsewhere && { NETWORK: network ? networkText(network) : '' } }, runTaskScript()),
    ],
  };
};

/** What an environment with a task needs beside the cluster, which is not ours. Subnets and security groups have no names: their ids are told. */
export function renderTaskRoom(room: Room, work: RunTaskPlan) {
  const { names } = room;
  const told = names && work.network ? tellParameters(partScope(room, work.part), names, { [networkKey(work)]: networkText(work.network) }) : [];
  const deployRole = renderDeployRole(room, {
    policyName: 'Deploy',
    statements: [...artifactReadStatements(room.store), ...room.actionLogs(), ...runTaskStatements(work), ...readParameterStatements(told)],
  });
  return { environmentName: room.environment, deployRole } satisfies RenderedEnvironment;
}

const networkKey = ({ part }: RunTaskPlan) => `${part}-network`;

/** As `aws ecs run-task` takes it. */
const networkText = ({ subnets, securityGroups, assignPublicIp }: TaskNetworkPlan) => JSON.stringify({
  awsvpcConfiguration: {
    subnets: subnets.map(({ subnetId }) => subnetId),
    securityGroups: securityGroups.map(({ securityGroupId }) => securityGroupId),
    ...assignPublicIp && { assignPublicIp: 'ENABLED' },
  },
});

function variablesOf({ clusterName, file, containerName, capacity, timeoutMinutes, ...work }: RunTaskPlan) {
  return {
    CLUSTER: clusterName,
    TASK_FILE: file,
    CONTAINER: containerName,
    LAUNCH_TYPE: capacity.launchType ?? '',
    CAPACITY: capacity.launchType === undefined ? JSON.stringify(capacity.strategies.map(({ name: capacityProvider, ...more }) => ({ capacityProvider, ...more }))) : '',
    OVERRIDES: overridesText(containerName, work),
    TIMEOUT_SECONDS: String(timeoutMinutes * 60),
  };
}

function overridesText(name: string, { command, environmentVariables }: Pick<RunTaskPlan, 'command' | 'environmentVariables'>): string {
  const environment = Object.entries(environmentVariables).map(([variable, value]) => ({ name: variable, value }));
  return command === undefined && environment.length === 0 ? ''
    : JSON.stringify({ containerOverrides: [{ name, command, ...environment.length > 0 && { environment } }] });
}
