import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, aws_ecs as ecs, Duration, Stack } from 'aws-cdk-lib';
import { parse } from 'yaml';
import { BuildStep, DeployTarget, type EcsServiceOptions, Rollout } from '../../../../src';
import { REGISTRABLE_FIELDS } from '../../../../src/aws/ecs';
import { PIPELINE_LIMITS } from '../../../../src/aws/limits';
import { appSpecLines } from '../../../../src/targets/ecs-service/code-deploy/app-spec';
import type { CodeDeployDeployment, PrepareServiceSpec } from '../../../../src/targets/ecs-service/spec';
import { ROLLOUT_HOOKS } from '../../../../src/targets/rollout/plan';
import { blueGreenIn } from '../../../helpers/blue-green';
import { repositoryOf } from '../../../helpers/services';
import { planTarget } from '../../../helpers/targets';
import { DESCRIBED } from '../../ecs/described';

const stack = new Stack(new App(), 'Api', { env: { account: '111111111111', region: 'eu-west-1' } });
const api = blueGreenIn(stack, 'api', ['web', 'worker', 'proxy']);
const hooks = Object.fromEntries(ROLLOUT_HOOKS.map((hook) => [hook, api.hook]));
const worker = BuildStep.dockerImage(repositoryOf(stack, 'acme/worker'), { stepName: 'Worker' });
const web = BuildStep.dockerImage(repositoryOf(stack), { stepName: 'Web' });

function planOf(options: EcsServiceOptions = {}) {
  return planTarget(DeployTarget.ecsService(api.service, { deploymentController: api.traffic, ...options }));
}

function imageOf(of: string) {
  const digest = of.padEnd(64, '0').replace(/[^0-9a-f]/g, 'a');
  return `111111111111.dkr.ecr.eu-west-1.amazonaws.com/acme/${of}@sha256:${digest}`;
}

const AWS = `#!/bin/sh
[ "$1" != --version ] || { echo aws-cli/2.36.12 Python/3.14.6; exit 0; }
echo "$*" >> "$FAKE/calls"
cat "$FAKE/described.json"
`;

interface Run {
  readonly shell?: string;
  readonly options?: EcsServiceOptions;
  readonly described?: unknown;
  /** ImageURI by artifact, the first being the one whose folder commands start in. */
  readonly images?: Readonly<Record<string, string>>;
}

/** Runs the commands of the step that prepares, against an AWS CLI that answers what was recorded. */
function run({ shell = 'dash', options, described = DESCRIBED, images = { Image: imageOf('api') } }: Run = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'code-deploy-'));

  function of(name: string) {
    return join(folder, name);
  }

  for (const name of ['bin', 'tmp', 'source']) mkdirSync(of(name));
  const environment: Record<string, string> = {};
  Object.entries(images).forEach(([artifact, ImageURI], i) => {
    const input = i === 0 ? of('source') : of(artifact);
    if (i > 0) mkdirSync(input);
    environment[i === 0 ? 'CODEBUILD_SRC_DIR' : `CODEBUILD_SRC_DIR_${artifact}`] = input;
    writeFileSync(join(input, 'imageDetail.json'), JSON.stringify({ ImageURI }));
  });
  writeFileSync(of('described.json'), JSON.stringify(described));
  writeFileSync(of('bin/aws'), AWS);
  chmodSync(of('bin/aws'), 0o755);
  const commands = stack.resolve(planOf(options)[0].commands) as string[];
  const { status, stderr } = spawnSync(shell, ['-e', '-c', commands.join('\n')], {
    cwd: of('source'),
    encoding: 'utf8',
    env: { ...environment, FAKE: folder, TMPDIR: of('tmp'), PATH: `${of('bin')}:${process.env.PATH}` },
  });

  function read(name: string) {
    return readFileSync(join(of('source'), name), 'utf8');
  }

  return { status, stderr, read, calls: () => readFileSync(of('calls'), 'utf8').trim().split('\n') };
}

/** What CodePipeline makes of both files before it hands them on. */
function handedOn(options: EcsServiceOptions, images: Readonly<Record<string, string>>) {
  const { status, read, stderr } = run({ options, images });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [, { configuration }] = planOf(options);
  let definition = read(configuration.TaskDefinitionTemplatePath);
  for (const n of [1, 2, 3, 4]) {
    const name = configuration[`Image${n}ContainerName`];
    if (name !== undefined) {
      definition = definition.split(`<${name}>`).join(images[configuration[`Image${n}ArtifactName`]]);
    }
  }
  const appSpec = read(configuration.AppSpecTemplatePath)
    .split('<TASK_DEFINITION>')
    .join('arn:aws:ecs:eu-west-1:111111111111:task-definition/acme-api:8');
  return {
    definition: JSON.parse(definition) as { containerDefinitions: Array<Record<string, unknown>> },
    appSpec: parse(appSpec),
  };
}

