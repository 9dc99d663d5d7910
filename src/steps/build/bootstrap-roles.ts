import { BootstraplessSynthesizer, DefaultStackSynthesizer, Stack, Token } from 'aws-cdk-lib';
import { BOOTSTRAP_PURPOSES, bootstrapRoleName } from '../../aws/cdk';

/** A stack and all that it depends on, which `cdk deploy` deploys with it. Complete once the app is synthesized. */
export function withDependencies(stack: Stack, seen = new Set<Stack>()): Stack[] {
  if (seen.has(stack)) return [];
  seen.add(stack);
  return [stack, ...stack.dependencies.flatMap((one) => withDependencies(one, seen))];
}

/** What `cdk bootstrap` has called the roles of the environment of a stack; undefined where the stack uses others, or none. */
export function bootstrapRolesOf(stack: Stack): string[] | undefined {
  const { synthesizer } = stack;
  if (!(synthesizer instanceof DefaultStackSynthesizer) || synthesizer instanceof BootstraplessSynthesizer)
    return undefined;
  const account = Token.isUnresolved(stack.account) ? '${AWS::AccountId}' : stack.account;
  const region = Token.isUnresolved(stack.region) ? '${AWS::Region}' : stack.region;
  const place = {
    qualifier: synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER,
    account,
    region,
  };
  const arns = BOOTSTRAP_PURPOSES.map(
    (purpose) => `arn:\${AWS::Partition}:iam::${account}:role/${bootstrapRoleName(purpose, place)}`,
  );
  return synthesizer.deployRoleArn === arns[0] ? arns : undefined;
}
