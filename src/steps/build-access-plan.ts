import type { aws_kms as kms, aws_secretsmanager as secretsmanager, aws_ssm as ssm, aws_ec2 as ec2 } from 'aws-cdk-lib';

/** Describes the network of a build or an action. */
export interface NetworkPlan {
  readonly vpc: ec2.IVpc;
  readonly subnets?: ec2.SubnetSelection;
  readonly securityGroups?: readonly ec2.ISecurityGroup[];
  readonly proxy?: { readonly address: string; readonly noProxy: readonly string[] };
}

/** Describes a secret that a step reads at run time. */
export type SecretPlan =
  | { readonly kind: 'secrets-manager'; readonly secret: secretsmanager.ISecret; readonly field?: string }
  | { readonly kind: 'parameter'; readonly parameter: ssm.IParameter; readonly encryptionKey?: kms.IKey };
