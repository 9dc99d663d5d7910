import { Token } from 'aws-cdk-lib';
import { isElsewhere, show } from './triggers/validate-triggers';
import { isCrossAccountSource } from './cross-account-sources';
import type { StepPlan } from '../pipeline/pipeline-plan';
import type { Environment } from '../pipeline/env';
import { problem, type Problem } from '../pipeline/problems';
import { duplicates } from '../pipeline/duplicates';
import type { ConnectionSourcePlan } from './source-specs';

/** What to do where a source is in another region: a source action has none of its own. */
const BESIDE: Readonly<Record<string, string>> = {
  'codecommit-source': 'put the pipeline beside the repository; its environments may be elsewhere',
  's3-source': 'replicate the object into a bucket here',
  'ecr-source': 'replicate the image into a repository here',
};

/**
 * What is wrong with sources that they do not show one by one.
 *
 * @param home account and region of the pipeline
 */
export function checkSources(prop: string, sources: readonly StepPlan[], home: Environment = {}): Problem[] {
  const named = sources
    .map(({ spec }) => spec)
    .filter((spec): spec is ConnectionSourcePlan => spec.kind === 'connection-source')
    .flatMap(({ connection }) => (connection.kind === 'new' && connection.name !== undefined ? connection.name : []));
  return [
    ...sources.flatMap(({ name, spec }) =>
      'place' in spec && isElsewhere({ region: spec.place.region }, home)
        ? [problem(name, `be in the region of the pipeline, ${home.region}`, show(spec.place), BESIDE[spec.kind])]
        : [],
    ),
    // A repository has no policy of its own that could let in the role of a build.
    ...sources.flatMap((source) =>
      source.spec.kind === 'codecommit-source' && source.spec.fullClone && isCrossAccountSource(source, home)
        ? [
            problem(
              `${source.name}.fullClone`,
              'be left out for a repository of another account',
              true,
              'CodeCommit lets builds of its own account clone it only: put the pipeline into that account, or do without the history',
            ),
          ]
        : [],
    ),
    ...sources.flatMap(({ name, spec }) => (spec.kind === 'connection-source' ? checkShared(name, spec, home) : [])),
    // Names of connections are unique in an account.
    ...[...new Set(duplicates(named))].map((name) =>
      problem(
        prop,
        'give every new connection a name of its own',
        name,
        'make the connection once and pass its ARN to all: GitConnection.fromArn()',
      ),
    ),
  ];
}

/**
 * A connection of another account is used by its ARN when AWS RAM shares it, which it does under the new name of the service only.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-share.html
 */
function checkShared(name: string, { connection }: ConnectionSourcePlan, { account: home }: Environment): Problem[] {
  if (connection.kind !== 'arn' || Token.isUnresolved(connection.arn) || home === undefined || Token.isUnresolved(home))
    return [];
  const [, , service, , account] = connection.arn.split(':');
  return service === 'codestar-connections' && account !== home
    ? [
        problem(
          `${name}.connection`,
          `be a connection of the account of the pipeline, ${home}, or a shared one`,
          connection.arn,
          'connections of codestar-connections cannot be shared: make one of codeconnections, here or there',
        ),
      ]
    : [];
}
