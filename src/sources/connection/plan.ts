import { Token } from 'aws-cdk-lib';
import { GitConnection, type PendingGitConnectionOptions } from './git-connection';
import { isConnectionSource, type ConnectionSourceSpec, type ConnectionSpec, type NewConnectionSpec } from './spec';
import { CONNECTION_PROVIDERS, type ConnectionProviderId } from '../../aws/connection-providers';
import { CONNECTION_ARN, CONNECTION_HOST_ARN, CONNECTION_NAME, REGION } from '../../aws/limits';
import { partitionOf } from '../../aws/partitions';
import { compact } from '../../common/compact';
import type { Environment } from '../../pipeline/env';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { ANY, duplicates, FLAG, instanceOf, type OptionTypes, readOptions } from '../../pipeline/read-options';
import { validateParameterName } from '../../pipeline/validation/names';
import {
  SOURCE_OPTIONS,
  type SourceOptions,
  validBranch,
  validName,
  artifactFormat,
  type SourceAction,
  type SourceContext,
  type SourcePlanner,
} from '../source-planner';
import { A_CONNECTION_ARN, notSetFor } from '../../common/rules';

/** Options of a source in a Git repository that is read through a connection. */
export interface GitSourceOptions extends SourceOptions {
  /**
   * Connection to the Git provider.
   *
   * @default GitConnection.pending(), a new connection that you authorize once in the console
   */
  readonly connection?: GitConnection;

  /**
   * Passes a reference to the commit instead of its files: builds clone the repository and so have its history, tags
   * and submodules. Only CodeBuild builds can use such a source. Their roles get permission to use the connection for
   * this repository only.
   *
   * @default false: builds receive the files of the commit, without history
   */
  readonly fullClone?: boolean;
}

const OPTION_TYPES: OptionTypes<GitSourceOptions> = {
  ...SOURCE_OPTIONS,
  connection: instanceOf(GitConnection, 'use GitConnection.fromArn() or GitConnection.fromParameter()'),
  fullClone: FLAG,
};

/** Plans a source that is read through a connection to a git provider. */
export class ConnectionSource implements SourcePlanner {
  public constructor(
    private readonly providerType: ConnectionProviderId,
    private readonly repository: string,
    private readonly branch: string,
    private readonly options: GitSourceOptions,
  ) {}

  public plan({ problems, pipelineEnv }: Required<SourceContext>): SourceAction<ConnectionSourceSpec> {
    const { providerType } = this;
    const { connection, fullClone = false } = readOptions(this.options, OPTION_TYPES, problems);
    const rule = CONNECTION_PROVIDERS[providerType].repository;
    const extra = String(this.repository).endsWith('.git') ? "'.git'" : 'the URL of the provider';
    const fix = `use the form ${rule.description}, without ${extra}`;
    const repository = validName(this.repository, rule, fix, problems.at('repository'));
    const branch = validBranch(this.branch, problems.at('branch'));
    return {
      provider: 'connection',
      configuration: {
        FullRepositoryId: repository,
        BranchName: branch,
        OutputArtifactFormat: artifactFormat(fullClone),
        DetectChanges: 'true',
      },
      propNames: { FullRepositoryId: 'repository', BranchName: 'branch' },
      fullClone,
      git: { identity: `${providerType} ${repository}`, name: repository, branch },
      spec: {
        kind: 'connection-source',
        providerType,
        connection: planConnection(
          connection ?? GitConnection.pending(),
          providerType,
          pipelineEnv,
          problems.at('connection'),
        ),
        repository,
      },
    };
  }
}

// The options are validated with the connection.
const PENDING_OPTIONS: OptionTypes<PendingGitConnectionOptions> = { connectionName: ANY, hostArn: ANY };

