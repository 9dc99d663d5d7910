import type { ActionContext, Call } from './call';
import type { Context } from '../iam/request';

/**
 * Using a connection to a git provider. The service has two names, and AWS lists the permission under both. That in the
 * ARN of the connection counts; but for connections with the new name that were made in the console, AWS asks for the
 * old one.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security_iam_id-based-policy-examples-connections.html
 */
export function connectionCall(connectionArn: string, call: (api: string, more?: Partial<Call>) => Call): Call {
  const [, , service] = connectionArn.split(':');
  switch (service) {
    case undefined:
      return call('codeconnections:UseConnection', {
        basis: 'inferred',
        uncertainty: 'the ARN of the connection is not known, and with it the name of the service that counts',
      });
    case 'codeconnections':
      return call('codeconnections:UseConnection', { formerName: 'codestar-connections:UseConnection' });
    default:
      return call(`${service}:UseConnection`);
  }
}

/**
 * The repository that a source action, or the build that clones for it, accesses by the connection.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
 */
export function repositoryContext({
  action: {
    configuration: { FullRepositoryId: repository },
  },
}: ActionContext): { context?: Context } {
  return repository === undefined
    ? {}
    : {
        context: {
          'codeconnections:fullrepositoryid': [repository],
          'codestar-connections:fullrepositoryid': [repository],
        },
      };
}
