import { Token } from 'aws-cdk-lib';

/** Account and Region of a resource or an environment: tokens, or left out, where they are not known yet. */
export interface Environment {
  readonly account?: string;
  readonly region?: string;
}

/** Account and Region that are known. */
export interface ResolvedEnv {
  readonly account: string;
  readonly region: string;
}

/** Returns whether two accounts, or two Regions, are both known and differ. */
export function areKnownToDiffer(here: string | undefined, there: string | undefined): boolean {
  if (here === undefined || there === undefined) return false;
  return !Token.isUnresolved(here) && !Token.isUnresolved(there) && here !== there;
}

/** Returns whether an account and Region are known to differ from those of the pipeline. */
export function isCrossEnv(env: Environment, pipelineEnv: Environment): boolean {
  return isCrossAccount(env, pipelineEnv) || areKnownToDiffer(pipelineEnv.region, env.region);
}

/** Returns whether an account is known to differ from that of the pipeline. */
export function isCrossAccount(env: Environment, pipelineEnv: Environment): boolean {
  return areKnownToDiffer(pipelineEnv.account, env.account);
}

/** Returns an account and Region as text for an error. */
export function envText({ account, region }: Environment): string {
  function text(value: string | undefined) {
    return value === undefined || Token.isUnresolved(value) ? 'any' : value;
  }

  return `${text(account)}/${text(region)}`;
}
