import { definitionOf, rolesOf, TASKS } from './task-definition';
import type { ModelResource } from '../../../assembly/scope';
import { listOf, objectOf, textOf } from '../../../assembly/json';
import type { ResourceModel } from '../../../assembly/resource-model';
import type { Call } from '../call';
import { maybeArn, roleArn } from '../pass-role';

const POLICY = 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForECS.html';

const POLICY_ONLY = 'AWS publishes the permissions as a managed policy, without stating when CodeDeploy uses each';

/** Describes the ECS service of a deployment group. The resource is undefined if it is not in the assembly. */
export interface GroupedService {
  readonly arn: string;
  readonly taskSets: string;
  readonly resource?: ModelResource;
}

export function serviceOfGroup(model: ResourceModel, { properties, stack }: ModelResource): GroupedService | undefined {
  const [service] = listOf(properties.ECSServices).map(objectOf);
  if (!service) return undefined;
  const name = `${clusterName(textOf(service.ClusterName))}/${textOf(service.ServiceName)}`;
  const prefix = `arn:${stack.partition}:ecs:${stack.region}:${stack.account}`;
  const arn = `${prefix}:service/${name}`;
  return {
    arn,
    taskSets: `${prefix}:task-set/${name}/`,
    resource: model.find(arn) ?? model.findNamed('AWS::ECS::Service', textOf(service.ServiceName), stack),
  };
}

function clusterName(cluster: string): string {
  if (maybeArn(cluster) && cluster.includes(':cluster/')) return cluster.split(':cluster/')[1];
  return cluster || 'default';
}

/**
 * Returns the calls of CodeDeploy under the service role of an ECS deployment group. The calls are inferred from the
 * managed policy that AWS publishes. Invocations of hook functions are not modelled, because the functions are in a
 * file that is known only at run time.
 */
export function trafficCalls(model: ResourceModel, group: ModelResource, service: GroupedService): Call[] {
  const { stack, properties } = group;
  const caller = { role: roleArn(textOf(properties.ServiceRoleArn), stack) };

  function calls(names: readonly string[], resource: string, more: Partial<Call> = {}) {
    return names.map((call): Call => ({
      step: 'work',
      caller,
      call,
      resource,
      basis: 'documented',
      source: POLICY,
      caution: POLICY_ONLY,
      from: stack,
      ...more,
    }));
  }

  const run = stack.unknown('runtime', 'run');
  const taskSet = service.taskSets + run;
  const definition = definitionOf(model, service.resource);
  const taskRoles = definition ? rolesOf(definition) : [];
  const listeners = listenersOf(properties);
  return [
    ...calls(['ecs:DescribeServices', 'ecs:UpdateServicePrimaryTaskSet'], service.arn),
    ...calls(['ecs:CreateTaskSet', 'ecs:DeleteTaskSet'], taskSet, { alternativeResource: service.arn }),
    ...calls(
      ['DescribeTargetGroups', 'DescribeListeners', 'DescribeRules'].map((call) => `elasticloadbalancing:${call}`),
      '*',
    ),
    ...listeners.flatMap((listener) => calls(['elasticloadbalancing:ModifyListener'], listener)),
    ...listeners.flatMap((listener) =>
      calls(['elasticloadbalancing:ModifyRule'], `${listener.replace(':listener/', ':listener-rule/')}/${run}`),
    ),
    ...alarmsOf(model, group).flatMap((alarm) => calls(['cloudwatch:DescribeAlarms'], alarm)),
    ...taskRoles.flatMap((role) => calls(['iam:PassRole'], role, { context: { 'iam:passedtoservice': [TASKS] } })),
  ];
}

function listenersOf({ LoadBalancerInfo }: ModelResource['properties']): string[] {
  const [pair] = listOf(objectOf(LoadBalancerInfo).TargetGroupPairInfoList).map(objectOf);
  const arns = ['ProdTrafficRoute', 'TestTrafficRoute'].flatMap((route) =>
    listOf(objectOf(pair?.[route]).ListenerArns).map(textOf),
  );
  return arns.filter((arn) => arn !== '');
}

/**
 * Returns the resources of cloudwatch:DescribeAlarms. Composite alarms require a permission for all alarms.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
function alarmsOf(model: ResourceModel, { properties: { AlarmConfiguration }, stack }: ModelResource): string[] {
  const { Enabled, Alarms } = objectOf(AlarmConfiguration);
  if (textOf(Enabled) === 'false') return [];
  return listOf(Alarms)
    .map((alarm) => textOf(objectOf(alarm).Name))
    .map((name) => {
      if (model.findNamed('AWS::CloudWatch::CompositeAlarm', name, stack)) return '*';
      return `arn:${stack.partition}:cloudwatch:${stack.region}:${stack.account}:alarm:${name}`;
    });
}
