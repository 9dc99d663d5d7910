import { AWS_COMMANDS, type AwsCommand, SAM_COMMANDS } from './aws-commands';
import { assignments, commandLine, RUNTIME_VALUE, simpleCommands } from './shell-commands';
import { memberOf } from '../../../assembly/json';
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
export const OTHER_CREDENTIALS = /assume-role|AWS_PROFILE|--profile|AWS_ACCESS_KEY_ID|aws configure|--no-sign-request/;

const FLAGS = new Set(
  [
    'recursive',
    'delete',
    'quiet',
    'only-show-errors',
    'no-progress',
    'dryrun',
    'no-cli-pager',
    'no-paginate',
    'no-verify-ssl',
    'debug',
    'exact-timestamps',
    'force-new-deployment',
    'with-decryption',
    'no-fail-on-empty-changeset',
    'no-include-email',
  ].map((name) => `--${name}`),
);

/** Returns the calls of commands of the AWS CLI whose resources are known. */
export function awsCliCalls(script: ShellScript, model: IamModel): Call[] {
  const programs = simpleCommands(script.commands, valuesOf(script)).map(([program, ...words]) => ({
    program,
    ...commandLine(words, FLAGS),
  }));
  const commands = programs.filter(({ program }) => program === 'aws');
  if (script.commands.some((command) => OTHER_CREDENTIALS.test(command))) {
    // The role of the script makes the call that changes the credentials.
    return commands
      .filter(({ operands: [service, command] }) => service === 'sts' && command === 'assume-role')
      .slice(0, 1)
      .flatMap(({ options }) => callsOf(AWS_COMMANDS['sts assume-role'], options, script));
  }
  const samCalls = programs
    .filter(({ program }) => program === 'sam')
    .flatMap(({ options, operands }) => callsOf(memberOf(SAM_COMMANDS, operands[0] ?? ''), options, script));
  const awsCalls = commands.flatMap(({ options, operands }) => {
    const [service, command, ...paths] = operands;
    if (service === 's3') return bucketCalls(command, paths, options, script, model);
    const region = options.get('--region') ?? script.region;
    if (region.includes(RUNTIME_VALUE)) return [];
    return callsOf(memberOf(AWS_COMMANDS, `${service} ${command}`), options, { ...script, region });
  });
  return [...awsCalls, ...samCalls];
}

/** Returns the known values of variables, including those that CodeBuild and the script itself set. */
export function valuesOf({
  commands,
  region,
  values,
}: Pick<ShellScript, 'commands' | 'region' | 'values'>): ReadonlyMap<string, string> {
  return new Map([['AWS_REGION', region], ['AWS_DEFAULT_REGION', region], ...values, ...assignments(commands)]);
}

function callsOf(command: AwsCommand | undefined, options: ReadonlyMap<string, string>, script: ShellScript): Call[] {
  return (command ?? []).flatMap(({ calls, service, resource = '*', isAlsoForAll, source }) => {
    const { from, region, account } = script;
    const filled = resource
      .replace('{run}', () => from.unknown('runtime', 'run'))
      .replace(/\{([^{}]+)\}/g, (_, option: string) => options.get(option) ?? RUNTIME_VALUE);
    if (filled.includes(RUNTIME_VALUE)) return [];
    if (resource === '{--role-arn}' && !filled.startsWith('arn:')) return [];
    const [, embedded] = /(arn:.*?)(?:-\?{6})?$/.exec(filled) ?? [];
    const owner = options.get('--domain-owner') ?? account;
    const isGlobal = service === 'cloudfront';
    const prefix = `arn:${from.partition}:${service}:${isGlobal ? '' : region}:${owner}:`;
    const on = embedded ?? (service === undefined ? filled : prefix + filled);
    const alternativeResource = isAlsoForAll === true ? '*' : undefined;
    return calls.map((api) => scriptCall(script, api, on, { caution: CAUTION, source, alternativeResource }));
  });
}

const S3 = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html';
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
