import { Token } from 'aws-cdk-lib';
import { isCrossAccountSource } from '../pipeline/cross-account-sources';
import type { ConnectionSourcePlan, SourcePlan } from './source-specs';
import { duplicates } from '../pipeline/duplicates';
import { areKnownToDiffer, envText, type Environment } from '../pipeline/env';
import type { StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** What to do about a source in another Region: a source action has none of its own. */
const OTHER_REGION_FIXES: Readonly<Record<string, string>> = {
  'codecommit-source': 'put the pipeline beside the repository; its environments may be elsewhere',
  's3-source': 'replicate the object into a bucket here',
  'ecr-source': 'replicate the image into a repository here',
};

/**
 * Validates sources against the account and Region of the pipeline, and against each other.
 *
 * @param problems collector at the property that several sources come from
 */
export function validateSources(sources: readonly StepPlan[], pipelineEnv: Environment, problems: Problems): void {
  for (const source of sources as ReadonlyArray<StepPlan<SourcePlan>>) {
    const at = problems.root(source.path);
    validateRegion(source, pipelineEnv, at);
    validateFullClone(source, pipelineEnv, at.at('fullClone'));
    if (source.spec.kind === 'connection-source') validateConnection(source.spec, pipelineEnv, at.at('connection'));
  }
  // Names of connections are unique in an account.
  for (const name of new Set(duplicates(newConnections(sources as ReadonlyArray<StepPlan<SourcePlan>>)))) {
    const fix = 'make the connection once and pass its ARN to all: GitConnection.fromArn()';
    problems.add('give every new connection a name of its own', name, fix);
  }
}

function newConnections(sources: ReadonlyArray<StepPlan<SourcePlan>>): string[] {
  return sources.flatMap(({ spec }) => {
    if (spec.kind !== 'connection-source' || spec.connection.kind !== 'new') return [];
    return spec.connection.name ?? [];
  });
}

function validateRegion({ spec, resourceEnv }: StepPlan, pipelineEnv: Environment, problems: Problems): void {
  if (resourceEnv === undefined || !areKnownToDiffer(pipelineEnv.region, resourceEnv.region)) return;
  const rule = `be in the region of the pipeline, ${pipelineEnv.region}`;
  problems.add(rule, envText(resourceEnv), OTHER_REGION_FIXES[spec.kind]);
}

/** A CodeCommit repository has no policy of its own that could grant access to the role of a build. */
function validateFullClone(source: StepPlan, pipelineEnv: Environment, problems: Problems): void {
  if (!source.fullClone || !isCrossAccountSource(source, pipelineEnv)) return;
  problems.add(
    'be left out for a repository of another account',
    true,
    'CodeCommit lets builds of its own account clone it only: put the pipeline into that account, or do without the history',
  );
}

/** @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-share.html */
function validateConnection({ connection }: ConnectionSourcePlan, { account }: Environment, problems: Problems): void {
  if (connection.kind !== 'arn' || Token.isUnresolved(connection.arn)) return;
  if (account === undefined || Token.isUnresolved(account)) return;
  const [, , service, , owner] = connection.arn.split(':');
  if (service !== 'codestar-connections' || owner === account) return;
  problems.add(
    `be a connection of the account of the pipeline, ${account}, or a shared one`,
    connection.arn,
    'connections of codestar-connections cannot be shared: make one of codeconnections, here or there',
  );
}