function planConnection(
  connection: GitConnection,
  providerType: ConnectionProviderId,
  pipelineEnv: Environment,
  problems: Problems,
): ConnectionSpec {
  const { _spec: spec } = connection;
  if (spec.kind === 'arn') validateArn(spec.arn, pipelineEnv, problems);
  if (spec.kind === 'new') {
    readOptions(connection._options, PENDING_OPTIONS, problems);
    validateNewConnection(spec, providerType, problems);
  }
  if (spec.kind === 'parameter') {
    const fix = 'pass the name of the Systems Manager parameter that contains the ARN';
    validateParameterName(spec.parameterName, fix, problems);
  }
  return spec;
}

/**
 * Validates the ARN of a connection, and its account if the connection cannot be shared between accounts.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-share.html
 */
function validateArn(arn: string, { account, region }: Environment, problems: Problems): void {
  if (typeof arn === 'string' && Token.isUnresolved(arn)) return;
  if (!isText(arn, CONNECTION_ARN)) {
    const fix =
      'copy it from the list of connections in the console: arn:aws:codeconnections:<region>:<account>:connection/<id>';
    return problems.add(A_CONNECTION_ARN, arn, fix);
  }
  const [, partition, , connectionRegion] = arn.split(':');
  if (!REGION.pattern.test(connectionRegion)) {
    return problems.add('be the ARN of a connection in an existing Region', arn, 'copy it from the console');
  }
  if (region !== undefined && !Token.isUnresolved(region) && partition !== partitionOf(region)) {
    const rule = `be a connection in the partition of the pipeline, ${partitionOf(region)}`;
    return problems.add(rule, arn, 'create a connection in that partition');
  }
  if (account === undefined || Token.isUnresolved(account)) return;
  const [, , service, , connectionAccount] = arn.split(':');
  if (service !== 'codestar-connections' || connectionAccount === account) return;
  problems.add(
    `be a connection in the account of the pipeline, ${account}, or a shared connection`,
    arn,
    'create a connection of codeconnections in either account; connections of codestar-connections cannot be shared',
  );
}

/** Returns whether a value, which JavaScript can set to anything, is a string that matches a pattern. */
function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function validateNewConnection(
  { name, hostArn }: NewConnectionSpec,
  providerType: ConnectionProviderId,
  problems: Problems,
): void {
  if (name !== undefined) problems.at('connectionName').name(name, CONNECTION_NAME, 'choose another name');
  validateHost(hostArn, providerType, problems.at('hostArn'));
}

/** Validates that a new connection has a host if, and only if, its provider is a self-managed server. */
function validateHost(hostArn: string | undefined, providerType: ConnectionProviderId, problems: Problems): void {
  if (!CONNECTION_PROVIDERS[providerType].hosted) {
    if (hostArn === undefined) return;
    problems.add(notSetFor(providerType), hostArn, 'remove it; only self-managed servers have hosts');
  } else if (hostArn === undefined) {
    problems.add(
      `be the ARN of a host for a new connection to ${providerType}`,
      hostArn,
      'create the host and complete its setup in the console, then pass its ARN to GitConnection.pending(), or use ' +
        'an existing connection',
    );
  } else if (!(typeof hostArn === 'string' && Token.isUnresolved(hostArn)) && !isText(hostArn, CONNECTION_HOST_ARN)) {
    problems.add('be the ARN of a host', hostArn, 'copy it from the list of hosts in the console');
  }
}

/**
 * Validates that the names of new connections are unique, as CodeConnections requires in an account.
 *
 * @param problems collector at the property that the sources come from
 */
export function validateConnectionNames(sources: readonly StepPlan[], problems: Problems): void {
  const connections = sources.filter(isConnectionSource).map(({ spec }) => spec.connection);
  const names = compact(connections.map((connection) => connection.kind === 'new' && connection.name));
  for (const name of new Set(duplicates(names))) {
    const fix = 'create the connection once, and pass its ARN to all sources with GitConnection.fromArn()';
    problems.add('use a unique name for each new connection', name, fix);
  }
}
