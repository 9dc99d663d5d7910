import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../examples/container-service');

test('the tests of the sample service pass', () => {
  const { status, stdout } = spawnSync('node', ['--test'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  expect([status, /^# fail 0$/m.test(stdout), /^# pass ([1-9]\d*)$/m.exec(stdout)?.[1]]).toEqual([0, true, '3']);
}, 60_000);

test('its image begins with nothing that needs a login, runs what was tested, and not as root', () => {
  const lines = readFileSync(join(folder, 'Dockerfile'), 'utf8').split('\n');
  expect(lines.filter((line) => line.startsWith('FROM '))).toEqual([
    'FROM ${NODE_IMAGE} AS test',
    'FROM ${NODE_IMAGE} AS release',
  ]);
  expect(lines).toContain('ARG NODE_IMAGE=public.ecr.aws/docker/library/node:22-slim');
  const release = lines.slice(lines.indexOf('FROM ${NODE_IMAGE} AS release'));
  expect(release.find((line) => line.startsWith('COPY'))).toContain('--from=test /app/tested');
  expect(release).toContain('USER node');
  expect(release.indexOf('USER node')).toBeLessThan(release.findIndex((line) => line.startsWith('CMD')));
});
