import { type SampleTable, UG } from './types';

const CLOUDFORMATION = `${UG}/action-reference-CloudFormation.html`;
const STACK_SETS = `${UG}/action-reference-StackSets.html`;
const CODEDEPLOY = `${UG}/action-reference-CodeDeploy.html`;
const BLUE_GREEN = `${UG}/action-reference-ECSbluegreen.html`;
const ECS = `${UG}/action-reference-ECS.html`;
const EC2 = `${UG}/action-reference-EC2Deploy.html`;
const EKS = `${UG}/action-reference-EKS.html`;
const LAMBDA = `${UG}/action-reference-LambdaDeploy.html`;
const S3 = `${UG}/action-reference-S3Deploy.html`;
const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const TASK_SERVICES = 'ecs.amazonaws.com|ecs-tasks.amazonaws.com';

/** The providers of the category Deploy. */
export const DEPLOYS: SampleTable = {
  'Deploy/S3': [
    {
      actions: [
        's3:PutObject',
        's3:PutObjectAcl',
        's3:PutObjectVersionAcl',
        's3:GetBucketVersioning',
        's3:GetBucketAcl',
        's3:GetBucketLocation',
      ],
      on: 'bucket|object',
      source: S3,
      confirmed: true,
    },
    {
      actions: ['s3:GetObjectTagging', 's3:GetObjectVersionTagging', 's3:PutObjectTagging'],
      on: 'bucket|object',
      source: S3,
      confirmed: true,
    },
  ],

  'Deploy/CloudFormation': [
    {
      actions: [
        'cloudformation:CreateStack',
        'cloudformation:UpdateStack',
        'cloudformation:DeleteStack',
        'cloudformation:DescribeStacks',
        'cloudformation:DescribeStackResources',
        'cloudformation:DescribeStackEvents',
        'cloudformation:GetTemplate',
        'cloudformation:DescribeChangeSet',
        'cloudformation:CreateChangeSet',
        'cloudformation:DeleteChangeSet',
        'cloudformation:ExecuteChangeSet',
      ],
      on: 'stack',
      source: CLOUDFORMATION,
      confirmed: true,
    },
    { actions: ['cloudformation:ValidateTemplate'], on: '*', source: CLOUDFORMATION, confirmed: true },
    {
      actions: ['iam:PassRole'],
      on: 'role',
      passedTo: 'cloudformation.amazonaws.com',
      source: CLOUDFORMATION,
      confirmed: true,
    },
  ],
  'Deploy/CloudFormationStackSet': [
    {
      actions: [
        'cloudformation:CreateStackSet',
        'cloudformation:UpdateStackSet',
        'cloudformation:CreateStackInstances',
        'cloudformation:DescribeStackSetOperation',
        'cloudformation:DescribeStackSet',
        'cloudformation:ListStackInstances',
      ],
      on: 'stackset',
      source: STACK_SETS,
      confirmed: true,
    },
    { actions: ['organizations:ListDelegatedAdministrators'], on: '*', source: STACK_SETS, confirmed: true },
    { actions: ['iam:PassRole'], on: 'role', source: STACK_SETS, confirmed: false },
  ],
  'Deploy/CloudFormationStackInstances': [
    {
      actions: ['cloudformation:CreateStackInstances', 'cloudformation:DescribeStackSetOperation'],
      on: 'stackset',
      source: STACK_SETS,
      confirmed: true,
    },
    { actions: ['organizations:ListDelegatedAdministrators'], on: '*', source: STACK_SETS, confirmed: true },
  ],

  'Deploy/CodeDeploy': [
    {
      actions: [
        'codedeploy:CreateDeployment',
        'codedeploy:GetApplication',
        'codedeploy:GetDeployment',
        'codedeploy:RegisterApplicationRevision',
        'codedeploy:ListDeployments',
        'codedeploy:ListDeploymentGroups',
        'codedeploy:GetDeploymentGroup',
      ],
      on: 'application|deploymentgroup',
      source: CODEDEPLOY,
      confirmed: true,
    },
    { actions: ['codedeploy:GetDeploymentConfig'], on: 'deploymentconfig', source: CODEDEPLOY, confirmed: true },
    { actions: ['codedeploy:ListDeploymentConfigs'], on: '*', source: CODEDEPLOY, confirmed: true },
    // Two other pages of the same guide still print this older list.
    {
      actions: [
        'codedeploy:CreateDeployment',
        'codedeploy:GetApplicationRevision',
        'codedeploy:GetDeployment',
        'codedeploy:GetDeploymentConfig',
        'codedeploy:RegisterApplicationRevision',
      ],
      on: '*',
      source: `${UG}/how-to-custom-role.html`,
      confirmed: true,
    },
  ],
  'Deploy/CodeDeployToECS': [
    {
      actions: ['codedeploy:CreateDeployment', 'codedeploy:GetDeployment'],
      on: 'deploymentgroup',
      source: BLUE_GREEN,
      confirmed: true,
    },
    {
      actions: [
        'codedeploy:GetApplication',
        'codedeploy:GetApplicationRevision',
        'codedeploy:RegisterApplicationRevision',
      ],
      on: 'application',
      source: BLUE_GREEN,
      confirmed: true,
    },
    { actions: ['codedeploy:GetDeploymentConfig'], on: 'deploymentconfig', source: BLUE_GREEN, confirmed: true },
    { actions: ['ecs:RegisterTaskDefinition'], on: '*', source: BLUE_GREEN, confirmed: true },
    { actions: ['ecs:TagResource'], on: 'task-definition', source: BLUE_GREEN, confirmed: true },
    { actions: ['iam:PassRole'], on: 'role', passedTo: TASK_SERVICES, source: BLUE_GREEN, confirmed: true },
  ],
  'Deploy/ECS': [
    { actions: ['ecs:DescribeTaskDefinition', 'ecs:RegisterTaskDefinition'], on: '*', source: ECS, confirmed: true },
    { actions: ['ecs:DescribeServices', 'ecs:UpdateService'], on: 'service', source: ECS, confirmed: true },
    { actions: ['ecs:TagResource'], on: 'task-definition', source: ECS, confirmed: true },
    { actions: ['iam:PassRole'], on: 'role', passedTo: TASK_SERVICES, source: ECS, confirmed: true },
  ],
  'Deploy/ElasticBeanstalk': [
    {
      actions: [
        'elasticbeanstalk:*',
        'ec2:*',
        'elasticloadbalancing:*',
        'autoscaling:*',
        'cloudwatch:*',
        's3:*',
        'sns:*',
        'cloudformation:*',
        'rds:*',
        'sqs:*',
        'ecs:*',
      ],
      on: 'unstated',
      source: `${UG}/action-reference-Beanstalk.html`,
      confirmed: true,
    },
  ],

  'Deploy/EC2': [
    {
      actions: [
        'ec2:DescribeInstances',
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'ssm:CancelCommand',
        'ssm:DescribeInstanceInformation',
        'ssm:ListCommandInvocations',
      ],
      on: '*',
      source: EC2,
      confirmed: true,
    },
    { actions: LOGS, on: 'log-group:*', source: EC2, confirmed: true },
    {
      actions: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
      on: 'targetgroup',
      source: EC2,
      confirmed: true,
    },
    { actions: ['ssm:SendCommand'], on: 'instance', source: EC2, confirmed: true },
    { actions: ['ssm:SendCommand'], on: 'document', source: EC2, confirmed: true },
  ],
  'Deploy/EKS': [
    { actions: ['eks:DescribeCluster'], on: 'cluster', source: EKS, confirmed: true },
    {
      actions: [
        'ec2:CreateNetworkInterface',
        'ec2:CreateNetworkInterfacePermission',
        'ec2:DescribeDhcpOptions',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeSubnets',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeVpcs',
        'ec2:DescribeRouteTables',
      ],
      on: '*',
      source: EKS,
      confirmed: true,
    },
    { actions: LOGS, on: 'log-group|log-group:*', source: EKS, confirmed: true },
  ],
  'Deploy/Lambda': [
    {
      actions: [
        'lambda:GetAlias',
        'lambda:GetFunctionConfiguration',
        'lambda:GetProvisionedConcurrencyConfig',
        'lambda:PublishVersion',
        'lambda:UpdateAlias',
        'lambda:UpdateFunctionCode',
      ],
      on: 'function|function:*',
      source: LAMBDA,
      confirmed: true,
    },
    { actions: ['cloudwatch:DescribeAlarms'], on: 'alarm', source: LAMBDA, confirmed: true },
    { actions: ['logs:CreateLogGroup'], on: 'log-group|log-group:*', source: LAMBDA, confirmed: true },
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on: 'log-stream', source: LAMBDA, confirmed: true },
  ],

  'Deploy/AppConfig': [
    {
      actions: ['appconfig:StartDeployment', 'appconfig:StopDeployment', 'appconfig:GetDeployment'],
      on: 'application|application/*|deploymentstrategy',
      source: `${UG}/action-reference-AppConfig.html`,
      confirmed: true,
    },
  ],
  'Deploy/ServiceCatalog': [
    {
      actions: [
        'servicecatalog:ListProvisioningArtifacts',
        'servicecatalog:CreateProvisioningArtifact',
        'servicecatalog:DescribeProvisioningArtifact',
        'servicecatalog:DeleteProvisioningArtifact',
        'servicecatalog:UpdateProduct',
      ],
      on: 'unstated',
      source: `${UG}/action-reference-ServiceCatalog.html`,
      confirmed: true,
    },
    {
      actions: ['cloudformation:ValidateTemplate'],
      on: 'unstated',
      source: `${UG}/action-reference-ServiceCatalog.html`,
      confirmed: true,
    },
  ],
  'Deploy/OpsWorks': [
    {
      actions: [
        'opsworks:CreateDeployment',
        'opsworks:DescribeApps',
        'opsworks:DescribeCommands',
        'opsworks:DescribeDeployments',
        'opsworks:DescribeInstances',
        'opsworks:DescribeStacks',
        'opsworks:UpdateApp',
        'opsworks:UpdateStack',
      ],
      on: 'unstated',
      source: `${UG}/action-reference-OpsWorks.html`,
      confirmed: true,
    },
  ],
};
