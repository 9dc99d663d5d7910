import { createHash } from 'node:crypto';
import { App, Stack } from 'aws-cdk-lib';
import { BuildStep, DeliveryPipeline, DeploymentEnvironment, PipelineStage } from '../../../src';
import { PIPELINE_LIMITS } from '../../../src/aws/limits';
import { hostedTarget } from '../../helpers/app-config';
import { runCommands, type CommandsRequest } from '../../helpers/commands';
import { source } from '../../helpers/delivery';
import { actionsOf, CONCRETE, jsonOf } from '../../helpers/synth';

/*
 * The rendered commands run in real shells against stand-ins for `aws`, `sleep` and `date`.
 */

const stack = new Stack(new App(), 'Shop', CONCRETE);
new DeliveryPipeline(stack, 'Delivery', {
  sources: [source],
  stages: [
    PipelineStage.steps('Build', [BuildStep.shell(['make'], { outputDirectory: 'out' })]),
    PipelineStage.environment(new DeploymentEnvironment('live', { target: hostedTarget(stack) })),
  ],
});
const actions = actionsOf(jsonOf(stack));

function commandsOf(name: string) {
  return actions.find(({ Name }) => Name === name)!.Commands as string[];
}

const DEPLOY = commandsOf('Deploy-live');
const VALIDATE = commandsOf('Validate-live');

/** The file that the artifact of a test has. */
const CONTENT = JSON.stringify({ ImageURI: '$(touch evil) `touch evil` "; touch evil; é' });
const LABEL = `sha256-${createHash('sha256').update(CONTENT).digest('hex').slice(0, 57)}`;
const PROFILE = '--application-id app1234 --configuration-profile-id pro1234';
const ENVIRONMENT = '--application-id app1234 --environment-id env1234';
const FIND =
  `appconfig list-hosted-configuration-versions ${PROFILE} --version-label ${LABEL} --query Items[].VersionNumber ` +
  '| [0] --output json';
const GET = `appconfig get-deployment ${ENVIRONMENT} --deployment-number 3 --query State --output text`;
const EVENTS =
  `appconfig get-deployment ${ENVIRONMENT} --deployment-number 3 --query EventLog[:3].[EventType, Description] ` +
  '--output text';
const STOP = `appconfig stop-deployment ${ENVIRONMENT} --deployment-number 3`;

function start(version: number) {
  return (
    `appconfig start-deployment ${ENVIRONMENT} --configuration-profile-id pro1234 --configuration-version ${version} ` +
    '--deployment-strategy-id AppConfig.AllAtOnce --query DeploymentNumber --output text'
  );
}

function run(
  shell: string,
  commands: readonly string[],
  { files = {}, env = {} }: Pick<CommandsRequest, 'files' | 'env'> = {},
) {
  const ran = runCommands({
    shell,
    commands: [...commands, 'echo "exported $CONFIGURATION_VERSION ${DEPLOYMENT_NUMBER:-}"'],
    images: { Build: JSON.parse(CONTENT) as unknown },
    fakes: 'fake-app-config',
    files: { states: 'DEPLOYING\nBAKING\nCOMPLETE\n', ...files },
    env: {
      APPLICATION_ID: 'app1234',
      ENVIRONMENT_ID: 'env1234',
      CONFIGURATION_PROFILE_ID: 'pro1234',
      DEPLOYMENT_STRATEGY_ID: 'AppConfig.AllAtOnce',
      CONFIGURATION_PATH: 'imageDetail.json',
      CONTENT_TYPE: 'application/json',
      ...env,
    },
  });
  const calls = ran
    .recorded('calls')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/fileb:\/\/\S+\//, 'fileb://'));
  const waited = Number(ran.recorded('clock')) - 1000000;
  return { ...ran, ok: ran.status === 0, calls, waited, lines: ran.stdout.split('\n').filter((line) => line !== '') };
}

const CREATE =
  `appconfig create-hosted-configuration-version ${PROFILE} --version-label ${LABEL} --content-type application/json ` +
  '--content fileb://imageDetail.json --query VersionNumber --output text /dev/null';

test('stays within the limits of commands', () => {
  expect(Math.max(...[...DEPLOY, ...VALIDATE].map(({ length }) => length))).toBeLessThanOrEqual(
    PIPELINE_LIMITS.commandLength,
  );
  expect([...DEPLOY, ...VALIDATE].filter((command) => command.includes('\n'))).toEqual([]);
});

