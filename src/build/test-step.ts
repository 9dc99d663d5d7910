import { checkBuildStep } from './check-build';
import { planBuild } from './plan-build';
import type { ShellBuildOptions } from './project-options';
import type { StepPlan } from '../plan/pipeline-plan';
import type { Problem } from '../plan/problems';
import { PipelineStep } from '../step/pipeline-step';
import type { StepContext } from '../step/step-context';

/** Options of {@link TestStep.shell}. */
export interface ShellTestOptions extends ShellBuildOptions {}

/**
 * What a release is tested with.
 *
 * In an environment, tests run after its deployment, in the same stage, so that a test that fails takes the release back; they find what the environment tells of
 * itself in environment variables, e.g. `SITE_URL` for a static site.
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('staging', {
 *       tests: [TestStep.shell(['npx playwright test --base-url "$SITE_URL"'], { installCommands: ['npm ci'] })],
 *     }),
 *     new DeploymentEnvironment('production'),
 *   ],
 * });
 */
export class TestStep extends PipelineStep {
  /** Any commands, in a CodeBuild project of their own. They may take 8 hours at most. Test reports are read as JUnit, coverage reports as Clover. */
  public static shell(commands: string[], options: ShellTestOptions = {}): TestStep {
    const stepName = options.stepName ?? 'Test';
    return new TestStep(stepName, (context) => planBuild({
      provider: 'codeBuildTest',
      stepName,
      options,
      phases: { install: options.installCommands ?? [], build: commands, postBuild: [] },
      outputDirectory: options.outputDirectory,
      cachePaths: options.cachePaths,
      reports: [
        { name: 'tests', files: options.testReports ?? [], format: 'JUNITXML' },
        { name: 'coverage', files: options.coverageReports ?? [], format: 'CLOVERXML' },
      ],
    }, context));
  }

  private constructor(
    stepName: string, private readonly plan: (context: StepContext) => StepPlan, private readonly check: (prop: string) => Problem[] = () => [],
  ) {
    super(stepName);
  }

  /** @internal */
  public _plan(context: StepContext): StepPlan {
    return this.plan(context);
  }

  /** @internal */
  public override _check(prop: string): Problem[] {
    return [...super._check(prop), ...checkBuildStep(prop, this._plan({ defaultInput: 'Source' })), ...this.check(prop)];
  }
}
