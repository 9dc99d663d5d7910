import type { BuildRequest } from './build-request';
import type { MatrixBuildOptions, ShellBuildOptions } from './options';
import { MATRIX_OPTIONS, SHELL_OPTIONS } from './option-types';
import { planBuild } from './plan';
import { validateNames } from '../../pipeline/option-names';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { FLAG, readRequired, readValue, recordOf, TEXTS } from '../../pipeline/read-options';
import { BUILD, type BuildPlanner } from '../step-planner';
import type { StepContext } from '../step-context';
import { ADD_COMMAND } from '../read-commands';

/** Returns the request of a build that runs plain commands, without its provider and name. */
export function shellRequest(
  commands: readonly string[],
  options: ShellBuildOptions,
): Omit<BuildRequest, 'provider' | 'stepName'> {
  return {
    options,
    phases: {
      install: [{ prop: 'installCommands', commands: options?.installCommands }],
      build: [{ prop: 'commands', commands, fixIfEmpty: ADD_COMMAND }],
    },
    outputDirectory: options?.outputDirectory,
    cachePaths: options?.cachePaths,
  };
}

/** Plans a build that runs plain commands. */
export class ShellBuild implements BuildPlanner {
  public readonly stepName: string;
  public readonly exportedVariables?: readonly string[];

  public constructor(
    private readonly commands: readonly string[],
    private readonly options: ShellBuildOptions,
  ) {
    this.stepName = options?.stepName ?? BUILD;
    this.exportedVariables = options?.exportedVariables;
  }

  public plan(context: StepContext): StepPlan[] {
    const { stepName, commands, options } = this;
    validateNames(options, Object.keys(SHELL_OPTIONS), context.problems);
    return [planBuild({ ...shellRequest(commands, options), provider: 'codeBuild', stepName }, context)];
  }
}

const VARIABLES_FIX = "pass an object, e.g. { NODE_VERSION: ['22', '24'] }";
const VARIABLES = recordOf(TEXTS, VARIABLES_FIX);

/** Plans a build that runs the same commands with every combination of values. */
export class MatrixBuild implements BuildPlanner {
  public readonly stepName: string;

  public constructor(
    private readonly commands: readonly string[],
    private readonly variables: Readonly<Record<string, readonly string[]>>,
    private readonly options: MatrixBuildOptions,
  ) {
    this.stepName = options?.stepName ?? BUILD;
  }

  public plan(context: StepContext): StepPlan[] {
    const { stepName, commands, options } = this;
    const { problems } = context;
    validateNames(options, Object.keys(MATRIX_OPTIONS), problems);
    const at = problems.at('variables');
    const variables = readRequired(this.variables, VARIABLES, at);
    const failFast = readValue(options?.failFast, FLAG, problems.at('failFast')) ?? false;
    const extra = variables && { matrix: { variables, failFast } };
    return [planBuild({ ...shellRequest(commands, options), provider: 'codeBuild', stepName, extra }, context)];
  }
}
