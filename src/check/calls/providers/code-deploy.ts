import type { ModelResource } from '../../../assembly/scope';
import { textOf } from '../../../assembly/json';
import { ActionContext, Call, callOf, fill, Row } from '../call';
import { assumedBy, roleArn } from '../pass-role';
import { type GroupedService, serviceOfGroup, trafficCalls } from './deployment-group';

const SERVICE_ROLE = 'https://docs.aws.amazon.com/codedeploy/latest/userguide/getting-started-create-service-role.html';
export const DEPLOYMENT_GROUP =
  'arn:{partition}:codedeploy:{region}:{account}:deploymentgroup:{ApplicationName}/{DeploymentGroupName}';
export const DEPLOYMENT_APPLICATION = 'arn:{partition}:codedeploy:{region}:{account}:application:{ApplicationName}';
/** Both CodeDeploy actions; which configuration a group uses is its own matter. */
export const CODE_DEPLOY_ROWS: readonly Row[] = [
  { call: ['codedeploy:CreateDeployment', 'codedeploy:GetDeployment'], on: DEPLOYMENT_GROUP },
  { call: 'codedeploy:RegisterApplicationRevision', on: DEPLOYMENT_APPLICATION },
  // The page of the action lists it no more, the one about service roles does.
  { call: 'codedeploy:GetApplicationRevision', on: DEPLOYMENT_APPLICATION, basis: 'inferred' },
];

/** The deployment configuration and the service role of the deployment group, when the group is in the assembly. */
export function groupCalls(context: ActionContext, standard: string): Call[] {
  const { model } = context.model;
  const group = groupOf(context);
  const name = group
    ? textOf(group.properties.DeploymentConfigName) || standard
    : context.pipeline.stack.unknown('runtime', `deployment configuration of ${context.action.name}`);
  const service = group && serviceOfGroup(model, group);
  return [
    callOf(
      context,
      'codedeploy:GetDeploymentConfig',
      fill('arn:{partition}:codedeploy:{region}:{account}:deploymentconfig:', context) + name,
    ),
    ...(group ? [takenOn(context, group)] : []),
    ...(group && service ? trafficCalls(model, group, service) : []),
  ];
}

/** The service of the deployment group, when the group is in the assembly. */
export function groupedService(context: ActionContext): GroupedService | undefined {
  const group = groupOf(context);
  return group && serviceOfGroup(context.model.model, group);
}

function groupOf(context: ActionContext): ModelResource | undefined {
  return context.model.model.find(fill(DEPLOYMENT_GROUP, context));
}

/**
 * CodeDeploy says for which group it takes on a role. @see
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/security_confused_deputy.html
 */
function takenOn(context: ActionContext, { properties, stack }: ModelResource) {
  return assumedBy('codedeploy.amazonaws.com', roleArn(textOf(properties.ServiceRoleArn), stack), stack, {
    step: 'work',
    source: SERVICE_ROLE,
    context: { 'aws:sourceaccount': [stack.account], 'aws:sourcearn': [fill(DEPLOYMENT_GROUP, context)] },
  });
}
