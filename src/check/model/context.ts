import type { IamModel } from './iam-model';
import type { Target } from './resource-policies';
import { listOf, objectOf, textOf } from '../../assembly/json';
import type { Call } from '../calls/call';
import type { Caller, Context } from '../iam/request';

/**
 * What is known of the context of a call. A key that is not here is unknown, and a verdict that rests on it is too: the
 * address and the network that AWS calls from, the organization, tags of principals.
 */
export function contextOf(call: Call, caller: Caller, target: Target, model: IamModel): Context {
  const [, , service, region] = call.resource.split(':');
  return {
    ...ALWAYS,
    // How an object is encrypted that is put with no word about it is the bucket's matter.
    ...(call.call !== 's3:PutObject' && NO_OBJECT),
    ...(caller.kind === 'service' ? serviceContext(caller.service, call) : roleContext(caller.arn, caller.account)),
    'aws:requestedregion': region ? [region] : [call.from.region],
    'aws:resourceaccount': [target.account],
    ...(service === 's3' && { 's3:resourceaccount': [target.account] }),
    ...(service === 'kms' && caller.kind === 'role' && keyContext(call.resource, caller.account, model)),
    ...tagsOf(target),
    ...call.context,
  };
}

const ALWAYS: Context = {
  'aws:securetransport': ['true'],
  'aws:viaawsservice': ['false'],
  's3:x-amz-acl': 'absent',
  'sts:externalid': 'absent',
  'sts:sourceidentity': 'absent',
};

const NO_OBJECT: Context = {
  's3:x-amz-server-side-encryption': 'absent',
  's3:x-amz-server-side-encryption-aws-kms-key-id': 'absent',
};

function roleContext(arn: string, account: string): Context {
  return {
    'aws:principalarn': [arn],
    'aws:principalaccount': [account],
    'aws:principaltype': ['AssumedRole'],
    'aws:principalisawsservice': ['false'],
    'aws:principalservicename': 'absent',
    // These two tell for whom a service calls in its own name.
    'aws:sourcearn': 'absent',
    'aws:sourceaccount': 'absent',
  };
}

function serviceContext(service: string, { from }: Call): Context {
  return {
    'aws:principalarn': 'absent',
    'aws:principalaccount': 'absent',
    'aws:principalisawsservice': ['true'],
    'aws:principalservicename': [service],
    'aws:sourceaccount': [from.account],
  };
}

function keyContext(keyArn: string, callerAccount: string, model: IamModel): Context {
  const aliases = model.aliasesOf(keyArn);
  return {
    'kms:calleraccount': [callerAccount],
    'kms:viaservice': 'absent',
    'kms:grantisforawsresource': 'absent',
    ...(aliases && { 'kms:resourcealiases': aliases.length > 0 ? aliases : 'absent' }),
  };
}

/** Tags that the template gives the resource. Others may be added by stacks, so a tag that is not there is unknown. */
function tagsOf({ resource }: Target): Context {
  return Object.fromEntries(
    listOf(resource?.properties.Tags)
      .map(objectOf)
      .flatMap(({ Key, Value }) => {
        const key = textOf(Key).toLowerCase();
        return [
          [`aws:resourcetag/${key}`, [textOf(Value)]],
          [`iam:resourcetag/${key}`, [textOf(Value)]],
        ];
      }),
  );
}
