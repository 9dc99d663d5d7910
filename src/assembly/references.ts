import { memberOf } from './json';
import { COMPUTE } from './references/compute';
import { DEVELOPER_TOOLS } from './references/developer-tools';
import { IDENTITY } from './references/identity';
import { MESSAGING } from './references/messaging';
import { NETWORK } from './references/network';
import type { ReferenceTable, ResourceReference } from './references/reference';
import { STORAGE } from './references/storage';

export type { ResourceReference } from './references/reference';

/**
 * Lists the values that `Ref` and `Fn::GetAtt` return, by resource type. The values of custom resources and of all
 * other types are unknown.
 */
export const REFERENCES: ReferenceTable = {
  ...DEVELOPER_TOOLS,
  ...IDENTITY,
  ...STORAGE,
  ...COMPUTE,
  ...NETWORK,
  ...MESSAGING,
};

/** Returns the entry of a resource type, or undefined if the table does not contain it. */
export function referenceOf(type: string): ResourceReference | undefined {
  return memberOf(REFERENCES, type);
}
