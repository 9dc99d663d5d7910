import { COMPUTE } from './references/compute';
import { DEVELOPER_TOOLS } from './references/developer-tools';
import { IDENTITY } from './references/identity';
import { MESSAGING } from './references/messaging';
import { NETWORK } from './references/network';
import type { ReferenceTable, ResourceReference } from './references/reference';
import { STORAGE } from './references/storage';

export type { ResourceReference } from './references/reference';

/**
 * What `Ref` and `Fn::GetAtt` return, by resource type. Custom resources and all types that are not here return what a
 * template does not tell.
 */
export const REFERENCES: ReferenceTable = {
  ...DEVELOPER_TOOLS,
  ...IDENTITY,
  ...STORAGE,
  ...COMPUTE,
  ...NETWORK,
  ...MESSAGING,
};

/** The entry of a type, whatever a template calls its type. */
export function referenceOf(type: string): ResourceReference | undefined {
  return Object.hasOwn(REFERENCES, type) ? REFERENCES[type] : undefined;
}
