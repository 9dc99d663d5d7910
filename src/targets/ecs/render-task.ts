import { runTaskScript } from '../../functions';
import type { RunTaskPlan, TaskNetworkPlan } from './ecs-specs';
import { lookUpCommands, readParameterStatements, publishParameters } from '../../render/environment-parameters';
import { partScope, renderDeployRole, type EnvironmentScope } from '../../render/environment-scope';
import { artifactReadStatements, runTaskStatements } from '../../render/grants';
import type { ActionRenderer, RenderedEnvironment } from '../../render/rendered';
import { scriptCommands } from '../../render/shell';

/** One task, run to its end by our script under the role of the environment. */
export const renderRunTask: ActionRenderer<RunTaskPlan> = (context, spec, step) => {
  const { environmentScope, elsewhere, seenRole } = context.environments.get(spec.environment)!;
  const made = environmentScope && renderTaskResources(environmentScope, spec);
  const { network } = spec;
  return {
    role: seenRole(made?.deployRole),
    region: elsewhere?.region,
    environment: made,
    environmentVariables: Object.entries(step.environmentVariables ?? {}).map(([name, value]) => ({
      name,
      value,
      type: 'PLAINTEXT',
    })),
    commands: [
      ...(step.commands ?? []),
      ...(network && elsewhere ? lookUpCommands({ NETWORK: elsewhere.parameter(networkKey(spec)) }) : []),
      ...scriptCommands(
        'run-task.sh',
        { ...variablesOf(spec), ...(!elsewhere && { NETWORK: network ? networkText(network) : '' }) },
        runTaskScript(),
      ),
    ],
  };
};

/** What an environment with a task needs beside the cluster, which is not ours. Subnets and security groups have no names: their ids are told. */
export function renderTaskResources(environmentScope: EnvironmentScope, spec: RunTaskPlan) {
  const { names } = environmentScope;
  const outputs =
    names && spec.network
      ? publishParameters(partScope(environmentScope, spec.part), names, {
          [networkKey(spec)]: networkText(spec.network),
        })
      : [];
  const deployRole = renderDeployRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...environmentScope.actionLogs(),
      ...runTaskStatements(spec),
      ...readParameterStatements(outputs),
    ],
  });
  return { environmentName: environmentScope.environment, deployRole } satisfies RenderedEnvironment;
}

const networkKey = ({ part }: RunTaskPlan) => `${part}-network`;

/** As `aws ecs run-task` takes it. */
const networkText = ({ subnets, securityGroups, assignPublicIp }: TaskNetworkPlan) =>
  JSON.stringify({
    awsvpcConfiguration: {
      subnets: subnets.map(({ subnetId }) => subnetId),
      securityGroups: securityGroups.map(({ securityGroupId }) => securityGroupId),
      ...(assignPublicIp && { assignPublicIp: 'ENABLED' }),
    },
  });

function variablesOf({ clusterName, file, containerName, capacity, timeoutMinutes, ...spec }: RunTaskPlan) {
  return {
    CLUSTER: clusterName,
    TASK_FILE: file,
    CONTAINER: containerName,
    LAUNCH_TYPE: capacity.launchType ?? '',
    CAPACITY:
      capacity.launchType === undefined
        ? JSON.stringify(
            capacity.strategies.map(({ name: capacityProvider, ...more }) => ({ capacityProvider, ...more })),
          )
        : '',
    OVERRIDES: overridesText(containerName, spec),
    TIMEOUT_SECONDS: String(timeoutMinutes * 60),
  };
}

function overridesText(
  name: string,
  { command, environmentVariables }: Pick<RunTaskPlan, 'command' | 'environmentVariables'>,
): string {
  const environment = Object.entries(environmentVariables).map(([variable, value]) => ({ name: variable, value }));
  return command === undefined && environment.length === 0
    ? ''
    : JSON.stringify({ containerOverrides: [{ name, command, ...(environment.length > 0 && { environment }) }] });
}
