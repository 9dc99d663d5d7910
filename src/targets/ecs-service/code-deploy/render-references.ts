import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { ReferencedResource, RequiredName } from '../../../render/action-kind';
import type { CodeDeployDeployment, DeploymentGroupSpec } from '../spec';
import { RESOURCE } from '../../../pipeline/rules';

type Resource = ReferencedResource['resource'];

/** Returns the resources that CodeDeploy uses. All must be in the account and Region of the environment. */
export function groupReferences({ group, appSpec }: CodeDeployDeployment): ReferencedResource[] {
  const hooks = Object.values(appSpec.hooks).map((hook) => regional(hook.prop, 'a function', hook.function));
  if (group.existing) {
    return [...hooks, regional('deploymentController.group', RESOURCE.deploymentGroup, group.existing)];
  }
  return [...hooks, ...ownGroupReferences(group)];
}

function ownGroupReferences(group: DeploymentGroupSpec): ReferencedResource[] {
  const { alarms, listener, testListener, blueTargetGroup, greenTargetGroup } = group;
  const references = alarms.map((alarm, i) =>
    regional(`rollout.alarms[${i}]`, 'an alarm', located(alarm, alarm.alarmArn)),
  );
  const listeners = Object.entries({ listener, testListener });
  for (const [prop, resource] of listeners) {
    if (!resource) continue;
    references.push(regional(`deploymentController.${prop}`, 'a listener', located(resource, resource.listenerArn)));
  }
  for (const [prop, resource] of Object.entries({ blueTargetGroup, greenTargetGroup })) {
    references.push(
      regional(`deploymentController.${prop}`, 'a target group', located(resource, resource.targetGroupArn)),
    );
  }
  return references;
}

function regional(prop: string, resourceKind: string, resource: Resource): ReferencedResource {
  return { prop, resourceKind, resource, regional: true };
}

/**
 * Returns a resource with the account and Region of its ARN. The CDK assumes that an imported resource is in the
 * environment of the stack that imports it.
 */
function located(resource: Resource, arn: string): Resource {
  if (Token.isUnresolved(arn)) return resource;
  const { account, region } = Stack.of(resource.node.scope!).splitArn(arn, ArnFormat.NO_RESOURCE_NAME);
  return {
    node: resource.node,
    env: { ...resource.env, account: account || resource.env.account, region: region || resource.env.region },
  };
}

/** Returns the names of these resources that must be explicit. */
export function groupNames({ group, appSpec }: CodeDeployDeployment): RequiredName[] {
  const { hooks, capacityProviders = [] } = appSpec;
  const names: RequiredName[] = [
    ...Object.values(hooks).map(({ prop, functionName }) => ({ prop, nameProp: 'functionName', name: functionName })),
    ...capacityProviders.map(({ name }) => ({
      prop: 'service.capacityProviderStrategies',
      nameProp: 'capacityProviderName',
      name,
    })),
  ];
  if (group.existing) {
    names.push({
      prop: 'deploymentController.group',
      nameProp: 'deploymentGroupName, and its application an applicationName',
      name: `${group.applicationName}/${group.deploymentGroupName}`,
    });
  }
  return names;
}
