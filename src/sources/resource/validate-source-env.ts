import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { creatingStackOf, type ResourceSourceSpec } from './read-resource';
import { isCrossAccountSource } from '../../pipeline/cross-account-sources';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { literalName } from '../../render/names';
import { stackWithEnv } from '../../render/resolved-env';

/** Describes the name of a resource. */
export interface NamedResource {
  readonly name: string;
  /** Property that sets the name of the resource. */
  readonly nameProp: string;
}

/**
 * Validates the account and Region of a source against the construct tree.
 *
 * @param problems collector at the property that contains the resource
 */
export function validateSourceEnv(
  scope: Construct,
  source: StepPlan<ResourceSourceSpec>,
  { name, nameProp }: NamedResource,
  problems: Problems,
): void {
  const { resource } = source.spec;
  if (!validateEnvKnown(scope, source.spec, problems)) return;
  // Stacks in another account can refer to the resource only by a literal name.
  if (!isCrossAccountSource(source, Stack.of(scope)) || literalName(scope, name) !== undefined) return;
  const fix = `set one, e.g. ${nameProp}: 'acme-shop'`;
  problems.add('have an explicit name, because it is in another account', resource.node.path, fix);
}

const LABEL = { account: 'account', region: 'Region' };

/**
 * Validates that the account and Region are concrete for both the pipeline and the resource, or for neither: whether
 * they are equal determines what is created, and in which stack.
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
        `be used in a pipeline stack with a concrete ${LABEL[key]}, because the resource has one`,
        `${node.path} in ${env[key]}`,
        `set both on the stack of the pipeline: ${stackWithEnv(pipelineEnv)}, or import a resource of that ` +
          'account by name only',
      );
      return false;
    }
    // A resource that was imported without an account is assumed to be in the account of the pipeline.
    if (creatingStack && isPipelineKnown && !isResourceKnown) {
      const rule = `have a concrete ${LABEL[key]}, because the pipeline has one`;
      problems.add(rule, node.path, `set both on its stack: ${stackWithEnv(creatingStack)}`);
      return false;
    }
  }
  return true;
}
