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
    const testCommands = options?.testCommands ?? test;
    // A build can consist of tests only, which write no artifact.
    const buildsNothing = options?.buildCommands?.length === 0 && testCommands.length > 0;
    const fixIfEmpty = testCommands.length === 0 ? 'add commands that write the output folder' : undefined;
    const step = planBuild(
      {
        provider: 'codeBuild',
        stepName,
        options,
        phases: {
          install: [{ prop: 'installCommands', commands: options?.installCommands ?? install }],
          build: [
            { prop: 'testCommands', commands: testCommands },
            { prop: 'buildCommands', commands: options?.buildCommands ?? build, fixIfEmpty },
          ],
        },
        outputDirectory: options?.outputDirectory ?? (buildsNothing ? undefined : output),
        language: { language, version },
        cachePaths: options?.cachePaths,
        reportDefaults: language,
      },
      context,
    );
    return [step];
  }
}
