import type { Build } from './build';
import { argumentsOf, commandLine, RUNTIME_VALUE, simpleCommands } from './shell-commands';
import type { StackScope } from '../../../assembly/scope';
import { matches } from '../../../assembly/match';
import type { Call } from '../call';

const BOOTSTRAPPING = 'https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html';

const NAMES = new Set(['cdk', 'aws-cdk']);
const FLAGS = new Set(
  [
    'all',
    'ci',
    'fail',
    'security-only',
    'verbose',
    'force',
    'hotswap',
    'exclusively',
    'json',
    'quiet',
    'debug',
    'strict',
  ].map((name) => `--${name}`),
)
  .add('-v')
  .add('-e')
  .add('-f')
  .add('-q')
  .add('-j');

const OLD_CLI = 'only older versions of the CDK CLI read the bootstrap stack with the build role';

/** Describes a command of the CDK CLI: the purposes of the bootstrap roles that it assumes. */
interface CdkCommand {
  readonly purposes: readonly string[];
  /** The reason why a denied call causes a warning instead of an error. */
  readonly caution: string;
}

const DEPLOY: CdkCommand = {
  purposes: ['deploy', 'file-publishing'],
  caution: 'the CDK CLI continues with the credentials of the build if these are of the same account',
};

const COMMANDS: Readonly<Record<string, CdkCommand>> = {
  deploy: DEPLOY,
  destroy: { ...DEPLOY, purposes: ['deploy'] },
  diff: {
    purposes: ['lookup', 'deploy', 'file-publishing'],
    caution:
      'cdk diff compares only the templates if it cannot publish the template for a change set, and does not report ' +
      'replacements then',
  },
};

/**
 * Returns the calls of commands of the CDK CLI, such as `cdk deploy`, which assumes the bootstrap roles of the stacks
 * that it deploys.
 */
export function cdkCliCalls(build: Build): Call[] {
  const { project, role, commands, values } = build;
  return simpleCommands(commands, values).flatMap((words) => {
    const args = argumentsOf(words, NAMES);
    if (args === undefined) return [];
    const { options, operands } = commandLine(args, FLAGS);
    const [name, ...selectors] = operands;
    const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
    if (command === undefined) return [];
    const stacks = selectedStacks(project.stack, selectors, options.has('--all'));
    const calls = stacks.flatMap((stack) => assumeCalls(command, stack, build));
    if (command !== DEPLOY || calls.length === 0) return calls;
    const common = {
      step: 'work',
      from: project.stack,
      caller: { role },
      basis: 'inferred',
      source: BOOTSTRAPPING,
    } as const;
    return [
      ...calls,
      ...['cloudformation:DescribeStacks', 's3:ListBucket'].map((call): Call => ({
        ...common,
        call,
        resource: '*',
        uncertainty: OLD_CLI,
      })),
    ];
  });
}

function assumeCalls({ purposes, caution }: CdkCommand, stack: StackScope, { project, role }: Build): Call[] {
  return purposes
    .flatMap((purpose) => stack.bootstrapRoles(purpose))
    .map((resource) => ({
      step: 'work',
      from: project.stack,
      caller: { role },
      call: 'sts:AssumeRole',
      resource,
      basis: 'documented',
      source: BOOTSTRAPPING,
      caution,
    }));
}

/** Returns the stacks that a command selects. Without selectors, an app must contain one stack. */
function selectedStacks(own: StackScope, selectors: readonly string[], isAll: boolean): StackScope[] {
  const stacks = own.deployable();
  if (isAll) return stacks;
  if (selectors.length === 0) return stacks.length === 1 ? stacks : [own];
  if (selectors.some((selector) => selector.includes(RUNTIME_VALUE))) return [];
  return stacks.filter((stack) =>
    selectors.some((selector) => namesOf(stack).some((name) => matches(selector.replace(/\*+/g, '*'), name) === 'yes')),
  );
}

/** Returns the names that select a stack: its path in the app, and its name. */
function namesOf({ displayName, stackName }: StackScope): string[] {
  return [displayName.replace(/ \(.*\)$/, ''), stackName];
}
