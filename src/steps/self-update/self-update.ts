import { Token } from 'aws-cdk-lib';
import { checkFolder } from '../build/check-names';
import { planBuild } from '../build/plan-build';
import type { SelfUpdateOptions } from './self-update-options';
import { CLI_VERSION } from '../../aws/cdk';
import { LANGUAGES } from '../../aws/languages';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { UPDATE_PIPELINE, type SelfUpdatePlan } from './self-update-spec';
import type { PipelineArtifact } from '../pipeline-artifact';

/**
 * Whether a pipeline deploys its own definition.
 *
 * With it, a stage `UpdatePipeline` comes right after the one that makes the assembly: it runs `cdk deploy` for the stack of the pipeline and the
 * stacks which that depends on. When the pipeline itself changes, the run ends there and the newest revision begins anew, under the new definition.
 * The stage costs what a build does: $0.005 a minute of general1.small and $0.002 for each started minute of the action (us-east-1).
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
    private readonly given?: { readonly artifact: PipelineArtifact; readonly options: SelfUpdateOptions },
  ) {}

  /** @internal */
  public _plan(problems: Problems): StepPlan<SelfUpdatePlan> | undefined {
    if (!this.given) return undefined;
    const {
      artifact,
      options: { assemblyDirectory = '.', cliVersion, docker },
    } = this.given;
    problems.addAll(checkFolder(problems.at('assemblyDirectory').path, assemblyDirectory));
    validateCliVersion(cliVersion, problems.at('cliVersion'));
    const { spec: build, ...step } = planBuild(
      {
        provider: 'codeBuild',
        stepName: UPDATE_PIPELINE,
        options: { inputs: [artifact], directory: assemblyDirectory },
        phases: { install: [], build: [], postBuild: [] },
        language: { language: LANGUAGES.nodeJs },
        cachePaths: [],
        reports: [],
        more: { docker },
      },
      { defaultInput: artifact.artifactName, problems },
    );
    // It works on the assembly alone.
    return {
      ...step,
      readsFullClone: undefined,
      projectTexts: undefined,
      updatesPipeline: true,
      spec: { kind: 'self-update', build, cliVersion },
    };
  }
}

function validateCliVersion(cliVersion: string | undefined, problems: Problems): void {
  if (cliVersion === undefined || (!Token.isUnresolved(cliVersion) && CLI_VERSION.test(cliVersion))) return;
  problems.add(
    'be an exact version',
    Token.isUnresolved(cliVersion) ? 'a token' : cliVersion,
    "write it as in '2.1148.1', or leave it out: the assembly knows which it needs",
  );
}
