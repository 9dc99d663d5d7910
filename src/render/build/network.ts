import { aws_ec2 as ec2, type aws_codebuild as codebuild } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { NetworkPlan } from '../../plan/build-plan';
import { arnOf, networkInterfaceStatements, type Statement } from '../grants';

/** What a build needs to get an address in a VPC. */
export function networkStatements(network: NetworkPlan | undefined): Statement[] {
  if (!network) return [];
  const { subnetIds } = network.vpc.selectSubnets(network.subnets);
  return networkInterfaceStatements(subnetIds.map((id) => arnOf('ec2', `subnet/${id}`)));
}

/** The network, as a project holds it. */
export const networkOf = (scope: Construct, network: NetworkPlan | undefined): codebuild.CfnProject.VpcConfigProperty | undefined => network && {
  vpcId: network.vpc.vpcId,
  subnets: network.vpc.selectSubnets(network.subnets).subnetIds,
  securityGroupIds: securityGroupsOf(scope, network).map(({ securityGroupId }) => securityGroupId),
};

/** The network, in the configuration of a Commands action. */
export function networkConfiguration(scope: Construct, network: NetworkPlan | undefined): Record<string, string> {
  if (!network) return {};
  const { vpc, subnets } = network;
  return {
    VpcId: vpc.vpcId,
    Subnets: vpc.selectSubnets(subnets).subnetIds.join(','),
    SecurityGroupIds: securityGroupsOf(scope, network).map(({ securityGroupId }) => securityGroupId).join(','),
  };
}

function securityGroupsOf(scope: Construct, { vpc, securityGroups }: NetworkPlan): ec2.ISecurityGroup[] {
  return securityGroups ? [...securityGroups] : [new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'Builds: out to everywhere, in from nowhere' })];
}
