/** What is usual in a language: its runtime in the build images, the commands of its standard tool, what that tool downloads and writes. */
export interface Language {
  /** Key of `runtime-versions` of a buildspec. */
  readonly runtime: 'nodejs' | 'python' | 'java' | 'golang' | 'dotnet';
  /** Versions that the standard image carries. @see https://docs.aws.amazon.com/codebuild/latest/userguide/available-runtimes.html */
  readonly versions: readonly string[];
  readonly defaultVersion: string;
  /** What stands before a version in the buildspec. */
  readonly versionPrefix?: string;
  readonly install: readonly string[];
  readonly test: readonly string[];
  readonly build: readonly string[];
  /** The folder that the build fills. */
  readonly output: string;
  readonly cachePaths: readonly string[];
  readonly tests: { readonly files: readonly string[]; readonly format: string };
  readonly coverage: { readonly files: readonly string[]; readonly format: string };
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.reports.file-format */
export const REPORT_FORMATS = ['CLOVERXML', 'COBERTURAXML', 'JACOCOXML', 'SIMPLECOV', 'CUCUMBERJSON', 'JUNITXML', 'NUNITXML', 'NUNIT3XML', 'TESTNGXML', 'VISUALSTUDIOTRX'] as const;

export const LANGUAGES = {
  nodeJs: {
    runtime: 'nodejs',
    versions: ['18', '20', '22'],
    defaultVersion: '22',
    install: ['npm ci'],
    test: ['npm test'],
    build: ['npm run build'],
    output: 'dist',
    cachePaths: ['/root/.npm/**/*'],
    tests: { files: ['junit.xml', 'reports/junit.xml'], format: 'JUNITXML' },
    coverage: { files: ['coverage/clover.xml'], format: 'CLOVERXML' },
  },
} as const satisfies Record<string, Language>;
