import { validateConnectionNames } from './connection/plan';
import { PipelineSource } from './pipeline-source';
import type { SourceStep } from './source-planner';
import type { Environment } from '../pipeline/env';
import type { Problems } from '../pipeline/problems';
import { A_SOURCE } from '../pipeline/rules';

/** Describes a source, with the collector at the property that it comes from. */
export interface SourceRequest {
  readonly source: PipelineSource;
  readonly problems: Problems;
}

/**
 * Plans the sources of a pipeline, and validates them against each other.
 *
 * @param problems collector at the property that several sources come from
 */
export function planSources(
  requests: readonly SourceRequest[],
  pipelineEnv: Environment,
  problems: Problems,
): SourceStep[] {
  const sources = requests.flatMap(({ source, problems: at }) =>
    requireSource(source, at) ? source._plan({ problems: at, pipelineEnv }) : [],
  );
  validateConnectionNames(sources, problems);
  return sources;
}

/** Validates that a value is a source, and returns the result. */
export function requireSource(source: unknown, problems: Problems): source is PipelineSource {
  if (source instanceof PipelineSource) return true;
  const fix = "use e.g. PipelineSource.gitHub('owner/repository', 'main')";
  problems.add(A_SOURCE, source, fix);
  return false;
}
