import type { IamModel } from './iam-model';
import type { Target } from './resource-policies';
import { listOf, objectOf, textOf } from '../../assembly/json';
import type { Call } from '../calls/call';
import type { Caller, Context } from '../iam/request';

/**
 * Returns the known condition keys of a call. All other keys are unknown, e.g. the source IP address and VPC, the
 * organization and the tags of principals. A verdict that depends on an unknown key is UNKNOWN.
 */
export function contextOf(call: Call, caller: Caller, target: Target, model: IamModel): Context {
  return {
    ...ALWAYS,
    ...callerContext(call, caller),
    ...resourceContext(call, caller, target, model),
    ...tagsOf(target),
    ...call.context,
  };
}

function callerContext(call: Call, caller: Caller): Context {
  if (caller.kind === 'service') return serviceContext(caller.service, call);
  return roleContext(caller.arn, caller.account);
}

function resourceContext(call: Call, caller: Caller, target: Target, model: IamModel): Context {
  const [, , service, region] = call.resource.split(':');
  const context: Record<string, Context[string]> = {
    'aws:requestedregion': [region || call.from.region],
    'aws:resourceaccount': [target.account],
  };
  // If a request to put an object does not specify the encryption, the bucket determines it.
  if (call.call !== 's3:PutObject') Object.assign(context, NO_OBJECT);
  if (service === 's3') {
    Object.assign(context, { 's3:resourceaccount': [target.account], 's3:tlsversion': TLS_VERSION });
  }
  if (service === 'kms' && caller.kind === 'role') {
    Object.assign(context, keyContext(call.resource, caller.account, model));
  }
  return context;
}

const ALWAYS: Context = {
  'aws:securetransport': ['true'],
  'aws:viaawsservice': ['false'],
  's3:x-amz-acl': 'absent',
  'sts:externalid': 'absent',
  'sts:sourceidentity': 'absent',
};

/**
 * The version of TLS with which AWS services and current SDKs call Amazon S3.
 *
 * @see https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/
 */
const TLS_VERSION = ['1.3'];

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
    // These keys exist only in calls of a service principal.
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
  const context: Context = {
    'kms:calleraccount': [callerAccount],
    'kms:viaservice': 'absent',
    'kms:grantisforawsresource': 'absent',
  };
  const aliases = model.aliasesOf(keyArn);
  if (aliases === undefined) return context;
  return { ...context, 'kms:resourcealiases': aliases.length > 0 ? aliases : 'absent' };
}

/** Returns the tags of the resource in the template. Other tags are unknown, because stacks can add tags. */
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
