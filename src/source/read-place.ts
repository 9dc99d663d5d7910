import { type IResource, Token } from 'aws-cdk-lib';
import type { PlacePlan } from '../plan/source-plan';

/** Where something is, as far as it is known. */
export function readPlace({ env: { account, region } }: Pick<IResource, 'env'>): PlacePlan {
  return { account: concrete(account), region: concrete(region) };
}

const concrete = (value: string) => Token.isUnresolved(value) ? undefined : value;
