import { aws_iam as iam, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { EnvironmentCommandsSpec } from './plan';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { EnvironmentTestKind, ReferencedResource, RequiredName } from '../../render/action-kind';
import { roleArn } from '../../render/cross-account-names';
import { testRolePurpose } from '../../render/environment-context';
import { assumedByPipeline, deploymentScope, type EnvironmentScope } from '../../render/environment-scope';
import { artifactReadStatements } from '../../render/grants';
import type { RenderContext, RenderedAction, RenderedStepRole } from '../../render/rendered';
import { renderRole, stepDescription, withStatements } from '../../render/role';
import type { NetworkPlan } from '../build-access-plan';
import { COMMANDS, variablesOf, vpcConfiguration } from '../commands/render';
import { environmentOutputs, networkStatements, renderNetwork } from '../render-network';
import { secretReference, secretStatements } from '../step-grants';

/** Renders a test that runs commands in the account and Region of its environment, under a separate role there. */
export const ENVIRONMENT_COMMANDS: EnvironmentTestKind<EnvironmentCommandsSpec> = {
  kind: 'environment-commands',
  render,
  renderTestRole,
  referencedResources,
  requiredNames,
  validateEnvironment: () => {},
};

function render(context: RenderContext, spec: EnvironmentCommandsSpec, step: StepPlan): RenderedAction {
  const { environmentScope, crossEnv, nameOf } = context.environments.get(spec.environment)!;
  if (!crossEnv) return COMMANDS.render(context, spec.commands, step);
  const scope = new Construct(context.scope, step.name);
  const arn = roleArn(crossEnv.account, nameOf(...testRolePurpose(step.name)));
  const { network } = spec.commands;
  return {
    role: iam.Role.fromRoleArn(scope, 'Role', arn, { mutable: false }),
    region: crossEnv.region,
    stepRole: environmentScope && renderTestRole(environmentScope, spec, step),
    configuration: vpcConfiguration(network && renderNetwork(scope, network)),
    environmentVariables: variablesOf(spec.commands, step, environmentOutputs(context, step)),
  };
}

/** Creates the role of the test in the account of the environment. */
function renderTestRole(
  environmentScope: EnvironmentScope,
  { commands: { secrets, network, rolePolicyStatements } }: EnvironmentCommandsSpec,
  { name }: StepPlan,
): RenderedStepRole {
  const { pipelineName, store, actionLogs, nameOf } = environmentScope;
  const scope = new Construct(deploymentScope(environmentScope, 'Tests'), name);
  const role = renderRole(scope, 'Role', {
    roleName: nameOf(...testRolePurpose(name)),
    assumedBy: assumedByPipeline(environmentScope),
    description: stepDescription(name, pipelineName),
    policyName: 'Commands',
    statements: [
      ...artifactReadStatements(store),
      ...actionLogs(),
      ...secretStatements(secrets),
      ...networkStatements(network && renderNetwork(scope, network)),
    ],
  });
  return { stepName: name, role: withStatements(role, rolePolicyStatements) };
}

function referencedResources({ commands: { secrets, network } }: EnvironmentCommandsSpec): ReferencedResource[] {
  const resources: ReferencedResource[] = [];
  for (const [name, secret] of Object.entries(secrets)) {
    if (secret.kind === 'parameter') continue; // reported when planned
    const resource = secret.secret;
    resources.push({ prop: `secrets.${name}`, resourceKind: 'a secret', resource, regional: true });
  }
  const { vpc, securityGroups = [] } = network ?? {};
  if (vpc) resources.push({ prop: 'network', resourceKind: 'a VPC', resource: vpc, regional: true });
  for (const resource of securityGroups) {
    const prop = 'network.securityGroups';
    resources.push({ prop, resourceKind: 'a security group', resource, regional: true });
  }
  return resources;
}

function requiredNames({ commands: { secrets, network } }: EnvironmentCommandsSpec): RequiredName[] {
  const names: RequiredName[] = Object.entries(secrets).map(([name, secret]) => ({
    prop: `secrets.${name}`,
    nameProp: 'secretName',
    name: secretReference(secret),
  }));
  return network ? [...names, ...requiredIds(network)] : names;
}

const IMPORT_BY_ID = 'import it by its id, because the pipeline passes the id to the action';

/** Returns the ids of a network, which the pipeline must know. */
function requiredIds({ vpc, subnets, securityGroups }: NetworkPlan): RequiredName[] {
  const { subnetIds } = vpc.selectSubnets(subnets);
  const groupIds = securityGroups?.map(({ securityGroupId }) => securityGroupId) ?? [NEW_GROUP];
  const groupFix = `set securityGroups of BuildNetwork.vpc, and ${IMPORT_BY_ID}`;
  return [
    { prop: 'network', nameProp: 'vpcId', name: vpc.vpcId, fix: IMPORT_BY_ID },
    ...subnetIds.map((name) => ({ prop: 'network.subnets', nameProp: 'subnetId', name, fix: IMPORT_BY_ID })),
    ...groupIds.map((name) => ({
      prop: 'network.securityGroups',
      nameProp: 'securityGroupId',
      name,
      fix: groupFix,
    })),
  ];
}

/** Id of the security group that would be created without explicit ones. */
const NEW_GROUP = Token.asString({ Ref: 'SecurityGroup' });
