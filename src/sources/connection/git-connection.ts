import type { ConnectionSpec } from './spec';

/** Options of {@link GitConnection.pending}. */
export interface PendingGitConnectionOptions {
  /**
   * Name of the connection in the console, 1 to 32 letters, digits, `_`, `.`, `@` and `-`. Must be concrete. Changing
   * it replaces the connection, and the new one waits for its handshake again.
   *
   * @default - made from the path of the pipeline, so that two pipelines never clash
   */
  readonly connectionName?: string;

  /**
   * The host that reaches a server of yours: required for GitHub Enterprise Server and GitLab self-managed, refused for
   * everything else. It is made and set up in the console, where somebody must authorise it.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-host-create.html
   */
  readonly hostArn?: string;
}

/**
 * The connection through which AWS reads a git provider.
 *
 * A connection is made once and authorised by a person in the console; many pipelines may share it. Whoever uses it is
 * granted `codeconnections:UseConnection` and `codestar-connections:UseConnection` on it and nothing else.
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
   * A connection that exists.
   *
   * @param connectionArn `arn:aws:codeconnections:…:connection/…`, or the older `arn:aws:codestar-connections:…`
   */
  public static fromArn(connectionArn: string): GitConnection {
    return new GitConnection({ kind: 'arn', arn: connectionArn });
  }

  /**
   * A connection that exists and whose ARN stands in a parameter of Systems Manager, in the account and region of the
   * pipeline. It is read by CloudFormation at each deployment, so the ARN need not be in your code.
   *
   * @param parameterName name of the parameter, e.g. `/delivery/github-connection`
   */
  public static fromParameter(parameterName: string): GitConnection {
    return new GitConnection({ kind: 'parameter', parameterName });
  }

  /**
   * A new connection, made with the pipeline and removed with it. Every source that is given it gets a connection of
   * its own.
   *
   * It starts in status PENDING and the first run of the pipeline fails until somebody completes the handshake in the
   * console; the stack has an output that says where. One connection for a whole team is less work: prefer the other
   * two once you have one.
   */
  public static pending(options: PendingGitConnectionOptions = {}): GitConnection {
    return new GitConnection({ kind: 'new', name: options?.connectionName, hostArn: options?.hostArn });
  }

  private constructor(
    /** @internal */
    public readonly _spec: ConnectionSpec,
  ) {}
}
