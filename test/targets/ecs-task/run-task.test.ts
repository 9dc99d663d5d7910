import { App, Duration, Stack } from 'aws-cdk-lib';
import { BuildStep, ContainerPipeline, DeploymentEnvironment, DeployTarget, type EcsTaskOptions } from '../../../src';
import { REGISTRABLE_FIELDS } from '../../../src/aws/ecs';
import { PIPELINE_LIMITS } from '../../../src/aws/limits';
import { EXECUTION, runCommands } from '../../helpers/commands';
import { source } from '../../helpers/delivery';
import { textIn } from '../../helpers/native-service';
import { repositoryOf, serviceIn } from '../../helpers/services';
import { actionsOf, jsonOf } from '../../helpers/synth';
import { DESCRIBED } from '../ecs/described';

/*
 * The rendered commands run in real shells, with the real jq, against stand-ins for `aws`, `sleep` and `date`.
 */

const IMAGE = `111111111111.dkr.ecr.eu-west-1.amazonaws.com/acme/api@sha256:${'0123456789abcdef'.repeat(4)}`;
const NETWORK = { awsvpcConfiguration: { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] } };
const COMMAND = ['./migrate.sh', '--note', 'it\'s "$HOME" `id` \\ é & <b>'];

/** The commands of a task, wherever its environment is; each set of options is rendered once. */
const rendered = new Map<EcsTaskOptions, string[]>();
const NONE: EcsTaskOptions = {};

function commandsOf(options: EcsTaskOptions): string[] {
  const known = rendered.get(options);
  if (known) return known;
  const app = new App();
  const service = serviceIn(
    new Stack(app, 'Services', { env: { account: '222222222222', region: 'eu-west-1' } }),
    'api',
    {},
    ['web', 'worker', 'proxy'],
  );
  const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
  new ContainerPipeline(stack, 'Api', {
    source,
    image: BuildStep.dockerImage(repositoryOf(stack)),
    environments: [
      new DeploymentEnvironment('live', {
        target: DeployTarget.ecsTask(service.taskDefinition, service.cluster, {
          securityGroups: service.connections.securityGroups,
          ...options,
        }),
      }),
    ],
  });
  const commands = actionsOf(jsonOf(stack))
    .find(({ Name }) => Name === 'Run-live-Task')!
    .Commands!.map(textIn);
  rendered.set(options, commands);
  return commands;
}

function container(name: string, exitCode?: number, reason?: string) {
  return { name, exitCode, reason };
}

const ENDED = { stoppedReason: 'Essential container in task exited', stopCode: 'EssentialContainerExited' };
const DONE = { ...ENDED, containers: [container('web', 0), container('worker', 0), container('proxy', 143)] };

interface Told {
  readonly options?: EcsTaskOptions;
  readonly course?: readonly unknown[];
  readonly trouble?: string;
  readonly detail?: unknown;
  readonly described?: unknown;
}

function run(
  shell: string,
  {
    options = NONE,
    course = [null, 'PENDING', 'RUNNING', DONE],
    trouble = '',
    detail = { ImageURI: IMAGE },
    described = DESCRIBED,
  }: Told = {},
) {
  const ran = runCommands({
    shell,
    commands: commandsOf(options),
    images: { Image: detail },
    fakes: 'fake-tasks',
    files: { 'described.json': JSON.stringify(described) },
    env: {
      STARTED_BY: EXECUTION,
      FAKE_COURSE: JSON.stringify(course),
      FAKE_TROUBLE: trouble,
      FAKE_PARAMETER: JSON.stringify(NETWORK),
    },
  });
  const calls = ran
    .recorded('calls.jsonl')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as string[]);

  function of(call: string) {
    return calls
      .filter(([, name]) => name === call)
      .map(
        ([, , ...rest]) =>
          Object.fromEntries(rest.flatMap((word, i) => (i % 2 === 0 ? [[word.slice(2), rest[i + 1]]] : []))) as Record<
            string,
            string
          >,
      );
  }

  return { ...ran, calls, of };
}

