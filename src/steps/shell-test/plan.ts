import { validateNames } from '../../pipeline/option-names';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ShellBuildOptions } from '../build/options';
import { SHELL_OPTIONS } from '../build/option-types';
import { planBuild } from '../build/plan';
import { shellRequest } from '../build/shell-build';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';

/** Options of {@link TestStep.shell}. */
export interface ShellTestOptions extends ShellBuildOptions {}

/** Plans a test whose commands run in a separate CodeBuild project. */
export class ShellTest implements StepPlanner {
  public readonly stepName: string;

  public constructor(
    private readonly commands: readonly string[],
    private readonly options: ShellTestOptions,
  ) {
    this.stepName = options?.stepName ?? 'Test';
  }

  public plan(context: StepContext): StepPlan[] {
    const { stepName, commands, options } = this;
    validateNames(options, Object.keys(SHELL_OPTIONS), context.problems);
    return [planBuild({ ...shellRequest(commands, options), provider: 'codeBuildTest', stepName }, context)];
  }
}
