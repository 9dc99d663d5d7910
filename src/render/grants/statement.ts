import { Token } from 'aws-cdk-lib';

/*
 * What we grant. Each list is what AWS documents for the action, on the resource of this pipeline; nothing is added for convenience. Where AWS has no
 * resource to name, the statement says so. test/laws/authorization.test.ts holds all of it against AWS's reference of permissions.
 *
 * Statements are plain data: a document of data costs a fraction of the synthesis time of one made of `iam.PolicyStatement`.
 */

/** What a policy allows. */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

export const allow = (actions: readonly string[], resources: readonly unknown[], Condition?: unknown): Statement => ({
  Effect: 'Allow',
  Action: oneOrMany(actions),
  Resource: oneOrMany(resources),
  ...(Condition !== undefined && { Condition }),
});

export const policyDocument = (statements: readonly Statement[]) => ({ Version: '2012-10-17', Statement: statements });

/** An ARN in the account of the stack, in its region unless the service has none. Cheapest where the name of the resource is concrete. */
export function arnOf(service: string, resource: string, region = '${AWS::Region}'): unknown {
  const prefix = `arn:\${AWS::Partition}:${service}:${region}:\${AWS::AccountId}:`;
  return Token.isUnresolved(resource)
    ? { 'Fn::Join': ['', [{ 'Fn::Sub': prefix }, resource]] }
    : { 'Fn::Sub': prefix + resource };
}

const oneOrMany = <T>(items: readonly T[]) => (items.length === 1 ? items[0] : items);
