/** Describes a call that is allowed, or must not be allowed because the trust policy is overly permissive. */
export interface ReportedCall {
  /** `<stack>.<logical id>` of a role of the assembly, otherwise an ARN. */
  readonly caller: string;
  readonly call: string;
  /**
   * `<stack>.<logical id>` of a resource (with `/*`: its objects), otherwise an ARN; `{…}` represents what is known
   * only to AWS.
   */
  readonly resource: string;
}

export interface Defect {
  /** Issue of aws-cdk, or its pull request where the report has no issue. */
  readonly issue: number;
  readonly sources: readonly string[];
  /**
   * What happens to the calls below: `denied`, or `allowed` although it should be denied. In the good assembly it is
   * the other way round.
   */
  readonly fault: 'denied' | 'allowed';
  readonly expected: readonly ReportedCall[];
  /** Releases of CDK 1 with and without the defect, or a feature flag of aws-cdk-lib-newest that repairs it. */
  readonly repair:
    { readonly modules: readonly string[]; readonly bad: string; readonly good: string } | { readonly flag: string };
}

const ACTIONS = ['core', 'aws-codepipeline', 'aws-codepipeline-actions'];
const PIPELINES = ['core', 'pipelines'];

function issue(number: number) {
  return `https://github.com/aws/aws-cdk/issues/${number}`;
}

function pull(number: number) {
  return `https://github.com/aws/aws-cdk/pull/${number}`;
}

const ARTIFACTS = 'Delivery.PipelineArtifactsBucket22248F97';
const ARTIFACTS_KEY = 'Delivery.PipelineArtifactsBucketEncryptionKey01D58D69';
const CROSS_ACCOUNT_ACTION = 'Delivery-support-222222222222.DeliveryPipelineF72ADE24DeployDeployActionRoleBC5C8E99';
const ANYBODY = 'arn:aws:iam::111111111111:role/anybody-with-sts-AssumeRole';

/**
 * Each differs between its two assemblies in what was reported, checked by eye; further differences are named. Releases
 * are those next to the repair that a registry still has: where one is missing, the nearest before or after it.
 */
