import type { Duration } from 'aws-cdk-lib';
import type { BuildCompute } from './build-compute';
import type { BuildNetwork } from '../build-network';
import type { BuildSecret } from '../build-secret';
import type { StepOptions } from '../pipeline-step';

/** Options of every step that runs in a separate CodeBuild project. */
export interface ProjectOptions extends StepOptions {
  /**
   * Folder in which the commands run, relative to the root of the first input.
   *
   * @default - the root
   */
  readonly directory?: string;

  /**
   * Environment variables. They are stored in the template in plain text: never put a secret here. Ids and digests of
   * earlier steps, such as `source.variable('CommitId')`, are substituted in each execution.
   *
   * @default - only the variables of CodeBuild
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Secrets, by the name of the environment variable that contains each.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: BuildSecret };

  /**
   * Environment variables that the commands set and that later steps can use as `step.variable('NAME')`. They must not
   * contain secrets, and their names must not start with `CODEBUILD_` or `AWS_`.
   *
   * @default - none
   */
  readonly exportedVariables?: string[];

  /**
   * Additional artifacts: the folder of each by its name, relative to `directory`. Later steps use one as
   * `step.artifactNamed('name')`. A step can produce at most 5 artifacts.
   *
   * @default - only the main artifact
   */
  readonly outputs?: { [outputName: string]: string };

  /**
   * Test reports, as file patterns relative to `directory`. CodeBuild shows them with the build and keeps them for 30
   * days, in a report group that the first build creates and that is not deleted with the stack. Pass an empty list to
   * disable test reports.
   *
   * @default - the report files of the language tool; none for plain commands
   */
  readonly testReports?: string[];

  /**
   * Coverage reports, as file patterns relative to `directory`. Pass an empty list to disable coverage reports.
   *
   * @default - the report files of the language tool; none for plain commands
   */
  readonly coverageReports?: string[];

  /**
   * Machine of the build.
   *
   * @default BuildCompute.x86(BuildSize.SMALL)
   */
  readonly compute?: BuildCompute;

  /**
   * Network of the build.
   *
   * @default - a network of CodeBuild with internet access and without access to your VPCs
   */
  readonly network?: BuildNetwork;

  /**
   * Maximum duration of a build: 5 minutes to 36 hours (8 hours for tests), in whole minutes. A build that exceeds it
   * is stopped and fails. Not supported on Lambda.
   *
   * @default - 1 hour; 15 minutes on Lambda
   */
  readonly timeout?: Duration;
}

/** Options of every build of a language. */
export interface LanguageBuildOptions extends ProjectOptions {
  /**
   * Folder that the build writes and that becomes its artifact, relative to `directory`. It must be inside that folder.
   *
   * @default - the output folder of the language tool; none if `buildCommands` is empty, so that the step produces no
   * artifact
   */
  readonly outputDirectory?: string;

  /**
   * Commands that install the dependencies.
   *
   * @default - the commands of the language tool
   */
  readonly installCommands?: string[];

  /**
   * Commands that test the application. The first command that fails ends the build. Pass an empty list if there are no
   * tests.
   *
   * @default - the commands of the language tool
   */
  readonly testCommands?: string[];

  /**
   * Commands that write `outputDirectory`.
   *
   * @default - the commands of the language tool
   */
  readonly buildCommands?: string[];

  /**
   * Folders and files outside the repository that are cached between builds, as patterns. Pass an empty list to disable
   * the cache. Not supported on Lambda.
   *
   * @default - the downloads of the language tool; nothing on Lambda
   */
  readonly cachePaths?: string[];
}

/** Options of {@link BuildStep.shell}. */
export interface ShellBuildOptions extends ProjectOptions {
  /**
   * Folder that becomes the artifact, relative to `directory`.
   *
   * @default - none; the step produces no artifact
   */
  readonly outputDirectory?: string;

  /**
   * Commands that run before the others, in the install phase.
   *
   * @default - none
   */
  readonly installCommands?: string[];

  /**
   * Folders and files outside the repository that are cached between builds, as patterns. Not supported on Lambda.
   *
   * @default - none
   */
  readonly cachePaths?: string[];
}

/** Options of {@link BuildStep.matrix}. */
export interface MatrixBuildOptions extends ShellBuildOptions {
  /**
   * Stops the other builds when one fails.
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
   * Version of Go: `'1.20'` to `'1.26'`. If `go.mod` requires a newer version, Go downloads it.
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
