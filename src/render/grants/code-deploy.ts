import { aws_cloudwatch as cloudwatch, Fn, type aws_elasticloadbalancingv2 as elbv2, Token } from 'aws-cdk-lib';
import { registerTaskStatements, serviceArnOf } from './containers';
import { allow, arnOf } from './statement';
import type { AppSpecPlan, CodeDeployGroupPlan, EcsServicePlan } from '../../targets/ecs/ecs-specs';

/*
 * What we grant where CodeDeploy moves the traffic of a service of Amazon ECS; see `statement`.
 */

/** A deployment group by its names, and the deployment configuration that it uses. */
export interface GroupNames {
  readonly applicationName: string;
  readonly deploymentGroupName: string;
  readonly configurationName: string;
}

export const deploymentGroupArn = ({
  applicationName,
  deploymentGroupName,
}: Pick<GroupNames, 'applicationName' | 'deploymentGroupName'>) =>
  arnOf(
    'codedeploy',
    Token.isUnresolved(deploymentGroupName)
      ? Fn.join('/', [`deploymentgroup:${applicationName}`, deploymentGroupName])
      : `deploymentgroup:${applicationName}/${deploymentGroupName}`,
  );

/**
 * For the role of the action, which starts a deployment and waits for its end.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html
 */
export const codeDeployStatements = (service: EcsServicePlan, group: GroupNames) => [
  allow(['codedeploy:CreateDeployment', 'codedeploy:GetDeployment'], [deploymentGroupArn(group)]),
  allow(
    ['codedeploy:GetApplication', 'codedeploy:GetApplicationRevision', 'codedeploy:RegisterApplicationRevision'],
    [arnOf('codedeploy', `application:${group.applicationName}`)],
  ),
  allow(['codedeploy:GetDeploymentConfig'], [arnOf('codedeploy', `deploymentconfig:${group.configurationName}`)]),
  ...registerTaskStatements(service.definition),
];

/**
 * For the role that CodeDeploy moves traffic with: what AWS lists in AWSCodeDeployRoleForECS, but of this service, its listeners, hooks and alarms.
 * Without `sns:Publish`, for there are no triggers, and without reading from S3: the AppSpec comes with the call of CodePipeline, which has filled in
 * the revision of the task definition and may write nothing.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForECS.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export function moveTrafficStatements(
  service: EcsServicePlan,
  { listener, testListener, alarms }: CodeDeployGroupPlan,
  { hooks }: AppSpecPlan,
) {
  const {
    clusterName,
    serviceName,
    definition: { roles },
  } = service;
  const listeners = [listener, ...(testListener ? [testListener] : [])];
  const functions = Object.values(hooks).map((hook) => hook.function.functionArn);
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
    ...(alarms.length === 0 ? [] : [allow(['cloudwatch:DescribeAlarms'], alarmArns(alarms))]),
    ...(functions.length === 0 ? [] : [allow(['lambda:InvokeFunction'], [...new Set(functions)])]),
    ...(roles.length === 0
      ? []
      : [
          allow(['iam:PassRole'], [...new Set(roles.map(({ roleArn }) => roleArn))], {
            StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
          }),
        ]),
  ];
}

/** The rules of a listener: their ARNs go on as that of the listener does, `…:listener/app/<balancer>/<id>/<listener>`. */
function rulesOf({ listenerArn }: elbv2.IListener): unknown {
  const parts = Fn.split('/', listenerArn);
  return arnOf(
    'elasticloadbalancing',
    ['listener-rule', ...[1, 2, 3, 4].map((i) => Fn.select(i, parts)), '*'].join('/'),
  );
}

/**
 * Composite alarms are told of to nobody whose permission is narrower. @see
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
const alarmArns = (alarms: CodeDeployGroupPlan['alarms']) =>
  alarms.some((alarm) => alarm instanceof cloudwatch.CompositeAlarm)
    ? ['*']
    : [...new Set(alarms.map(({ alarmArn }) => alarmArn))];
