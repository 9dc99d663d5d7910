import type { aws_iam as iam } from 'aws-cdk-lib';
import { allow, arnOf } from './statement';
import type { EcsDefinitionPlan, EcsServicePlan, RunTaskPlan } from '../../targets/ecs/ecs-specs';

export const serviceArnOf = ({ clusterName, serviceName }: EcsServicePlan) =>
  arnOf('ecs', `service/${clusterName}/${serviceName}`);

/** Any revision of a family, whether or not it has a number yet. */
const revisionsOf = (family: string) => arnOf('ecs', `task-definition/${family}:*`);

/**
 * New revisions of one family. Their roles are handed to tasks, and to nothing else. The page of the action still registers on everything; the
 * reference of permissions names the resource.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export const registerTaskStatements = ({ family, roles }: EcsDefinitionPlan) => [
  allow(['ecs:DescribeTaskDefinition'], ['*']), // no resource level
  allow(['ecs:RegisterTaskDefinition'], [revisionsOf(family)]),
  allow(['ecs:TagResource'], [revisionsOf(family)], { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } }),
  ...passTaskRolesStatements(roles),
];

/** Writing down which image is live. */
export const recordImagesStatements = ({ containers }: EcsDefinitionPlan) => {
  const parameters = containers.flatMap(({ parameter }) => parameter?.resource.parameterArn ?? []);
  return parameters.length === 0 ? [] : [allow(['ssm:PutParameter'], parameters)];
};

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
export const passTaskRolesStatements = (roles: readonly iam.IRole[]) =>
  roles.length === 0
    ? []
    : [
        allow(['iam:PassRole'], [...new Set(roles.map(({ roleArn }) => roleArn))], {
          StringEquals: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com'] },
        }),
      ];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html */
export const rollingServiceStatements = (service: EcsServicePlan) => [
  allow(['ecs:DescribeServices', 'ecs:UpdateService'], [serviceArnOf(service)]),
  ...registerTaskStatements(service.definition),
];

/**
 * To run a task to its end. A capacity provider has no resource level here.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export const runTaskStatements = ({ clusterName, definition }: RunTaskPlan) => [
  ...registerTaskStatements(definition),
  allow(['ecs:RunTask'], [revisionsOf(definition.family)], {
    ArnEquals: { 'ecs:cluster': arnOf('ecs', `cluster/${clusterName}`) },
  }),
  allow(['ecs:DescribeTasks', 'ecs:StopTask'], [arnOf('ecs', `task/${clusterName}/*`)]),
];

/**
 * For the state machine that releases to a service: it names the service, its deployments and its revisions, whose ids ECS makes up. That a
 * task definition is given to a service hands its roles on is seen in the field, and not in the documentation.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 * @see https://github.com/keidarcy/e1s/issues/429
 */
export const nativeServiceStatements = (service: EcsServicePlan) => [
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
  ...passTaskRolesStatements(service.definition.roles),
];

const belowService = (kind: string, { clusterName, serviceName }: EcsServicePlan) =>
  arnOf('ecs', `${kind}/${clusterName}/${serviceName}/*`);

/**
 * For the role that registers a task definition and starts the state machine. @see
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html
 */
export const deployNativelyStatements = (
  definition: EcsDefinitionPlan,
  stateMachineArn: string,
  stateMachineName: string,
) => [
  allow(['states:DescribeStateMachine', 'states:StartExecution'], [stateMachineArn]),
  allow(['states:DescribeExecution'], [arnOf('states', `execution:${stateMachineName}:*`)]),
  ...registerTaskStatements(definition),
];
