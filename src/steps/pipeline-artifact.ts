import { aws_codepipeline as codepipeline } from 'aws-cdk-lib';

/** Value of an error about an artifact without a name. */
export const UNNAMED_ARTIFACT = 'an artifact without a name';

/**
 * Files that a step passes to later steps.
 *
 * `build.artifact` is the main artifact of a step, `build.artifactNamed('docs')` an additional one.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome-introducing-artifacts.html
 *
 * @example
 * const build = BuildStep.nodeJs({ outputs: { docs: 'docs/html' } });
 * TestStep.shell(['./check-links.sh'], { inputs: [build.artifactNamed('docs')] });
 */
export class PipelineArtifact {
  /**
   * Imports the output of an action of aws-codepipeline-actions as an input for other steps.
   *
   * @param artifact artifact with an explicit name, such as `new codepipeline.Artifact('Docs')`
   */
  public static fromCodePipelineArtifact(artifact: codepipeline.Artifact): PipelineArtifact {
    // An artifact without a name gets one when its pipeline is created. The step that produces it reports the problem.
    return new PipelineArtifact(artifact?.artifactName ?? UNNAMED_ARTIFACT);
  }

  /** @internal */
  public static _of(artifactName: string): PipelineArtifact {
    return new PipelineArtifact(artifactName);
  }

  private constructor(
    /**
     * Name of the artifact in the pipeline. A build finds it in the folder `CODEBUILD_SRC_DIR_<name>`, unless it is the
     * first input of the build.
     */
    public readonly artifactName: string,
  ) {}

  /** Returns the artifact for an action of aws-codepipeline-actions, for use with {@link CustomStep.action}. */
  public toCodePipelineArtifact(): codepipeline.Artifact {
    return codepipeline.Artifact.artifact(this.artifactName);
  }
}