describe.each(['dash', 'bash'])('deployment commands in %s', (shell) => {
  test('creates the version, deploys it and waits', () => {
    const { ok, calls, lines, waited, recorded } = run(shell, DEPLOY);
    expect(calls).toEqual([FIND, CREATE, start(8), GET, GET, GET]);
    expect([ok, lines, waited]).toEqual([
      true,
      [
        `imageDetail.json: version 8 (${LABEL})`,
        'imageDetail.json: deployment 3 of version 8',
        'imageDetail.json: version 8 is deployed',
        'exported 8 3',
      ],
      30,
    ]);
    // What the file holds is sent as it is, and never run.
    expect(recorded('content')).toBe(CONTENT);
  });

  test('uses an existing version with the same content', () => {
    const { ok, calls } = run(shell, DEPLOY, { files: { version: '5\n' } });
    expect([ok, calls.slice(0, 2)]).toEqual([true, [FIND, start(5)]]);
  });

  test('uses the version that another environment creates at the same time', () => {
    const { ok, calls } = run(shell, DEPLOY, {
      env: { FAKE_FAIL: 'create-hosted-configuration-version', FAKE_OTHER: '6' },
    });
    expect([ok, calls.slice(0, 4)]).toEqual([true, [FIND, CREATE, FIND, start(6)]]);
  });

  test('deploys nothing without a version', () => {
    const { ok, calls, stderr } = run(shell, DEPLOY, { env: { FAKE_FAIL: 'create-hosted-configuration-version' } });
    expect([ok, calls]).toEqual([false, [FIND, CREATE, FIND]]);
    expect(stderr).toContain(`AppConfig has no version ${LABEL}`);
  });

  test('deploys nothing if versions cannot be listed', () => {
    const { ok, calls } = run(shell, DEPLOY, { env: { FAKE_FAIL: 'list-hosted-configuration-versions' } });
    expect([ok, calls]).toEqual([false, [FIND]]);
  });

  test('makes no calls without the file', () => {
    const { ok, calls, stderr } = run(shell, DEPLOY, { env: { CONFIGURATION_PATH: 'a b; touch $(id).json' } });
    expect([ok, calls, stderr.trim()]).toEqual([false, [], 'The artifact has no file a b; touch $(id).json']);
  });

  test.each(['ROLLED_BACK', 'REVERTED'])('fails with the reason if the deployment ends as %s', (state) => {
    const { ok, calls, stderr } = run(shell, DEPLOY, { files: { states: `DEPLOYING\nROLLING_BACK\n${state}\n` } });
    expect([ok, calls.slice(3)]).toEqual([false, [GET, GET, GET, EVENTS]]);
    expect(stderr).toContain('Alarm too-many-errors initiated a rollback');
    expect(stderr).toContain(`The deployment 3 ended as ${state}`);
  });

  test('stops a deployment that takes longer than the action can wait', () => {
    const { ok, calls, stderr, waited } = run(shell, DEPLOY, { files: { states: 'BAKING\n' } });
    expect([ok, calls.at(-1), waited]).toEqual([false, STOP, 3000]);
    expect(stderr).toContain('The deployment 3 has not ended (BAKING), and is stopped');
  });

  test('stops a deployment whose state cannot be read', () => {
    const { ok, calls, stderr } = run(shell, DEPLOY, { env: { FAKE_FAIL: 'get-deployment' } });
    expect([ok, calls.slice(3)]).toEqual([false, [GET, GET, GET, GET, GET, GET, STOP]]);
    expect(stderr).toContain('The deployment 3 has not ended (no answer), and is stopped');
  });

  test.each(['', 'None'])('fails if AppConfig returns the deployment "%s"', (number) => {
    const { ok, calls, stderr } = run(shell, DEPLOY, { env: { FAKE_DEPLOYMENT: number } });
    expect([ok, calls.length, stderr.trim()]).toEqual([false, 3, 'AppConfig returned no deployment']);
  });

  test('fails if the deployment is rejected', () => {
    const { ok, calls } = run(shell, DEPLOY, { env: { FAKE_FAIL: 'start-deployment' } });
    expect([ok, calls]).toEqual([false, [FIND, CREATE, start(8)]]);
  });
});

describe.each(['dash', 'bash'])('validation commands in %s', (shell) => {
  const CALL = `appconfig validate-configuration ${PROFILE} --configuration-version 8`;

  test('creates the version and validates it', () => {
    const { ok, calls } = run(shell, VALIDATE);
    expect([ok, calls]).toEqual([true, [FIND, CREATE, CALL]]);
  });

  test('fails with the message of the validator', () => {
    const { ok, calls, stderr } = run(shell, VALIDATE, { env: { FAKE_FAIL: 'validate-configuration' } });
    expect([ok, calls.at(-1)]).toEqual([false, CALL]);
    expect(stderr).toContain('BadRequestException');
  });
});
