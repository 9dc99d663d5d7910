import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { nativeTemplates, textIn } from '../../../helpers/native-service';
import { actionsOf } from '../../../helpers/synth';

/*
 * The rendered commands run in real shells, with the real jq, against a stand-in for `aws` with two calls. What
 * it takes and gives was held against the model of botocore 1.43.11.
 */

const prepare = actionsOf(nativeTemplates().pipeline).find(({ Name }) => Name === 'Prepare-live')!;
const commands = prepare.Commands!.map(textIn);

const DIGEST = `111111111111.dkr.ecr.eu-west-1.amazonaws.com/acme/api@sha256:${'0123456789abcdef'.repeat(4)}`;
const ARN = 'arn:aws:ecs:eu-west-1:111111111111:task-definition/api:8';
const KEPT = {
  family: 'api',
  taskRoleArn: 'arn:aws:iam::111111111111:role/task',
  executionRoleArn: 'arn:aws:iam::111111111111:role/execution',
  networkMode: 'awsvpc',
  volumes: [],
  placementConstraints: [],
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
};
const web = {
  name: 'web',
  image: 'acme/api:first',
  essential: true,
  environment: [{ name: 'QUOTED', value: 'it\'s "$HOME" $(id) `id` é' }],
};
const sidecar = { name: 'sidecar', image: 'acme/proxy:3', essential: false };
const described = {
  taskDefinition: {
    ...KEPT,
    taskDefinitionArn: ARN.replace(/8$/, '7'),
    containerDefinitions: [web, sidecar],
    revision: 7,
    status: 'ACTIVE',
    requiresAttributes: [{ name: 'ecs.capability.task-eni' }],
    compatibilities: ['EC2', 'FARGATE'],
    registeredAt: '2026-01-05T08:00:00.000000+00:00',
    registeredBy: 'arn:aws:sts::111111111111:assumed-role/deploy/cloudformation',
  },
  tags: [
    { key: 'team', value: 'shop' },
    { key: 'aws:cloudformation:stack-name', value: 'Service' },
  ],
};

/** Parameters of RegisterTaskDefinition. It refuses others. */
const TAKEN = [
  'family',
  'taskRoleArn',
  'executionRoleArn',
  'networkMode',
  'containerDefinitions',
  'volumes',
  'placementConstraints',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'tags',
  'pidMode',
  'ipcMode',
  'proxyConfiguration',
  'inferenceAccelerators',
  'ephemeralStorage',
  'runtimePlatform',
  'enableFaultInjection',
];

const AWS = `#!/usr/bin/env node
const fs = require('fs');
const argv = process.argv.slice(2);
if (argv[0] === '--version') { console.log(process.env.CLI); process.exit(0); }
fs.appendFileSync('calls.jsonl', JSON.stringify(argv) + '\\n');
const [, call, ...options] = argv;
const option = (name) => options[options.indexOf(name) + 1];
if (call === process.env.FAILS) { console.error('An error occurred (AccessDeniedException)'); process.exit(254); }
if (call === 'describe-task-definition') console.log(process.env.DESCRIBED);
else if (call === 'register-task-definition') {
  const asked = JSON.parse(fs.readFileSync(option('--cli-input-json').replace('file://', ''), 'utf8'));
  const unknown = Object.keys(asked).filter((key) => !JSON.parse(process.env.TAKEN).includes(key));
  if (unknown.length > 0) { console.error('Unknown parameter in input: ' + unknown); process.exit(252); }
  fs.writeFileSync('registered.json', JSON.stringify(asked));
  console.log(process.env.ARN);
} else process.exit(252);
`;

const CLI = 'aws-cli/2.36.12 Python/3.14.6 Linux/6.1 exe/x86_64.amzn.2023';

interface Ran {
  readonly stdout: string;
  readonly status: number | null;
  readonly stderr: string;
  readonly calls: string[][];
  readonly json: (name: string) => unknown;
  readonly made: (name: string) => boolean;
}

