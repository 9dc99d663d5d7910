import { Aws, aws_eks as eks, type aws_iam as iam, Token } from 'aws-cdk-lib';
import type { DeployEksSpec, EksAccessSpec } from './spec';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { RequiredName, TargetKind } from '../../render/action-kind';
import { type EnvironmentScope, deploymentScope, renderActionRole } from '../../render/environment-scope';
import { artifactReadStatements, clusterNetworkStatements, type Statement, allow, arnOf } from '../../render/grants';
import type { RenderContext, RenderedAction, RenderedEnvironment } from '../../render/rendered';
import type { NetworkPlan } from '../../steps/build-access-plan';
import { networkConfiguration, renderNetwork } from '../../steps/render-network';

/** Renders the action that runs Helm or kubectl under the role of the environment. */
export const DEPLOY_EKS: TargetKind<DeployEksSpec> = {
  kind: 'deploy-eks',
  render: renderDeployEks,
  renderResources,
  referencedResources: ({ cluster: resource }) => [{ prop: 'cluster', resourceKind: 'a cluster', resource }],
  requiredNames,
  validateEnvironment: () => {},
};

function renderDeployEks(context: RenderContext, spec: DeployEksSpec, step: StepPlan): RenderedAction {
  const { environmentScope, crossEnv, actionRole } = context.environments.get(spec.environment)!;
  const environment = environmentScope && renderResources(environmentScope, spec);
  return {
    role: actionRole(environment?.actionRole),
    region: crossEnv?.region,
    environment,
    configuration: {
      ClusterName: crossEnv ? crossEnvClusterName(spec) : spec.cluster.clusterRef.clusterName,
      ...renderNetworkConfiguration(context, spec),
    },
    environmentVariables: Object.entries(step.environmentVariables ?? {}).map(([name, value]) => ({
      name,
      value,
      type: 'PLAINTEXT',
    })),
  };
}

/**
 * Returns the network configuration of the action. In another account or Region, no resources are created for it, since
 * `requiredNames` requires that all resources have names.
 */
function renderNetworkConfiguration(
  { scope, environments }: RenderContext,
  { environment, part, network }: DeployEksSpec,
): Record<string, string> {
  if (!network) return {};
  const { environmentScope } = environments.get(environment)!;
  const networkScope = environmentScope ? deploymentScope(environmentScope, part) : scope;
  return networkConfiguration(renderNetwork(networkScope, network));
}

/** Creates the action role, and its access to the cluster. */
function renderResources(environmentScope: EnvironmentScope, spec: DeployEksSpec) {
  const actionRole = renderActionRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...environmentScope.actionLogs(),
      ...clusterStatements(spec.cluster.clusterRef.clusterName),
      ...networkStatements(environmentScope, spec),
    ],
  });
  if (spec.access) renderAccess(environmentScope, spec, spec.access, actionRole);
  return { environmentName: environmentScope.environment, actionRole } satisfies RenderedEnvironment;
}

function networkStatements(environmentScope: EnvironmentScope, { part, network }: DeployEksSpec): Statement[] {
  return clusterNetworkStatements(network && renderNetwork(deploymentScope(environmentScope, part), network));
}

type AccessPolicy = eks.CfnAccessEntry.AccessPolicyProperty;

/**
 * Creates the access entry of a role. A cluster has one entry for each role, which further deployments of the
 * environment extend.
 */
function renderAccess(
  environmentScope: EnvironmentScope,
  { cluster, part, kubernetesNamespace }: DeployEksSpec,
  access: EksAccessSpec,
  { roleArn: principalArn }: iam.Role,
): void {
  const { clusterName } = cluster.clusterRef;
  const existing = environmentScope.scope.node
    .findAll()
    .filter((child): child is eks.CfnAccessEntry => eks.CfnAccessEntry.isCfnAccessEntry(child))
    .find((entry) => entry.clusterName === clusterName);
  const entry =
    existing ??
    new eks.CfnAccessEntry(deploymentScope(environmentScope, part), 'Access', { clusterName, principalArn });
  const policies = (entry.accessPolicies as AccessPolicy[] | undefined) ?? [];
  entry.accessPolicies = withAccess(policies, access, kubernetesNamespace);
}

/** Returns the policies with a further one. Each policy is associated once, with one scope. */
function withAccess(
  policies: readonly AccessPolicy[],
  { policyName, everywhere }: EksAccessSpec,
  kubernetesNamespace: string,
): AccessPolicy[] {
  const policyArn = `arn:${Aws.PARTITION}:eks::aws:cluster-access-policy/${policyName}`;
  const associated = policies.find((policy) => policy.policyArn === policyArn);
  const scope = associated?.accessScope as eks.CfnAccessEntry.AccessScopeProperty | undefined;
  const inCluster = everywhere || scope?.type === 'cluster';
  const namespaces = [...new Set([...(scope?.namespaces ?? []), kubernetesNamespace])];
  const accessScope = inCluster ? { type: 'cluster' } : { type: 'namespace', namespaces };
  return [...policies.filter((policy) => policy.policyArn !== policyArn), { policyArn, accessScope }];
}

function requiredNames(spec: DeployEksSpec): RequiredName[] {
  const names: RequiredName[] = [{ prop: 'cluster', nameProp: 'clusterName', name: crossEnvClusterName(spec) }];
  if (spec.network) names.push(...networkNames(spec.network));
  return names;
}

/** Returns the explicit name of a cluster, which is valid in other accounts and Regions. */
function crossEnvClusterName({ cluster }: DeployEksSpec): string {
  const { name } = cluster as Partial<eks.CfnCluster>;
  return name === undefined || Token.isUnresolved(name) ? cluster.clusterRef.clusterName : name;
}

/** Returns the ids of the network, which must be explicit, since the pipeline cannot reference created resources. */
function networkNames({ vpc, subnets, securityGroups }: NetworkPlan): RequiredName[] {
  const groupIds = securityGroups?.map(({ securityGroupId }) => securityGroupId) ?? [Aws.NO_VALUE];
  return [...vpc.selectSubnets(subnets).subnetIds, ...groupIds].map((name) => ({
    prop: 'network',
    nameProp: 'network',
    name,
    fix: 'import the VPC with ec2.Vpc.fromVpcAttributes, and pass securityGroups',
  }));
}

/**
 * Allows the action role to describe a cluster. The access entry determines its permissions inside of the cluster.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html
 */
export function clusterStatements(clusterName: string): Statement[] {
  return [allow(['eks:DescribeCluster'], [arnOf('eks', `cluster/${clusterName}`)])];
}
