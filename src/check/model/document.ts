import { innerObject } from '../../assembly/template';

/** Returns a policy document. CloudFormation accepts an object or a JSON string. */
export function policyDocument(value: unknown): unknown {
  if (typeof value === 'string') return innerObject(value) ?? value;
  return value;
}