describe.each(['dash', 'bash'])('in %s', (shell) => {
  test('writes taskdef.json as valid input of a registration, with a placeholder for the image', () => {
    const { status, read, calls } = run({ shell });
    expect(status).toBe(0);
    expect(calls()).toEqual(['ecs describe-task-definition --task-definition acme-api --include TAGS --output json']);
    const written = JSON.parse(read('taskdef.json'));
    expect(Object.keys(written).filter((field) => !REGISTRABLE_FIELDS.includes(field))).toEqual([]);
    expect(JSON.stringify(written)).not.toContain('null');
    expect(written.tags).toEqual([{ key: 'team', value: 'shop' }]);
    const [given, ...others] = written.containerDefinitions;
    expect(given.image).toBe('<IMAGE1_NAME>');
    expect(read('taskdef.json').match(/<IMAGE1_NAME>/g)).toHaveLength(1);
    expect(others.map(({ image }: { image: string }) => image)).toEqual(['old/worker:1', 'public.ecr.aws/envoy:1']);
    // Nothing else is touched: texts of any kind, numbers, what is empty.
    const { command, environment, cpu, links } = DESCRIBED.taskDefinition.containerDefinitions[0];
    expect(given).toMatchObject({
      command,
      environment,
      cpu,
      links,
      healthCheck: { retries: 3 },
      linuxParameters: { initProcessEnabled: true },
    });
    expect(written).toMatchObject({
      cpu: '256',
      volumes: [{ name: 'data' }],
      placementConstraints: [],
      enableFaultInjection: false,
    });
  });
});

test('drops only read-only fields and nulls', () => {
  const written = JSON.parse(run().read('taskdef.json'));
  const said = Object.entries(DESCRIBED.taskDefinition).filter(
    ([field, value]) => REGISTRABLE_FIELDS.includes(field) && value !== null,
  );
  expect(Object.keys(written).sort()).toEqual([...said.map(([field]) => field), 'tags'].sort());
});

test('produces valid files after CodePipeline replaces the placeholders', () => {
  const images = { Image: imageOf('api') };
  const { definition, appSpec } = handedOn({}, images);
  expect(definition.containerDefinitions[0].image).toBe(images.Image);
  expect(appSpec).toEqual({
    version: 0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: 'arn:aws:ecs:eu-west-1:111111111111:task-definition/acme-api:8',
            LoadBalancerInfo: { ContainerName: 'web', ContainerPort: 8080 },
          },
        },
      },
    ],
  });
});

test('shares one placeholder between containers with the same image', () => {
  const images = { Web: imageOf('web'), Worker: imageOf('worker') };
  const { definition } = handedOn({ images: { web, worker, proxy: web } }, images);
  expect(definition.containerDefinitions.map(({ image }) => image)).toEqual([images.Web, images.Worker, images.Web]);
  const [{ inputs: prepared }, { inputs }] = planOf({ images: { web, worker, proxy: web } });
  expect(prepared).toEqual(['Web', 'Worker']);
  expect(inputs).toEqual(['Prepare-live', 'Web', 'Worker']);
});

test('writes another container and port, and hooks in their order', () => {
  const options = {
    containerName: 'worker',
    containerPort: 9000,
    rollout: Rollout.canary(10, Duration.minutes(5), { hooks }),
  };
  const { appSpec } = handedOn(options, { Image: imageOf('api') });
  expect(appSpec.Resources[0].TargetService.Properties.LoadBalancerInfo).toEqual({
    ContainerName: 'worker',
    ContainerPort: 9000,
  });
  expect(appSpec.Hooks).toEqual(
    ['BeforeInstall', 'AfterInstall', 'AfterAllowTestTraffic', 'BeforeAllowTraffic', 'AfterAllowTraffic'].map(
      (hook) => ({ [hook]: 'api-hook' }),
    ),
  );
});

test('keeps the capacity providers of the service', () => {
  const { service, traffic } = blueGreenIn(stack, 'spot');
  const resource = service.node.defaultChild as ecs.CfnService;
  resource.platformVersion = '1.4.0';
  resource.capacityProviderStrategy = [
    { capacityProvider: 'FARGATE', base: 1, weight: 2 },
    { capacityProvider: 'FARGATE_SPOT', weight: 3 },
  ];
  const [{ spec }] = planTarget(DeployTarget.ecsService(service, { deploymentController: traffic }));
  const { appSpec } = (spec as PrepareServiceSpec).deployment as CodeDeployDeployment;
  expect(parse(appSpecLines(appSpec).join('\n')).Resources[0].TargetService.Properties).toMatchObject({
    PlatformVersion: '1.4.0',
    CapacityProviderStrategy: [
      { CapacityProvider: 'FARGATE', Base: 1, Weight: 2 },
      { CapacityProvider: 'FARGATE_SPOT', Base: 0, Weight: 3 },
    ],
  });
});

test.each<[string, Run, string]>([
  [
    'an image that is a tag',
    { images: { Image: 'acme/api:latest' } },
    'The artifact Image has no imageDetail.json with an ImageURI that is pinned to a digest',
  ],
  [
    'a container that the newest revision has no more',
    {
      options: { containerName: 'web' },
      described: { taskDefinition: { ...DESCRIBED.taskDefinition, containerDefinitions: [{ name: 'api' }] } },
    },
    'no container web in acme-api, only api',
  ],
])('fails with %s', (_, given, words) => {
  const { status, stderr } = run(given);
  expect(status).not.toBe(0);
  expect(stderr).toContain(words);
});

test('registers no tags for a family without tags', () => {
  expect(JSON.parse(run({ described: { ...DESCRIBED, tags: [] } }).read('taskdef.json'))).not.toHaveProperty('tags');
});

test('stays within the limits of commands with all options', () => {
  const [{ commands = [] }] = planOf({ images: { web, worker, proxy: web }, rollout: Rollout.allAtOnce({ hooks }) });
  expect(commands.length).toBeLessThanOrEqual(PIPELINE_LIMITS.commands);
  expect(Math.max(...commands.map(({ length }) => length))).toBeLessThanOrEqual(PIPELINE_LIMITS.commandLength);
});
