import { Aws, aws_eks as eks, type aws_iam as iam, Token } from 'aws-cdk-lib';
import type { NetworkPlan } from '../../plan/build-plan';
import type { DeployEksPlan } from '../../plan/eks-plan';
import { networkConfiguration, renderNetwork } from '../build/network';
import { partScope, renderDeployRole, type Room } from '../environment/room';
import { artifactReadStatements, CLUSTER_NETWORK, clusterStatements, networkInterfaceStatements } from '../grants';
import type { ActionRenderer, RenderedEnvironment } from '../rendered';

/** A chart or manifests: the action runs Helm or kubectl under the role of the environment. */
export const renderDeployEks: ActionRenderer<DeployEksPlan> = (context, work, action) => {
  const { room, elsewhere, seenRole } = context.environments.get(work.environment)!;
  const made = room && renderEksRoom(room, work);
  return {
    role: seenRole(made?.deployRole),
    region: elsewhere?.region,
    environment: made,
    configuration: {
      ClusterName: elsewhere ? clusterNameSeen(work) : work.cluster.clusterRef.clusterName,
      // Elsewhere the check sees to it that everything has a name.
      ...work.network ? networkConfiguration(renderNetwork(room ? partScope(room, work.part) : context.scope, work.network)) : {},
    },
    environmentVariables: Object.entries(action.environmentVariables ?? {}).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
  };
};

/** What an environment needs to deploy to a cluster: a role, and that the cluster lets it in. */
export function renderEksRoom(room: Room, work: DeployEksPlan) {
  const { clusterName } = work.cluster.clusterRef;
  const deployRole = renderDeployRole(room, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(room.store), ...room.actionLogs(), ...clusterStatements(clusterName),
      ...work.network ? networkInterfaceStatements(renderNetwork(partScope(room, work.part), work.network), CLUSTER_NETWORK) : [],
    ],
  });
  letIn(room, work, deployRole);
  return { environmentName: room.environment, deployRole } satisfies RenderedEnvironment;
}

/** A cluster has one access entry for a role: further deployments of the environment add to it. */
function letIn(room: Room, work: DeployEksPlan, { roleArn: principalArn }: iam.Role): void {
  if (!work.access) return;
  const { clusterName } = work.cluster.clusterRef;
  const made = room.scope.node.findAll().filter((one): one is eks.CfnAccessEntry => eks.CfnAccessEntry.isCfnAccessEntry(one))
    .find((one) => one.clusterName === clusterName);
  const entry = made ?? new eks.CfnAccessEntry(partScope(room, work.part), 'Access', { clusterName, principalArn });
  entry.accessPolicies = withAccess(entry.accessPolicies as eks.CfnAccessEntry.AccessPolicyProperty[] | undefined ?? [], work);
}

/** Each policy is associated once, with one scope. */
function withAccess(
  policies: readonly eks.CfnAccessEntry.AccessPolicyProperty[], { access, kubernetesNamespace }: DeployEksPlan,
): eks.CfnAccessEntry.AccessPolicyProperty[] {
  const { policyName, everywhere } = access!;
  const policyArn = `arn:${Aws.PARTITION}:eks::aws:cluster-access-policy/${policyName}`;
  const scopeOf = (one?: eks.CfnAccessEntry.AccessPolicyProperty) => one?.accessScope as eks.CfnAccessEntry.AccessScopeProperty | undefined;
  const earlier = scopeOf(policies.find((one) => one.policyArn === policyArn));
  const accessScope = everywhere || earlier?.type === 'cluster' ? { type: 'cluster' }
    : { type: 'namespace', namespaces: [...new Set([...earlier?.namespaces ?? [], kubernetesNamespace])] };
  return [...policies.filter((one) => one.policyArn !== policyArn), { policyArn, accessScope }];
}

/** The name of a cluster as it is written in other accounts and regions: that which it was given. */
export function clusterNameSeen({ cluster }: DeployEksPlan): string {
  const { name } = cluster as Partial<eks.CfnCluster>;
  return name === undefined || Token.isUnresolved(name) ? cluster.clusterRef.clusterName : name;
}

/** The ids of what a network consists of, as far as somebody brings it. */
export const networkIds = ({ vpc, subnets, securityGroups = [] }: NetworkPlan): string[] =>
  [...vpc.selectSubnets(subnets).subnetIds, ...securityGroups.map(({ securityGroupId }) => securityGroupId)];
