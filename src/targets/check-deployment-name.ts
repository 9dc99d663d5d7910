import { DEPLOYMENT_NAME } from '../aws/limits';
import { checkName, type Problem } from '../pipeline/problems';

export const checkDeploymentName = (prop: string, name: string | undefined): Problem[] =>
  name === undefined ? [] : checkName(`${prop}.deploymentName`, name, DEPLOYMENT_NAME, 'choose another name');
