import { Token, type aws_ecr as ecr } from 'aws-cdk-lib';
import { COMMANDS_COMPUTE } from '../../aws/builds';
import { COMMANDS_LIMITS } from '../../aws/limits';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { type OptionTypes, readOptions, TEXT, TEXT_RECORD, TEXTS } from '../../pipeline/read-options';
import { namespaceOf } from '../../pipeline/variables';
import type { BuildNetwork } from '../build-network';
import { BUILD, type BuildPlanner } from '../step-planner';
import type { BuildSecret } from '../build-secret';
import type { BuildSize } from '../build/build-compute';
import { NETWORK, SECRETS } from '../build/option-types';
import { commonStepFields, STEP_OPTIONS } from '../common-step-fields';
import type { NetworkPlan, SecretPlan } from '../build-access-plan';
import type { StepOptions } from '../pipeline-step';
import { planSecrets } from '../plan-environment-variables';
import type { StepContext } from '../step-context';
import { NAME_COMMANDS, readCommands } from '../validate-commands';
import { validateExports, validateFolder, validateVariableNames } from '../validate-names';

/** Options of {@link BuildStep.commands}. */
export interface CommandsOptions extends StepOptions {
  /**
   * Environment variables, at most 10 together with the secrets, 1 to 2000 characters each. They stand in the template
   * as they are: never put a secret here. Variables of the pipeline and of earlier steps are filled in at each run,
   * whatever they hold: write `"$NAME"` with its quotes in the command.
   *
   * @default - none
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Secrets of Secrets Manager, by the name of the environment variable that each is found in.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: BuildSecret };

  /**
   * Environment variables that the commands set and that later steps may use, as `step.variable('NAME')`. At most 15.
   *
   * @default - none
   */
  readonly exportedVariables?: string[];

  /**
   * The folder that becomes the artifact, relative to the top of its first input. The files keep the name of the folder
   * in their paths: `dist/index.html` stays `dist/index.html`.
   *
   * @default - none: the step hands on nothing
   */
  readonly outputDirectory?: string;

  /**
   * The machine that the commands run on: SMALL, MEDIUM or LARGE.
   *
   * @default BuildSize.SMALL
   */
  readonly size?: BuildSize;

  /**
   * The network that the commands run in, without a proxy.
   *
   * @default - one of CodePipeline, with a way to the internet and none to yours
   */
  readonly network?: BuildNetwork;
}

/** Describes commands on compute of CodePipeline. */
export interface CommandsSpec extends ActionSpec {
  readonly kind: 'commands';
  readonly secrets: Readonly<Record<string, SecretPlan>>;
  readonly network?: NetworkPlan;
  /** Repository whose images are described; commands find its URI in `IMAGE_REPOSITORY`. */
  readonly describes?: ecr.IRepository;
}

const OPTIONS: OptionTypes<CommandsOptions> = {
  ...STEP_OPTIONS,
  environmentVariables: TEXT_RECORD,
  secrets: SECRETS,
  exportedVariables: TEXTS,
  outputDirectory: TEXT,
  size: TEXT,
  network: NETWORK,
};

/** Plans commands without a project. */
export class CommandsBuild implements BuildPlanner {
  public readonly stepName: string;
  public readonly exportedVariables?: readonly string[];

  public constructor(
    private readonly commands: readonly string[],
    private readonly options: CommandsOptions,
  ) {
    this.stepName = options?.stepName ?? BUILD;
    this.exportedVariables = options?.exportedVariables;
  }

  public plan(context: StepContext): Array<StepPlan<CommandsSpec>> {
    const commands = readCommands(this.commands, context.problems.at('commands'), NAME_COMMANDS);
    return [planCommands(this.stepName, commands, this.options, context)];
  }
}

/**
 * Plans a Commands action. How many commands there are, and how long they are, is validated with the whole pipeline.
 */
