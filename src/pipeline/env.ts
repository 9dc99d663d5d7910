import { Token } from 'aws-cdk-lib';

/** Account and Region of a resource or an environment. Each may be undefined or a token if it is unknown. */
export interface Environment {
  readonly account?: string;
  readonly region?: string;
}

/** Account and Region that are both known. */
export interface ResolvedEnv {
  readonly account: string;
  readonly region: string;
}

/** Returns whether two accounts, or two Regions, are both known and differ. */
export function areKnownToDiffer(first: string | undefined, second: string | undefined): boolean {
  if (first === undefined || second === undefined) return false;
  return !Token.isUnresolved(first) && !Token.isUnresolved(second) && first !== second;
}

/** Returns whether an account and Region are known to differ from those of the pipeline. */
export function isCrossEnv(env: Environment, pipelineEnv: Environment): boolean {
  return isCrossAccount(env, pipelineEnv) || areKnownToDiffer(pipelineEnv.region, env.region);
}

/** Returns whether the account is known to differ from that of the pipeline. */
export function isCrossAccount(env: Environment, pipelineEnv: Environment): boolean {
  return areKnownToDiffer(pipelineEnv.account, env.account);
}

/** Returns an account and Region as text for an error message. */
export function envText({ account, region }: Environment): string {
  function text(value: string | undefined): string {
    return value === undefined || Token.isUnresolved(value) ? 'any' : value;
  }

  return `${text(account)}/${text(region)}`;
}
