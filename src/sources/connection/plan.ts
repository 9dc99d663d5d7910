import { Token } from 'aws-cdk-lib';
import { GitConnection } from './git-connection';
import { isConnectionSource, type ConnectionSourceSpec, type ConnectionSpec, type NewConnectionSpec } from './spec';
import { CONNECTION_PROVIDERS, type ConnectionProviderId } from '../../aws/connection-providers';
import { CONNECTION_ARN, CONNECTION_HOST_ARN, CONNECTION_NAME } from '../../aws/limits';
import type { Environment } from '../../pipeline/env';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { duplicates } from '../../pipeline/read-options';
import { validateParameterName } from '../../pipeline/validation/names';
import {
  type SourceOptions,
  validBranch,
  validName,
  artifactFormat,
  type SourceAction,
  type SourceContext,
  type SourcePlanner,
} from '../source-planner';

/** Options of a source in a git repository that a connection reads. */
export interface GitSourceOptions extends SourceOptions {
  /**
   * The connection to the provider.
   *
   * @default - a new one, which somebody must authorise once in the console ({@link GitConnection.pending})
   */
  readonly connection?: GitConnection;

  /**
   * Builds clone the repository themselves and so have its history, tags and submodules. Only builds in CodeBuild can
   * use such a source, and their roles may then use the connection, for this repository alone.
   *
   * @default false, the files of the commit and nothing else
   */
  readonly fullClone?: boolean;
}

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
    const { connection, fullClone = false } = this.options ?? {};
    const rule = CONNECTION_PROVIDERS[providerType].repository;
    const fix = `write it as ${rule.words}, without the address of the provider`;
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

/** Stands for a connection that cannot be read. */
const NO_CONNECTION: ConnectionSpec = { kind: 'arn', arn: '' };

function planConnection(
  connection: GitConnection,
  providerType: ConnectionProviderId,
  pipelineEnv: Environment,
  problems: Problems,
): ConnectionSpec {
  if (!(connection instanceof GitConnection)) {
    problems.add('be a GitConnection', connection, 'pass GitConnection.fromArn() or GitConnection.fromParameter()');
    return NO_CONNECTION;
  }
  const { _spec: spec } = connection;
  if (spec.kind === 'arn') validateArn(spec.arn, pipelineEnv, problems);
  if (spec.kind === 'new') validateNewConnection(spec, providerType, problems);
  if (spec.kind === 'parameter') {
    const fix = 'name the parameter of Systems Manager that holds the ARN';
    validateParameterName(spec.parameterName, fix, problems);
  }
  return spec;
}

/** @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-share.html */
function validateArn(arn: string, { account }: Environment, problems: Problems): void {
  if (Token.isUnresolved(arn)) return;
  if (!CONNECTION_ARN.test(arn)) {
    const fix =
      "copy it from the console's list of connections: arn:aws:codeconnections:<region>:<account>:connection/<id>";
    return problems.add('be the ARN of a connection', arn, fix);
  }
  if (account === undefined || Token.isUnresolved(account)) return;
  const [, , service, , owner] = arn.split(':');
  if (service !== 'codestar-connections' || owner === account) return;
  problems.add(
    `be a connection of the account of the pipeline, ${account}, or a shared one`,
    arn,
    'connections of codestar-connections cannot be shared: make one of codeconnections, here or there',
  );
}

function validateNewConnection(
  { name, hostArn }: NewConnectionSpec,
  providerType: ConnectionProviderId,
  problems: Problems,
): void {
  if (name !== undefined) problems.at('connectionName').name(name, CONNECTION_NAME, 'choose another name');
  validateHost(hostArn, providerType, problems.at('hostArn'));
}

/** Validates that a new connection has a host if, and only if, its provider is a server that the user runs. */
function validateHost(hostArn: string | undefined, providerType: ConnectionProviderId, problems: Problems): void {
  if (!CONNECTION_PROVIDERS[providerType].hosted) {
    if (hostArn === undefined) return;
    problems.add(`be left out for ${providerType}`, hostArn, 'hosts are for servers of your own');
  } else if (hostArn === undefined) {
    problems.add(
      `be the ARN of a host for a new connection to ${providerType}`,
      hostArn,
      'make the host in the console, since somebody must set it up there, and pass its ARN to ' +
        'GitConnection.pending(), or use a connection that exists',
    );
  } else if (!Token.isUnresolved(hostArn) && !CONNECTION_HOST_ARN.test(hostArn)) {
    problems.add('be the ARN of a host', hostArn, "copy it from the console's list of hosts");
  }
}

/**
 * Validates that new connections have different names: they are unique in an account.
 *
 * @param problems collector at the property that several sources come from
 */
export function validateConnectionNames(sources: readonly StepPlan[], problems: Problems): void {
  const names = sources.filter(isConnectionSource).flatMap(({ spec: { connection } }) => {
    return connection.kind === 'new' && connection.name !== undefined ? [connection.name] : [];
  });
  for (const name of new Set(duplicates(names))) {
    const fix = 'make the connection once and pass its ARN to all: GitConnection.fromArn()';
    problems.add('give every new connection a name of its own', name, fix);
  }
}
