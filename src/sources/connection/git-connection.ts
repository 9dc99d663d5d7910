import type { ConnectionSpec } from './spec';

/** Options of {@link GitConnection.pending}. */
export interface PendingGitConnectionOptions {
  /**
   * Name of the connection, shown in the console: 1 to 32 letters, digits, `_`, `.`, `@` and `-`. Must be concrete.
   * Changing it replaces the connection, and the replacement must be authorized again.
   *
   * @default - a name generated from the construct path of the pipeline
   */
  readonly connectionName?: string;

  /**
   * ARN of the host that represents your Git server. Required for GitHub Enterprise Server and GitLab self-managed, and
   * not allowed for other providers. Create the host and complete its setup in the console first.
   *
   * @default - no host
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-host-create.html
   */
  readonly hostArn?: string;
}

/**
 * A connection through which AWS reads repositories of a Git provider.
 *
 * Create and authorize a connection once in the console, and share it between pipelines. A pipeline that uses the
 * connection is granted `codeconnections:UseConnection` and `codestar-connections:UseConnection` on it, and nothing
 * else.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/welcome-connections.html
 *
 * @example
 * const connection = GitConnection.fromParameter('/delivery/github-connection');
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main', { connection }),
 * });
 */
export class GitConnection {
  /**
   * Imports an existing connection by its ARN.
   *
   * @param connectionArn `arn:aws:codeconnections:…:connection/…`, or the older form `arn:aws:codestar-connections:…`
   */
  public static fromArn(connectionArn: string): GitConnection {
    return new GitConnection({ kind: 'arn', arn: connectionArn });
  }

  /**
   * Imports an existing connection whose ARN is stored in a Systems Manager parameter in the account and Region of the
   * pipeline. CloudFormation reads the parameter on every deployment, so your code does not contain the ARN.
   *
   * @param parameterName name of the parameter, e.g. `/delivery/github-connection`
   */
  public static fromParameter(parameterName: string): GitConnection {
    return new GitConnection({ kind: 'parameter', parameterName });
  }

  /**
   * Creates a new connection in the stack of the pipeline. Each source that receives it gets a separate connection.
   * Deleting the pipeline deletes its connections.
   *
   * A new connection has the status PENDING, so executions fail until you complete the handshake in the console. The
   * stack has an output with the URL. To share one authorized connection between pipelines, prefer `fromArn` or
   * `fromParameter`.
   */
  public static pending(options: PendingGitConnectionOptions = {}): GitConnection {
    return new GitConnection({ kind: 'new', name: options?.connectionName, hostArn: options?.hostArn }, options);
  }

  private constructor(
    /** @internal */
    public readonly _spec: ConnectionSpec,
    /** @internal */
    public readonly _options: PendingGitConnectionOptions = {},
  ) {}
}
