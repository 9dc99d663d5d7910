import { commandLine, RUNTIME_VALUE, simpleCommands } from './shell-commands';
import type { IamModel } from '../../model/iam-model';
import { useKey } from '../artifacts';
import type { Call } from '../call';
import type { StackScope } from '../../../assembly/scope';

/** Describes the shell commands of a build or a Commands action with the role that they run under. */
export interface ShellScript {
  readonly from: StackScope;
  readonly role: string;
  readonly account: string;
  readonly region: string;
  readonly commands: readonly string[];
  /** The known values of variables. */
  readonly values: ReadonlyMap<string, string>;
}

/** Returns a call of a script under its role. */
export function scriptCall({ role, from }: ShellScript, api: string, resource: string, more: Partial<Call>): Call {
  return { caller: { role }, from, step: 'work', call: api, resource, basis: 'documented', source: '', ...more };
}

/** The reason why a denied call of a command causes a warning instead of an error. */
const CAUTION = 'a command makes the call, and the script around it determines whether the command runs';
/** Matches commands that change the credentials, after which the role of the build does not make the calls. */
const OTHER_CREDENTIALS = /assume-role|AWS_PROFILE|--profile|AWS_ACCESS_KEY_ID|aws configure|--no-sign-request/;

const FLAGS = new Set(
  ['recursive', 'delete', 'quiet', 'only-show-errors', 'no-progress', 'dryrun', 'no-cli-pager', 'exact-timestamps'].map(
    (name) => `--${name}`,
  ),
);

function reference(service: string) {
  return `https://docs.aws.amazon.com/service-authorization/latest/reference/list_${service}.html`;
}

/** Describes a command with one resource: its call and the pattern of the resource, with the options in braces. */
interface AwsCommand {
  readonly calls: readonly string[];
  readonly service?: string;
  /** The resource in the ARN, or the ARN itself, with `{--option}`. */
  readonly resource?: string;
  readonly source: string;
}

function onFunction(...apis: string[]): AwsCommand {
  return {
    calls: apis.map((api) => `lambda:${api}`),
    service: 'lambda',
    resource: 'function:{--function-name}',
    source: reference('awslambda'),
  };
}

/** Maps commands of the AWS CLI to their calls. */
const COMMANDS: Readonly<Record<string, AwsCommand>> = {
  'ecr get-login-password': {
    calls: ['ecr:GetAuthorizationToken'],
    source: reference('amazonelasticcontainerregistry'),
  },
  'ecs describe-task-definition': {
    calls: ['ecs:DescribeTaskDefinition'],
    source: reference('amazonelasticcontainerservice'),
  },
  'ecs update-service': {
    calls: ['ecs:UpdateService'],
    service: 'ecs',
    resource: 'service/{--cluster}/{--service}',
    source: reference('amazonelasticcontainerservice'),
  },
  'lambda update-function-code': onFunction('UpdateFunctionCode'),
  'lambda publish-version': onFunction('PublishVersion'),
  'lambda get-alias': onFunction('GetAlias'),
  'lambda update-alias': onFunction('UpdateAlias'),
  'lambda invoke': onFunction('InvokeFunction'),
  'secretsmanager get-secret-value': {
    calls: ['secretsmanager:GetSecretValue'],
    service: 'secretsmanager',
    resource: 'secret:{--secret-id}-??????',
    source: reference('awssecretsmanager'),
  },
  'cloudformation validate-template': {
    calls: ['cloudformation:ValidateTemplate'],
    source: reference('awscloudformation'),
  },
};

/** Returns the calls of commands of the AWS CLI whose resources are known. */
export function awsCliCalls(script: ShellScript, model: IamModel): Call[] {
  if (script.commands.some((command) => OTHER_CREDENTIALS.test(command))) return [];
  return simpleCommands(script.commands, script.values)
    .filter(([program]) => program === 'aws')
    .flatMap(([, ...words]) => {
      const { options, operands } = commandLine(words, FLAGS);
      const [service, command, ...paths] = operands;
      if (service === 's3') return bucketCalls(command, paths, options, script, model);
      if (options.has('--region')) return []; // the ARNs are those of the Region of the script
      return callsOf(COMMANDS[`${service} ${command}`], options, script);
    });
}

function callsOf(command: AwsCommand | undefined, options: ReadonlyMap<string, string>, script: ShellScript): Call[] {
  if (command === undefined) return [];
  const { calls, service, resource = '*', source } = command;
  const filled = resource.replace(/\{([^{}]+)\}/g, (_, option: string) => options.get(option) ?? RUNTIME_VALUE);
  if (filled.includes(RUNTIME_VALUE)) return [];
  const [, embedded] = /(arn:.*?)(?:-\?{6})?$/.exec(filled) ?? [];
  const { from, region, account } = script;
  const on =
    embedded ?? (service === undefined ? filled : `arn:${from.partition}:${service}:${region}:${account}:${filled}`);
  return calls.map((api) => scriptCall(script, api, on, { caution: CAUTION, source }));
}

const S3 = reference('amazons3');
const LOCATION = /^s3:\/\/([^/]+)/;

/** Returns the calls of `aws s3 cp`, `mv`, `sync` and `rm`. */
function bucketCalls(
  command: string,
  paths: readonly string[],
  options: ReadonlyMap<string, string>,
  script: ShellScript,
  model: IamModel,
): Call[] {
  const [source, target] = command === 'rm' ? [] : paths;
  const removed = command === 'rm' || command === 'mv' ? paths[0] : undefined;
  const deleted = options.has('--delete') ? target : undefined;
  const more = { caution: CAUTION, source: S3 };
  return [
    ...onBucket(source, script, (bucket) =>
      objectCalls(script, `${bucket}/`, 's3:GetObject', 'kms:Decrypt', more, model),
    ),
    ...onBucket(target, script, (bucket) =>
      objectCalls(script, `${bucket}/`, 's3:PutObject', 'kms:GenerateDataKey', more, model),
    ),
    ...[removed, deleted].flatMap((path) =>
      onBucket(path, script, (bucket) => [scriptCall(script, 's3:DeleteObject', objectIn(script, bucket), more)]),
    ),
    ...(command === 'sync' ? [source, target] : []).flatMap((path) =>
      onBucket(path, script, (bucket) => [scriptCall(script, 's3:ListBucket', bucket, more)]),
    ),
  ];
}

function onBucket(path: string | undefined, { from }: ShellScript, callsOn: (bucketArn: string) => Call[]): Call[] {
  const [, bucket] = LOCATION.exec(path ?? '') ?? [];
  if (bucket === undefined || bucket.includes(RUNTIME_VALUE)) return [];
  return callsOn(`arn:${from.partition}:s3:::${bucket}`);
}

/**
 * Returns a call on an object, and the call with the key that encrypts the objects of the bucket.
 *
 * @param prefixArn the ARN of the bucket, with a slash and a key prefix
 */
export function objectCalls(
  script: ShellScript,
  prefixArn: string,
  api: string,
  keyApi: string,
  more: Partial<Call>,
  model: IamModel,
): Call[] {
  const { role, from } = script;
  const key = model.bucketKey(prefixArn.split('/')[0]);
  const keyCalls = key === undefined ? [] : useKey({ caller: { role }, from }, 'work', [keyApi], key);
  return [
    scriptCall(script, api, prefixArn + from.unknown('runtime', 'object'), more),
    ...keyCalls.map((call): Call => ({ ...call, caution: more.caution })),
  ];
}

function objectIn({ from }: ShellScript, bucketArn: string) {
  return `${bucketArn}/${from.unknown('runtime', 'object')}`;
}