describe.each(['dash', 'bash'])('in %s', (shell) => {
  test('runs a task of a new revision to completion, and prints the location of its log', () => {
    const { status, stderr, stdout, calls, of, recorded } = run(shell);
    expect([status, stderr]).toEqual([0, '']);
    expect(calls.map(([, call]) => call)).toEqual([
      'describe-task-definition',
      'register-task-definition',
      'get-parameter',
      'run-task',
      ...Array<string>(4).fill('describe-tasks'),
    ]);
    const registered = JSON.parse(recorded('registered.json')) as {
      containerDefinitions: Array<{ name: string; image: string }>;
    };
    expect(Object.keys(registered).filter((key) => !REGISTRABLE_FIELDS.includes(key))).toEqual([]);
    expect(registered.containerDefinitions.map(({ name, image }) => [name, image])).toEqual([
      ['web', IMAGE],
      ['worker', 'old/worker:1'],
      ['proxy', 'public.ecr.aws/envoy:1'],
    ]);
    const [{ 'network-configuration': network, ...asked }] = of('run-task');
    expect(JSON.parse(network)).toEqual(NETWORK);
    expect(asked).toEqual({
      cluster: 'apps',
      'task-definition': 'arn:aws:ecs:eu-west-1:111111111111:task-definition/acme-api:8',
      count: '1',
      'started-by': EXECUTION,
      'launch-type': 'FARGATE',
      output: 'json',
    });
    expect(of('describe-tasks')[0]).toEqual({
      cluster: 'apps',
      tasks: 'arn:aws:ecs:eu-west-1:111111111111:task/apps/0123456789abcdef',
      output: 'json',
    });
    expect(stdout.split('\n').filter((line) => line.startsWith('run-task:'))).toEqual([
      'run-task: started arn:aws:ecs:eu-west-1:111111111111:task/apps/0123456789abcdef',
      'run-task: PENDING after 20 seconds',
      'run-task: RUNNING after 30 seconds',
      'run-task: STOPPED after 40 seconds',
      'run-task: stopped: Essential container in task exited (EssentialContainerExited)',
      'run-task: web: exit code 0 ',
      'run-task: worker: exit code 0 ',
      'run-task: proxy: exit code 143 ',
      'run-task: log of web: aws logs tail api --region eu-west-1 --log-stream-names web/web/0123456789abcdef',
      'run-task: succeeded',
    ]);
  });

  test('passes the command and the variables unchanged', () => {
    const { status, of } = run(shell, { options: TOLD });
    expect(status).toBe(0);
    expect(JSON.parse(of('run-task')[0].overrides)).toEqual({
      containerOverrides: [{ name: 'web', command: COMMAND, environment: [{ name: 'MODE', value: "it's" }] }],
    });
  });

  test('uses capacity providers instead of a launch type', () => {
    const [asked] = run(shell, { options: SPOT }).of('run-task');
    expect(JSON.parse(asked['capacity-provider-strategy'])).toEqual([{ capacityProvider: 'FARGATE_SPOT', weight: 2 }]);
    expect(asked).not.toHaveProperty('launch-type');
  });

  test.each<[string, Told, string]>([
    ['an image that is not pinned', { detail: { ImageURI: 'acme/api:latest' } }, 'pinned to a digest'],
    [
      'no such container',
      {
        described: {
          taskDefinition: {
            ...DESCRIBED.taskDefinition,
            containerDefinitions: DESCRIBED.taskDefinition.containerDefinitions.slice(1),
          },
        },
      },
      'no container web in acme-api, only worker, proxy',
    ],
    [
      'a revision that may not be registered',
      { trouble: 'register-task-definition=AccessDeniedException' },
      'The task definition was not registered',
    ],
    ['a task that ECS refuses', { trouble: 'run-task=AccessDeniedException' }, 'run-task: ECS rejected the task'],
    [
      'a task that nothing has room for',
      { trouble: 'no-capacity' },
      'run-task: ECS started no task: [{"arn":"arn:…","reason":"RESOURCE:MEMORY"}]',
    ],
    [
      'a command that fails',
      { course: [{ ...ENDED, containers: [container('web', 3), container('proxy', 143)] }] },
      'run-task: the task failed: web',
    ],
    [
      'a command that is killed',
      { course: [{ ...ENDED, containers: [container('web', 137, 'OutOfMemoryError')] }] },
      'run-task: the task failed: web',
    ],
    [
      'a container that never started',
      {
        course: [
          { stopCode: 'TaskFailedToStart', stoppedReason: 'CannotPullContainerError', containers: [container('web')] },
        ],
      },
      'run-task: the task failed: web',
    ],
    [
      'an essential container beside it that fails',
      { course: [{ ...ENDED, containers: [container('web', 0), container('proxy', 1)] }] },
      'run-task: the task failed: proxy',
    ],
    [
      'a task without the container',
      { course: [{ ...ENDED, containers: [container('proxy', 0)] }] },
      'run-task: the task has no container web',
    ],
    [
      'a task that is no longer listed',
      { course: ['RUNNING', 'error'] },
      'run-task: ECS returned no status of the task; it may still be running',
    ],
  ])('fails with %s', (_, outputs, message) => {
    const { status, stderr, of } = run(shell, outputs);
    expect(status).not.toBe(0);
    expect(stderr).toContain(message);
    expect(of('stop-task')).toEqual([]);
  });

  test('accepts a failed non-essential container, and retries a failed call', () => {
    const { status } = run(shell, {
      course: [
        'PENDING',
        'error',
        'error',
        null,
        { ...DONE, containers: [container('web', 0), container('worker', 1), container('proxy', 137)] },
      ],
    });
    expect(status).toBe(0);
  });

  test('waits in all states until the task has stopped', () => {
    const { status, stdout } = run(shell, {
      course: ['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING', 'DEACTIVATING', 'STOPPING', 'DEPROVISIONING', DONE],
    });
    expect([status, stdout]).toEqual([0, expect.stringContaining('run-task: succeeded')]);
  });

  test('continues if the task is temporarily missing in responses', () => {
    const silent = Array<string>(5).fill('error');
    expect(run(shell, { course: [...silent, 'RUNNING', ...silent, 'RUNNING', DONE] }).status).toBe(0);
  });

  test('treats a container as essential by default', () => {
    const containerDefinitions = DESCRIBED.taskDefinition.containerDefinitions.map(({ essential: _, ...one }) => one);
    const { status, stderr } = run(shell, {
      described: { taskDefinition: { ...DESCRIBED.taskDefinition, containerDefinitions } },
      course: [{ ...ENDED, containers: [container('web', 0), container('proxy', 1)] }],
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('run-task: the task failed: proxy')]);
  });

  test('stops the task after the timeout, and fails', () => {
    const { status, stderr, stdout, of } = run(shell, { options: SHORT, course: ['RUNNING'] });
    expect(status).not.toBe(0);
    expect(stderr).toContain('run-task: the task timed out after 120 seconds and was stopped');
    expect(of('stop-task')).toEqual([
      {
        cluster: 'apps',
        task: 'arn:aws:ecs:eu-west-1:111111111111:task/apps/0123456789abcdef',
        reason: 'Timed out after 120 seconds',
      },
    ]);
    // The log reports once a minute that it still runs.
    expect(stdout.match(/RUNNING after \d+ seconds/g)).toEqual([
      'RUNNING after 10 seconds',
      'RUNNING after 70 seconds',
    ]);
  });
});

const TOLD: EcsTaskOptions = { command: COMMAND, environmentVariables: { MODE: "it's" } };
const SPOT: EcsTaskOptions = { capacityProviderStrategies: [{ capacityProvider: 'FARGATE_SPOT', weight: 2 }] };
const SHORT: EcsTaskOptions = { timeout: Duration.minutes(2) };

test('stays within the limits of commands', () => {
  const commands = commandsOf(TOLD);
  expect(commands.length).toBeLessThanOrEqual(PIPELINE_LIMITS.commands);
  expect(Math.max(...commands.map(({ length }) => length))).toBeLessThanOrEqual(PIPELINE_LIMITS.commandLength);
  expect(commands.filter((command) => command.includes('\n'))).toEqual([]);
});
