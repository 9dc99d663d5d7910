import type { aws_ec2 as ec2 } from 'aws-cdk-lib';

/** Describes the network that a build or an action runs in. */
export interface NetworkPlan {
  readonly vpc: ec2.IVpc;
  readonly subnets?: ec2.SubnetSelection;
  readonly securityGroups?: readonly ec2.ISecurityGroup[];
  readonly proxy?: { readonly address: string; readonly noProxy: readonly string[] };
}
