import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BuildCompute, BuildImage, BuildMemory, BuildSize, BuildStep } from '../../../src';
import { EMPTY_REPORTS, LANGUAGES } from '../../../src/aws/languages';
import { buildOf } from '../../helpers/build-steps';

const STEPS: Readonly<Record<string, BuildStep>> = {
  nodeJs: BuildStep.nodeJs(),
  python: BuildStep.python(),
  maven: BuildStep.maven(),
  gradle: BuildStep.gradle(),
  golang: BuildStep.golang(),
  dotNet: BuildStep.dotNet(),
};

test('has a factory for every language', () => expect(Object.keys(STEPS)).toEqual(Object.keys(LANGUAGES)));

describe.each(Object.entries(LANGUAGES))('%s', (name, language) => {
  const step = STEPS[name];

  test('has a default version in the newest image', () => {
    expect(language.versions).toHaveProperty([language.defaultVersion]);
    expect(language.versions[language.defaultVersion as never]).toMatchObject({ image: 'newest' });
  });

  test('uses report formats of CodeBuild', () => {
    expect(Object.keys(EMPTY_REPORTS)).toContain(language.tests.format);
    expect(Object.keys(EMPTY_REPORTS)).toContain(language.coverage.format);
  });

  test('caches only folders outside the source', () => {
    expect(language.cachePaths.filter((path) => !path.startsWith('/'))).toEqual([]);
  });

  test.each(['dash', 'bash'])('has commands that %s can parse', (shell) => {
    const { install, build } = buildOf(step).phases;
    for (const command of [...install, ...build]) {
      expect(spawnSync(shell, ['-n'], { input: command, encoding: 'utf8' }).stderr).toBe('');
    }
  });

  test('has images for both CPU architectures for every version', () => {
    const { [name as 'nodeJs']: make } = BuildStep;
    for (const [version, { image }] of Object.entries(language.versions)) {
      for (const compute of [BuildCompute.x86(BuildSize.SMALL), BuildCompute.arm(BuildSize.SMALL)]) {
        const { compute: planned, runtimes } = buildOf(
          make.call(BuildStep, { [language.versionProp]: version, compute }),
        );
        expect(planned.image).toEqual({
          kind: 'standard',
          id: expect.stringMatching(
            image === 'newest'
              ? /x86_64-standard:6.0|aarch64-standard:4.0/
              : /x86_64-standard:5.0|aarch64-standard:3.0/,
          ),
        });
        expect(Object.values(runtimes)).toEqual([
          name === 'maven' || name === 'gradle' ? `corretto${version}` : version,
        ]);
      }
    }
  });
});

test('selects the version by the image and caches nothing on Lambda', () => {
  const { compute, runtimes, cachePaths, timeoutMinutes } = buildOf(
    BuildStep.maven({ javaVersion: '17', compute: BuildCompute.awsLambda(BuildMemory.GB_4, { arm: true }) }),
  );
  expect(compute).toEqual({
    environmentType: 'ARM_LAMBDA_CONTAINER',
    computeType: 'BUILD_LAMBDA_4GB',
    image: { kind: 'standard', id: 'aws/codebuild/amazonlinux-aarch64-lambda-standard:corretto17' },
  });
  expect({ runtimes, cachePaths, timeoutMinutes }).toEqual({ runtimes: {}, cachePaths: [], timeoutMinutes: undefined });
});

test('selects no version in a custom image', () => {
  const compute = BuildCompute.x86(BuildSize.SMALL, {
    image: BuildImage.fromRegistry('registry.example.com/python:3'),
  });
  expect(buildOf(BuildStep.python({ compute })).runtimes).toEqual({});
});

test('selects the version in an image of CodeBuild', () => {
  const compute = BuildCompute.x86(BuildSize.SMALL, { image: BuildImage.fromCodeBuild('aws/codebuild/standard:8.0') });
  expect(buildOf(BuildStep.python({ compute })).runtimes).toEqual({ python: '3.13' });
});

// --- real tools
// -----------------------------------------------------------------------------------------------------------

interface Sample {
  readonly step: BuildStep;
  readonly files: Readonly<Record<string, string>>;
  /** Whether the tools and dependencies of the sample are installed. */
  readonly probe: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Report patterns that the tools of the sample do not write. */
  readonly without?: readonly string[];
}

