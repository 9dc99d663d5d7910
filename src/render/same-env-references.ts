import { Arn, ArnFormat, type IResource, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { problem, type Problem } from '../pipeline/problems';

/** What is named by its name alone, or published to, and so found in its own account and region only. */
export interface SameEnvReference {
  readonly prop: string;
  /** With its article, as in `a topic`. */
  readonly what: string;
  readonly resource: IResource;
  readonly arn: string;
}

/** A neighbour that is elsewhere, where both places are known. */
export function checkSameEnv(
  scope: Construct,
  { prop, what, resource: { env, node }, arn }: SameEnvReference,
): Problem[] {
  const home = Stack.of(scope);
  // What was imported by its ARN may not know that it is elsewhere.
  const there = Token.isUnresolved(arn) ? env : Arn.split(arn, ArnFormat.COLON_RESOURCE_NAME);
  return (['account', 'region'] as const)
    .filter((key) => elsewhere(home[key], there[key]))
    .map((key) =>
      problem(
        prop,
        `be ${what} of the ${key} of the pipeline, ${home[key]}`,
        `${node.path} in ${there[key]}`,
        `pass ${what} of that ${key}`,
      ),
    );
}

/** Two accounts or regions that are known to differ. */
export const elsewhere = (here: string, there: string | undefined) =>
  there !== undefined && !Token.isUnresolved(here) && !Token.isUnresolved(there) && here !== there;