export function planCommands(
  stepName: string,
  commands: readonly string[],
  givenOptions: CommandsOptions,
  context: StepContext,
): StepPlan<CommandsSpec> {
  const { problems } = context;
  const options = readOptions(givenOptions, OPTIONS, problems);
  const { outputDirectory, environmentVariables = {}, exportedVariables = [], size } = options;
  const step = commonStepFields(stepName, options, context);
  const secrets = planCommandsSecrets(options, problems.at('secrets'));
  validateVariables(options, problems);
  if (outputDirectory !== undefined) validateOutput(outputDirectory, problems.at('outputDirectory'));
  if (size !== undefined && !COMMANDS_COMPUTE.includes(size)) {
    problems.at('size').add('be SMALL, MEDIUM or LARGE', size, 'use BuildStep.shell for a larger machine');
  }
  return {
    ...step,
    provider: 'commands',
    outputs: outputDirectory === undefined ? [] : [step.name],
    ...(outputDirectory !== undefined && { files: [filesBelow(outputDirectory)] }),
    namespace: namespaceOf(step.name),
    exports: exportedVariables,
    commands,
    environmentVariables,
    configuration: { ...(size && { ComputeType: size }) },
    propNames: { ComputeType: 'size' },
    spec: { kind: 'commands', secrets, network: planNetwork(options.network, problems.at('network')) },
  };
}

function filesBelow(directory: string): string {
  return directory === '.' ? '**/*' : `${directory}/**/*`;
}

function planCommandsSecrets({ secrets }: CommandsOptions, problems: Problems): Record<string, SecretPlan> {
  const plans = planSecrets(secrets, problems);
  for (const [name] of Object.entries(plans).filter(([, { kind }]) => kind !== 'secrets-manager')) {
    const fix = 'Commands actions read nothing else; use BuildSecret.secretsManager, or BuildStep.shell';
    problems.at(name).add('be a secret of Secrets Manager', 'a parameter', fix);
  }
  return plans;
}

function validateVariables(
  { environmentVariables = {}, secrets = {}, exportedVariables = [] }: CommandsOptions,
  problems: Problems,
): void {
  const names = { environmentVariables: Object.keys(environmentVariables), secrets: Object.keys(secrets) };
  const { environmentValue: length, environmentVariables: most, outputVariables } = COMMANDS_LIMITS;
  validateVariableNames(names, problems);
  for (const [name, value] of Object.entries(environmentVariables)) {
    if (Token.isUnresolved(value) || (value.length >= length.min && value.length <= length.max)) continue;
    const at = problems.at('environmentVariables').at(name);
    at.add(`have ${length.min} to ${length.max} characters`, value, 'shorten the value, or leave an empty one out');
  }
  const count = names.environmentVariables.length + names.secrets.length;
  if (count > most) {
    const fix = 'put values that belong together into one, or use BuildStep.shell';
    problems.add(`have at most ${most} environment variables and secrets`, count, fix);
  }
  const at = problems.at('exportedVariables');
  validateExports(exportedVariables, names.secrets, at);
  if (exportedVariables.length > outputVariables) {
    at.add(`hold at most ${outputVariables}`, exportedVariables.length, 'export fewer, or hand them on in a file');
  }
}

function validateOutput(directory: string, problems: Problems): void {
  validateFolder(directory, problems);
  const { filePattern } = COMMANDS_LIMITS;
  if (filesBelow(directory).length <= filePattern) return;
  const rule = `have at most ${filePattern - filesBelow('').length} characters`;
  problems.add(rule, directory, 'move the files to a folder with a shorter path');
}

/** Plans a network. Commands actions have no settings for a proxy. */
function planNetwork(network: BuildNetwork | undefined, problems: Problems): NetworkPlan | undefined {
  const plan = network?._plan(problems);
  if (plan?.proxy) problems.add('have no proxy for a Commands action', 'a proxy', 'use BuildStep.shell');
  return plan;
}
