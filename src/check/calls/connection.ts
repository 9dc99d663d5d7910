import type { Call } from './call';

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
