import type { ImageGeneration } from './builds';

/** Describes a version of a language: the standard image that contains it, and the image for Lambda compute, if any. */
export interface LanguageVersion {
  readonly image: ImageGeneration;
  readonly lambda?: string;
}

/**
 * Describes the conventions of a language: its runtime in the build images, the commands of its standard tool, and the
 * files that the tool downloads and writes.
 */
export interface Language {
  /** The key in `runtime-versions` of a buildspec. */
  readonly runtime: 'nodejs' | 'python' | 'java' | 'golang' | 'dotnet';
  /** The option for the version. */
  readonly versionProp: string;
  /**
   * @see https://docs.aws.amazon.com/codebuild/latest/userguide/available-runtimes.html
   * @see https://github.com/aws/aws-codebuild-docker-images/blob/master/al/x86_64/standard/6.0/runtimes.yml
   * @see https://github.com/aws/aws-codebuild-docker-images/tree/master/al-lambda
   */
  readonly versions: Readonly<Record<string, LanguageVersion>>;
  readonly defaultVersion: string;
  /** The prefix of a version in the buildspec. */
  readonly versionPrefix?: string;
  readonly install: readonly string[];
  readonly test: readonly string[];
  readonly build: readonly string[];
  /** The output folder of the build. */
  readonly output: string;
  readonly cachePaths: readonly string[];
  readonly tests: ReportFiles;
  readonly coverage: ReportFiles;
}

export interface ReportFiles {
  readonly files: readonly string[];
  readonly format: ReportFormat;
}

/**
 * Lists the report formats in use, with a valid report without contents.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.reports.file-format
 */
export const EMPTY_REPORTS = {
  CLOVERXML:
    '<?xml version="1.0" encoding="UTF-8"?><coverage generated="0" clover="3.2.0"><project timestamp="0">' +
    '<metrics statements="0" coveredstatements="0" conditionals="0" coveredconditionals="0" methods="0" ' +
    'coveredmethods="0" elements="0" coveredelements="0" complexity="0" loc="0" ncloc="0" packages="0" files="0" ' +
    'classes="0"/></project></coverage>',
  COBERTURAXML:
    '<?xml version="1.0" encoding="UTF-8"?><coverage line-rate="0" branch-rate="0" lines-covered="0" ' +
    'lines-valid="0" branches-covered="0" branches-valid="0" complexity="0" version="1" timestamp="0">' +
    '<sources/><packages/></coverage>',
  JACOCOXML: '<?xml version="1.0" encoding="UTF-8"?><report name="empty"/>',
  JUNITXML: '<?xml version="1.0" encoding="UTF-8"?><testsuites/>',
  VISUALSTUDIOTRX:
    '<?xml version="1.0" encoding="UTF-8"?><TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"/>',
} as const;

export type ReportFormat = keyof typeof EMPTY_REPORTS;

function former(lambda?: string): LanguageVersion {
  return { image: 'former', lambda };
}

function newest(lambda?: string): LanguageVersion {
  return { image: 'newest', lambda };
}

const JAVA = {
  runtime: 'java',
  versionProp: 'javaVersion',
  versions: {
    8: newest(),
    11: newest('corretto11'),
    17: newest('corretto17'),
    21: newest('corretto21'),
    25: newest('corretto25'),
  },
  defaultVersion: '21',
  versionPrefix: 'corretto',
  install: [],
} as const;

