import type { Context } from '../../iam/request';
import { useKey } from '../artifacts';
import type { ActionContext, Call, ProviderCalls, Row } from '../call';
import { callsOfRows, configured, contextValue, fill, listItems } from '../call';
import { CLOUDFORMATION } from './cloudformation';
import { CODE_DEPLOY_ROWS, groupCalls, DEPLOYMENT_APPLICATION, DEPLOYMENT_GROUP } from './code-deploy';
import { ECS } from './ecs';
import { MANAGED_COMPUTE_LOGS, page } from './docs-url';

const SITE_OBJECT = 'arn:{partition}:s3:::{BucketName}/{run}';

const WITHOUT = 'pipelines work with the roles of aws-cdk-lib, which do not allow it';

const BEANSTALK = 'AWS allows the whole service in its sample policy, and does not list the calls of the action';
const SERVICE_CATALOG = 'AWS lists it for all products together, and does not state when the action calls it';

const EB = [
  'CreateApplicationVersion',
  'DescribeApplicationVersions',
  'DescribeEnvironments',
  'DescribeEvents',
  'UpdateEnvironment',
];

function namesSubnets({ action }: ActionContext) {
  return action.configuration.Subnets !== undefined;
}

const NETWORK_INTERFACE = 'arn:{partition}:ec2:{region}:{account}:network-interface/{run}';

/** Describes the network of a cluster. The tutorial requires it for public clusters, too. */
const DESCRIBE_NETWORK: Row = {
  call: ['NetworkInterfaces', 'DhcpOptions', 'Subnets', 'SecurityGroups', 'Vpcs', 'RouteTables'].map(
    (resources) => `ec2:Describe${resources}`,
  ),
  on: '*',
};

/** Creates and deletes a network interface in the VPC of a cluster. */
function interfaceRow(more: Partial<Row>): Row {
  return {
    call: inService('ec2', ['CreateNetworkInterface', 'DeleteNetworkInterface']),
    on: NETWORK_INTERFACE,
    ...more,
  };
}

function interfacePermission(more: Partial<Row>): Row {
  return {
    call: 'ec2:CreateNetworkInterfacePermission',
    on: NETWORK_INTERFACE,
    ...more,
  };
}

/** Returns the calls for a network interface in one of the subnets with all security groups. */
function interfaceCalls(context: ActionContext): Call[] {
  function arnsOf(kind: string, key: string) {
    const ids = listItems(configured(context, key));
    return ids.map((id) => fill(`arn:{partition}:ec2:{region}:{account}:${kind}/${id}`, context));
  }

  const subnets = arnsOf('subnet', 'Subnets');
  return callsOfRows(context, [
    ...[...subnets, ...arnsOf('security-group', 'SecurityGroupIds')].map((on): Row => ({
      call: 'ec2:CreateNetworkInterface',
      on,
    })),
    ...subnets.map((subnet) => interfacePermission({ context: () => ({ 'ec2:subnet': [subnet] }) })),
  ]);
}

const PERHAPS_PRIVATE: Partial<Row> = {
  when: (context) => !namesSubnets(context),
  basis: 'inferred',
  uncertainty: 'the action has no subnets, and only a private cluster requires it',
};

/** Returns the condition keys of the calls that put objects. */
function siteObject(context: ActionContext): Context {
  const acl = { 's3:x-amz-acl': contextValue(configured(context, 'CannedACL')) };
  const key = configured(context, 'KMSEncryptionKeyARN');
  if (key === undefined) return acl;
  return {
    ...acl,
    's3:x-amz-server-side-encryption': ['aws:kms'],
    's3:x-amz-server-side-encryption-aws-kms-key-id': [key],
  };
}

function inService(service: string, apis: readonly string[]) {
  return apis.map((api) => `${service}:${api}`);
}

const FUNCTION = 'arn:{partition}:lambda:{region}:{account}:function:{FunctionName}';

function hasAlias({ action }: ActionContext) {
  return action.configuration.FunctionAlias !== undefined;
}

function hasAlarms({ action }: ActionContext) {
  return action.configuration.Alarms !== undefined;
}

/** Returns the key that encrypts the objects: the key of the action, or the default key of the bucket. */
function siteKey(context: ActionContext): string | undefined {
  const { partition } = context.pipeline.stack;
  const key = configured(context, 'KMSEncryptionKeyARN');
  if (key === undefined) return context.model.bucketKey(`arn:${partition}:s3:::${configured(context, 'BucketName')}`);
  return context.model.keyArn(key, { account: context.account, region: context.region, partition });
}

/** Returns the tag that selects the instances. */
function instanceTags(context: ActionContext): Context {
  const { InstanceTagKey: key = '', InstanceTagValue: value } = context.action.configuration;
  if (value === undefined) return {};
  return { [`aws:resourcetag/${key.toLowerCase()}`]: [value], [`ssm:resourcetag/${key.toLowerCase()}`]: [value] };
}

