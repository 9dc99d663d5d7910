import type { ActionContext, Call } from './call';
import type { Context } from '../iam/request';

const CONNECTION = { isConnection: true };
const FORMER = { formerName: 'codestar-connections:UseConnection' };

/**
 * Returns the call that uses a connection to a Git provider. The service has two names, and AWS lists the permission
 * for both. The name in the ARN of the connection applies, except that connections with the new name that were created
 * in the console require the former one. If the ARN is unknown, a permission for one of the names is sufficient.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security_iam_id-based-policy-examples-connections.html
 */
export function connectionCall(connectionArn: string, call: (api: string, more?: Partial<Call>) => Call): Call {
  const [, , service] = connectionArn.split(':');
  switch (service) {
    case undefined:
      return call('codeconnections:UseConnection', { ...FORMER, ...CONNECTION });
    case 'codeconnections':
      return call('codeconnections:UseConnection', { ...FORMER, ...CONNECTION });
    default:
      return call(`${service}:UseConnection`, CONNECTION);
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
