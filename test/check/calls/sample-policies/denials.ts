import type { ObservedDenial } from './types';

const CDK = 'https://github.com/aws/aws-cdk';
const REFARCH = 'https://github.com/awslabs/aws-refarch-cross-account-pipeline/issues';
const ADF = 'https://github.com/awslabs/aws-deployment-framework';
const LZA = 'https://github.com/awslabs/landing-zone-accelerator-on-aws/issues';
const GUIDE = 'https://github.com/awsdocs/aws-codepipeline-user-guide';

type Rest = readonly [
  call: string, resource: string, source: string, evidence: ObservedDenial['evidence'], remark?: string,
];
const seen = (provider: string, caller: ObservedDenial['caller'], ...[call, resource, source, evidence, remark]: Rest): ObservedDenial =>
  ({ provider, caller, call, resource, source, evidence, ...(remark === undefined ? {} : { remark }) });

/** Denials from public threads. Two with DescribeStackEvents and one with GetBucketLocation do not fail the action: see the remark. */
export const OBSERVED_DENIALS: readonly ObservedDenial[] = [
  // Artifact store and role chain
  seen('Pipeline', 'pipeline role', 's3:GetBucketVersioning', 'bucket', `${REFARCH}/1`, 'told',
    'comment of 2022-02-13; aws-samples/ecs-refarch-continuous-deployment does without'),
  seen('Pipeline', 'pipeline role', 'sts:AssumeRole', 'role', 'https://github.com/hashicorp/terraform-provider-aws/issues/13103', 'text',
    'InvalidStructureException when the pipeline is created'),
  seen('Pipeline', 'pipeline role', 'sts:AssumeRole', 'role', `${CDK}/issues/13139`, 'told', 'when the pipeline is created'),
  seen('Pipeline', 'pipeline role', 'sts:AssumeRole', 'role', `${CDK}/issues/10068`, 'told'),
  seen('Pipeline', 'pipeline role', 'kms:GenerateDataKey', 'key', `${ADF}/issues/756`, 'told', 'copy of an artifact to the store of another region'),
  seen('Pipeline', 'cross-account action role', 'kms:GenerateDataKey', 'key', `${CDK}/pull/6594`, 'granted', 'an output artifact; also kms:Encrypt'),

  // Sources
  seen('Source/CodeStarSourceConnection', 'pipeline role', 'codestar-connections:UseConnection', 'connection', `${LZA}/828`, 'told',
    'both prefixes were added'),
  seen('Source/CodeStarSourceConnection', 'pipeline role', 'codeconnections:UseConnection', 'connection', `${LZA}/1083`, 'told',
    'both prefixes were added'),
  seen('Source/CodeStarSourceConnection', 'pipeline role', 'codestar-connections:UseConnection', 'connection', `${GUIDE}/issues/34`, 'told'),
  seen('Source/CodeStarSourceConnection', 'pipeline role', 'codestar-connections:UseConnection', 'connection',
    'https://github.com/hashicorp/terraform-provider-aws/issues/11389', 'told', 'role said to lack permissions'),
  seen('Source/CodeStarSourceConnection', 'pipeline role', 'codestar-connections:UseConnection', 'connection',
    'https://github.com/cloudposse/terraform-aws-ecs-codepipeline/pull/75', 'granted', 'a wrong condition on the repository id'),
  seen('Source/CodeStarSourceConnection', 'action role', 's3:PutObjectAcl', 'object', `${CDK}/issues/13557`, 'granted',
    'message: upload to S3 failed, Access Denied; fix in pull 13637'),
  seen('Source/GitHub', 'pipeline role', 's3:PutObject', 'object', `${REFARCH}/12`, 'told', 'the role had to be given the store'),
  seen('Source/CodeCommit', 'cross-account action role', 's3:PutObjectAcl', 'object', `${CDK}/issues/14156`, 'granted',
    'the message names the bucket only; fix in pull 14260; not needed inside one account'),
  seen('Source/CodeCommit', 'action role', 'kms:Decrypt', 'key', `${CDK}/issues/3170`, 'text', 'by CloudTrail, invokedBy CodePipeline'),
  seen('Source/CodeCommit', 'pipeline role', 'codecommit:GetBranch', 'repository',
    'https://cplus-django.wekeepcoding.com/article/15941078/Cross+Region+access+to+CodeCommit+repository+from+CodePipeline', 'text',
    'copy of a Stack Overflow question; no cross-region sources: the call goes to the region of the pipeline'),
  seen('Source/CodeCommit', 'action role', 'codecommit:GetRepository', 'repository', `${CDK}/pull/12558`, 'granted', 'full clone only'),

  // Builds
  seen('Build/CodeBuild', 'pipeline role', 'codebuild:StartBuild', 'project', 'https://github.com/awslabs/cdk-eks-blueprints/issues/483', 'text',
    'IAM had not settled: a retry succeeded'),
  seen('Build/CodeBuild', 'action role', 'codebuild:StartBuildBatch', 'project', `${CDK}/pull/12181`, 'granted', 'batch builds'),
  seen('Build/CodeBuild', 'action role', 'codebuild:BatchGetBuildBatches', 'project', `${CDK}/pull/13018`, 'granted', 'batch builds'),

  // CloudFormation
  seen('Deploy/CloudFormation', 'action role', 'cloudformation:DescribeStacks', 'stack', `${CDK}/issues/3160`, 'told', 'CHANGE_SET_EXECUTE'),
  seen('Deploy/CloudFormation', 'pipeline role', 'cloudformation:DescribeChangeSet', 'stack', `${CDK}/issues/1034`, 'text',
    'CHANGE_SET_REPLACE of a new stack; resource stack/<name>/*'),
  seen('Deploy/CloudFormation', 'pipeline role', 'cloudformation:DeleteChangeSet', 'stack',
    'https://github.com/awslabs/aws-sam-codepipeline-cd/pull/5', 'granted', 'after a change set that failed'),
  seen('Deploy/CloudFormation', 'action role', 'cloudformation:DescribeStackEvents', 'stack', `${CDK}/pull/29534`, 'text',
    'no denial of the action: only the reason is missing from the message'),
  seen('Deploy/CloudFormation', 'action role', 'cloudformation:DescribeStackEvents', 'stack',
    'https://github.com/aws-solutions-library-samples/data-lakes-on-aws/issues/245', 'text', 'no denial of the action'),
  seen('Deploy/CloudFormation', 'action role', 'iam:PassRole', 'role', `${GUIDE}/pull/50`, 'told', 'a deployment role of another account'),
  seen('Deploy/CloudFormation', 'action role', 'iam:PassRole', 'role', 'https://github.com/adcreare/cloudformation/issues/3', 'told',
    'a deployment role of another account'),
  seen('Deploy/CloudFormation', 'deployment role', 's3:GetObject', 'object', `${CDK}/issues/3765`, 'text', 'code of a function in another account'),
  seen('Deploy/CloudFormation', 'deployment role', 's3:GetObject', 'object', `${CDK}/issues/5183`, 'text', 'code of a function'),
  seen('Deploy/CloudFormation', 'deployment role', 'kms:Decrypt', 'key', `${CDK}/issues/5183`, 'told', 'code of a function'),

  // ECS and CodeDeploy
  seen('Deploy/ECS', 'action role', 'ecs:TagResource', 'task-definition', `${CDK}/issues/25768`, 'text',
    'denied again by the session policy of CodePipeline after the role had it'),
  seen('Deploy/ECS', 'action role', 'ecs:TagResource', 'task-definition', 'https://github.com/aws-amplify/amplify-cli/issues/13614', 'told'),
  seen('Deploy/CodeDeployToECS', 'cross-account action role', 'ecs:RegisterTaskDefinition', '*', 'https://stackoverflow.com/questions/56781776',
    'told'),
  seen('Deploy/CodeDeployToECS', 'cross-account action role', 'iam:PassRole', 'role', 'https://stackoverflow.com/questions/56781776', 'told',
    'the roles of the containers'),
  seen('Deploy/CodeDeploy', 'pipeline role', 'codedeploy:CreateDeployment', 'unstated',
    'https://github.com/tungbq/aws-lab-with-terraform/issues/271', 'text', 'comment of 2023-12-12; only the end of the message'),

  // Other targets
  seen('Deploy/S3', 'action role', 's3:PutObject', 'bucket', `${ADF}/issues/202`, 'text', 'the message speaks of s3.putObject'),
  seen('Invoke/StepFunctions', 'action role', 'states:DescribeExecution', 'execution', `${CDK}/issues/11688`, 'text'),
  seen('Invoke/StepFunctions', 'action role', 'states:DescribeExecution', 'execution', `${CDK}/issues/11397`, 'text'),
  seen('Invoke/StepFunctions', 'action role', 'states:DescribeExecution', 'execution', `${CDK}/issues/28957`, 'text'),
  seen('Invoke/StepFunctions', 'cross-account action role', 'states:DescribeExecution', 'execution', `${CDK}/pull/25850`, 'granted',
    'account and region of the execution are those of the state machine'),
  seen('Invoke/Lambda', 'action role', 's3:GetObject', 'object', `${CDK}/issues/3274`, 'granted',
    'through artifactCredentials, if the action has artifacts'),
  seen('Invoke/Lambda', 'function role', 'codepipeline:PutJobFailureResult', '*',
    'https://github.com/aws/serverless-application-model/issues/389', 'text', 'a policy that names a pipeline does not do'),
  seen('Invoke/Lambda', 'action role', 'codepipeline:PutJobSuccessResult', 'unstated', `${CDK}/issues/15235`, 'text',
    'made with artifactCredentials, which do not go that far'),

  // Role of a CodeBuild project
  seen('Project/CodeBuild', 'project role', 'logs:CreateLogStream', 'log-stream', `${CDK}/issues/12179`, 'text'),
  seen('Project/CodeBuild', 'project role', 'codebuild:CreateReportGroup', 'report-group', `${CDK}/issues/7367`, 'text', 'UPLOAD_ARTIFACTS fails'),
  seen('Project/CodeBuild', 'project role', 'codebuild:BatchPutCodeCoverages', 'report-group', `${CDK}/issues/21534`, 'told'),
  seen('Project/CodeBuild', 'project role', 'ssm:GetParameters', 'parameter', `${CDK}/issues/11032`, 'text', 'variable of the project'),
  seen('Project/CodeBuild', 'project role', 'ssm:GetParameters', 'parameter', `${CDK}/issues/9980`, 'text', 'DOWNLOAD_SOURCE fails'),
  seen('Project/CodeBuild', 'project role', 'secretsmanager:GetSecretValue', 'secret', `${CDK}/pull/12121`, 'granted'),
  seen('Project/CodeBuild', 'project role', 'secretsmanager:GetSecretValue', 'secret', `${CDK}/pull/12761`, 'granted', 'variable of the action'),
  seen('Project/CodeBuild', 'project role', 'kms:Decrypt', 'key', `${CDK}/issues/14043`, 'told', 'secret of another account'),
  seen('Project/CodeBuild', 'project role', 'secretsmanager:GetSecretValue', 'secret', `${CDK}/pull/8845`, 'granted', 'private registry'),
  seen('Project/CodeBuild', 'project role', 'ecr:BatchGetImage', 'repository', 'https://github.com/aws/copilot-cli/issues/3518', 'text',
    'by a command of the buildspec'),
  seen('Project/CodeBuild', 'project role', 'ecr:GetAuthorizationToken', '*', `${CDK}/issues/1319`, 'text', 'by a command of the buildspec'),
  seen('Project/CodeBuild', 'project role', 'ec2:CreateNetworkInterfacePermission', 'network-interface', `${CDK}/issues/12705`, 'told',
    'VPC_CLIENT_ERROR, UnauthorizedOperation'),
  seen('Project/CodeBuild', 'project role', 'ec2:DescribeSecurityGroups', '*', `${CDK}/issues/2652`, 'text', 'when the project is created'),
  seen('Project/CodeBuild', 'project role', 'ec2:DescribeSecurityGroups', '*', `${CDK}/issues/11815`, 'text', 'when the project is created'),
  seen('Project/CodeBuild', 'project role', 'kms:Decrypt', 'key',
    'https://github.com/aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock/issues/355', 'told', 'upload of artifacts'),
  seen('Project/CodeBuild', 'project role', 'codestar-connections:UseConnection', 'connection', `${REFARCH}/5`, 'told',
    'full clone; comment of 2021-10-13'),
  seen('Project/CodeBuild', 'project role', 's3:GetBucketLocation', 'bucket',
    'https://github.com/aws-ia/terraform-aws-control_tower_account_factory/issues/53', 'text', 'the build succeeds all the same'),
];
