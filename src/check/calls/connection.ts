import type { ActionContext, Call } from './call';
import type { Context } from '../iam/request';

/**
 * Using a connection to a git provider. The service has two names; AWS lists the permission under both, and the one in the ARN of the connection
 * counts.
 */
export function connectionCall(connectionArn: string, call: (api: string, more?: Partial<Call>) => Call): Call {
  const [, , service] = connectionArn.split(':');
  return service === undefined
    ? call('codeconnections:UseConnection', { basis: 'inferred', doubt: 'the ARN of the connection is not known, and with it the name of the service that counts' })
    : call(`${service}:UseConnection`);
}

/**
 * The repository that a source action, or the build that clones for it, accesses by the connection.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
 */
export function repositoryContext({ action: { configuration: { FullRepositoryId: repository } } }: ActionContext): { context?: Context } {
  return repository === undefined ? {} : { context: { 'codeconnections:fullrepositoryid': [repository], 'codestar-connections:fullrepositoryid': [repository] } };
}
