import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Problems } from '../pipeline/problems';

/** Fix of a service that is not available in the Region of the pipeline. */
export const OTHER_REGION = 'deploy the pipeline to one of these Regions; its environments can be in other Regions';

/**
 * Validates that a service is available in the Region of the pipeline, if that is known.
 *
 * @param what subject of "is available", as in `notification rules are`
 */
export function validateRegion(
  scope: Construct,
  what: string,
  regions: readonly string[],
  problems: Problems,
  fix = OTHER_REGION,
): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region) || regions.includes(region)) return;
  problems.add(`run in ${regions.join(', ')}, where ${what} available`, region, fix);
}
