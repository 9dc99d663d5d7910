import { SSM_PARAMETER_NAME } from '../../aws/limits';
import type { Problems } from '../problems';

/** Validates the name of a parameter of Systems Manager, and returns whether it is valid. */
export function validateParameterName(name: string, fix: string, problems: Problems): boolean {
  if (!problems.name(name, SSM_PARAMETER_NAME, fix)) return false;
  const isQualified = !name.includes('/') || name.startsWith('/');
  if (!isQualified) problems.add("begin with '/' when it holds one", name, `write '/${name}'`);
  return isQualified;
}
