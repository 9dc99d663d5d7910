import { Aws, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  cloudFormationRoleName,
  actionRoleName,
  parameterName,
  pipelineRoleName,
  roleArn,
  storeBucketName,
  type PipelineIdentity,
} from './cross-account-names';
import type { ResolvedEnv } from '../pipeline/env';
import { getOrCreate } from './sibling-stack';
import type { ArtifactStore, Statement } from './grants';
import { allowMore, renderRole } from './role';

/**
 * Describes the scope in which the resources of an environment are created. It is below the pipeline, or in a stack in
 * another account or Region.
 */
export interface EnvironmentScope {
  readonly environment: string;
  readonly scope: Construct;
  readonly pipelineName: string;
  readonly logDays: number;
  readonly store: ArtifactStore;
  /** Returns the statements for logging by actions on compute of CodePipeline. */
  readonly actionLogs: () => readonly Statement[];
  /** Account and ARN of the pipeline role, which assumes the role of the environment. */
  readonly pipelineAccount: string;
  readonly pipelineRoleArn: string;
  /** Returns a resource name of at most 64 letters, digits and `-`. The pipeline derives the same name. */
  readonly nameOf: (...purpose: string[]) => string;
  /** Names of resources that the pipeline cannot reference, because they are in another account or Region. */
  readonly names?: EnvironmentNames;
}

/** Names of the resources of an environment in another account or Region. */
export interface EnvironmentNames {
  readonly actionRole: string;
  readonly cloudFormationRole: string;
  readonly parameter: (key: string) => string;
}

/** Returns the names of the resources of an environment in another account or Region. */
export function namesOf(identity: PipelineIdentity, environment: string): EnvironmentNames {
  return {
    actionRole: actionRoleName(identity, environment),
    cloudFormationRole: cloudFormationRoleName(identity, environment),
    parameter: (key) => parameterName(identity, environment, key),
  };
}

/** Describes the permissions of a target. */
export interface ActionRoleRequest {
  readonly policyName: string;
  readonly statements: readonly Statement[];
}

/**
 * Renders the action role of an environment, which only the role of the pipeline can assume. If the environment has
 * several targets, they share the role, and this adds the statements.
 */
export function renderActionRole(environmentScope: EnvironmentScope, request: ActionRoleRequest): iam.Role {
  const { scope, environment, pipelineName, names } = environmentScope;
  const existing = scope.node.tryFindChild(ACTION_ROLE) as iam.Role | undefined;
  if (existing) return allowMore(existing, request.statements);
  return renderRole(scope, ACTION_ROLE, {
    ...request,
    description: `Action role of the environment ${environment} of the pipeline ${pipelineName}`,
    roleName: names?.actionRole,
    assumedBy: assumedByPipeline(environmentScope),
  });
}

/**
 * Returns the principal of roles that only the role of the pipeline can assume. It is the account with a condition on
 * the role. A trust policy with the role as principal could not be created before the role, and would break permanently
 * when the role is recreated.
 */
export function assumedByPipeline({ pipelineAccount, pipelineRoleArn }: EnvironmentScope): iam.IPrincipal {
  return new iam.AccountPrincipal(pipelineAccount).withConditions({
    ArnEquals: { 'aws:PrincipalArn': pipelineRoleArn },
  });
}

const ACTION_ROLE = 'ActionRole';

/** Returns the scope of one of several deployments of an environment. */
export function deploymentScope(environmentScope: EnvironmentScope, part: string): Construct {
  return getOrCreate(environmentScope.scope, part, (scope, id) => new Construct(scope, id));
}

/** Returns the ARN of the role of a pipeline that has environments in other accounts or Regions. */
export function pipelineRoleArnOf(identity: PipelineIdentity): string {
  return roleArn(identity.account, pipelineRoleName(identity));
}

/**
 * Returns the artifact store of a Region as statements in another account or Region refer to it. The ARN of the key and
 * the name of the bucket in the Region of the pipeline are unknown there, so conditions restrict the statements to
 * resources of the account of the pipeline. The policies of the bucket and the key grant access to single roles.
 *
 * @param hasKey whether the store has a customer managed key, which is required if other accounts read artifacts
 */
export function artifactStoreFor(identity: PipelineIdentity, { region }: ResolvedEnv, hasKey: boolean): ArtifactStore {
  const bucketName = region === identity.region ? '*' : storeBucketName(identity, region);
  const bucketArn = `arn:${Aws.PARTITION}:s3:::${bucketName}`;
  const keyArn = `arn:${Aws.PARTITION}:kms:${region}:${identity.account}:key/*`;
  return {
    bucketArn,
    arnForObjects: (pattern) => `${bucketArn}/${pattern}`,
    encryptionKey: hasKey ? { keyArn } : undefined,
    onlyBucket: { StringEquals: { 's3:ResourceAccount': identity.account } },
    onlyKey: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
  };
}
