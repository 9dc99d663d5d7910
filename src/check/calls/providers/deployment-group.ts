import { definitionOf, rolesOf, TASKS } from './task-definition';
import type { ModelResource } from '../../../assembly/scope';
import { listOf, objectOf, textOf } from '../../../assembly/json';
import type { ResourceModel } from '../../../assembly/resource-model';
import type { Call } from '../call';
import { maybeArn, roleArn } from '../pass-role';

const POLICY = 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForECS.html';

/**
 * The service that a deployment group of Amazon ECS deploys to: its names, and the resource when it is in the assembly.
 */
export interface GroupedService {
  readonly arn: string;
  readonly taskSets: string;
  readonly resource?: ModelResource;
}

export function serviceOfGroup(model: ResourceModel, { properties, stack }: ModelResource): GroupedService | undefined {
  const [service] = listOf(properties.ECSServices).map(objectOf);
  if (!service) return undefined;
  const said = textOf(service.ClusterName);
  const cluster =
    said === '' ? 'default' : maybeArn(said) && said.includes(':cluster/') ? said.split(':cluster/')[1] : said;
  const name = `${cluster}/${textOf(service.ServiceName)}`;
  const place = `arn:${stack.partition}:ecs:${stack.region}:${stack.account}`;
  const arn = `${place}:service/${name}`;
  return {
    arn,
    taskSets: `${place}:task-set/${name}/`,
    resource: model.find(arn) ?? model.findNamed('AWS::ECS::Service', textOf(service.ServiceName), stack),
  };
}

/**
 * What CodeDeploy calls under the service role of a group of Amazon ECS. AWS publishes a policy for it, and no more:
 * which calls come of that policy is inferred. The functions of hooks are not among them, for they stand in a file that
 * only the run knows.
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
      basis: 'inferred',
      source: POLICY,
      from: stack,
      ...more,
    }));
  }

  const run = stack.unknown('runtime', 'run');
  const taskSet = service.taskSets + run;
  const definition = definitionOf(model, service.resource);
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
    ...(definition
      ? rolesOf(definition).flatMap((role) =>
          calls(['iam:PassRole'], role, { context: { 'iam:passedtoservice': [TASKS] } }),
        )
      : []),
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
 * Who may look at some alarms only is told of no composite alarm. @see
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
function alarmsOf(model: ResourceModel, { properties: { AlarmConfiguration }, stack }: ModelResource): string[] {
  const { Enabled, Alarms } = objectOf(AlarmConfiguration);
  if (textOf(Enabled) === 'false') return [];
  return listOf(Alarms)
    .map((alarm) => textOf(objectOf(alarm).Name))
    .map((name) =>
      model.findNamed('AWS::CloudWatch::CompositeAlarm', name, stack)
        ? '*'
        : `arn:${stack.partition}:cloudwatch:${stack.region}:${stack.account}:alarm:${name}`,
    );
}
