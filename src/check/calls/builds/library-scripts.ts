import { assignments } from './shell-commands';
import { objectCalls, scriptCall, type ShellScript } from './aws-cli';
import type { Call, ActionContext } from '../call';
import { passRole } from '../pass-role';
import { rolesOf, TASKS } from '../providers/task-definition';

const S3 = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html';
const CLOUDFRONT = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudfront.html';
const STORE =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudfrontkeyvaluestore.html';
const ECS =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html';
const OLD_RELEASES = 'the script deletes files only when there are more releases than it keeps';
const TIMEOUT = 'the script stops the task only after a timeout';

/** Matches the command that runs a script of this library. */
const RUN = /^sh "\$\{TMPDIR:-\/tmp\}\/([\w-]+\.sh)"$/;
/** Matches a variable at the beginning of a script, in the quotes of the command that writes the script. */
const VARIABLE = /'([A-Z_]+)='\\''([^']*)'\\'''/g;

type Variables = ReadonlyMap<string, string>;

/** Lists the scripts of this library with their calls. */
const SCRIPTS: Readonly<Record<string, (script: ShellScript, variables: Variables, context: ActionContext) => Call[]>> =
  { 'site-release.sh': siteCalls, 'run-task.sh': taskCalls };

/** Returns the calls of the scripts with which Commands actions of this library release sites and run tasks. */
export function libraryScriptCalls(script: ShellScript, context: ActionContext): Call[] {
  return script.commands.flatMap((command) => {
    const [, name] = RUN.exec(command) ?? [];
    if (name === undefined || !Object.hasOwn(SCRIPTS, name)) return [];
    const written = script.commands.flatMap((text) =>
      [...text.matchAll(VARIABLE)].map(([, key, value]): [string, string] => [key, value]),
    );
    const variables = new Map([...assignments(script.commands), ...written]);
    return SCRIPTS[name](script, variables, context);
  });
}

/** Returns the calls of a release of a static site. */
function siteCalls(script: ShellScript, variables: Variables, { model }: ActionContext): Call[] {
  const { from, account } = script;
  const bucket = variables.get('SITE_BUCKET');
  if (bucket === undefined) return [];
  const bucketArn = `arn:${from.partition}:s3:::${bucket}`;
  const state = variables.get('STATE_PREFIX') ?? '';
  const store = variables.get('KEY_VALUE_STORE') ?? '';
  const distribution = `arn:${from.partition}:cloudfront::${account}:distribution/${variables.get('DISTRIBUTION_ID')}`;
  const switchCalls =
    store === ''
      ? ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'].map((api) =>
          scriptCall(script, api, distribution, { source: CLOUDFRONT }),
        )
      : ['cloudfront-keyvaluestore:DescribeKeyValueStore', 'cloudfront-keyvaluestore:PutKey'].map((api) =>
          scriptCall(script, api, store, { source: STORE }),
        );
  return [
    scriptCall(script, 's3:ListBucket', bucketArn, {
      source: S3,
      context: { 's3:prefix': [state] },
    }),
    ...objectCalls(script, `${bucketArn}/${state}`, 's3:GetObject', 'kms:Decrypt', { source: S3 }, model),
    ...[state, variables.get('SITE_PREFIX') ?? ''].flatMap((prefix) => [
      ...objectCalls(script, `${bucketArn}/${prefix}`, 's3:PutObject', 'kms:GenerateDataKey', { source: S3 }, model),
      scriptCall(script, 's3:DeleteObject', `${bucketArn}/${prefix}${from.unknown('runtime', 'object')}`, {
        source: S3,
        caution: OLD_RELEASES,
      }),
    ]),
    ...switchCalls,
  ];
}

/** Returns the calls that run a task and wait for it. */
function taskCalls(script: ShellScript, variables: Variables, context: ActionContext): Call[] {
  const { from, account, region } = script;
  const prefix = `arn:${from.partition}:ecs:${region}:${account}`;
  const cluster = (variables.get('CLUSTER') ?? '').replace(/^.*:cluster\//, '');
  const task = `${prefix}:task/${cluster}/${from.unknown('runtime', 'task')}`;
  const family = variables.get('FAMILY');
  const definition = context.model.model
    .resources('AWS::ECS::TaskDefinition')
    .find(({ name, stack }) => name === family && stack.account === account);
  const passed = definition === undefined ? [] : rolesOf(definition);
  const revision = `${prefix}:task-definition/${family ?? from.unknown('runtime', 'family')}:`;
  const runs = `${revision}${from.unknown('runtime', 'revision')}`;
  const clusterContext = { 'ecs:cluster': [`${prefix}:cluster/${cluster}`] };
  return [
    scriptCall(script, 'ecs:RegisterTaskDefinition', runs, { source: ECS, alternativeResource: '*' }),
    scriptCall(script, 'ecs:RunTask', runs, { source: ECS, context: clusterContext }),
    scriptCall(script, 'ecs:DescribeTasks', task, { source: ECS }),
    scriptCall(script, 'ecs:StopTask', task, { source: ECS, caution: TIMEOUT }),
    ...passed.flatMap((role) => passRole(context, role, TASKS)),
  ];
}
