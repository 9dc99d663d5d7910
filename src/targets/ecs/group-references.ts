import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { CodeDeployPlan } from './ecs-specs';
import type { ReferencedResource, RequiredName } from '../../render/action-kind';

/** What CodeDeploy asks, looks at and changes is of its own account and region. */
export function groupReferences({ group, appSpec: { hooks } }: CodeDeployPlan): ReferencedResource[] {
  return [
    ...Object.entries(hooks).map(([hook, { function: resource }]) => ({
      prop: `rollout.hooks.${hook}`,
      what: 'a function',
      resource,
      regional: true,
    })),
    ...(group.existing
      ? [{ prop: 'traffic', what: 'a deployment group', resource: group.existing, regional: true }]
      : [
          ...group.alarms.map((one) => ({
            prop: 'rollout.alarms',
            what: 'an alarm',
            resource: located(one, one.alarmArn),
            regional: true,
          })),
          ...[group.listener, ...(group.testListener ? [group.testListener] : [])].map((one) => ({
            prop: 'traffic',
            what: 'a listener',
            resource: located(one, one.listenerArn),
            regional: true,
          })),
          ...group.targetGroups.map((one) => ({
            prop: 'traffic',
            what: 'a target group',
            resource: located(one, one.targetGroupArn),
            regional: true,
          })),
        ]),
  ];
}

/** What was looked up by its ARN is where that says; the CDK takes it to be where it was looked up. */
function located(resource: ReferencedResource['resource'], arn: string): ReferencedResource['resource'] {
  const { account, region } = Token.isUnresolved(arn)
    ? resource.env
    : Stack.of(resource.node.scope!).splitArn(arn, ArnFormat.NO_RESOURCE_NAME);
  return { node: resource.node, env: { ...resource.env, ...(account && { account }), ...(region && { region }) } };
}

export const groupNames = ({ group, appSpec: { hooks, capacityProviders = [] } }: CodeDeployPlan): RequiredName[] => [
  ...Object.entries(hooks).map(([hook, { functionName }]) => ({
    prop: `rollout.hooks.${hook}`,
    what: 'functionName',
    name: functionName,
  })),
  ...capacityProviders.map(({ name }) => ({
    prop: 'service.capacityProviderStrategies',
    what: 'capacityProviderName',
    name,
  })),
  ...(group.existing
    ? [
        {
          prop: 'traffic',
          what: 'deploymentGroupName, and its application an applicationName',
          name: `${group.applicationName}/${group.deploymentGroupName}`,
        },
      ]
    : []),
];
