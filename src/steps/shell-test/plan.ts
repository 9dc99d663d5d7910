import type { ShellTestOptions } from './options';
import { checkBuildStep } from '../build/check-build';
import { planBuild, type BuildRequest } from '../build/plan-build';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { readRequired } from '../../pipeline/option-types';
import { TEXTS } from '../../pipeline/read-options';

/** Plans a test whose commands run in a CodeBuild project of their own. */
export class ShellTest implements StepPlanner {
  public readonly stepName: string;

  public constructor(
    private readonly commands: readonly string[],
    private readonly options: ShellTestOptions,
  ) {
    this.stepName = options?.stepName ?? 'Test';
  }

  public plan(context: StepContext): StepPlan[] {
    const commands = readTestCommands(this.commands, context);
    if (!commands) return [];
    return [planTestProject({ stepName: this.stepName, commands, options: this.options ?? {} }, context)];
  }
}

/** Reads the commands of a test, which must not be left out. */
export function readTestCommands(
  commands: readonly string[],
  { problems }: StepContext,
): readonly string[] | undefined {
  return readRequired(commands, TEXTS, problems.at('commands'));
}

interface TestProject {
  readonly stepName: string;
  readonly commands: readonly string[];
  readonly options: ShellTestOptions;
  readonly more?: BuildRequest['more'];
}

/** Plans the CodeBuild project of a test. */
export function planTestProject({ stepName, commands, options, more }: TestProject, context: StepContext): StepPlan {
  const step = planBuild(
    {
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
      more,
    },
    context,
  );
  context.problems.addAll(checkBuildStep(context.problems.path, step));
  return step;
}
