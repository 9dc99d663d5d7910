import { CB, type SampleNote, UG } from './types';

const CDK = 'https://github.com/aws/aws-cdk';
const ROLE_PAGE = `${UG}/how-to-custom-role.html`;
const TROUBLES = `${UG}/troubleshooting.html`;
const CROSS_ACCOUNT = `${UG}/pipelines-create-cross-account.html`;
const CLOUDFORMATION = `${UG}/action-reference-CloudFormation.html`;
const STACK_SETS = `${UG}/action-reference-StackSets.html`;
const CODEBUILD = `${UG}/action-reference-CodeBuild.html`;
const CODECOMMIT = `${UG}/action-reference-CodeCommit.html`;
const PUBLISH = `${UG}/action-reference-ECRBuildAndPublish.html`;
const EC2 = `${UG}/action-reference-EC2Deploy.html`;
const EKS = `${UG}/action-reference-EKS.html`;
const LAMBDA = `${UG}/action-reference-LambdaDeploy.html`;
const S3_DEPLOY = `${UG}/action-reference-S3Deploy.html`;
const SERVICE_ROLE = `${CB}/setting-up-service-role.html`;

type Rest = readonly [
  need: SampleNote['need'],
  when: string,
  without: SampleNote['without'],
  basis: SampleNote['basis'],
  source: string,
];

function note(actions: readonly string[], ...[need, when, without, basis, source]: Rest): SampleNote {
  return { actions, need, when, without, basis, source };
}

/** Providers with a statement whose resource AWS prints as a placeholder (`resource_ARN`) without its kind. */
export const PLACEHOLDERS = [
  'Source/ECR',
  'Build/ECRBuildAndPublish',
  'Test/DeviceFarm',
  'Deploy/CloudFormationStackSet',
  'Deploy/CloudFormationStackInstances',
  'Deploy/ElasticBeanstalk',
  'Deploy/ServiceCatalog',
  'Deploy/OpsWorks',
  'Invoke/StepFunctions',
  'Invoke/InspectorScan',
] as const;

const CODEBUILD_ACTION = [
  note(
    ['codebuild:BatchGetBuildBatches', 'codebuild:StartBuildBatch'],
    'option',
    'BatchEnabled is true',
    'fails',
    'thread',
    `${CDK}/pull/12181`,
  ),
  note(
    ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'],
    'option',
    'BatchEnabled is not true',
    'fails',
    'thread',
    `${CDK}/pull/13018`,
  ),
  note(
    ['iam:PassRole'],
    'option',
    'ServiceRoleArnOverride is set; also of who creates or updates the pipeline',
    'fails',
    'page',
    CODEBUILD,
  ),
];

/**
 * Permissions that are required only with an option, which is missing from the sample, and what its absence does. Keys
 * as SAMPLE_POLICIES.
 */
