import { aws_ec2 as ec2, type aws_codebuild as codebuild } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { NetworkPlan } from './build-access-plan';
import { deploymentsTestedBy } from '../pipeline/environment-outputs';
import type { StepPlan } from '../pipeline/pipeline-plan';
import { buildNetworkStatements, type InterfacePlaces, type Statement } from '../render/grants';
import type { RenderContext } from '../render/rendered';
import { getOrCreate } from '../render/sibling-stack';

/** Describes the VPC, subnets and security groups of a build or an action. */
export interface RenderedNetwork extends InterfacePlaces {
  readonly vpcId: string;
}

/** Renders the network, with a new security group if none is configured. */
export function renderNetwork(scope: Construct, { vpc, subnets, securityGroups }: NetworkPlan): RenderedNetwork {
  const groups = securityGroups ?? [getOrCreate(scope, 'SecurityGroup', (parent, id) => createGroup(parent, id, vpc))];
  const selected = vpc.selectSubnets(subnets).subnets;
  const importedSubnets = selected.filter((subnet) => !(subnet instanceof ec2.Subnet));
  const importedGroups = groups.filter((group) => !(group instanceof ec2.SecurityGroup));
  return {
    vpcId: vpc.vpcId,
    subnetIds: idsOf(selected),
    securityGroupIds: groupIdsOf(groups),
    importedIds: new Set([...idsOf(importedSubnets), ...groupIdsOf(importedGroups)]),
  };
}

function idsOf(subnets: readonly ec2.ISubnet[]): string[] {
  return subnets.map(({ subnetId }) => subnetId);
}

function groupIdsOf(groups: readonly ec2.ISecurityGroup[]): string[] {
  return groups.map(({ securityGroupId }) => securityGroupId);
}

function createGroup(scope: Construct, id: string, vpc: ec2.IVpc): ec2.SecurityGroup {
  return new ec2.SecurityGroup(scope, id, { vpc, description: 'Builds: all outbound traffic, no inbound traffic' });
}

/** Allows a build to create its network interfaces, if it runs in a VPC. */
export function networkStatements(network: RenderedNetwork | undefined): Statement[] {
  return network ? buildNetworkStatements(network) : [];
}

/** Returns the network in the form that a CodeBuild project expects. */
export function projectNetwork(network: RenderedNetwork): codebuild.CfnProject.VpcConfigProperty {
  const { vpcId, subnetIds, securityGroupIds } = network;
  return { vpcId, subnets: [...subnetIds], securityGroupIds: [...securityGroupIds] };
}

/** Returns the network in the form that the configuration of an action expects. */
export function networkConfiguration({ subnetIds, securityGroupIds }: RenderedNetwork): Record<string, string> {
  return { Subnets: subnetIds.join(','), SecurityGroupIds: securityGroupIds.join(',') };
}

/** Returns the outputs of the environment that the step tests. */
export function environmentOutputs({ plan, earlier }: RenderContext, step: StepPlan): Readonly<Record<string, string>> {
  return Object.assign({}, ...deploymentsTestedBy(plan, step).map(({ name }) => earlier.get(name)?.outputs ?? {}));
}
