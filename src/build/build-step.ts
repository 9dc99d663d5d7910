import type { Duration } from 'aws-cdk-lib';
import type { BuildPlan } from '../plan/pipeline-plan';

/** Options of {@link BuildStep.nodeJs}. */
export interface NodeJsBuildOptions {
  /**
   * The folder of the repository that holds `package.json`, relative to its top.
   *
   * @default - the top of the repository
   */
  readonly directory?: string;

  /**
   * The folder that the build fills and that is released, relative to `directory`. It may not lie outside of it.
   *
   * @default 'dist'
   */
  readonly outputDirectory?: string;

  /**
   * Commands that fetch what the application depends on.
   *
   * @default ['npm ci']
   */
  readonly installCommands?: string[];

  /**
   * Commands that test it. The first that fails ends the build, and nothing is released. Pass an empty list for an application
   * without tests.
   *
   * @default ['npm test']
   */
  readonly testCommands?: string[];

  /**
   * Commands that fill `outputDirectory`.
   *
   * @default ['npm run build']
   */
  readonly buildCommands?: string[];

  /**
   * Version of Node.js: `'18'`, `'20'` or `'22'`.
   *
   * @default '22'
   */
  readonly nodeVersion?: string;

  /**
   * Test reports in JUnit format that the tests write, as patterns relative to `directory`. CodeBuild shows them beside the build and
   * keeps them for 30 days, in a report group that the first build makes and that outlives the stack. Pass an empty list to turn
   * reports off.
   *
   * @default ['junit.xml', 'reports/junit.xml']
   */
  readonly testReports?: string[];

  /**
   * Coverage reports in Clover format (the one that jest and vitest write unasked), as patterns relative to `directory`. Pass an empty
   * list to turn them off.
   *
   * @default ['coverage/clover.xml']
   */
  readonly coverageReports?: string[];

  /**
   * Environment variables of the build. They stand in the template as they are: never put a secret here.
   *
   * @default - none besides those of CodeBuild
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * A build that takes longer is stopped and fails. 5 minutes to 36 hours, whole minutes.
   *
   * @default Duration.hours(1)
   */
  readonly timeout?: Duration;
}

/**
 * How the code is built and tested.
 *
 * Every build runs in a CodeBuild project of its own, on Amazon Linux with 2 vCPUs and 4 GiB ($0.005 a minute in us-east-1), with a
 * cache of what it downloads and a log that is kept for 90 days.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   buildStep: BuildStep.nodeJs({
 *     testCommands: ['npm run lint', 'npm test'],
 *     outputDirectory: 'build',
 *   }),
 * });
 */
export class BuildStep {
  /** An application that npm, or a tool that your commands install, builds with Node.js. */
  public static nodeJs(options: NodeJsBuildOptions = {}): BuildStep {
    return new BuildStep({
      kind: 'build',
      directory: options.directory ?? '.',
      outputDirectory: options.outputDirectory ?? 'dist',
      runtimes: { nodejs: options.nodeVersion ?? '22' },
      phases: {
        install: options.installCommands ?? ['npm ci'],
        build: [...options.testCommands ?? ['npm test'], ...options.buildCommands ?? ['npm run build']],
      },
      cachePaths: ['/root/.npm/**/*'],
      testReports: options.testReports ?? ['junit.xml', 'reports/junit.xml'],
      coverageReports: options.coverageReports ?? ['coverage/clover.xml'],
      environmentVariables: options.environmentVariables ?? {},
      timeoutMinutes: options.timeout?.toMinutes({ integral: false }) ?? 60,
    });
  }

  private constructor(private readonly plan: BuildPlan) {}

  /** @internal */
  public _plan(): BuildPlan {
    return this.plan;
  }
}
