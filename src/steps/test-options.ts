import type { ShellBuildOptions } from './build/options';
import type { StateMachineInput } from './state-machine/state-machine-input';
import type { PipelineArtifact } from './pipeline-artifact';
import type { PipelineStep, StepOptions } from './pipeline-step';

/** Options of {@link TestStep.shell}. */
export interface ShellTestOptions extends ShellBuildOptions {}

/** Options of {@link TestStep.inspectorScan}. Each number says how many findings of that severity pass; one more fails the step. */
export interface InspectorScanOptions extends StepOptions {
  /**
   * How many critical findings pass.
   *
   * @default 0
   */
  readonly maxCritical?: number;

  /**
   * How many high findings pass.
   *
   * @default 0
   */
  readonly maxHigh?: number;

  /**
   * How many medium findings pass.
   *
   * @default - any number
   */
  readonly maxMedium?: number;

  /**
   * How many low findings pass.
   *
   * @default - any number
   */
  readonly maxLow?: number;
}

/** Options of {@link TestStep.inspectorImageScan}. Inputs are of no use to it. */
export interface InspectorImageScanOptions extends InspectorScanOptions {
  /**
   * Tag of the image. May hold variables of earlier steps.
   *
   * @default 'latest'
   */
  readonly imageTag?: string;
}

/** How many vulnerabilities of an image pass. One more of a severity fails the step. */
export interface ImageScanThresholds {
  /**
   * How many critical findings pass.
   *
   * @default 0
   */
  readonly maxCritical?: number;

  /**
   * How many high findings pass.
   *
   * @default - any number
   */
  readonly maxHigh?: number;

  /**
   * How many medium findings pass.
   *
   * @default - any number
   */
  readonly maxMedium?: number;

  /**
   * How many low findings pass.
   *
   * @default - any number
   */
  readonly maxLow?: number;
}

/** Options of {@link TestStep.imageScan}. */
export interface ImageScanOptions extends ImageScanThresholds {
  /**
   * Name of the step: 1 to 60 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete.
   *
   * @default 'Scan'
   */
  readonly stepName?: string;

  /**
   * Steps of the same stage that must succeed before this one starts, besides the one that pushes the image.
   *
   * @default - none
   */
  readonly after?: PipelineStep[];
}

/** Options of {@link TestStep.dockerImage}. */
export interface DockerImageTestOptions extends ShellBuildOptions {}

/** What every step can be told that calls something of yours. */
export interface InvokeTestOptions {
  /**
   * Name of the step: 1 to 60 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete.
   *
   * @default 'Test'
   */
  readonly stepName?: string;

  /**
   * Steps of the same stage that must succeed before this one starts, besides those whose artifacts and variables it uses.
   *
   * @default - none
   */
  readonly after?: PipelineStep[];

  /**
   * It makes files for later steps, as `step.artifact`.
   *
   * @default false
   */
  readonly makesArtifact?: boolean;
}

/** Options of {@link TestStep.lambdaFunction}. */
export interface LambdaTestOptions extends InvokeTestOptions {
  /**
   * The artifacts that it is told of, at most 5. The event holds their places and credentials to read them.
   *
   * @default - none
   */
  readonly inputs?: PipelineArtifact[];

  /**
   * What the function is told, as a JSON object in `UserParameters`; together at most 1000 characters. They stand in the template and in the
   * event: never put a secret here. What the environment tells of itself that the step tests is added, e.g. `SITE_URL`.
   *
   * @default - nothing besides that
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Names of the variables that the function returns in `outputVariables` and that later steps may use, as `step.variable('NAME')`.
   *
   * @default - any name is taken for one
   */
  readonly exportedVariables?: string[];
}

/** Options of {@link TestStep.stepFunction}. */
export interface StepFunctionTestOptions extends InvokeTestOptions {
  /**
   * What the execution gets.
   *
   * @default - a JSON object with what the environment tells of itself that the step tests
   */
  readonly input?: StateMachineInput;
}
