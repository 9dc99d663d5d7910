import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { creatingStackOf, type ResourceSourceSpec } from './read-resource';
import { isCrossAccountSource } from '../../pipeline/cross-account-sources';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { literalName } from '../../render/names';
import { stackWithEnv } from '../../render/resolved-env';

/** Names a resource by the property that names it. */
export interface NamedResource {
  readonly name: string;
  /** Property that gives the resource a name. */
  readonly nameProp: string;
}

/**
 * Validates the account and Region of a source, as far as only the construct tree shows them.
 *
 * @param problems collector at the property that passes the resource
 */
export function validateSourceEnv(
  scope: Construct,
  source: StepPlan<ResourceSourceSpec>,
  { name, nameProp }: NamedResource,
  problems: Problems,
): void {
  const { resource } = source.spec;
  if (!validateEnvKnown(scope, source.spec, problems)) return;
  // Stacks of another account can use only names that are configured.
  if (!isCrossAccountSource(source, Stack.of(scope)) || literalName(scope, name) !== undefined) return;
  const fix = `give it one, as in ${nameProp}: 'acme-shop'`;
  problems.add('have a name of its own where it is in another account', resource.node.path, fix);
}

/**
 * Validates that accounts and Regions are known of both the pipeline and the resource, or of neither: whether they are
 * the same decides what is created, and where.
 */
function validateEnvKnown(scope: Construct, { resource }: ResourceSourceSpec, problems: Problems): boolean {
  const { env, node } = resource;
  const pipelineEnv = Stack.of(scope);
  const creatingStack = creatingStackOf(resource, scope);
  for (const key of ['account', 'region'] as const) {
    const isPipelineKnown = !Token.isUnresolved(pipelineEnv[key]);
    const isResourceKnown = !Token.isUnresolved(env[key]);
    if (isResourceKnown && !isPipelineKnown) {
      problems.add(
        `be read by a pipeline whose own ${key} is known, since its own is`,
        `${node.path} in ${env[key]}`,
        `give the stack of the pipeline both: ${stackWithEnv(pipelineEnv)}, or take what is in its account by ` +
          'the name alone',
      );
      return false;
    }
    // A resource that was imported without an account counts as one of the pipeline's account.
    if (creatingStack && isPipelineKnown && !isResourceKnown) {
      const rule = `be in a known ${key}, since that of the pipeline is`;
      problems.add(rule, node.path, `give its stack both: ${stackWithEnv(creatingStack)}`);
      return false;
    }
  }
  return true;
}
