import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { lacks, must, pacmak, translation, type Language } from './language';
import { ROOT } from '../first-hour/package';
import { run } from '../first-hour/run';

// Maven has no second, read-only repository: the user's own saves fetching all of it again, and gets our jar for the
// time of the test.
const REPOSITORY = join(homedir(), '.m2', 'repository');
const { groupId, artifactId } = (
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    jsii: { targets: { java: { maven: { groupId: string; artifactId: string } } } };
  }
).jsii.targets.java.maven;
const VERSION = '0.0.0'; // of an unreleased package
const ARTIFACT = join(REPOSITORY, ...groupId.split('.'), artifactId);
const INSTALLED = join(ARTIFACT, VERSION);
const hadOthers = existsSync(ARTIFACT);

/** A Maven project with the jar. */
export const java: Language = {
  name: 'java',

  // From version 11 on Java runs a source file.
  missing: () => lacks('javac', ['-version'], 11, 0) ?? lacks('mvn', ['--batch-mode', '--version'], 3, 6),

  install({ folder, awsCdkLib, constructs, progress }) {
    progress('builds the jar');
    pacmak('java', join(folder, 'dist'), '--maven-local-repository', REPOSITORY);
    if (!existsSync(INSTALLED)) throw new Error(`no jar in ${INSTALLED}`);

    progress('installs it');
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(
      join(project, 'pom.xml'),
      pom([
        [groupId, artifactId, VERSION],
        ['software.amazon.awscdk', 'aws-cdk-lib', awsCdkLib],
        ['software.constructs', 'constructs', constructs],
      ]),
    );
    must(
      run(project, 'mvn', [
        '--quiet',
        '--batch-mode',
        `-Dmaven.repo.local=${REPOSITORY}`,
        'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath',
        '-Dmdep.outputFile=classpath',
      ]),
      'mvn dependency:build-classpath',
    );
  },

  program({ folder }, name) {
    const project = join(folder, 'project');
    const classpath = readFileSync(join(project, 'classpath'), 'utf8').trim();
    const file = `${name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}.java`;
    return {
      cwd: project,
      command: 'java',
      args: [`-Djava.io.tmpdir=${project}`, '--class-path', classpath, translation('java', file)],
    };
  },

  app: {
    language: 'java',

    prepare({ awsCdkLibNewest }, app) {
      const file = join(app, 'pom.xml');
      writeFileSync(
        file,
        readFileSync(file, 'utf8')
          .replace(/<cdk\.version>.*<\/cdk\.version>/, `<cdk.version>${awsCdkLibNewest}</cdk.version>`)
          .replace(
            '<dependencies>',
            `<dependencies><dependency>${coordinates([groupId, artifactId, VERSION])}</dependency>`,
          ),
      );
      return { MAVEN_ARGS: `--batch-mode -Dmaven.repo.local=${REPOSITORY}` };
    },

    test: { command: 'mvn', args: ['--quiet', 'test'] },
    summary: /Tests run: 2, Failures: 0, Errors: 1, Skipped: 0/,
  },

  cleanUp: () => rmSync(hadOthers ? INSTALLED : ARTIFACT, { recursive: true, force: true }),
};

function coordinates([group, artifact, version]: [string, string, string]) {
  return `<groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>`;
}

function pom(dependencies: [string, string, string][]): string {
  return `<project>
  <modelVersion>4.0.0</modelVersion>
  ${coordinates(['example', 'languages', '1'])}
  <dependencies>
${dependencies.map((each) => `    <dependency>${coordinates(each)}</dependency>`).join('\n')}
  </dependencies>
</project>
`;
}
