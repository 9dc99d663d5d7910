import { DESCRIBED } from './described';
import { taskDefinitionCommands } from '../../../src/targets/ecs/task-definition-commands';
import { runCommands } from '../../helpers/commands';

const NEWER = 'enabled restartPolicy';

/** Runs the commands for a template with fields that an old AWS CLI does not know. */
function run(containerDefinitions: readonly object[], newerFields: string | undefined = NEWER) {
  const definition = { family: 'acme-api', roles: [], containers: [{ name: 'web', artifact: 'Image' }], newerFields };
  return runCommands({
    shell: 'dash',
    commands: taskDefinitionCommands(definition, [{ name: 'web', image: 'acme/api@sha256:1' }], 'taskdef.json'),
    images: { Image: {} },
    fakes: 'fake-tasks',
    files: {
      'described.json': JSON.stringify({ taskDefinition: { ...DESCRIBED.taskDefinition, containerDefinitions } }),
    },
  });
}

const { containerDefinitions } = DESCRIBED.taskDefinition;
const restarting = containerDefinitions.map((container) => ({ ...container, restartPolicy: { enabled: true } }));

test('fails with the names of fields that the CLI has dropped', () => {
  const { status, stderr } = run(containerDefinitions);
  expect(status).not.toBe(0);
  expect(stderr).toContain(
    'the AWS CLI of this action, aws-cli/2.36.12 Python/3.14.6 Linux/6.1 exe/x86_64.amzn.2023, returns no enabled, ' +
      'restartPolicy of the task definition acme-api, so a new revision would lack them. If the latest revision has ' +
      'them, wait for a newer CLI, or remove them from the template; otherwise deploy the stack of the task definition',
  );
});

test('keeps newer fields that the CLI supports', () => {
  const { status, stderr, output } = run(restarting);
  expect([status, stderr]).toEqual([0, '']);
  expect(output('taskdef.json')).toMatchObject({
    containerDefinitions: [{ restartPolicy: { enabled: true } }, {}, {}],
  });
});

test('accepts an imported definition, whose fields are unknown', () => {
  expect(run(containerDefinitions, '').status).toBe(0);
});
