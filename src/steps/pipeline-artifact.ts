import { aws_codepipeline as codepipeline } from 'aws-cdk-lib';

/**
 * Files that one step hands to later ones.
 *
 * Steps make them: `build.artifact` is the main one, `build.artifactNamed('docs')` a further one.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome-introducing-artifacts.html
 *
 * @example
 * const build = BuildStep.nodeJs({ outputs: { docs: 'docs/html' } });
 * TestStep.shell(['./check-links.sh'], { inputs: [build.artifactNamed('docs')] });
 */
export class PipelineArtifact {
  /**
   * What an action of aws-codepipeline-actions makes, for steps of ours.
   *
   * @param artifact one with a name, as in `new codepipeline.Artifact('Docs')`
   */
  public static fromCodePipelineArtifact(artifact: codepipeline.Artifact): PipelineArtifact {
    // One without a name gets it when its pipeline is made; the step that makes it tells what to do.
    return new PipelineArtifact(artifact?.artifactName ?? 'an artifact without a name');
  }

  /** @internal */
  public static _of(artifactName: string): PipelineArtifact {
    return new PipelineArtifact(artifactName);
  }

  private constructor(
    /**
     * Its name in the pipeline. A build finds it in the folder `CODEBUILD_SRC_DIR_<name>`, unless it is the first of
     * its inputs.
     */
    public readonly artifactName: string,
  ) {}

  /** The same artifact for actions of aws-codepipeline-actions, to be used in {@link CustomStep.action}. */
  public toCodePipelineArtifact(): codepipeline.Artifact {
    return codepipeline.Artifact.artifact(this.artifactName);
  }
}
