import type { StepOptions } from '../pipeline-step';

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
