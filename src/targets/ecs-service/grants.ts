import { aws_cloudwatch as cloudwatch, Fn, type aws_elasticloadbalancingv2 as elbv2, Token } from 'aws-cdk-lib';
import type { AppSpec, DeploymentGroupSpec, EcsServiceSpec } from './spec';
import { allow, arnOf, type Statement } from '../../render/grants';
import { passTaskRolesStatements, registerTaskStatements } from '../ecs/grants';

/** Allows to record the images of a release. */
export function recordImagesStatements({ imageParameters }: EcsServiceSpec): Statement[] {
  if (imageParameters.length === 0) return [];
  const arns = imageParameters.map(({ resource }) => resource.parameterArn);
  return [allow(['ssm:PutParameter'], arns)];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html */
export function rollingStatements(service: EcsServiceSpec): Statement[] {
  return [
    allow(['ecs:DescribeServices', 'ecs:UpdateService'], [serviceArnOf(service)]),
    ...registerTaskStatements(service.definition),
  ];
}

/** A deployment group by its names, and the deployment configuration that it uses. */
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
  return arnOf(
    'codedeploy',
    Token.isUnresolved(deploymentGroupName)
      ? Fn.join('/', [`deploymentgroup:${applicationName}`, deploymentGroupName])
      : `deploymentgroup:${applicationName}/${deploymentGroupName}`,
  );
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
 * Allows CodeDeploy to shift traffic: what AWSCodeDeployRoleForECS allows, for this service, its listeners, hooks and
 * alarms. Without `sns:Publish`, since there are no triggers, and without reading from S3: the AppSpec comes with the
 * call of CodePipeline, which has filled in the revision of the task definition.
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
  const listeners = testListener ? [listener, testListener] : [listener];
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
 * Returns the ARN of the rules of a listener. It continues as that of the listener does,
 * `…:listener/app/<balancer>/<id>/<listener>`.
 */
function rulesOf({ listenerArn }: elbv2.IListener): unknown {
  const parts = Fn.split('/', listenerArn);
  const ids = [1, 2, 3, 4].map((i) => Fn.select(i, parts));
  return arnOf('elasticloadbalancing', ['listener-rule', ...ids, '*'].join('/'));
}

/**
 * Composite alarms are described only with a permission on every alarm. @see
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
function describeAlarmsStatements(alarms: DeploymentGroupSpec['alarms']): Statement[] {
  if (alarms.length === 0) return [];
  const hasComposite = alarms.some((alarm) => alarm instanceof cloudwatch.CompositeAlarm);
  const arns = new Set(hasComposite ? ['*'] : alarms.map(({ alarmArn }) => alarmArn));
  return [allow(['cloudwatch:DescribeAlarms'], [...arns])];
}

function invokeHooksStatements(hooks: AppSpec['hooks']): Statement[] {
  const arns = new Set(Object.values(hooks).map((hook) => hook.function.functionArn));
  return arns.size === 0 ? [] : [allow(['lambda:InvokeFunction'], [...arns])];
}

/**
 * Allows the state machine to deploy to the service: it names the service, its deployments and its revisions, whose ids
 * ECS chooses. That an update of the service requires `iam:PassRole` for its task definition is observed, and not
 * documented.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 * @see https://github.com/keidarcy/e1s/issues/429
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
 * Allows the action role to register a task definition and to start the state machine. @see
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html
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
