import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { InitApp } from './app';
import { must } from './language';
import { pack } from '../first-hour/package';
import { run } from '../first-hour/run';

export const typescriptApp: InitApp = {
  language: 'typescript',

  prepare({ folder, awsCdkLibNewest, constructs }, app) {
    // The tests of this repository would run a file with the name of a test.
    renameSync(join(app, 'test', 'my-app-test.ts'), join(app, 'test', 'my-app.test.ts'));
    const packages = [pack(folder), `aws-cdk-lib@${awsCdkLibNewest}`, `constructs@^${constructs}`];
    must(run(app, 'npm', ['install', '--no-audit', '--no-fund', ...packages]), 'npm install');
    return {};
  },

  test: { command: 'npm', args: ['test'] },
  summary: /Tests: +1 failed, 1 passed, 2 total/,
};
