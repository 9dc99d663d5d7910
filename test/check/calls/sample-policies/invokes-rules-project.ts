import { CB, type SampleTable, UG } from './types';

const INSPECTOR = `${UG}/action-reference-InspectorScan.html`;
const INVOKE_LAMBDA = `${UG}/actions-invoke-lambda-function.html`;
const SERVICE_ROLE = `${CB}/setting-up-service-role.html`;
const VPC = `${CB}/auth-and-access-control-iam-identity-based-access-control.html`;
const CLONE = `${UG}/troubleshooting.html`;
const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** The providers of the categories Invoke, Approval and Rule, and the service role of a CodeBuild project. */
export const INVOKES_RULES_PROJECT: SampleTable = {
  'Invoke/Lambda': [
    { actions: ['lambda:InvokeFunction'], on: 'function', source: INVOKE_LAMBDA, confirmed: true },
    { actions: ['lambda:ListFunctions'], on: '*', source: INVOKE_LAMBDA, confirmed: true },
  ],
  // The role of the invoked function.
  'Invoke/Lambda/FunctionRole': [
    {
      actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'],
      on: '*',
      source: INVOKE_LAMBDA,
      confirmed: true,
    },
  ],
  'Invoke/StepFunctions': [
    {
      actions: ['states:DescribeStateMachine', 'states:DescribeExecution', 'states:StartExecution'],
      on: 'stateMachine|execution',
      source: `${UG}/action-reference-StepFunctions.html`,
      confirmed: true,
    },
  ],
  'Invoke/CodePipeline': [
    {
      actions: ['codepipeline:StartPipelineExecution'],
      on: 'pipeline',
      source: `${UG}/action-reference-PipelineInvoke.html`,
      confirmed: true,
    },
  ],
  'Invoke/InspectorScan': [
    { actions: ['inspector-scan:ScanSbom'], on: '*', source: INSPECTOR, confirmed: true },
    {
      actions: ['ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage', 'ecr:BatchCheckLayerAvailability'],
      on: 'repository',
      source: INSPECTOR,
      confirmed: true,
    },
    { actions: ['ecr:GetAuthorizationToken'], on: '*', source: INSPECTOR, confirmed: false },
    { actions: LOGS, on: 'log-group', source: INSPECTOR, confirmed: true },
  ],
  'Approval/Manual': [
    { actions: ['sns:Publish'], on: '*', source: `${UG}/approvals-service-role-permissions.html`, confirmed: true },
  ],

  'Rule/CloudWatchAlarm': [
    {
      actions: ['cloudwatch:DescribeAlarms'],
      on: 'alarm',
      source: `${UG}/rule-reference-CloudWatchAlarm.html`,
      confirmed: false,
    },
  ],
  'Rule/DeploymentWindow': [],
  'Rule/LambdaInvoke': [
    {
      actions: ['lambda:InvokeFunction'],
      on: 'function',
      source: `${UG}/rule-reference-LambdaInvoke.html`,
      confirmed: false,
    },
  ],
  'Rule/VariableCheck': [],
  'Rule/CodeBuild': [
    {
      actions: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild'],
      on: 'project',
      source: `${UG}/rule-reference-CodeBuild.html`,
      confirmed: true,
    },
    {
      actions: ['codebuild:BatchGetBuildBatches', 'codebuild:StartBuildBatch'],
      on: 'project',
      source: `${UG}/rule-reference-CodeBuild.html`,
      confirmed: false,
    },
  ],
  'Rule/Commands': [
    { actions: LOGS, on: 'log-group:*', source: `${UG}/rule-reference-Commands.html`, confirmed: true },
  ],

  'Project/CodeBuild': [
    { actions: LOGS, on: '*', source: SERVICE_ROLE, confirmed: true },
    { actions: ['codecommit:GitPull'], on: '*', source: SERVICE_ROLE, confirmed: true },
    { actions: ['s3:GetObject', 's3:GetObjectVersion'], on: '*', source: SERVICE_ROLE, confirmed: true },
    { actions: ['s3:PutObject'], on: '*', source: SERVICE_ROLE, confirmed: true },
    {
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      on: '*',
      source: SERVICE_ROLE,
      confirmed: true,
    },
    { actions: ['ecr:GetAuthorizationToken'], on: '*', source: SERVICE_ROLE, confirmed: true },
    {
      actions: ['s3:GetBucketAcl', 's3:GetBucketLocation'],
      on: '*',
      source: `${CB}/auth-and-access-control-iam-access-control-identity-based.html`,
      confirmed: true,
    },
    {
      actions: [
        'codebuild:CreateReportGroup',
        'codebuild:CreateReport',
        'codebuild:UpdateReport',
        'codebuild:BatchPutTestCases',
        'codebuild:BatchPutCodeCoverages',
      ],
      on: 'report-group',
      source: `${CB}/test-permissions.html`,
      confirmed: true,
    },
    {
      actions: [
        'ec2:CreateNetworkInterface',
        'ec2:DescribeDhcpOptions',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeSubnets',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeVpcs',
      ],
      on: '*',
      source: VPC,
      confirmed: true,
    },
    { actions: ['ec2:CreateNetworkInterfacePermission'], on: 'network-interface', source: VPC, confirmed: true },
    { actions: ['ssm:GetParameters'], on: 'parameter', source: `${CB}/build-spec-ref.html`, confirmed: true },
    {
      actions: ['secretsmanager:GetSecretValue'],
      on: 'secret',
      source: `${CB}/private-registry-sample-create-project.html`,
      confirmed: true,
    },
    {
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      on: 'key',
      source: `${CB}/setting-up-kms.html`,
      confirmed: true,
    },
    { actions: ['codeconnections:UseConnection'], on: 'connection', source: CLONE, confirmed: true },
    { actions: ['codecommit:GitPull'], on: 'repository', source: CLONE, confirmed: true },
    {
      actions: ['s3:GetObject', 's3:PutObject'],
      on: 'bucket|object',
      source: `${CB}/troubleshooting.html`,
      confirmed: true,
    },
    {
      actions: [
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      on: '*',
      source: `${CB}/session-manager.html`,
      confirmed: true,
    },
  ],
  // The second role of a project with batch builds.
  'Project/CodeBuild/BatchRole': [
    {
      actions: ['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:RetryBuild'],
      on: 'project',
      source: `${CB}/batch-build.html`,
      confirmed: true,
    },
  ],
};
