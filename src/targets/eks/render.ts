import { Aws, aws_eks as eks, type aws_iam as iam, Token } from 'aws-cdk-lib';
import type { NetworkPlan } from '../../steps/network-plan';
import type { DeployEksPlan } from './eks-spec';
import { networkConfiguration, renderNetwork } from '../../steps/render-network';
import { partScope, renderDeployRole, type EnvironmentScope } from '../../render/environment-scope';
import {
  artifactReadStatements,
  CLUSTER_NETWORK,
  clusterStatements,
  networkInterfaceStatements,
} from '../../render/grants';
import type { ActionRenderer, RenderedEnvironment } from '../../render/rendered';
import type { RequiredName, TargetKind } from '../../render/action-kind';

/** A chart or manifests: the action runs Helm or kubectl under the role of the environment. */
export const renderDeployEks: ActionRenderer<DeployEksPlan> = (context, spec, action) => {
  const { environmentScope, crossEnv, actionRole } = context.environments.get(spec.environment)!;
  const made = environmentScope && renderEksResources(environmentScope, spec);
  return {
    role: actionRole(made?.deployRole),
    region: crossEnv?.region,
    environment: made,
    configuration: {
      ClusterName: crossEnv ? clusterNameSeen(spec) : spec.cluster.clusterRef.clusterName,
      // Elsewhere the check sees to it that everything has a name.
      ...(spec.network
        ? networkConfiguration(
            renderNetwork(environmentScope ? partScope(environmentScope, spec.part) : context.scope, spec.network),
          )
        : {}),
    },
    environmentVariables: Object.entries(action.environmentVariables ?? {}).map(([name, value]) => ({
      name,
      value,
      type: 'PLAINTEXT',
    })),
  };
};

/** What an environment needs to deploy to a cluster: a role, and that the cluster lets it in. */
export function renderEksResources(environmentScope: EnvironmentScope, spec: DeployEksPlan) {
  const { clusterName } = spec.cluster.clusterRef;
  const deployRole = renderDeployRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...environmentScope.actionLogs(),
      ...clusterStatements(clusterName),
      ...(spec.network
        ? networkInterfaceStatements(
            renderNetwork(partScope(environmentScope, spec.part), spec.network),
            CLUSTER_NETWORK,
          )
        : []),
    ],
  });
  letIn(environmentScope, spec, deployRole);
  return { environmentName: environmentScope.environment, deployRole } satisfies RenderedEnvironment;
}

/** A cluster has one access entry for a role: further deployments of the environment add to it. */
function letIn(environmentScope: EnvironmentScope, spec: DeployEksPlan, { roleArn: principalArn }: iam.Role): void {
  if (!spec.access) return;
  const { clusterName } = spec.cluster.clusterRef;
  const made = environmentScope.scope.node
    .findAll()
    .filter((one): one is eks.CfnAccessEntry => eks.CfnAccessEntry.isCfnAccessEntry(one))
    .find((one) => one.clusterName === clusterName);
  const entry =
    made ?? new eks.CfnAccessEntry(partScope(environmentScope, spec.part), 'Access', { clusterName, principalArn });
  entry.accessPolicies = withAccess(
    (entry.accessPolicies as eks.CfnAccessEntry.AccessPolicyProperty[] | undefined) ?? [],
    spec,
  );
}

/** Each policy is associated once, with one scope. */
function withAccess(
  policies: readonly eks.CfnAccessEntry.AccessPolicyProperty[],
  { access, kubernetesNamespace }: DeployEksPlan,
): eks.CfnAccessEntry.AccessPolicyProperty[] {
  const { policyName, everywhere } = access!;
  const policyArn = `arn:${Aws.PARTITION}:eks::aws:cluster-access-policy/${policyName}`;
  const scopeOf = (one?: eks.CfnAccessEntry.AccessPolicyProperty) =>
    one?.accessScope as eks.CfnAccessEntry.AccessScopeProperty | undefined;
  const earlier = scopeOf(policies.find((one) => one.policyArn === policyArn));
  const accessScope =
    everywhere || earlier?.type === 'cluster'
      ? { type: 'cluster' }
      : { type: 'namespace', namespaces: [...new Set([...(earlier?.namespaces ?? []), kubernetesNamespace])] };
  return [...policies.filter((one) => one.policyArn !== policyArn), { policyArn, accessScope }];
}

/** The name of a cluster as it is written in other accounts and regions: that which it was given. */
function clusterNameSeen({ cluster }: DeployEksPlan): string {
  const { name } = cluster as Partial<eks.CfnCluster>;
  return name === undefined || Token.isUnresolved(name) ? cluster.clusterRef.clusterName : name;
}

/** The ids of what a network consists of, as far as somebody brings it. */
const networkIds = ({ vpc, subnets, securityGroups = [] }: NetworkPlan): string[] => [
  ...vpc.selectSubnets(subnets).subnetIds,
  ...securityGroups.map(({ securityGroupId }) => securityGroupId),
];

export const DEPLOY_EKS: TargetKind<DeployEksPlan> = {
  kind: 'deploy-eks',
  render: renderDeployEks,
  renderResources: renderEksResources,
  referencedResources: ({ cluster: resource }) => [{ prop: 'cluster', what: 'a cluster', resource }],
  requiredNames: (spec) => [
    { prop: 'cluster', what: 'clusterName', name: clusterNameSeen(spec) },
    ...(spec.network ? networkNames(spec.network) : []),
  ],
  validateEnvironment: () => {},
};

/** The pipeline could not refer to a security group that is created in another account or Region. */
function networkNames(network: NetworkPlan): RequiredName[] {
  const created = network.securityGroups ? [] : [Aws.NO_VALUE];
  return [...networkIds(network), ...created].map((name) => ({
    prop: 'network',
    what: 'network',
    name,
    fix: 'look up the VPC, ec2.Vpc.fromVpcAttributes, and name its securityGroups',
  }));
}
