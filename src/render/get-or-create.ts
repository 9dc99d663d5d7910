import type { Construct } from 'constructs';

/** The child of this id, made when it is first asked for. */
export const getOrCreate = <T extends Construct>(
  scope: Construct,
  id: string,
  make: (scope: Construct, id: string) => T,
): T => (scope.node.tryFindChild(id) as T | undefined) ?? make(scope, id);
