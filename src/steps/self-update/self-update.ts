import { type SelfUpdateOptions, planSelfUpdate, type SelfUpdateSpec } from './plan';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import type { PipelineArtifact } from '../pipeline-artifact';

/**
 * Deployment of the pipeline by itself.
 *
 * A stage `UpdatePipeline` follows the stage that builds the cloud assembly. It runs `cdk deploy` for the stack of the
 * pipeline and the stacks that it depends on. If the update changes the pipeline, the current execution ends, and a new
 * execution starts with the latest revision under the new definition. The stage is charged as a build: $0.005 per
 * minute of general1.small, and $0.002 per started minute of the action (us-east-1).
 *
 * Deploy the stack once manually before the first execution. A self-update is a value that creates no resources until
 * it is passed to a pipeline.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 *
 * @example
 * const build = BuildStep.nodeJs({
 *   buildCommands: ['npm run build', 'npx cdk synth --quiet'],
 *   outputs: { assembly: 'cdk.out' },
 * });
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   buildStep: build,
 *   selfUpdate: SelfUpdate.fromAssembly(build.artifactNamed('assembly')),
 * });
 */
export class SelfUpdate {
  /**
   * Deploys from a cloud assembly that a step builds: the output of `cdk synth` of the app that defines the pipeline.
   *
   * @param artifact artifact that is the assembly (`cdk.out`), or that contains it in a folder
   */
  public static fromAssembly(artifact: PipelineArtifact, options: SelfUpdateOptions = {}): SelfUpdate {
    return new SelfUpdate({ artifact, options });
  }

  /** Does not update the pipeline: its stack is deployed manually. */
  public static none(): SelfUpdate {
    return new SelfUpdate(null);
  }

  private constructor(
    private readonly assembly: {
      readonly artifact: PipelineArtifact;
      readonly options: SelfUpdateOptions;
    } | null,
  ) {}

  /** @internal */
  public _plan(problems: Problems): StepPlan<SelfUpdateSpec> | undefined {
    const { assembly } = this;
    return assembly === null ? undefined : planSelfUpdate(assembly.artifact, assembly.options, problems);
  }
}
