import type { BuildSize } from './build/build-compute';
import type { BuildNetwork } from './build/build-network';
import type { BuildSecret } from './build/build-secret';
import type { ShellBuildOptions } from './build/project-options';
import type { StepOptions } from './pipeline-step';

/** Options of {@link BuildStep.commands}. */
export interface CommandsOptions extends StepOptions {
  /**
   * Environment variables, at most 10 together with the secrets, 1 to 2000 characters each. They stand in the template as they are: never put a
   * secret here. Variables of the pipeline and of earlier steps are filled in at each run, whatever they hold: write `"$NAME"` with its quotes in the
   * command.
   *
   * @default - none
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Secrets of Secrets Manager, by the name of the environment variable that each is found in.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: BuildSecret };

  /**
   * Environment variables that the commands set and that later steps may use, as `step.variable('NAME')`. At most 15.
   *
   * @default - none
   */
  readonly exportedVariables?: string[];

  /**
   * The folder that becomes the artifact, relative to the top of its first input. The files keep the name of the folder in their paths:
   * `dist/index.html` stays `dist/index.html`.
   *
   * @default - none: the step hands on nothing
   */
  readonly outputDirectory?: string;

  /**
   * The machine that the commands run on: SMALL, MEDIUM or LARGE.
   *
   * @default BuildSize.SMALL
   */
  readonly size?: BuildSize;

  /**
   * The network that the commands run in, without a proxy.
   *
   * @default - one of CodePipeline, with a way to the internet and none to yours
   */
  readonly network?: BuildNetwork;
}

/** Options of {@link BuildStep.ecrBuildAndPublish}. */
export interface EcrBuildAndPublishOptions extends StepOptions {
  /**
   * The folder that the Dockerfile is in, relative to the top of its input.
   *
   * @default - the top
   */
  readonly dockerfileDirectory?: string;

  /**
   * Tags that the image gets: each 1 to 128 letters, digits, `_`, `.` and `-`, or a variable that holds an id, such as ``
   * `${source.variable('CommitId')}` ``.
   *
   * @default ['latest']
   */
  readonly tags?: string[];

  /**
   * It hands on `imageDetail.json`, as the ECR source does, so that the image can be released by its digest. A second action, `<step>-Detail`,
   * makes it on compute of CodePipeline; the artifact is named like that action.
   *
   * @default false
   */
  readonly makesArtifact?: boolean;
}

/** Options of {@link BuildStep.project}. */
export interface ExistingProjectOptions extends StepOptions {
  /**
   * The project runs the batch that its buildspec describes. It needs a batch configuration with a role of its own.
   *
   * @default false
   */
  readonly batch?: boolean;

  /**
   * Environment variables that go before those of the project. They stand in the template as they are: never put a secret here. Ids and digests of
   * earlier steps are filled in at each run.
   *
   * @default - those of the project
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * The variables under `exported-variables` in its buildspec that later steps may use, as `step.variable('NAME')`.
   *
   * @default - none
   */
  readonly exportedVariables?: string[];

  /**
   * Its buildspec has `artifacts`, for later steps.
   *
   * @default false
   */
  readonly makesArtifact?: boolean;

  /**
   * Names of further artifacts. Its buildspec must list them below `secondary-artifacts` as `<step>_<name>`, and the artifact of the step itself as
   * `<step>`.
   *
   * @default - none
   */
  readonly outputNames?: string[];
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

/** Options of {@link BuildStep.jenkins}. */
export interface JenkinsOptions extends StepOptions {
  /**
   * Name of the provider, as the CodePipeline plugin of your Jenkins and the action type in your account have it: 1 to 35 letters, digits, `_` and
   * `-`.
   */
  readonly providerName: string;

  /**
   * Version of the action type: 1 to 9 letters, digits, `_` and `-`.
   *
   * @default '1'
   */
  readonly typeVersion?: string;

  /**
   * The job makes files for later steps.
   *
   * @default false
   */
  readonly makesArtifact?: boolean;
}
