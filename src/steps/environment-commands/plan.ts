import { COMMANDS_LIMITS } from '../../aws/limits';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import { definedNames, mapValues, namespaceReplacer } from '../common-step-fields';
import { COMMANDS_TEST_OPTIONS, type CommandsSpec, type CommandsTestOptions, planCommands } from '../commands/plan';
import { ADD_COMMAND, readCommands } from '../read-commands';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';

/** Describes commands that run in the account and Region of the environment that they test. */
export interface EnvironmentCommandsSpec extends ActionSpec {
  readonly kind: 'environment-commands';
  readonly environment: string;
  readonly commands: CommandsSpec;
}

/**
 * Plans a test whose commands run without a project. In an environment, they run in its account and Region; in other
 * stages, in those of the pipeline.
 */
export class CommandsTest implements StepPlanner {
  public readonly stepName: string;
  public readonly inTestedEnv = true;

  public constructor(
    private readonly commands: readonly string[],
    private readonly options: CommandsTestOptions,
  ) {
    this.stepName = options?.stepName ?? 'Test';
  }

  public plan(context: StepContext): Array<StepPlan<CommandsSpec | EnvironmentCommandsSpec>> {
    const { environment, problems } = context;
    const commands = readCommands(this.commands, problems.at('commands'), ADD_COMMAND);
    const step = planCommands(this.stepName, commands, this.options, context, COMMANDS_TEST_OPTIONS);
    if (environment === undefined) return [step];
    const { environmentVariables = {}, spec } = step;
    const replace = namespaceReplacer(context);
    return [
      {
        ...step,
        commands: commands.map(replace),
        environmentVariables: mapValues(environmentVariables, replace),
        inTestedEnv: true,
        readsStackOutputs: 'variables',
        maxVariables: COMMANDS_LIMITS.environmentVariables,
        definedNames: [
          ...definedNames('environmentVariables', environmentVariables),
          ...definedNames('secrets', spec.secrets),
        ],
        spec: { kind: 'environment-commands', environment, commands: spec },
      },
    ];
  }
}
