import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { sourceResourceOf, literalName, stackBefore, type SourceResource } from './source-resource';
import { isCrossAccountSource } from './cross-account-sources';
import type { StepPlan } from '../pipeline/pipeline-plan';
import { problem, type Problem } from '../pipeline/problems';
import { lineToAdd } from '../patterns/common/validate-environment-envs';

/** What is wrong with where a source is, as far as only the tree of constructs shows it. */
export function checkSourcePlace(scope: Construct, source: StepPlan): Problem[] {
  const held = sourceResourceOf(source);
  if (!held) return [];
  const unknown = checkPlaceKnown(scope, source.name, held);
  return unknown.length > 0 ? unknown : checkNameKnown(scope, source, held);
}

/** One that is known and one that is not may be the same or not: the answer decides what is made, and where. */
function checkPlaceKnown(scope: Construct, prop: string, held: SourceResource): Problem[] {
  const { resource } = held;
  const home = Stack.of(scope);
  const maker = stackBefore(scope, held);
  return (['account', 'region'] as const)
    .flatMap((key) => {
      const [here, there] = [home[key], resource.env[key]];
      if (Token.isUnresolved(here) && !Token.isUnresolved(there)) {
        return [
          problem(
            prop,
            `be read by a pipeline whose own ${key} is known, since its own is`,
            `${resource.node.path} in ${there}`,
            `give the stack of the pipeline both: ${lineToAdd(home)}, or take what is in its account by the name alone`,
          ),
        ];
      }
      // What was imported from nobody knows where counts as here.
      return maker && !Token.isUnresolved(here) && Token.isUnresolved(there)
        ? [
            problem(
              prop,
              `be in a known ${key}, since that of the pipeline is`,
              resource.node.path,
              `give its stack both: ${lineToAdd(maker)}`,
            ),
          ]
        : [];
    })
    .slice(0, 1);
}

/** Stacks of another account can say a name only that somebody wrote down. */
function checkNameKnown(scope: Construct, source: StepPlan, { resource, name, nameProp }: SourceResource): Problem[] {
  return isCrossAccountSource(source, Stack.of(scope)) && literalName(scope, name) === undefined
    ? [
        problem(
          source.name,
          'have a name of its own where it is in another account',
          resource.node.path,
          `give it one, as in ${nameProp}: 'acme-shop'`,
        ),
      ]
    : [];
}
