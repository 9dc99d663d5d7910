import type { ModelResource } from '../../../assembly/scope';
import { textOf } from '../../../assembly/json';
import { ActionContext, Call, callOf, fill, Row } from '../call';
import { assumedBy, roleArn } from '../pass-role';
import { type GroupedService, serviceOfGroup, trafficCalls } from './deployment-group';

const SERVICE_ROLE = 'https://docs.aws.amazon.com/codedeploy/latest/userguide/getting-started-create-service-role.html';
const REVISIONS =
  'https://docs.aws.amazon.com/codedeploy/latest/userguide/auth-and-access-control-permissions-reference.html';
export const DEPLOYMENT_GROUP =
  'arn:{partition}:codedeploy:{region}:{account}:deploymentgroup:{ApplicationName}/{DeploymentGroupName}';
export const DEPLOYMENT_APPLICATION = 'arn:{partition}:codedeploy:{region}:{account}:application:{ApplicationName}';
/** Lists the calls of both CodeDeploy actions that do not depend on the deployment group. */
export const CODE_DEPLOY_ROWS: readonly Row[] = [
  { call: ['codedeploy:CreateDeployment', 'codedeploy:GetDeployment'], on: DEPLOYMENT_GROUP },
  { call: 'codedeploy:RegisterApplicationRevision', on: DEPLOYMENT_APPLICATION },
  {
    call: 'codedeploy:GetApplicationRevision',
    on: DEPLOYMENT_APPLICATION,
    basis: 'inferred',
    source: REVISIONS,
    notRequired: 'a deployment requires it or codedeploy:RegisterApplicationRevision',
  },
];

/**
 * Returns the calls for the deployment configuration and, if the deployment group is in the assembly, the calls under
 * its service role.
 */
export function groupCalls(context: ActionContext, defaultConfig: string): Call[] {
  const { model } = context.model;
  const group = groupOf(context);
  if (!group) {
    const config = context.pipeline.stack.unknown('runtime', `deployment configuration of ${context.action.name}`);
    return [configCall(context, config)];
  }
  const calls = [
    configCall(context, textOf(group.properties.DeploymentConfigName) || defaultConfig),
    assumeServiceRole(context, group),
  ];
  const service = serviceOfGroup(model, group);
  if (service) return [...calls, ...trafficCalls(model, group, service)];
  return calls;
}

function configCall(context: ActionContext, config: string): Call {
  const prefix = fill('arn:{partition}:codedeploy:{region}:{account}:deploymentconfig:', context);
  return callOf(context, 'codedeploy:GetDeploymentConfig', prefix + config);
}

/** Returns the service of the deployment group, or undefined if the group is not in the assembly. */
export function groupedService(context: ActionContext): GroupedService | undefined {
  const group = groupOf(context);
  return group && serviceOfGroup(context.model.model, group);
}

function groupOf(context: ActionContext): ModelResource | undefined {
  return context.model.model.find(fill(DEPLOYMENT_GROUP, context));
}

/**
 * Returns the call of CodeDeploy that assumes the service role. Its context contains the deployment group.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/security_confused_deputy.html
 */
function assumeServiceRole(context: ActionContext, { properties, stack }: ModelResource) {
  return assumedBy('codedeploy.amazonaws.com', roleArn(textOf(properties.ServiceRoleArn), stack), stack, {
    step: 'work',
    source: SERVICE_ROLE,
    context: { 'aws:sourceaccount': [stack.account], 'aws:sourcearn': [fill(DEPLOYMENT_GROUP, context)] },
  });
}
