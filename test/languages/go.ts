import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lacks, must, pacmak, translation, type Language } from './language';
import { ROOT } from '../first-hour/package';
import { run } from '../first-hour/run';

const { moduleName, packageName } = (
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    jsii: { targets: { go: { moduleName: string; packageName: string } } };
  }
).jsii.targets.go;
const MODULE = `${moduleName}/${packageName}`;

/** A module that has ours in place of the published one. */
export const go: Language = {
  name: 'go',

  missing: () => lacks('go', ['version'], 1, 25),

  install({ folder, awsCdkLib, constructs, progress }) {
    progress('builds the module');
    pacmak('go', join(folder, 'dist'));

    progress('installs it');
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(
      join(project, 'go.mod'),
      `module languages

go 1.25

require (
	${MODULE} v0.0.0
	github.com/aws/aws-cdk-go/awscdk/v2 v${awsCdkLib}
	github.com/aws/constructs-go/constructs/v10 v${constructs}
)

replace ${MODULE} => ${join(folder, 'dist', 'go', packageName)}
`,
    );
    // Each program is a separate main package: go takes them file by file.
    for (const file of readdirSync(translation('go', '.'))) {
      const program = join(project, file.replace(/\.go$/, ''));
      mkdirSync(program);
      copyFileSync(translation('go', file), join(program, 'main.go'));
    }
    must(run(project, 'go', ['mod', 'tidy']), 'go mod tidy');
  },

  program: ({ folder }, name) => ({ cwd: join(folder, 'project'), command: 'go', args: ['run', `./${name}`] }),

  app: {
    language: 'go',

    prepare({ folder, awsCdkLibNewest }, app) {
      const replacement = `${MODULE}=${join(folder, 'dist', 'go', packageName)}`;
      const awsCdkGo = `github.com/aws/aws-cdk-go/awscdk/v2@v${awsCdkLibNewest}`;
      must(
        run(app, 'go', ['mod', 'edit', `-replace=${replacement}`, `-require=${MODULE}@v0.0.0`, `-require=${awsCdkGo}`]),
        'go mod edit',
      );
      must(run(app, 'go', ['mod', 'tidy']), 'go mod tidy');
      return {};
    },

    test: { command: 'go', args: ['test', '-v'] },
    summary: /--- PASS: TestGoodPipeline[^]*--- FAIL: TestDefectivePipeline/,
  },
};
