import type { RunTaskSpec, TaskNetworkSpec } from './spec';
import { runTaskScript } from '../../functions';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ReferencedResource, RequiredName, TargetKind } from '../../render/action-kind';
import type { EnvironmentContext } from '../../render/environment-context';
import { lookUpLines, publishParameters, readParameterStatements } from '../../render/environment-parameters';
import { deploymentScope, renderActionRole, type EnvironmentScope } from '../../render/environment-scope';
import { artifactReadStatements, allow, arnOf, type Statement } from '../../render/grants';
import type { RenderContext, RenderedAction, RenderedEnvironment } from '../../render/rendered';
import { scriptCommands } from '../../render/shell';
import { registerTaskStatements, revisionsOf } from '../ecs/grants';
import { RESOURCE } from '../../pipeline/rules';

/** Renders the action that runs a task to completion, by a script under the role of the environment. */
export const RUN_TASK: TargetKind<RunTaskSpec> = {
  kind: 'run-task',
  render,
  renderResources,
  referencedResources,
  requiredNames,
  validateEnvironment: () => {},
};

function render(context: RenderContext, spec: RunTaskSpec, step: StepPlan): RenderedAction {
  const { environmentVariables = {}, commands = [] } = step;
  const environmentContext = context.environments.get(spec.environment)!;
  const { environmentScope, crossEnv, actionRole } = environmentContext;
  const environment = environmentScope && renderResources(environmentScope, spec);
  return {
    role: actionRole(environment?.actionRole),
    region: crossEnv?.region,
    environment,
    environmentVariables: Object.entries(environmentVariables).map(([name, value]) => ({
      name,
      value,
      type: 'PLAINTEXT',
    })),
    commands: [...commands, ...runCommands(spec, environmentContext)],
  };
}

/** Returns the commands that run the task. In another account or Region, a parameter contains the network ids. */
function runCommands(spec: RunTaskSpec, { crossEnv }: EnvironmentContext): string[] {
  const { network } = spec;
  const variables = scriptVariables(spec);
  if (!crossEnv) {
    const NETWORK = network ? networkText(network) : '';
    return scriptCommands('run-task.sh', { ...variables, NETWORK }, runTaskScript());
  }
  const lookUps = network ? lookUpLines({ NETWORK: crossEnv.parameter(networkKey(spec)) }) : [];
  return scriptCommands('run-task.sh', variables, runTaskScript(), lookUps);
}

/** Creates the action role, and publishes the network of the task. The cluster is provided by the user. */
function renderResources(environmentScope: EnvironmentScope, spec: RunTaskSpec): RenderedEnvironment {
  const parameters = publishNetwork(environmentScope, spec);
  const actionRole = renderActionRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...environmentScope.actionLogs(),
      ...runTaskStatements(spec),
      ...readParameterStatements(parameters),
    ],
  });
  return { environmentName: environmentScope.environment, actionRole };
}

function publishNetwork(environmentScope: EnvironmentScope, spec: RunTaskSpec): string[] {
  const { names } = environmentScope;
  if (!names || !spec.network) return [];
  const scope = deploymentScope(environmentScope, spec.deploymentId);
  return publishParameters(scope, names, { [networkKey(spec)]: networkText(spec.network) });
}

function networkKey({ deploymentId }: RunTaskSpec): string {
  return `${deploymentId}-network`;
}

/** Returns a network as input of `aws ecs run-task`. */
function networkText({ subnets, securityGroups, assignPublicIp }: TaskNetworkSpec): string {
  return JSON.stringify({
    awsvpcConfiguration: {
      subnets: subnets.map(({ subnetId }) => subnetId),
      securityGroups: securityGroups.map(({ securityGroupId }) => securityGroupId),
      assignPublicIp: assignPublicIp ? 'ENABLED' : undefined,
    },
  });
}

function scriptVariables(spec: RunTaskSpec): Record<string, string> {
  const { clusterName, file, containerName, capacity, timeoutMinutes } = spec;
  return {
    CLUSTER: clusterName,
    TASK_FILE: file,
    CONTAINER: containerName,
    LAUNCH_TYPE: capacity.launchType ?? '',
    CAPACITY: capacityText(spec),
    OVERRIDES: overridesText(spec),
    TIMEOUT_SECONDS: String(timeoutMinutes * 60),
  };
}

function capacityText({ capacity }: RunTaskSpec): string {
  if (capacity.launchType !== undefined) return '';
  return JSON.stringify(
    capacity.strategies.map(({ name: capacityProvider, ...more }) => ({ capacityProvider, ...more })),
  );
}

function overridesText({ containerName, command, environmentVariables }: RunTaskSpec): string {
  const environment = Object.entries(environmentVariables).map(([name, value]) => ({ name, value }));
  if (command === undefined && environment.length === 0) return '';
  const override: Record<string, unknown> = { name: containerName, command };
  if (environment.length > 0) override.environment = environment;
  return JSON.stringify({ containerOverrides: [override] });
}

function referencedResources({ cluster, definition, network }: RunTaskSpec): ReferencedResource[] {
  const { securityGroups = [], subnets = [] } = network ?? {};
  return [
    { prop: 'cluster', resourceKind: 'a cluster', resource: cluster },
    ...definition.roles.map(({ prop, role }) => ({ prop, resourceKind: 'a role', resource: role })),
    ...securityGroups.map((resource, i) => ({
      prop: `securityGroups[${i}]`,
      resourceKind: RESOURCE.securityGroup,
      resource,
    })),
    ...subnets.map((resource) => ({ prop: 'subnets', resourceKind: 'a subnet', resource })),
  ];
}

function requiredNames(spec: RunTaskSpec): RequiredName[] {
  const { clusterName, definition, capacity, command = [], environmentVariables } = spec;
  const strategies = capacity.launchType === undefined ? capacity.strategies : [];
  const texts = [
    ...command.map((text, i) => ({ prop: `command[${i}]`, text })),
    ...Object.entries(environmentVariables).map(([name, text]) => ({ prop: `environmentVariables.${name}`, text })),
  ];
  return [
    { prop: 'cluster', nameProp: 'clusterName', name: clusterName },
    { prop: 'family', nameProp: 'family', name: definition.family },
    ...strategies.map(({ name }, i) => ({
      prop: `capacityProviderStrategies[${i}]`,
      nameProp: 'capacityProviderName',
      name,
    })),
    ...texts.map(({ prop, text }) => ({ prop, nameProp: 'name, and write that', name: text })),
  ];
}

/**
 * Allows the action role to run a task to completion. Capacity providers do not support resource-level permissions
 * here.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export function runTaskStatements({ clusterName, definition }: RunTaskSpec): Statement[] {
  return [
    ...registerTaskStatements(definition),
    allow(['ecs:RunTask'], [revisionsOf(definition.family)], {
      ArnEquals: { 'ecs:cluster': arnOf('ecs', `cluster/${clusterName}`) },
    }),
    allow(['ecs:DescribeTasks', 'ecs:StopTask'], [arnOf('ecs', `task/${clusterName}/*`)]),
  ];
}
