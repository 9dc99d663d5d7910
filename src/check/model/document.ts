import { innerObject } from '../../assembly/template';

/** A policy as a template states it: CloudFormation takes an object, or the text of one. */
export const policyDocument = (stated: unknown): unknown =>
  typeof stated === 'string' ? (innerObject(stated) ?? stated) : stated;
