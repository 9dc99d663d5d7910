import { aws_cloudwatch as cloudwatch, Fn, type aws_elasticloadbalancingv2 as elbv2, Token } from 'aws-cdk-lib';
import type { AppSpec, DeploymentGroupSpec, EcsServiceSpec } from './spec';
import { compact } from '../../common/compact';
import { allow, arnOf, type Statement } from '../../render/grants';
import { passTaskRolesStatements, registerTaskStatements } from '../ecs/grants';

/** Allows the action role to record the images of a release. */
export function recordImagesStatements({ imageParameters }: EcsServiceSpec): Statement[] {
  if (imageParameters.length === 0) return [];
  const arns = imageParameters.map(({ resource }) => resource.parameterArn);
  return [allow(['ssm:PutParameter'], arns)];
}

/**
 * Allows the action role to update a service, and to register its task definition.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html
 */
export function rollingStatements(service: EcsServiceSpec): Statement[] {
  return [
    allow(['ecs:DescribeServices', 'ecs:UpdateService'], [serviceArnOf(service)]),
    ...registerTaskStatements(service.definition),
  ];
}

/** Names of a deployment group, its application, and its deployment configuration. */
export interface DeploymentGroupNames {
  readonly applicationName: string;
  readonly deploymentGroupName: string;
  readonly configurationName: string;
}

/** Returns the ARN of a deployment group. */
export function deploymentGroupArn({
  applicationName,
  deploymentGroupName,
}: Omit<DeploymentGroupNames, 'configurationName'>): unknown {
  const application = `deploymentgroup:${applicationName}`;
  if (!Token.isUnresolved(deploymentGroupName)) return arnOf('codedeploy', `${application}/${deploymentGroupName}`);
  return arnOf('codedeploy', Fn.join('/', [application, deploymentGroupName]));
}

/**
 * Allows the action role to create a deployment and to wait for it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html
 */
export function codeDeployStatements({ definition }: EcsServiceSpec, group: DeploymentGroupNames): Statement[] {
  return [
    allow(['codedeploy:CreateDeployment', 'codedeploy:GetDeployment'], [deploymentGroupArn(group)]),
    allow(
      ['codedeploy:GetApplication', 'codedeploy:GetApplicationRevision', 'codedeploy:RegisterApplicationRevision'],
      [arnOf('codedeploy', `application:${group.applicationName}`)],
    ),
    allow(['codedeploy:GetDeploymentConfig'], [arnOf('codedeploy', `deploymentconfig:${group.configurationName}`)]),
    ...registerTaskStatements(definition),
  ];
}

/**
 * Allows CodeDeploy to shift traffic: the permissions of AWSCodeDeployRoleForECS, restricted to this service, its
 * listeners, hooks and alarms. `sns:Publish` is not required, since there are no triggers, and neither is read access
 * to S3: CodePipeline passes the AppSpec with the revision of the task definition.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForECS.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export function shiftTrafficStatements(
  service: EcsServiceSpec,
  { listener, testListener, alarms }: DeploymentGroupSpec,
  { hooks }: AppSpec,
): Statement[] {
  const { clusterName, serviceName, definition } = service;
  const listeners = compact([listener, testListener]);
  return [
    allow(
      ['ecs:DescribeServices', 'ecs:CreateTaskSet', 'ecs:UpdateServicePrimaryTaskSet', 'ecs:DeleteTaskSet'],
      [serviceArnOf(service), arnOf('ecs', `task-set/${clusterName}/${serviceName}/*`)],
    ),
    // No resource level.
    allow(
      [
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeRules',
      ],
      ['*'],
    ),
    allow(
      ['elasticloadbalancing:ModifyListener'],
      listeners.map(({ listenerArn }) => listenerArn),
    ),
    allow(['elasticloadbalancing:ModifyRule'], listeners.map(rulesOf)),
    ...describeAlarmsStatements(alarms),
    ...invokeHooksStatements(hooks),
    ...passTaskRolesStatements(definition.roles, 'ecs-tasks.amazonaws.com'),
  ];
}

/**
 * Returns the ARN of the rules of a listener. It has the same suffix as the ARN of the listener,
 * `…:listener/app/<balancer>/<id>/<listener>`.
 */
function rulesOf({ listenerArn }: elbv2.IListener): unknown {
  const parts = Fn.split('/', listenerArn);
  const ids = [1, 2, 3, 4].map((i) => Fn.select(i, parts));
  return arnOf('elasticloadbalancing', ['listener-rule', ...ids, '*'].join('/'));
}

/**
 * Allows CodeDeploy to describe alarms. Composite alarms require permission for all alarms.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
function describeAlarmsStatements(alarms: DeploymentGroupSpec['alarms']): Statement[] {
  if (alarms.length === 0) return [];
  const hasComposite = alarms.some((alarm) => alarm instanceof cloudwatch.CompositeAlarm);
  const arns = new Set(hasComposite ? ['*'] : alarms.map(({ alarmArn }) => alarmArn));
  return [allow(['cloudwatch:DescribeAlarms'], [...arns])];
}

function invokeHooksStatements(hooks: AppSpec['hooks']): Statement[] {
  const arns = new Set(Object.values(hooks).map((hook) => hook.function.functionArn));
  if (arns.size === 0) return [];
  return [allow(['lambda:InvokeFunction'], [...arns])];
}

/**
 * Allows the state machine to deploy to the service, and to read its deployments and revisions, whose ids ECS
 * generates. An update of the service requires `iam:PassRole` for its task definition.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export function stateMachineStatements(service: EcsServiceSpec): Statement[] {
  return [
    allow(
      [
        'ecs:UpdateService',
        'ecs:ListServiceDeployments',
        'ecs:DescribeServiceDeployments',
        'ecs:DescribeServiceRevisions',
      ],
      [serviceArnOf(service)],
    ),
    allow(['ecs:DescribeServiceDeployments'], [belowService('service-deployment', service)]),
    allow(['ecs:DescribeServiceRevisions'], [belowService('service-revision', service)]),
    ...passTaskRolesStatements(service.definition.roles, ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com']),
  ];
}

/**
 * Allows the action role to register a task definition and to start the state machine.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html
 */
export function startStateMachineStatements(
  { definition }: EcsServiceSpec,
  stateMachineArn: string,
  stateMachineName: string,
): Statement[] {
  return [
    allow(['states:DescribeStateMachine', 'states:StartExecution'], [stateMachineArn]),
    allow(['states:DescribeExecution'], [arnOf('states', `execution:${stateMachineName}:*`)]),
    ...registerTaskStatements(definition),
  ];
}

function serviceArnOf({ clusterName, serviceName }: EcsServiceSpec): unknown {
  return arnOf('ecs', `service/${clusterName}/${serviceName}`);
}

function belowService(type: string, { clusterName, serviceName }: EcsServiceSpec): unknown {
  return arnOf('ecs', `${type}/${clusterName}/${serviceName}/*`);
}
