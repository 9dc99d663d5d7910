import type { LanguageBuildOptions } from './options';
import { planBuild } from './plan';
import type { Language } from '../../aws/languages';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { BUILD, type BuildPlanner } from '../step-planner';
import type { StepContext } from '../step-context';

/** Plans a build with the standard tool of a language. */
export class LanguageBuild implements BuildPlanner {
  public readonly stepName: string;
  public readonly exportedVariables?: readonly string[];

  public constructor(
    private readonly language: Language,
    private readonly options: LanguageBuildOptions,
    private readonly version: string | undefined,
  ) {
    this.stepName = options?.stepName ?? BUILD;
    this.exportedVariables = options?.exportedVariables;
  }

  public plan(context: StepContext): StepPlan[] {
    const { language, options, version, stepName } = this;
    const { install, test, build, output } = language;
    const tests = options?.testCommands ?? test;
    const step = planBuild(
      {
        provider: 'codeBuild',
        stepName,
        options,
        phases: {
          install: [{ prop: 'installCommands', commands: options?.installCommands ?? install }],
          build: [
            { prop: 'testCommands', commands: tests },
            {
              prop: 'buildCommands',
              commands: options?.buildCommands ?? build,
              // Tests alone are a build, too.
              ...(tests.length === 0 && { fixIfEmpty: 'say what fills the output folder' }),
            },
          ],
        },
        outputDirectory: options?.outputDirectory ?? output,
        language: { language, version },
        cachePaths: options?.cachePaths,
        reportDefaults: language,
      },
      context,
    );
    return [step];
  }
}
