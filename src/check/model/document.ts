import { innerObject } from '../../assembly/template';

/** A policy as a template states it: CloudFormation takes an object, or the text of one. */
export function policyDocument(stated: unknown): unknown {
  return typeof stated === 'string' ? (innerObject(stated) ?? stated) : stated;
}