const SAMPLES: Readonly<Record<string, Sample>> = {
  nodeJs: {
    step: BuildStep.nodeJs(),
    probe: ['npm', '--version'],
    files: {
      'package.json': JSON.stringify({
        name: 'tea',
        version: '1.0.0',
        scripts: {
          test: 'node --test --test-reporter=junit --test-reporter-destination=junit.xml',
          build: "node -e \"fs.mkdirSync('dist'); fs.writeFileSync('dist/index.html', 'tea')\"",
        },
      }),
      'package-lock.json': JSON.stringify({
        name: 'tea',
        version: '1.0.0',
        lockfileVersion: 3,
        packages: { '': { name: 'tea', version: '1.0.0' } },
      }),
      'tea.test.js': "require('node:test').test('green', () => require('node:assert').equal(2, 2));",
    },
    without: ['coverage/clover.xml'],
  },
  python: {
    // A wheel needs setuptools, which pip downloads for each build.
    step: BuildStep.python({ buildCommands: ['mkdir -p dist && cp tea.py dist'] }),
    probe: ['python', '-c', 'import pytest, pytest_cov'],
    files: {
      'requirements.txt': '',
      'tea.py': 'def minutes(tea): return 2\n',
      'test_tea.py': 'from tea import minutes\n\ndef test_green(): assert minutes("green") == 2\n',
    },
  },
  maven: {
    step: BuildStep.maven(),
    // Maven of Debian reads only MAVEN_OPTS. Installed artifacts are in the local repository.
    probe: [
      'sh',
      '-c',
      'mvn --version && test -d "$HOME/.m2/repository/org/jacoco" && test -d "$HOME/.m2/repository/org/junit/jupiter"',
    ],
    files: {
      'pom.xml': pom(),
      'src/main/java/tea/Tea.java':
        'package tea;\n\npublic class Tea { public static int minutes(String tea) { return 2; } }\n',
      'src/test/java/tea/TeaTest.java': `package tea;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class TeaTest { @Test void green() { assertEquals(2, Tea.minutes("green")); } }
`,
    },
    without: ['**/failsafe-reports/TEST-*.xml'],
  },
  golang: {
    step: BuildStep.golang(),
    probe: [
      'sh',
      '-c',
      'go run gotest.tools/gotestsum@v1.13.0 --version && echo "mode: set" | go run ' +
        'github.com/boumenot/gocover-cobertura@v1.5.0',
    ],
    files: {
      'go.mod': 'module example.com/tea\n\ngo 1.20\n',
      'tea.go':
        'package main\n\nfunc minutes(tea string) int { return 2 }\n\nfunc main() { println(minutes("green")) }\n',
      'tea_test.go':
        'package main\n\nimport "testing"\n\nfunc TestGreen(t *testing.T) {\n\tif minutes("green") != 2 ' +
        '{\n\t\tt.Fatal("bitter")\n\t}\n}\n',
    },
    // Only previously downloaded packages.
    env: {
      GOPROXY: `file://${process.env.GOPATH ?? join(homedir(), 'go')}/pkg/mod/cache/download`,
      GOSUMDB: 'off',
      GOTOOLCHAIN: 'local',
    },
  },
};

describe.each(Object.entries(SAMPLES))(
  'a small project with real tools: %s',
  (_, { step, files, probe, env, without = [] }) => {
    const missing =
      spawnSync(probe[0], probe.slice(1), { stdio: 'ignore', env: { ...process.env, ...env } }).status !== 0;
    // Compilers and their libraries are no dependencies of this package. The summary lists the missing ones.
    const really = missing ? test.skip : test;

    really(
      'is tested and built, and leaves reports and output where they are looked for',
      () => {
        const folder = mkdtempSync(join(tmpdir(), 'sample-'));
        for (const [path, content] of Object.entries(files)) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), content);
        }
        const { phases, outputs, reports } = buildOf(step);
        const script = [...phases.install, ...phases.build]
          .map((command) => `${command}\nstatus=$?; test $status -eq 0 || exit $status`)
          .join('\n');
        const result = spawnSync('sh', ['-c', script], {
          cwd: folder,
          encoding: 'utf8',
          env: { ...process.env, ...env, NODE_OPTIONS: '' },
        });
        expect(result.status === 0 ? '' : result.stdout + result.stderr).toBe('');
        expect(readdirSync(join(folder, outputs[0].folder))).not.toEqual([]);
        const outputFiles = readdirSync(folder, { recursive: true, encoding: 'utf8' });
        const expected = reports
          .map((report) => report.files.filter((pattern) => !without.includes(pattern)))
          .filter(({ length }) => length > 0);
        for (const patterns of expected) {
          expect(outputFiles.filter((path) => patterns.some((pattern) => glob(pattern).test(path)))).not.toEqual([]);
        }
      },
      120_000,
    );
  },
);

/** Converts the subset of CodeBuild patterns that the library uses. */
function glob(pattern: string) {
  return new RegExp(
    `^${pattern
      .replace(/[.]/g, '[.]')
      .replace(/\*\*\//g, '(.*/)?')
      .replace(/(?<![.)])\*/g, '[^/]*')}$`,
  );
}

function pom(): string {
  function plugin(group: string, name: string, version: string, configuration = '') {
    const id = `<groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version>`;
    return `<plugin>${id}${configuration}</plugin>`;
  }

  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>tea</artifactId>
  <version>1.0</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.10.2</version>
      <scope>test</scope>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      ${plugin('org.apache.maven.plugins', 'maven-compiler-plugin', '3.13.0')}
      ${plugin('org.apache.maven.plugins', 'maven-surefire-plugin', '3.2.5')}
      ${plugin(
        'org.jacoco',
        'jacoco-maven-plugin',
        '0.8.12',
        `<executions>
        <execution><goals><goal>prepare-agent</goal></goals></execution>
        <execution><id>report</id><phase>verify</phase><goals><goal>report</goal></goals></execution>
      </executions>`,
      )}
    </plugins>
  </build>
</project>
`;
}
