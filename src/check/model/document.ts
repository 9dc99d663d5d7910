import { innerObject } from '../../assembly/template';

/** Returns a policy document. CloudFormation accepts an object or a JSON string. */
export function policyDocument(value: unknown): unknown {
  return typeof value === 'string' ? (innerObject(value) ?? value) : value;
}