function isManagedNode({ action }: ActionContext) {
  return action.configuration.InstanceType === 'SSM_MANAGED_NODE';
}

function byTargetGroup({ action }: ActionContext) {
  return action.configuration.TargetGroupNameList !== undefined;
}

const APP_CONFIG_APPLICATION = 'arn:{partition}:appconfig:{region}:{account}:application/{Application}';
const APP_CONFIG_STRATEGY = 'arn:{partition}:appconfig:{region}:{account}:deploymentstrategy';

function hasStrategy({ action }: ActionContext) {
  return action.configuration.DeploymentStrategy !== undefined;
}

const APP_CONFIG_DEPLOYMENT = [
  APP_CONFIG_APPLICATION,
  `${APP_CONFIG_APPLICATION}/environment/{Environment}`,
  `${APP_CONFIG_APPLICATION}/environment/{Environment}/deployment/{run}`,
];

export const DEPLOY: Readonly<Record<string, ProviderCalls>> = {
  ...CLOUDFORMATION,
  ...ECS,
  'Deploy/S3': {
    source: page('S3Deploy'),
    reads: true,
    rows: [
      { call: 's3:PutObject', on: SITE_OBJECT, context: siteObject },
      {
        call: 's3:PutObjectAcl',
        on: SITE_OBJECT,
        context: siteObject,
        when: ({ action }) => action.configuration.CannedACL !== undefined,
      },
      {
        call: ['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'],
        on: 'arn:{partition}:s3:::{BucketName}',
        basis: 'inferred',
        notRequired: WITHOUT,
      },
      { call: 's3:PutObjectVersionAcl', on: SITE_OBJECT, basis: 'inferred', notRequired: WITHOUT },
    ],
    more: (context) => {
      const key = siteKey(context);
      if (key === undefined) return [];
      const common = { caller: { role: context.role }, from: context.pipeline.stack };
      return useKey(common, 'work', ['kms:GenerateDataKey'], key);
    },
  },
  'Deploy/CodeDeploy': {
    source: page('CodeDeploy'),
    reads: true,
    rows: [
      ...CODE_DEPLOY_ROWS,
      { call: 'codedeploy:GetApplication', on: DEPLOYMENT_APPLICATION, basis: 'inferred', notRequired: WITHOUT },
      {
        call: ['codedeploy:ListDeployments', 'codedeploy:GetDeploymentGroup'],
        on: DEPLOYMENT_GROUP,
        basis: 'inferred',
        notRequired: WITHOUT,
      },
      { call: 'codedeploy:ListDeploymentGroups', on: DEPLOYMENT_APPLICATION, basis: 'inferred', notRequired: WITHOUT },
      { call: 'codedeploy:ListDeploymentConfigs', on: '*', basis: 'inferred', notRequired: WITHOUT },
    ],
    more: (context) => groupCalls(context, 'CodeDeployDefault.OneAtATime'),
  },
  'Deploy/ElasticBeanstalk': {
    source: page('Beanstalk'),
    reads: true,
    rows: [
      { call: inService('elasticbeanstalk', EB), on: 'arn:{partition}:elasticbeanstalk:{region}:{account}:{run}' },
      {
        call: 'cloudformation:DescribeStacks',
        on: 'arn:{partition}:cloudformation:{region}:{account}:stack/{run}',
        basis: 'inferred',
        uncertainty: BEANSTALK,
      },
      {
        call: ['autoscaling:DescribeAutoScalingGroups', 'ec2:DescribeInstances'],
        on: '*',
        basis: 'inferred',
        uncertainty: BEANSTALK,
      },
    ],
  },
  'Deploy/EC2': {
    source: page('EC2Deploy'),
    // The instances fetch the artifact with their instance profile.
    rows: [
      ...MANAGED_COMPUTE_LOGS,
      {
        call: [
          'ec2:DescribeInstances',
          ...inService('ssm', ['CancelCommand', 'DescribeInstanceInformation', 'ListCommandInvocations']),
        ],
        on: '*',
      },
      {
        call: inService('elasticloadbalancing', [
          'DescribeTargetGroupAttributes',
          'DescribeTargetGroups',
          'DescribeTargetHealth',
        ]),
        on: '*',
        when: byTargetGroup,
      },
      {
        call: inService('elasticloadbalancing', ['RegisterTargets', 'DeregisterTargets']),
        on: 'arn:{partition}:elasticloadbalancing:{region}:{account}:targetgroup/{each}/{run}',
        each: 'TargetGroupNameList',
        when: byTargetGroup,
      },
      {
        call: 'ssm:SendCommand',
        on: 'arn:{partition}:ec2:{region}:{account}:instance/{run}',
        context: instanceTags,
        when: (context) => !isManagedNode(context),
      },
      // A node in Amazon EC2 is an instance. Only nodes outside Amazon EC2 (hybrid nodes) are managed instances.
      {
        call: 'ssm:SendCommand',
        on: 'arn:{partition}:ec2:{region}:{account}:instance/{run}',
        alternativeOn: 'arn:{partition}:ssm:{region}:{account}:managed-instance/{run}',
        context: instanceTags,
        when: isManagedNode,
      },
      {
        call: 'ssm:SendCommand',
        on: 'arn:{partition}:ssm:{region}:{account}:managed-instance/{run}',
        context: instanceTags,
        basis: 'inferred',
        uncertainty: 'only nodes outside Amazon EC2 (hybrid nodes) require it',
        when: isManagedNode,
      },
      { call: 'ssm:SendCommand', on: 'arn:{partition}:ssm:{region}::document/AWS-RunShellScript' },
    ],
  },
  'Deploy/EKS': {
    source: page('EKS'),
    reads: true,
    rows: [
      ...MANAGED_COMPUTE_LOGS,
      { call: 'eks:DescribeCluster', on: 'arn:{partition}:eks:{region}:{account}:cluster/{ClusterName}' },
      DESCRIBE_NETWORK,
      interfaceRow({ when: namesSubnets }),
      interfaceRow(PERHAPS_PRIVATE),
      interfacePermission(PERHAPS_PRIVATE),
    ],
    more: (context) => (namesSubnets(context) ? interfaceCalls(context) : []),
  },
  'Deploy/AppConfig': {
    source: page('AppConfig'),
    reads: true,
    rows: [
      // Each call requires a permission on each of its resources:
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html
      ...[
        APP_CONFIG_APPLICATION,
        `${APP_CONFIG_APPLICATION}/environment/{Environment}`,
        `${APP_CONFIG_APPLICATION}/configurationprofile/{ConfigurationProfile}`,
      ].map((on): Row => ({ call: 'appconfig:StartDeployment', on })),
      { call: 'appconfig:StartDeployment', on: `${APP_CONFIG_STRATEGY}/{DeploymentStrategy}`, when: hasStrategy },
      // The default strategy is not documented.
      {
        call: 'appconfig:StartDeployment',
        on: `${APP_CONFIG_STRATEGY}/{run}`,
        when: (context) => !hasStrategy(context),
      },
      ...APP_CONFIG_DEPLOYMENT.map((on): Row => ({ call: 'appconfig:GetDeployment', on })),
      ...APP_CONFIG_DEPLOYMENT.map((on): Row => ({
        call: 'appconfig:StopDeployment',
        on,
        caution: 'only an execution that is stopped during the deployment requires it',
      })),
    ],
  },
  'Deploy/ServiceCatalog': {
    source: page('ServiceCatalog'),
    reads: true,
    rows: [
      {
        call: inService('servicecatalog', [
          'ListProvisioningArtifacts',
          'CreateProvisioningArtifact',
          'DescribeProvisioningArtifact',
        ]),
        on: 'arn:{partition}:catalog:{region}:{account}:product/{ProductId}',
      },
      {
        call: inService('servicecatalog', ['DeleteProvisioningArtifact', 'UpdateProduct']),
        on: 'arn:{partition}:catalog:{region}:{account}:product/{ProductId}',
        basis: 'inferred',
        uncertainty: SERVICE_CATALOG,
      },
      { call: 'cloudformation:ValidateTemplate', on: '*', basis: 'inferred', uncertainty: SERVICE_CATALOG },
    ],
  },
  'Deploy/Lambda': {
    source: page('LambdaDeploy'),
    reads: true,
    rows: [
      ...MANAGED_COMPUTE_LOGS,
      { call: 'lambda:GetFunctionConfiguration', on: FUNCTION },
      {
        call: ['lambda:PublishVersion', 'lambda:UpdateFunctionCode'],
        on: FUNCTION,
        when: ({ action }) => action.inputs.length > 0,
      },
      { call: ['lambda:GetAlias', 'lambda:UpdateAlias'], on: FUNCTION, when: hasAlias },
      // The call is about an alias, but the reference page grants it on the function.
      {
        call: 'lambda:GetProvisionedConcurrencyConfig',
        on: `${FUNCTION}:{FunctionAlias}`,
        alternativeOn: FUNCTION,
        when: hasAlias,
      },
      {
        call: 'cloudwatch:DescribeAlarms',
        on: 'arn:{partition}:cloudwatch:{region}:{account}:alarm:{each}',
        each: 'Alarms',
        when: hasAlarms,
      },
    ],
  },
  'Deploy/OpsWorks': {
    source: page('OpsWorks'),
    rows: [
      {
        call: inService('opsworks', [
          'CreateDeployment',
          'DescribeApps',
          'DescribeCommands',
          'DescribeDeployments',
          'DescribeInstances',
          'DescribeStacks',
          'UpdateApp',
          'UpdateStack',
        ]),
        on: 'arn:{partition}:opsworks:{region}:{account}:stack/{run}',
      },
    ],
  },
  // The action authenticates with an Amazon developer account.
  'Deploy/AlexaSkillsKit': {
    source: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/integrations-action-type.html',
  },
};
