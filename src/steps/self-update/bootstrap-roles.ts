import { BootstraplessSynthesizer, DefaultStackSynthesizer, Stack, Token } from 'aws-cdk-lib';
import { BOOTSTRAP_PURPOSES, bootstrapRoleName } from '../../aws/cdk';

/**
 * Returns a stack and all that it depends on, which `cdk deploy` deploys with it. Complete once the app is synthesized.
 */
export function withDependencies(stack: Stack, seen = new Set<Stack>()): Stack[] {
  if (seen.has(stack)) return [];
  seen.add(stack);
  return [stack, ...stack.dependencies.flatMap((dependency) => withDependencies(dependency, seen))];
}

/**
 * Returns the ARNs of the roles that `cdk bootstrap` has created in the environment of a stack; undefined where the
 * stack uses others, or none.
 */
export function bootstrapRolesOf(stack: Stack): string[] | undefined {
  const { synthesizer } = stack;
  const isDefault = synthesizer instanceof DefaultStackSynthesizer;
  if (!isDefault || synthesizer instanceof BootstraplessSynthesizer) return undefined;
  const account = Token.isUnresolved(stack.account) ? '${AWS::AccountId}' : stack.account;
  const region = Token.isUnresolved(stack.region) ? '${AWS::Region}' : stack.region;
  const env = {
    qualifier: synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER,
    account,
    region,
  };
  const arns = BOOTSTRAP_PURPOSES.map(
    (purpose) => `arn:\${AWS::Partition}:iam::${account}:role/${bootstrapRoleName(purpose, env)}`,
  );
  return synthesizer.deployRoleArn === arns[0] ? arns : undefined;
}
