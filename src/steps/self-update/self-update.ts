import { type SelfUpdateOptions, planSelfUpdate, type SelfUpdateSpec } from './plan';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import type { PipelineArtifact } from '../pipeline-artifact';

/**
 * Whether a pipeline deploys its own definition.
 *
 * With it, a stage `UpdatePipeline` comes right after the one that makes the assembly: it runs `cdk deploy` for the
 * stack of the pipeline and the stacks which that depends on. When the pipeline itself changes, the run ends there and
 * the newest revision begins anew, under the new definition. The stage costs what a build does: $0.005 a minute of
 * general1.small and $0.002 for each started minute of the action (us-east-1).
 *
 * The stack must have been deployed once by hand. It is a value and creates nothing by itself.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 *
 * @example
 * const build = BuildStep.nodeJs({ buildCommands: ['npm run build', 'npx cdk synth --quiet'], outputs: { assembly: 'cdk.out' } });
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   buildStep: build,
 *   selfUpdate: SelfUpdate.fromAssembly(build.artifactNamed('assembly')),
 * });
 */
export class SelfUpdate {
  /**
   * From the cloud assembly that a step has made: what `cdk synth` writes for the app that defines the pipeline.
   *
   * @param artifact the assembly (`cdk.out`), or a folder that holds it
   */
  public static fromAssembly(artifact: PipelineArtifact, options: SelfUpdateOptions = {}): SelfUpdate {
    return new SelfUpdate({ artifact, options });
  }

  /** People deploy the stack of the pipeline. */
  public static none(): SelfUpdate {
    return new SelfUpdate();
  }

  private constructor(
    private readonly assembly?: { readonly artifact: PipelineArtifact; readonly options: SelfUpdateOptions },
  ) {}

  /** @internal */
  public _plan(problems: Problems): StepPlan<SelfUpdateSpec> | undefined {
    return this.assembly && planSelfUpdate(this.assembly.artifact, this.assembly.options, problems);
  }
}
