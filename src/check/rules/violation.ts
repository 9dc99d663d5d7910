import type { Declared } from './declaration';
import type { ModelResource } from '../../assembly/scope';
import { compact } from '../../common/compact';

/** Describes a part of a pipeline that violates a rule. */
export interface Violation {
  /** The names of the stage and of the action, if the violation is in one. */
  readonly stage?: string;
  readonly action?: string;
  /** The resource that is at fault, if it is not the pipeline. */
  readonly resource?: ModelResource;
  /** The path of the property below the resource, e.g. `Stages[1].Actions[0].RunOrder`. */
  readonly path: string;
  /** Completes "must …". */
  readonly must: string;
  /** The value as it is in the template. Absent if the property is missing. */
  readonly got?: unknown;
  readonly fix: string;
}

/** Returns a violation of a property of a part of a pipeline. */
export function violation(
  declared: Declared,
  property: string,
  { must, fix, got }: Pick<Violation, 'must' | 'fix' | 'got'>,
): Violation {
  const { path, stageName, actionName } = declared;
  const separator = path === '' || property === '' || property.startsWith('[') ? '' : '.';
  return { stage: stageName, action: actionName, path: `${path}${separator}${property}`, must, got, fix };
}

/** Returns the path of a violation in messages, which begins with the resource if it is not the pipeline. */
export function pathOf({ resource, path }: Violation): string {
  return compact([resource?.logicalId, path]).join('.');
}
