import { DEPLOYMENT_NAME } from '../facts/limits';
import { checkName, problem, type Problem } from '../plan/problems';

/** What else is made right below an environment: what a deployment makes is in a scope of its name. */
const TAKEN = [
  'AccessLogs', 'Bucket', 'DeployRole', 'DeploymentRole', 'Distribution', 'OriginAccess', 'ReleaseStore', 'Router', 'Told', 'Url',
];

export function checkDeploymentName(prop: string, name: string | undefined): Problem[] {
  if (name === undefined) return [];
  const fix = 'choose another name';
  return TAKEN.includes(name) ? [problem(`${prop}.deploymentName`, 'be none of the names that the library gives', name, fix)]
    : checkName(`${prop}.deploymentName`, name, DEPLOYMENT_NAME, fix);
}
