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

/** The network, in the form that the project of aws-codebuild takes. */
export function networkOf(scope: Construct, network: NetworkPlan | undefined): Pick<codebuild.ProjectProps, 'vpc' | 'subnetSelection' | 'securityGroups'> {
  if (!network) return {};
  const { vpc, subnets, securityGroups } = network;
  return {
    vpc,
    subnetSelection: subnets,
    securityGroups: securityGroups ? [...securityGroups] : [new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'Builds: out to everywhere, in from nowhere' })],
  };
}
