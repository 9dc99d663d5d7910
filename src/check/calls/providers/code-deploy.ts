import { textOf } from '../../../assembly/shape';
import { ActionContext, Call, callOf, fill, Row } from '../call';
import { assumedBy, roleArn } from '../passing';

const SERVICE_ROLE = 'https://docs.aws.amazon.com/codedeploy/latest/userguide/getting-started-create-service-role.html';
export const DEPLOYMENT_GROUP = 'arn:{partition}:codedeploy:{region}:{account}:deploymentgroup:{ApplicationName}/{DeploymentGroupName}';
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
  const group = context.world.world.find(fill(DEPLOYMENT_GROUP, context));
  const name = group ? textOf(group.properties.DeploymentConfigName) || standard : context.pipeline.stack.unknown('runtime', `deployment configuration of ${context.action.name}`);
  return [
    callOf(context, 'codedeploy:GetDeploymentConfig', fill('arn:{partition}:codedeploy:{region}:{account}:deploymentconfig:', context) + name),
    ...group ? [assumedBy('codedeploy.amazonaws.com', roleArn(textOf(group.properties.ServiceRoleArn), group.stack), group.stack, { step: 'work', source: SERVICE_ROLE })] : [],
  ];
}