export const NOTES: Readonly<Record<string, readonly SampleNote[]>> = {
  Pipeline: [
    note(
      ['s3:PutObjectTagging', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
      'option',
      'objects of the source bucket carry tags',
      'unknown',
      'page',
      ROLE_PAGE,
    ),
    note(
      ['kms:*'],
      'absent',
      'the store has a customer managed key: the page has the console put the role into the key policy',
      'fails',
      'page',
      CROSS_ACCOUNT,
    ),
    note(
      ['s3:ListBucket'],
      'absent',
      'a CodeCommit source looks whether the bucket exists; advice after an S3 access denial',
      'unknown',
      'page',
      TROUBLES,
    ),
    note(
      ['sts:AssumeRole'],
      'option',
      'an action has a role of its own; looked at when the pipeline is created or updated',
      'fails',
      'thread',
      'https://github.com/hashicorp/terraform-provider-aws/issues/13103',
    ),
    note(
      ['s3:PutObjectAcl'],
      'listed',
      'seen denied only for action roles outside the account of the bucket',
      'unknown',
      'thread',
      `${CDK}/pull/14260`,
    ),
  ],
  'Pipeline/CrossAccountActionRole': [
    note(
      ['kms:*'],
      'absent',
      'the page gives the key to the other account and to the instance role, not to the action role',
      'fails',
      'thread',
      `${CDK}/pull/6594`,
    ),
  ],

  'Source/CodeStarSourceConnection': [
    note(
      ['codeconnections:UseConnection', 'codestar-connections:UseConnection'],
      'always',
      'both, whatever prefix the ARN has',
      'fails',
      'page',
      `${UG}/action-reference-CodestarConnectionSource.html`,
    ),
  ],
  'Source/CodeCommit': [
    note(
      ['codecommit:GetRepository'],
      'option',
      'OutputArtifactFormat is CODEBUILD_CLONE_REF',
      'fails',
      'page',
      CODECOMMIT,
    ),
    note(
      ['codecommit:UploadArchive', 'codecommit:GetUploadArchiveStatus', 'codecommit:CancelUploadArchive'],
      'option',
      'OutputArtifactFormat is CODE_ZIP or absent: only then is there an archive',
      'unknown',
      'derived',
      CODECOMMIT,
    ),
    note(['codecommit:CancelUploadArchive'], 'listed', 'only to stop an upload', 'unknown', 'derived', CODECOMMIT),
    note(
      ['codecommit:GitPull'],
      'elsewhere',
      'the CodeBuild project, with CODEBUILD_CLONE_REF',
      'fails',
      'page',
      CODECOMMIT,
    ),
  ],
  'Source/S3': [
    note(
      ['s3:GetObjectTagging', 's3:GetObjectVersionTagging'],
      'listed',
      'elsewhere tied to objects with tags',
      'unknown',
      'page',
      ROLE_PAGE,
    ),
  ],

  'Build/CodeBuild': CODEBUILD_ACTION,
  'Test/CodeBuild': CODEBUILD_ACTION,
  'Compute/Commands': [
    note(
      ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      'always',
      '',
      'unknown',
      'page',
      `${UG}/action-reference-Commands.html`,
    ),
    note(
      ['secretsmanager:GetSecretValue'],
      'option',
      'an environment variable of type SECRETS_MANAGER',
      'fails',
      'page',
      `${UG}/action-reference-Commands.html`,
    ),
    note(
      ['ec2:CreateNetworkInterface'],
      'absent',
      'VpcId is set: the page tells of no ec2 permission',
      'unknown',
      'page',
      `${UG}/action-reference-Commands.html`,
    ),
  ],
  'Build/ECRBuildAndPublish': [
    note(
      ['ecr-public:*', 'sts:GetServiceBearerToken'],
      'option',
      'RegistryType is public',
      'unknown',
      'derived',
      PUBLISH,
    ),
    note(
      ['ecr:GetAuthorizationToken', 'ecr-public:GetAuthorizationToken'],
      'listed',
      'in the statement of a repository it has no effect',
      'no-effect',
      'derived',
      PUBLISH,
    ),
    note(
      ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      'listed',
      'said to be for looking at logs',
      'unknown',
      'page',
      PUBLISH,
    ),
  ],

  'Deploy/S3': [
    note(
      ['s3:GetObjectTagging', 's3:GetObjectVersionTagging', 's3:PutObjectTagging'],
      'option',
      'the objects carry tags',
      'unknown',
      'page',
      S3_DEPLOY,
    ),
    note(
      ['s3:PutObjectAcl', 's3:PutObjectVersionAcl'],
      'listed',
      'CannedACL is set; no text ties the two',
      'unknown',
      'derived',
      S3_DEPLOY,
    ),
    note(['kms:*'], 'absent', 'KMSEncryptionKeyARN is set or the bucket has a key', 'unknown', 'page', S3_DEPLOY),
  ],
  'Deploy/CloudFormation': [
    note(
      ['cloudformation:DescribeStackEvents'],
      'option',
      'never needed to succeed',
      'poorer-message',
      'page',
      CLOUDFORMATION,
    ),
    note(
      ['iam:PassRole'],
      'option',
      'RoleArn is set: every ActionMode but CHANGE_SET_EXECUTE',
      'fails',
      'page',
      CLOUDFORMATION,
    ),
    note(
      ['cloudformation:DescribeStacks'],
      'option',
      'ActionMode is CHANGE_SET_EXECUTE; of the other modes no source tells',
      'fails',
      'thread',
      `${CDK}/issues/3160`,
    ),
    note(
      ['cloudformation:ExecuteChangeSet'],
      'option',
      'ActionMode is CHANGE_SET_EXECUTE',
      'fails',
      'derived',
      CLOUDFORMATION,
    ),
    note(
      ['cloudformation:CreateChangeSet'],
      'option',
      'ActionMode is CHANGE_SET_REPLACE',
      'fails',
      'derived',
      CLOUDFORMATION,
    ),
    note(
      ['cloudformation:CreateStack', 'cloudformation:UpdateStack'],
      'option',
      'ActionMode is CREATE_UPDATE or REPLACE_ON_FAILURE',
      'fails',
      'derived',
      CLOUDFORMATION,
    ),
    note(
      ['cloudformation:DeleteStack'],
      'option',
      'ActionMode is DELETE_ONLY, or REPLACE_ON_FAILURE and the stack failed',
      'fails',
      'derived',
      CLOUDFORMATION,
    ),
    note(
      ['cloudformation:DeleteChangeSet'],
      'option',
      'ActionMode is CHANGE_SET_REPLACE and a change set of that name is there',
      'fails',
      'thread',
      'https://github.com/awslabs/aws-sam-codepipeline-cd/pull/5',
    ),
    note(
      ['cloudformation:DescribeChangeSet'],
      'option',
      'ActionMode is CHANGE_SET_REPLACE; a condition on cloudformation:ChangeSetName does not match at a first run',
      'fails',
      'thread',
      `${CDK}/issues/1034`,
    ),
    note(
      ['cloudformation:ValidateTemplate', 'cloudformation:GetTemplate', 'cloudformation:DescribeStackResources'],
      'listed',
      '',
      'unknown',
      'page',
      CLOUDFORMATION,
    ),
    note(
      ['s3:GetObject'],
      'elsewhere',
      'the deployment role, for code that the template takes from the artifact; not for the template',
      'fails',
      'thread',
      `${CDK}/issues/3765`,
    ),
  ],
  'Deploy/CloudFormationStackSet': [
    note(
      ['organizations:ListDelegatedAdministrators'],
      'option',
      'CallAs is DELEGATED_ADMIN',
      'fails',
      'page',
      STACK_SETS,
    ),
    note(
      ['iam:PassRole'],
      'absent',
      'PermissionModel is SELF_MANAGED: only our notes ask for it',
      'unknown',
      'notes',
      STACK_SETS,
    ),
    note(
      ['cloudformation:CreateStackInstances', 'cloudformation:ListStackInstances'],
      'listed',
      'DeploymentTargets and Regions are set',
      'unknown',
      'derived',
      STACK_SETS,
    ),
    note(
      ['cloudformation:CreateStackSet', 'cloudformation:UpdateStackSet'],
      'option',
      'the stack set is missing, or is there',
      'unknown',
      'page',
      STACK_SETS,
    ),
  ],
  'Deploy/CloudFormationStackInstances': [
    note(
      ['organizations:ListDelegatedAdministrators'],
      'option',
      'CallAs is DELEGATED_ADMIN',
      'fails',
      'page',
      STACK_SETS,
    ),
    note(
      ['cloudformation:UpdateStackInstances'],
      'absent',
      'instances that are there are updated, yet the sample does not list it',
      'unknown',
      'page',
      STACK_SETS,
    ),
  ],
  'Deploy/CodeDeploy': [
    note(
      ['codedeploy:GetApplicationRevision'],
      'listed',
      'on two older lists of the guide, not on the action page',
      'unknown',
      'page',
      ROLE_PAGE,
    ),
    note(
      [
        'codedeploy:ListDeployments',
        'codedeploy:ListDeploymentGroups',
        'codedeploy:GetDeploymentGroup',
        'codedeploy:ListDeploymentConfigs',
        'codedeploy:GetApplication',
      ],
      'listed',
      'on the action page, not on the older lists',
      'unknown',
      'page',
      `${UG}/action-reference-CodeDeploy.html`,
    ),
  ],
  'Deploy/CodeDeployToECS': [
    note(
      ['ecs:TagResource'],
      'option',
      'the account opted in to tagging authorization of ECS',
      'fails',
      'page',
      `${UG}/action-reference-ECSbluegreen.html`,
    ),
    note(
      ['iam:PassRole'],
      'option',
      'the task definition names a task role or an execution role',
      'fails',
      'derived',
      `${UG}/action-reference-ECSbluegreen.html`,
    ),
  ],
  'Deploy/ECS': [
    note(
      ['ecs:TagResource'],
      'option',
      'tagging authorization of ECS is on and the task definition has tags',
      'fails',
      'thread',
      `${CDK}/issues/25768`,
    ),
    note(
      ['iam:PassRole'],
      'option',
      'the task definition names a task role or an execution role',
      'fails',
      'derived',
      `${UG}/action-reference-ECS.html`,
    ),
    note(
      ['ecs:DescribeTasks', 'ecs:ListTasks'],
      'absent',
      'on older pages only',
      'unknown',
      'page',
      `${UG}/action-reference-ECS.html`,
    ),
  ],
  'Deploy/ElasticBeanstalk': [note(['elasticbeanstalk:DescribeEvents'], 'always', '', 'hangs', 'page', TROUBLES)],
  'Deploy/EC2': [
    note(['elasticloadbalancing:*'], 'option', 'TargetGroupNameList is set', 'unknown', 'derived', EC2),
    note(['ssm:CancelCommand'], 'listed', 'only to stop a command', 'unknown', 'derived', EC2),
    note(['s3:GetObject'], 'elsewhere', 'the role of the instances, on the artifact bucket', 'fails', 'page', EC2),
  ],
  'Deploy/EKS': [
    note(
      ['ec2:*'],
      'option',
      'Subnets and SecurityGroupIds are set (cluster with a private endpoint)',
      'unknown',
      'derived',
      EKS,
    ),
    note(
      ['ec2:CreateNetworkInterfacePermission', 'ec2:DescribeRouteTables'],
      'listed',
      'in the policy, not in the list above it',
      'unknown',
      'page',
      EKS,
    ),
  ],
  'Deploy/Lambda': [
    note(
      ['lambda:UpdateFunctionCode', 'lambda:PublishVersion'],
      'option',
      'the action has an input artifact',
      'unknown',
      'derived',
      LAMBDA,
    ),
    note(
      ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
      'option',
      'FunctionAlias is set',
      'unknown',
      'derived',
      LAMBDA,
    ),
    note(['cloudwatch:DescribeAlarms'], 'option', 'Alarms is set', 'unknown', 'derived', LAMBDA),
    note(
      ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      'listed',
      'the sample names /us-east-1/codepipeline/<pipeline>, elsewhere it is /aws/codepipeline/<pipeline>',
      'unknown',
      'page',
      LAMBDA,
    ),
  ],

  'Invoke/Lambda': [
    note(
      ['lambda:InvokeFunction', 'lambda:ListFunctions'],
      'always',
      'no resource is told',
      'fails',
      'page',
      `${UG}/actions-invoke-lambda-function.html`,
    ),
  ],
  'Invoke/StepFunctions': [
    note(
      ['states:DescribeExecution'],
      'option',
      'the state machine is of type STANDARD',
      'fails',
      'page',
      `${UG}/action-reference-StepFunctions.html`,
    ),
  ],
  'Invoke/InspectorScan': [
    note(
      ['ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage', 'ecr:BatchCheckLayerAvailability'],
      'option',
      'InspectorRunMode is ECRImageScan',
      'unknown',
      'derived',
      `${UG}/action-reference-InspectorScan.html`,
    ),
  ],
  'Approval/Manual': [
    note(
      ['sns:Publish'],
      'option',
      'NotificationArn is set',
      'unknown',
      'page',
      `${UG}/approvals-service-role-permissions.html`,
    ),
  ],

  'Rule/CloudWatchAlarm': [
    note(
      ['cloudwatch:DescribeAlarms'],
      'absent',
      'no page about rules or conditions tells of a permission',
      'unknown',
      'notes',
      `${UG}/rule-reference-CloudWatchAlarm.html`,
    ),
  ],
  'Rule/LambdaInvoke': [
    note(
      ['lambda:InvokeFunction'],
      'absent',
      'no page about rules or conditions tells of a permission',
      'unknown',
      'notes',
      `${UG}/rule-reference-LambdaInvoke.html`,
    ),
  ],
  'Rule/CodeBuild': [
    note(
      ['codebuild:BatchGetBuildBatches', 'codebuild:StartBuildBatch'],
      'absent',
      'BatchEnabled is true; the page lists the other two only',
      'unknown',
      'derived',
      `${UG}/rule-reference-CodeBuild.html`,
    ),
  ],

  'Project/CodeBuild': [
    note(
      ['codecommit:GitPull'],
      'option',
      'the source is CodeCommit, or CODEBUILD_CLONE_REF of it',
      'fails',
      'page',
      TROUBLES,
    ),
    note(
      ['codeconnections:UseConnection'],
      'option',
      'CODEBUILD_CLONE_REF of a connection; may have condition codeconnections:FullRepositoryId',
      'fails',
      'page',
      TROUBLES,
    ),
    note(
      ['codestar-connections:UseConnection'],
      'absent',
      'the page has one prefix here, two at the source action',
      'unknown',
      'page',
      TROUBLES,
    ),
    note(
      ['s3:GetBucketAcl', 's3:GetBucketLocation'],
      'listed',
      'advised check of the bucket owner',
      'no-effect',
      'thread',
      'https://github.com/aws-ia/terraform-aws-control_tower_account_factory/issues/53',
    ),
    note(
      [
        'ecr:BatchCheckLayerAvailability',
        'ecr:GetDownloadUrlForLayer',
        'ecr:BatchGetImage',
        'ecr:GetAuthorizationToken',
      ],
      'option',
      'the image is in ECR and imagePullCredentialsType is SERVICE_ROLE',
      'unknown',
      'derived',
      SERVICE_ROLE,
    ),
    note(
      ['ecr:BatchGetImage'],
      'elsewhere',
      'repository policy for codebuild.amazonaws.com if imagePullCredentialsType is CODEBUILD',
      'fails',
      'page',
      `${CB}/sample-ecr.html`,
    ),
    note(
      ['codebuild:CreateReportGroup'],
      'option',
      'a report of the buildspec is a name, not an ARN of a group',
      'fails',
      'thread',
      `${CDK}/issues/7367`,
    ),
    note(
      ['codebuild:BatchPutCodeCoverages'],
      'option',
      'a code coverage report',
      'fails',
      'page',
      `${CB}/test-permissions.html`,
    ),
    note(
      ['codebuild:CreateReport', 'codebuild:UpdateReport', 'codebuild:BatchPutTestCases'],
      'option',
      'a test report',
      'fails',
      'page',
      `${CB}/test-permissions.html`,
    ),
    note(
      ['ec2:*'],
      'option',
      'VpcConfig is set; DescribeSecurityGroups is looked at when the project is created',
      'fails',
      'thread',
      `${CDK}/issues/2652`,
    ),
    note(
      ['ssm:GetParameters'],
      'option',
      'a variable of type PARAMETER_STORE or env.parameter-store',
      'fails',
      'page',
      `${CB}/build-spec-ref.html`,
    ),
    note(
      ['secretsmanager:GetSecretValue'],
      'option',
      'a private registry; by thread also a variable of type SECRETS_MANAGER',
      'fails',
      'thread',
      `${CDK}/pull/12121`,
    ),
    note(
      ['kms:*'],
      'option',
      'a customer managed key; the page gives it in the key policy',
      'fails',
      'page',
      `${CB}/setting-up-kms.html`,
    ),
    note(
      ['s3:GetObject', 's3:PutObject'],
      'option',
      'a cache of type S3, on its bucket',
      'unknown',
      'page',
      `${CB}/troubleshooting.html`,
    ),
    note(
      ['s3:GetObject'],
      'option',
      'BuildspecOverride or the buildspec is the ARN of an S3 object',
      'unknown',
      'derived',
      CODEBUILD,
    ),
    note(['ssmmessages:*'], 'option', 'session connection is enabled', 'unknown', 'page', `${CB}/session-manager.html`),
    note(['logs:CreateLogGroup'], 'listed', 'the group may be there already', 'unknown', 'derived', SERVICE_ROLE),
  ],
};
