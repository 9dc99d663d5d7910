import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { lacks, must, pacmak, translation, type Language } from './language';
import { ROOT } from '../first-hour/package';
import { run } from '../first-hour/run';

/** A virtual environment with the wheel. */
export const python: Language = {
  name: 'python',

  missing: () =>
    lacks('python3', ['--version'], 3, 10) ??
    (run(ROOT, 'python3', ['-c', 'import venv, ensurepip']).status === 0 ? undefined : 'no venv with pip'),

  install({ folder, awsCdkLib, constructs, progress }) {
    progress('builds the wheel');
    pacmak('python', join(folder, 'dist'));
    const dist = join(folder, 'dist', 'python');

    progress('installs it');
    must(run(folder, 'python3', ['-m', 'venv', 'env']), 'python3 -m venv');
    must(
      run(folder, join('env', 'bin', 'pip'), [
        'install',
        '--quiet',
        '--no-input',
        wheelIn(dist),
        `aws-cdk-lib==${awsCdkLib}`,
        `constructs==${constructs}`,
      ]),
      'pip install',
    );
  },

  program: ({ folder }, name) => ({
    cwd: folder,
    command: join(folder, 'env', 'bin', 'python'),
    args: [translation('python', `${name}.py`)],
  }),

  app: {
    language: 'python',

    prepare({ folder }, app) {
      must(run(app, 'python3', ['-m', 'venv', '.venv']), 'python3 -m venv');
      must(
        run(app, join(app, '.venv', 'bin', 'pip'), [
          'install',
          '--quiet',
          '--no-input',
          '--requirement=requirements.txt',
          '--requirement=requirements-dev.txt',
          wheelIn(join(folder, 'dist', 'python')),
        ]),
        'pip install',
      );
      // What `source .venv/bin/activate` does.
      return { PATH: [join(app, '.venv', 'bin'), process.env.PATH].join(delimiter) };
    },

    test: { command: 'python3', args: ['-m', 'pytest'] },
    summary: /1 failed, 1 passed/,
  },
};

function wheelIn(dist: string): string {
  const wheel = readdirSync(dist).find((file) => file.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`no wheel among ${readdirSync(dist).join(', ')}`);
  return join(dist, wheel);
}
