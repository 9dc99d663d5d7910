import type { Row } from '../call';

export const DEPLOYMENT_GROUP = 'arn:{partition}:codedeploy:{region}:{account}:deploymentgroup:{ApplicationName}/{DeploymentGroupName}';
export const DEPLOYMENT_APPLICATION = 'arn:{partition}:codedeploy:{region}:{account}:application:{ApplicationName}';
/** Both CodeDeploy actions; which configuration a group uses is its own matter. */
export const CODE_DEPLOY_ROWS: readonly Row[] = [
  { call: ['codedeploy:CreateDeployment', 'codedeploy:GetDeployment'], on: DEPLOYMENT_GROUP },
  { call: 'codedeploy:RegisterApplicationRevision', on: DEPLOYMENT_APPLICATION },
  // The page of the action lists it no more, the one about service roles does.
  { call: 'codedeploy:GetApplicationRevision', on: DEPLOYMENT_APPLICATION, basis: 'inferred' },
  { call: 'codedeploy:GetDeploymentConfig', on: 'arn:{partition}:codedeploy:{region}:{account}:deploymentconfig:{run}' },
];