export const DEFECTS: readonly Defect[] = [
  {
    // The artifactCredentials that a function receives in its event are the action role's, and that had only the right
    // to invoke: 'using the artifactCredentials gives an AccessDenied error'. Repaired by 3303 in 1.1.0 (read, and
    // write if there are outputs).
    issue: 3274,
    sources: [issue(3274), pull(3303)],
    fault: 'denied',
    expected: ['s3:GetObject', 's3:PutObject']
      .map((call) => ({
        caller: 'Delivery.PipelineInvokeLambdaCodePipelineActionRoleADE4B556',
        call,
        resource: `${ARTIFACTS}/*`,
      }))
      .concat(
        ['kms:Decrypt', 'kms:GenerateDataKey'].map((call) => ({
          caller: 'Delivery.PipelineInvokeLambdaCodePipelineActionRoleADE4B556',
          call,
          resource: ARTIFACTS_KEY,
        })),
      ),
    repair: { modules: ACTIONS, bad: '0.37.0', good: '1.1.0' },
  },
  {
    // CodeBuild ignores the key of the artifact store and encrypts with the project's, by default the account's aws/s3,
    // whose policy admits no other account: later actions there get Access Denied. Repaired by 4183: the
    // project gets the pipeline's key. Bad also has the defect of 4306 (unused here: the other account only reads), and
    // removal policies differ.
    issue: 4033,
    sources: [issue(4033), issue(4182), pull(4183)],
    fault: 'denied',
    expected: [
      {
        caller: CROSS_ACCOUNT_ACTION,
        call: 'kms:Decrypt',
        resource: 'arn:aws:kms:eu-west-1:111111111111:key/{of alias/aws/s3}',
      },
    ],
    repair: { modules: ACTIONS, bad: '1.11.0', good: '1.14.0' },
  },
  {
    // From 1.9.0 the artifact store names its key by id, not by ARN; an action role of another account looks it up in
    // its own: "Key 'arn:aws:kms:us-west-2:<deploy account>:key/…' does not exist (Amazon S3; KMS.NotFoundException)".
    // It came with 3694; that an ARN is named again was announced for 4276. Removal policies differ too.
    issue: 4306,
    sources: [issue(4306), pull(3694)],
    fault: 'denied',
    expected: [
      {
        caller: CROSS_ACCOUNT_ACTION,
        call: 'kms:GenerateDataKey',
        resource: `arn:aws:kms:eu-west-1:222222222222:key/{id of ${ARTIFACTS_KEY}}`,
      },
    ],
    repair: { modules: ACTIONS, bad: '1.11.0', good: '1.14.0' },
  },
  {
    // A template whose function has its code in the artifact: Lambda reads it as the CloudFormation execution role
    // (Configuration.RoleArn), which may do everything, but the key policy names only action roles. "Your access has
    // been denied by S3 […] GetObject"; 5207 gives the missing statement of the key policy. Repaired by 5190 in 1.19.0.
    // The role's own s3:GetObject comes with adminPermissions.
    issue: 5183,
    sources: [issue(5183), issue(5207), pull(5190)],
    fault: 'denied',
    expected: [{ caller: 'Delivery.PipelineDeployRole97597E3E', call: 'kms:Decrypt', resource: ARTIFACTS_KEY }],
    repair: { modules: ACTIONS, bad: '1.17.1', good: '1.19.0' },
  },
  {
    // 'not authorized to perform: states:DescribeExecution': the statement's resource is an ARN put into an ARN,
    // …:execution:arn:aws:states:…:stateMachine:<name>:*. Repaired by 11728.
    issue: 11397,
    sources: [issue(11397), issue(11688), pull(11728)],
    fault: 'denied',
    expected: [
      {
        caller: 'Delivery.PipelineUpdateCodePipelineActionRole50823E1F',
        call: 'states:DescribeExecution',
        resource: 'arn:aws:states:eu-west-1:111111111111:execution:{name of Delivery.Machine6FC8AE80}:{execution}',
      },
    ],
    repair: { modules: ACTIONS, bad: '1.76.0', good: '1.77.0' },
  },
  {
    // 'AWSCodeBuild-… is not authorized to perform: ssm:GetParameters': variables of the action, unlike those of the
    // project, gave the project's role nothing. Repaired by 12761, for secrets too.
    issue: 12742,
    sources: [issue(12742), pull(12761)],
    fault: 'denied',
    expected: [
      {
        caller: 'Delivery.ProjectRole4CCB274E',
        call: 'ssm:GetParameters',
        resource: 'arn:aws:ssm:eu-west-1:111111111111:parameter/dev/ENV_VARIABLE',
      },
      {
        caller: 'Delivery.ProjectRole4CCB274E',
        call: 'secretsmanager:GetSecretValue',
        resource: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:npm-token-AbCdEf',
      },
    ],
    repair: { modules: ACTIONS, bad: '1.87.1', good: '1.88.0' },
  },
  {
    // '[GitHub] Upload to S3 failed with the following error: Access Denied': a connection also sets the object's ACL.
    // The flag grantWriteWithoutAcl, which every new project of the time had, took that right away (12391); 13637 gives
    // it back.
    issue: 13557,
    sources: [issue(13557), issue(13733), pull(12391), pull(13637)],
    fault: 'denied',
    expected: [
      {
        caller: 'Delivery.PipelineSourceGitHubCodePipelineActionRole1AB4BA0C',
        call: 's3:PutObjectAcl',
        resource: `${ARTIFACTS}/*`,
      },
    ],
    repair: { modules: ACTIONS, bad: '1.94.1', good: '1.96.0' },
  },
  {
    // From bootstrap 7 on the bootstrap role of deployments reads buckets of the same account only if a bucket policy
    // allows it, and a stage whose account is named and the pipeline's own got none: 'Access Denied (Amazon S3)' in
    // CHANGE_SET_REPLACE. To be seen only with the shape of that role: s3:GetObject* on * under StringNotEquals
    // s3:ResourceAccount.
    issue: 15307,
    sources: [issue(15307), issue(15406), issue(15525), pull(15192)],
    fault: 'denied',
    expected: [
      {
        caller: 'arn:aws:iam::111111111111:role/cdk-hnb659fds-deploy-role-111111111111-eu-west-1',
        call: 's3:GetObject',
        resource: 'Delivery.PipelineArtifactsBucketAEA9A052/*',
      },
    ],
    repair: { modules: PIPELINES, bad: '1.110.1', good: '1.111.0' },
  },
  {
    // The one role that may start every build is trusted to the whole account, on condition of Bool aws:ViaAWSService
    // 'codepipeline.amazonaws.com'. That is no Bool, and did not restrict: 'allowed all roles in the same account with
    // appropriate sts:AssumeRole permissions'. Repaired by 25316 (2.77.0) and, for CDK 1, 25318.
    issue: 25316,
    sources: [pull(25316), pull(25318), issue(25301)],
    fault: 'allowed',
    expected: [{ caller: ANYBODY, call: 'sts:AssumeRole', resource: 'Delivery.PipelineCodeBuildActionRole226DB0CB' }],
    repair: { modules: PIPELINES, bad: '1.188.0', good: '1.200.0' },
  },
  {
    // Action roles are trusted to the whole account; with the flag to the pipeline's role.
    issue: 33709,
    sources: [issue(33709), issue(27659), pull(33742)],
    fault: 'allowed',
    expected: [
      'SourceGitHubCodePipelineActionRole1AB4BA0C',
      'BuildCodePipelineActionRoleD77A08E6',
      'DeploySiteCodePipelineActionRole3F6D8280',
    ].map((role) => ({ caller: ANYBODY, call: 'sts:AssumeRole', resource: `Keyed.Pipeline${role}` })),
    repair: { flag: '@aws-cdk/pipelines:reduceStageRoleTrustScope' },
  },
  {
    // Action roles of another account are trusted to the whole account of the pipeline; with the flag a condition on
    // aws:PrincipalArn leaves its role. The advisory is GHSA-5pq3-h73f-66hr.
    issue: 34074,
    sources: [pull(34074), 'https://github.com/aws/aws-cdk/security/advisories/GHSA-5pq3-h73f-66hr'],
    fault: 'allowed',
    expected: [
      'cross-account-support-stack-222222222222.ToolsPipeline38905F49DeployPrepareActionRoleA2BE1AB6',
      'Target.ToolsPipeline38905F49DeploySiteActionRoleB344FAE7',
    ].map((resource) => ({ caller: ANYBODY, call: 'sts:AssumeRole', resource })),
    repair: { flag: '@aws-cdk/pipelines:reduceCrossAccountActionRoleTrustScope' },
  },
];
