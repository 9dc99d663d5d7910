import { runTaskScript } from '../../functions';
import type { RunTaskPlan, TaskNetworkPlan } from './ecs-specs';
import { lookUpCommands, readParameterStatements, publishParameters } from '../../render/environment-parameters';
import { partScope, renderDeployRole, type EnvironmentScope } from '../../render/environment-scope';
import { artifactReadStatements, runTaskStatements } from '../../render/grants';
import type { ActionRenderer, RenderedEnvironment } from '../../render/rendered';
import { scriptCommands } from '../../render/shell';
import type { TargetKind } from '../../render/action-kind';

/** One task, run to its end by our script under the role of the environment. */
export const renderRunTask: ActionRenderer<RunTaskPlan> = (context, spec, step) => {
  const { environmentScope, crossEnv, actionRole } = context.environments.get(spec.environment)!;
  const made = environmentScope && renderTaskResources(environmentScope, spec);
  const { network } = spec;
  return {
    role: actionRole(made?.deployRole),
    region: crossEnv?.region,
    environment: made,
    environmentVariables: Object.entries(step.environmentVariables ?? {}).map(([name, value]) => ({
      name,
      value,
      type: 'PLAINTEXT',
    })),
    commands: [
      ...(step.commands ?? []),
      ...(network && crossEnv ? lookUpCommands({ NETWORK: crossEnv.parameter(networkKey(spec)) }) : []),
      ...scriptCommands(
        'run-task.sh',
        { ...variablesOf(spec), ...(!crossEnv && { NETWORK: network ? networkText(network) : '' }) },
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

export const RUN_TASK: TargetKind<RunTaskPlan> = {
  kind: 'run-task',
  render: renderRunTask,
  renderResources: renderTaskResources,
  referencedResources: ({ cluster, definition, network }) => [
    { prop: 'cluster', what: 'a cluster', resource: cluster },
    ...definition.roles.map((resource) => ({ prop: 'taskRoles', what: 'a role', resource })),
    ...(network?.securityGroups ?? []).map((resource) => ({
      prop: 'securityGroups',
      what: 'a security group',
      resource,
    })),
    ...(network?.subnets ?? []).map((resource) => ({ prop: 'subnets', what: 'a subnet', resource })),
  ],
  requiredNames: ({ clusterName, definition, capacity, command = [], environmentVariables }) => [
    { prop: 'cluster', what: 'clusterName', name: clusterName },
    { prop: 'family', what: 'family', name: definition.family },
    ...(capacity.launchType === undefined ? capacity.strategies : []).map(({ name }) => ({
      prop: 'capacityProviderStrategies',
      what: 'capacityProviderName',
      name,
    })),
    ...[...command, ...Object.values(environmentVariables)].map((name) => ({
      prop: 'command',
      what: 'name, and write that',
      name,
    })),
  ],
  validateEnvironment: () => {},
};
