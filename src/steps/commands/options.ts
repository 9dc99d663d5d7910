import type { BuildSize } from '../build/build-compute';
import type { BuildNetwork } from '../build-network';
import type { BuildSecret } from '../build-secret';
import type { StepOptions } from '../pipeline-step';

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
