import type { ActionContext, Call } from './call';
import type { Context } from '../iam/request';

/**
 * Returns the call that uses a connection to a Git provider. The service has two names, and AWS lists the permission
 * for both. The name in the ARN of the connection applies, except that connections with the new name that were created
 * in the console require the former one.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security_iam_id-based-policy-examples-connections.html
 */
export function connectionCall(connectionArn: string, call: (api: string, more?: Partial<Call>) => Call): Call {
  const [, , service] = connectionArn.split(':');
  switch (service) {
    case undefined:
      return call('codeconnections:UseConnection', {
        basis: 'inferred',
        uncertainty: 'the ARN of the connection is unknown, so the service name in the permission is unknown',
      });
    case 'codeconnections':
      return call('codeconnections:UseConnection', { formerName: 'codestar-connections:UseConnection' });
    default:
      return call(`${service}:UseConnection`);
  }
}

/**
 * Returns the condition keys for the repository that a source action, or the build that clones it, accesses.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
 */
export function repositoryContext({ action: { configuration } }: ActionContext): Context | undefined {
  const { FullRepositoryId: repository } = configuration;
  if (repository === undefined) return undefined;
  return {
    'codeconnections:fullrepositoryid': [repository],
    'codestar-connections:fullrepositoryid': [repository],
  };
}
