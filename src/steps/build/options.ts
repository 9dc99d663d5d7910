import type { Duration } from 'aws-cdk-lib';
import type { BuildCompute } from './build-compute';
import type { BuildNetwork } from '../build-network';
import type { BuildSecret } from '../build-secret';
import type { StepOptions } from '../pipeline-step';

/** What every step in a CodeBuild project of its own can be told. */
export interface ProjectOptions extends StepOptions {
  /**
   * The folder that it works in, relative to the top of its first input.
   *
   * @default - the top
   */
  readonly directory?: string;

  /**
   * Environment variables. They stand in the template as they are: never put a secret here. Ids and digests of earlier
   * steps, such as `source.variable('CommitId')`, are filled in at each run.
   *
   * @default - none besides those of CodeBuild
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Secrets, by the name of the environment variable that each is found in.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: BuildSecret };

  /**
   * Environment variables that its commands set and that later steps may use, as `step.variable('NAME')`. None that
   * holds a secret, and none that begins with `CODEBUILD_` or `AWS_`.
   *
   * @default - none
   */
  readonly exportedVariables?: string[];

  /**
   * Further artifacts: name of the output, and the folder that becomes it, relative to `directory`. Later steps use one
   * as `step.artifactNamed('name')`. A step makes at most 5 artifacts.
   *
   * @default - none besides the main one
   */
  readonly outputs?: { [outputName: string]: string };

  /**
   * Test reports, as patterns relative to `directory`. CodeBuild shows them beside the build and keeps them for 30
   * days, in a report group that the first build makes and that outlives the stack. Pass an empty list to turn reports
   * off.
   *
   * @default - where the standard tool of the language writes them; none for plain commands
   */
  readonly testReports?: string[];

  /**
   * Coverage reports, as patterns relative to `directory`. Pass an empty list to turn them off.
   *
   * @default - where the standard tool of the language writes them; none for plain commands
   */
  readonly coverageReports?: string[];

  /**
   * The machine that it runs on.
   *
   * @default BuildCompute.x86(BuildSize.SMALL)
   */
  readonly compute?: BuildCompute;

  /**
   * The network that it runs in.
   *
   * @default - one of CodeBuild, with a way to the internet and none to yours
   */
  readonly network?: BuildNetwork;

  /**
   * A build that takes longer is stopped and fails. 5 minutes to 36 hours (tests: 8 hours), whole minutes. Not on
   * Lambda.
   *
   * @default - 1 hour; on Lambda 15 minutes
   */
  readonly timeout?: Duration;
}

/** What every build of a language can be told. */
export interface LanguageBuildOptions extends ProjectOptions {
  /**
   * The folder that the build fills and that becomes its artifact, relative to `directory`. It may not lie outside of
   * it.
   *
   * @default - where the standard tool of the language puts what it makes
   */
  readonly outputDirectory?: string;

  /**
   * Commands that fetch what the application depends on.
   *
   * @default - those of the standard tool of the language
   */
  readonly installCommands?: string[];

  /**
   * Commands that test it. The first that fails ends the build, and nothing is released. Pass an empty list for an
   * application without tests.
   *
   * @default - those of the standard tool of the language
   */
  readonly testCommands?: string[];

  /**
   * Commands that fill `outputDirectory`.
   *
   * @default - those of the standard tool of the language
   */
  readonly buildCommands?: string[];

  /**
   * Folders and files outside of the repository that are kept from build to build, as patterns. Pass an empty list for
   * a build without a cache. Not on Lambda.
   *
   * @default - where the standard tool of the language keeps what it downloads; nothing on Lambda
   */
  readonly cachePaths?: string[];
}

/** Options of {@link BuildStep.shell}. */
export interface ShellBuildOptions extends ProjectOptions {
  /**
   * The folder that becomes the artifact, relative to `directory`.
   *
   * @default - none: the step hands on nothing
   */
  readonly outputDirectory?: string;

  /**
   * Commands that come before the others, in the install phase.
   *
   * @default - none
   */
  readonly installCommands?: string[];

  /**
   * Folders and files outside of the repository that are kept from build to build, as patterns. Not on Lambda.
   *
   * @default - none
   */
  readonly cachePaths?: string[];
}

/** Options of {@link BuildStep.matrix}. */
export interface MatrixBuildOptions extends ShellBuildOptions {
  /**
   * The first build that fails stops the others.
   *
   * @default false
   */
  readonly failFast?: boolean;
}

/** Options of {@link BuildStep.nodeJs}. */
export interface NodeJsBuildOptions extends LanguageBuildOptions {
  /**
   * Version of Node.js: `'18'`, `'20'`, `'22'` or `'24'`.
   *
   * @default '22'
   */
  readonly nodeVersion?: string;
}

/** Options of {@link BuildStep.python}. */
export interface PythonBuildOptions extends LanguageBuildOptions {
  /**
   * Version of Python: `'3.9'` to `'3.14'`.
   *
   * @default '3.13'
   */
  readonly pythonVersion?: string;
}

/** Options of {@link BuildStep.maven}. */
export interface MavenBuildOptions extends LanguageBuildOptions {
  /**
   * Version of Java (Amazon Corretto): `'8'`, `'11'`, `'17'`, `'21'` or `'25'`.
   *
   * @default '21'
   */
  readonly javaVersion?: string;
}

/** Options of {@link BuildStep.gradle}. */
export interface GradleBuildOptions extends LanguageBuildOptions {
  /**
   * Version of Java (Amazon Corretto): `'8'`, `'11'`, `'17'`, `'21'` or `'25'`.
   *
   * @default '21'
   */
  readonly javaVersion?: string;
}

/** Options of {@link BuildStep.golang}. */
export interface GolangBuildOptions extends LanguageBuildOptions {
  /**
   * Version of Go: `'1.20'` to `'1.26'`. One that `go.mod` asks for and that is newer is downloaded by Go itself.
   *
   * @default '1.26'
   */
  readonly goVersion?: string;
}

/** Options of {@link BuildStep.dotNet}. */
export interface DotNetBuildOptions extends LanguageBuildOptions {
  /**
   * Version of .NET: `'6.0'`, `'8.0'` or `'10.0'`.
   *
   * @default '10.0'
   */
  readonly dotNetVersion?: string;
}
