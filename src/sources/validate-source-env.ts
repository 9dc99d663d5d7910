import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { SourcePlan } from './source-specs';
import { sourceResourceOf, stackBefore, type SourceResource } from './source-resource';
import { isCrossAccountSource } from '../pipeline/cross-account-sources';
import type { StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { literalName } from '../render/names';
import { stackWithEnv } from '../render/resolved-env';

/** Validates the account and Region of a source, as far as only the construct tree shows them. */
export function validateSourceEnv(scope: Construct, source: StepPlan<SourcePlan>, problems: Problems): void {
  const resource = sourceResourceOf(source);
  if (!resource) return;
  if (!validateEnvKnown(scope, resource, problems)) return;
  // Stacks of another account can use only names that are configured.
  if (!isCrossAccountSource(source, Stack.of(scope)) || literalName(scope, resource.name) !== undefined) return;
  const fix = `give it one, as in ${resource.nameProp}: 'acme-shop'`;
  problems.add('have a name of its own where it is in another account', resource.resource.node.path, fix);
}

/** One that is known and one that is not may be the same or not: the answer decides what is created, and where. */
function validateEnvKnown(scope: Construct, source: SourceResource, problems: Problems): boolean {
  const { env, node } = source.resource;
  const pipelineEnv = Stack.of(scope);
  const stack = stackBefore(scope, source);
  for (const key of ['account', 'region'] as const) {
    const [here, there] = [pipelineEnv[key], env[key]];
    if (Token.isUnresolved(here) && !Token.isUnresolved(there)) {
      problems.add(
        `be read by a pipeline whose own ${key} is known, since its own is`,
        `${node.path} in ${there}`,
        `give the stack of the pipeline both: ${stackWithEnv(pipelineEnv)}, or take what is in its account by the name alone`,
      );
      return false;
    }
    // A resource that was imported without an account counts as one of the pipeline's account.
    if (stack && !Token.isUnresolved(here) && Token.isUnresolved(there)) {
      const rule = `be in a known ${key}, since that of the pipeline is`;
      problems.add(rule, node.path, `give its stack both: ${stackWithEnv(stack)}`);
      return false;
    }
  }
  return true;
}
