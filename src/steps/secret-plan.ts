import type { aws_kms as kms, aws_secretsmanager as secretsmanager, aws_ssm as ssm } from 'aws-cdk-lib';

/** Describes a secret that a step reads when it runs. */
export type SecretPlan =
  | { readonly kind: 'secrets-manager'; readonly secret: secretsmanager.ISecret; readonly field?: string }
  | { readonly kind: 'parameter'; readonly parameter: ssm.IParameter; readonly encryptionKey?: kms.IKey };