function run(
  shell: string,
  { image = { ImageURI: DIGEST } as unknown, definition = described as unknown, fails = '', cli = CLI } = {},
): Ran {
  const folder = mkdtempSync(join(tmpdir(), 'native-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'aws'), AWS);
  chmodSync(join(bin, 'aws'), 0o755);
  writeFileSync(join(folder, 'imageDetail.json'), JSON.stringify(image));
  writeFileSync(join(folder, 'calls.jsonl'), '');
  const { status, stdout, stderr } = spawnSync(shell, ['-e', '-c', commands.join('\n')], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      CODEBUILD_SRC_DIR: folder,
      FAILS: fails,
      CLI: cli,
      ARN,
      TAKEN: JSON.stringify(TAKEN),
      DESCRIBED: JSON.stringify(definition),
    },
  });
  return {
    status,
    stdout,
    stderr,
    calls: readFileSync(join(folder, 'calls.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as string[]),
    json: (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown,
    made: (name) => existsSync(join(folder, name)) && readFileSync(join(folder, name), 'utf8') !== '',
  };
}

describe.each(['dash', 'bash'])('in %s', (shell) => {
  test('registers a revision with the image digest, and passes its ARN', () => {
    const { status, stdout, stderr, json, calls } = run(shell);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(CLI);
    expect(json('deployment.json')).toEqual({ taskDefinition: ARN });
    expect(json('registered.json')).toEqual({
      ...KEPT,
      containerDefinitions: [{ ...web, image: DIGEST }, sidecar],
      tags: [{ key: 'team', value: 'shop' }],
    });
    expect(calls.map((call) => call.slice(0, 4))).toEqual([
      ['ecs', 'describe-task-definition', '--task-definition', 'api'],
      ['ecs', 'register-task-definition', '--cli-input-json', 'file://taskdef.json'],
    ]);
  });

  test('omits tags if there are only those of AWS', () => {
    const { tags: _, ...untagged } = described;
    for (const definition of [untagged, { ...untagged, tags: [] }, { ...untagged, tags: described.tags.slice(1) }]) {
      const { status, json } = run(shell, { definition });
      expect(status).toBe(0);
      expect(json('registered.json')).not.toHaveProperty('tags');
    }
  });

  test.each([
    ['an image that is not pinned', { image: { ImageURI: 'acme/api:latest' } }, 'pinned to a digest'],
    ['no image', { image: {} }, 'pinned to a digest'],
    [
      'no such container',
      {
        definition: { ...described, taskDefinition: { ...described.taskDefinition, containerDefinitions: [sidecar] } },
      },
      'no container web in api, only sidecar',
    ],
    ['an ImageURI of another type', { image: { ImageURI: 5 } }, 'pinned to a digest'],
    ['a list instead of the image', { image: [] }, 'pinned to a digest'],
    [
      'a CLI that drops fields',
      { cli: 'aws-cli/2.13.30 Python/3.11.6 Linux/5.10' },
      'AWS CLI 2.14 or newer is required, since older ones drop fields of task definitions; got aws-cli/2.13.30',
    ],
    ['version 1 of the CLI', { cli: 'aws-cli/1.33.0 Python/3.11.6' }, 'AWS CLI 2.14 or newer is required'],
    ['an unknown CLI', { cli: 'aws: command failed' }, 'AWS CLI 2.14 or newer is required'],
    ['a family that may not be read', { fails: 'describe-task-definition' }, 'AccessDeniedException'],
    [
      'a revision that may not be registered',
      { fails: 'register-task-definition' },
      'The task definition was not registered',
    ],
  ])('fails with %s', (_name, options, message) => {
    const { status, stderr, made } = run(shell, options);
    expect(status).not.toBe(0);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('null (null)');
    expect(made('deployment.json')).toBe(false);
  });
});

test('stays within the limits of commands', () => {
  expect(commands.length).toBeLessThanOrEqual(50);
  expect(Math.max(...commands.map(({ length }) => length))).toBeLessThanOrEqual(1000);
});
