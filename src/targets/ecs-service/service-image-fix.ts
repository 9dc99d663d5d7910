import { type Environment, envText } from '../../pipeline/env';

/** Returns the fix of a service that needs a service image in its own account and Region. */
export function serviceImageFix(env: Environment): string {
  return (
    `create a ServiceImage in a separate stack in ${envText(env)}, which is deployed before the service, with the ` +
    'repository imported by its ARN'
  );
}
