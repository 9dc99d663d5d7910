import { aws_ec2 as ec2, type aws_codebuild as codebuild } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { NetworkPlan } from './build-spec';
import { getOrCreate } from '../../render/get-or-create';

/** Where in a VPC a build or an action gets an address. */
export interface RenderedNetwork {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** The network, with a security group of its own when none was given. */
export function renderNetwork(scope: Construct, { vpc, subnets, securityGroups }: NetworkPlan): RenderedNetwork {
  const groups: readonly ec2.ISecurityGroup[] = securityGroups ?? [
    getOrCreate(
      scope,
      'SecurityGroup',
      (parent, id) =>
        new ec2.SecurityGroup(parent, id, { vpc, description: 'Builds: out to everywhere, in from nowhere' }),
    ),
  ];
  return {
    vpcId: vpc.vpcId,
    subnetIds: vpc.selectSubnets(subnets).subnetIds,
    securityGroupIds: groups.map(({ securityGroupId }) => securityGroupId),
  };
}

/** The network, as a project holds it. */
export const projectNetwork = ({
  vpcId,
  subnetIds,
  securityGroupIds,
}: RenderedNetwork): codebuild.CfnProject.VpcConfigProperty => ({
  vpcId,
  subnets: [...subnetIds],
  securityGroupIds: [...securityGroupIds],
});

/** The network, in the configuration of an action. */
export const networkConfiguration = ({ subnetIds, securityGroupIds }: RenderedNetwork): Record<string, string> => ({
  Subnets: subnetIds.join(','),
  SecurityGroupIds: securityGroupIds.join(','),
});