export const LANGUAGES = {
  nodeJs: {
    runtime: 'nodejs',
    versionProp: 'nodeVersion',
    versions: { 18: former('nodejs18'), 20: former('nodejs20'), 22: newest('nodejs22'), 24: newest('nodejs24') },
    defaultVersion: '22',
    install: ['npm ci'],
    test: ['npm test'],
    build: ['npm run build'],
    output: 'dist',
    cachePaths: ['/root/.npm/**/*'],
    tests: { files: ['junit.xml', 'reports/junit.xml'], format: 'JUNITXML' },
    coverage: { files: ['coverage/clover.xml'], format: 'CLOVERXML' },
  },
  python: {
    runtime: 'python',
    versionProp: 'pythonVersion',
    versions: {
      '3.9': former(),
      '3.10': newest(),
      '3.11': newest('python3.11'),
      '3.12': newest('python3.12'),
      '3.13': newest('python3.13'),
      '3.14': newest('python3.14'),
    },
    defaultVersion: '3.13',
    install: ['python -m pip install -r requirements.txt'],
    test: ['python -m pytest --junitxml=reports/junit.xml --cov --cov-report=xml:reports/coverage.xml'],
    build: ['python -m pip wheel --no-deps --wheel-dir dist .'],
    output: 'dist',
    cachePaths: ['/root/.cache/pip/**/*'],
    tests: { files: ['reports/junit.xml'], format: 'JUNITXML' },
    coverage: { files: ['reports/coverage.xml'], format: 'COBERTURAXML' },
  },
  maven: {
    ...JAVA,
    test: ['mvn --batch-mode --no-transfer-progress verify'],
    // Reuses the output of the tests, if there are tests.
    build: ['mvn --batch-mode --no-transfer-progress -DskipTests package'],
    output: 'target',
    // Excludes the rest of .m2, which contains settings of the image.
    cachePaths: ['/root/.m2/repository/**/*'],
    tests: { files: ['**/surefire-reports/TEST-*.xml', '**/failsafe-reports/TEST-*.xml'], format: 'JUNITXML' },
    coverage: { files: ['target/site/jacoco/jacoco.xml'], format: 'JACOCOXML' },
  },
  gradle: {
    ...JAVA,
    // Runs with the shell, because a zipped source can lack the execute permission.
    test: ['sh ./gradlew --no-daemon test'],
    build: ['sh ./gradlew --no-daemon assemble'],
    output: 'build/libs',
    cachePaths: ['/root/.gradle/caches/**/*', '/root/.gradle/wrapper/**/*'],
    tests: { files: ['**/test-results/**/*.xml'], format: 'JUNITXML' },
    coverage: { files: ['build/reports/jacoco/test/jacocoTestReport.xml'], format: 'JACOCOXML' },
  },
  golang: {
    runtime: 'golang',
    versionProp: 'goVersion',
    versions: {
      '1.20': former(),
      '1.21': former('go1.21'),
      '1.22': former(),
      '1.23': former(),
      '1.24': newest('go1.24'),
      '1.25': newest('go1.25'),
      '1.26': newest(),
    },
    defaultVersion: '1.26',
    install: ['go mod download'],
    // Go does not support the report formats of CodeBuild.
    test: [
      'mkdir -p reports',
      'go run gotest.tools/gotestsum@v1.13.0 --junitfile reports/junit.xml -- -coverprofile=reports/coverage.out ./...',
      'go run github.com/boumenot/gocover-cobertura@v1.5.0 < reports/coverage.out > reports/coverage.xml',
    ],
    build: ['go build -o bin/ ./...'],
    output: 'bin',
    cachePaths: ['/root/.cache/go-build/**/*', '/go/pkg/mod/**/*'],
    tests: { files: ['reports/junit.xml'], format: 'JUNITXML' },
    coverage: { files: ['reports/coverage.xml'], format: 'COBERTURAXML' },
  },
  dotNet: {
    runtime: 'dotnet',
    versionProp: 'dotNetVersion',
    versions: { '6.0': former('dotnet6'), '8.0': newest('dotnet8'), '10.0': newest('dotnet10') },
    defaultVersion: '10.0',
    install: ['dotnet restore'],
    test: ['dotnet test --no-restore --logger trx --results-directory reports --collect "XPlat Code Coverage"'],
    build: ['dotnet publish --no-restore --configuration Release --output publish'],
    output: 'publish',
    cachePaths: ['/root/.nuget/packages/**/*'],
    tests: { files: ['reports/*.trx'], format: 'VISUALSTUDIOTRX' },
    coverage: { files: ['reports/**/coverage.cobertura.xml'], format: 'COBERTURAXML' },
  },
} as const satisfies Record<string, Language>;
