import { isElsewhere, show } from './check-starts';
import type { StepPlan } from './pipeline-plan';
import type { PlacePlan } from './place-plan';
import { problem, type Problem } from './problems';
import type { ConnectionSourcePlan } from './source-plan';

/** What to do where a source is read and its changes are heard of in the account and region of the pipeline only. */
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
export function checkSources(prop: string, sources: readonly StepPlan[], home: PlacePlan = {}): Problem[] {
  const named = sources.map(({ work }) => work).filter((work): work is ConnectionSourcePlan => work.kind === 'connection-source')
    .flatMap(({ connection }) => connection.kind === 'new' && connection.name !== undefined ? connection.name : []);
  return [
    ...sources.flatMap(({ name, work }) => 'place' in work && isElsewhere(work.place, home)
      ? [problem(name, `be in the account and region of the pipeline, ${show(home)}`, show(work.place), BESIDE[work.kind])] : []),
    // Names of connections are unique in an account.
    ...[...new Set(named.filter((name, i) => named.indexOf(name) < i))].map((name) => problem(
      prop, 'give every new connection a name of its own', name, 'make the connection once and pass its ARN to all: GitConnection.fromArn()')),
  ];
}
