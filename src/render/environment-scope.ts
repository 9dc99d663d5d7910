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
 * Describes where the resources of an environment are created: below the pipeline, or in a stack of another account or
 * Region.
 */
export interface EnvironmentScope {
  readonly environment: string;
  readonly scope: Construct;
  readonly pipelineName: string;
  readonly logDays: number;
  readonly store: ArtifactStore;
  /** What an action may do that logs on compute of CodePipeline. */
  readonly actionLogs: () => readonly Statement[];
  /** Account and ARN of the role of the pipeline, which takes on that of the environment. */
  readonly pipelineAccount: string;
  readonly pipelineRoleArn: string;
  /**
   * The name of something here, at most 64 letters, digits and `-`: the same for the pipeline that uses it, wherever it
   * is.
   */
  readonly nameOf: (...purpose: string[]) => string;
  /** The names by which the pipeline knows what is here, where it cannot refer to it. */
  readonly names?: EnvironmentNames;
}

/** What a pipeline knows of an environment in another account or Region. */
export interface EnvironmentNames {
  readonly actionRole: string;
  readonly cloudFormationRole: string;
  readonly parameter: (key: string) => string;
}

export function namesOf(identity: PipelineIdentity, environment: string): EnvironmentNames {
  return {
    actionRole: actionRoleName(identity, environment),
    cloudFormationRole: cloudFormationRoleName(identity, environment),
    parameter: (key) => parameterName(identity, environment, key),
  };
}

export interface DeployRoleRequest {
  readonly policyName: string;
  readonly statements: readonly Statement[];
}

/**
 * The role of an environment: the actions that deploy there run under it, and the role of the pipeline alone may take
 * it on. An environment with several targets has one role, which may what each of them needs.
 */
export function renderDeployRole(environmentScope: EnvironmentScope, request: DeployRoleRequest): iam.Role {
  const { scope, environment, pipelineName, pipelineAccount, pipelineRoleArn, names } = environmentScope;
  const made = scope.node.tryFindChild(DEPLOY_ROLE) as iam.Role | undefined;
  if (made) return allowMore(made, request.statements);
  return renderRole(scope, DEPLOY_ROLE, {
    ...request,
    description: `Releases to ${environment}, for the pipeline ${pipelineName}`,
    roleName: names?.actionRole,
    // The account, narrowed to one role: a trust that names the role breaks for good when that role is made anew, and
    // cannot be made before it.
    assumedBy: new iam.AccountPrincipal(pipelineAccount).withConditions({
      ArnEquals: { 'aws:PrincipalArn': pipelineRoleArn },
    }),
  });
}

const DEPLOY_ROLE = 'DeployRole';

/** What is made for one of several deployments of an environment stands in a scope of its own. */
export function partScope(environmentScope: EnvironmentScope, part: string) {
  return getOrCreate(environmentScope.scope, part, (scope, id) => new Construct(scope, id));
}

export function pipelineRoleArnOf(identity: PipelineIdentity) {
  return roleArn(identity.account, pipelineRoleName(identity));
}

/**
 * The artifact store of a region, seen from another account or region. The key has no ARN that could be known here, nor
 * has the bucket of the pipeline's own region a name: the account owns them, and their policies say which role may come
 * in.
 *
 * @param hasKey it has a key of ours, as it has when any other account reads artifacts
 */
export function artifactStoreFor(identity: PipelineIdentity, { region }: ResolvedEnv, hasKey: boolean): ArtifactStore {
  const bucketArn = `arn:${Aws.PARTITION}:s3:::${region === identity.region ? '*' : storeBucketName(identity, region)}`;
  return {
    bucketArn,
    arnForObjects: (pattern) => `${bucketArn}/${pattern}`,
    ...(hasKey && { encryptionKey: { keyArn: `arn:${Aws.PARTITION}:kms:${region}:${identity.account}:key/*` } }),
    onlyBucket: { StringEquals: { 's3:ResourceAccount': identity.account } },
    onlyKey: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
  };
}
