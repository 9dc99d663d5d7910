import { aws_iam as iam, Token, type aws_ecr as ecr } from 'aws-cdk-lib';
import { COMMANDS_COMPUTE } from '../../aws/builds';
import { COMMANDS_LIMITS } from '../../aws/limits';
import { definedValues } from '../../common/compact';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import {
  listOf,
  type OptionType,
  type OptionTypes,
  readOptions,
  TEXT,
  TEXT_RECORD,
  TEXTS,
  typeOf,
} from '../../pipeline/read-options';
import { namespaceOf } from '../../pipeline/variables';
import type { BuildNetwork } from '../build-network';
import { BUILD, type BuildPlanner } from '../step-planner';
import type { BuildSecret } from '../build-secret';
import type { BuildSize } from '../build/build-compute';
import { sortedByName } from '../build/build-variables';
import { NETWORK, SECRETS } from '../build/option-types';
import { commonStepFields, STEP_OPTIONS } from '../common-step-fields';
import type { NetworkPlan, SecretPlan } from '../build-access-plan';
import type { StepOptions } from '../pipeline-step';
import { planSecrets } from '../plan-environment-variables';
import type { StepContext } from '../step-context';
import { ADD_COMMAND, readCommands } from '../read-commands';
import { validateExports, validateFolder, validateVariableNames } from '../validate-names';
import { atMostCharacters, atMostVariables, characters } from '../../common/rules';
import { RESOURCE } from '../../pipeline/rules';

/** Options of {@link TestStep.commands}. */
export interface CommandsTestOptions extends StepOptions {
  /**
   * Environment variables, at most 10 including the secrets, with 1 to 2000 characters each. They are stored in the
   * template in plain text: never put a secret here. Variables of the pipeline and of earlier steps are substituted in
   * each execution, with any content, so quote them in commands: `"$NAME"`.
   *
   * @default - none
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Secrets Manager secrets, by the name of the environment variable that contains each.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: BuildSecret };

  /**
   * Environment variables that the commands set and that later steps can use as `step.variable('NAME')`. At most 15.
   *
   * @default - none
   */
  readonly exportedVariables?: string[];

  /**
   * Size of the machine: SMALL, MEDIUM or LARGE.
   *
   * @default BuildSize.SMALL
   */
  readonly size?: BuildSize;

  /**
   * Network of the commands. A proxy is not supported.
   *
   * @default - a network of CodePipeline with internet access and without access to your VPCs
   */
  readonly network?: BuildNetwork;

  /**
   * Permissions of the commands in AWS, as statements for the role of the step. In addition, the role can read its
   * inputs and secrets and write its log. To grant permissions with methods of constructs, use
   * {@link PipelinePattern.buildRole}.
   *
   * @default - no further permissions
   */
  readonly rolePolicyStatements?: iam.PolicyStatement[];
}

/** Options of {@link BuildStep.commands}. */
export interface CommandsOptions extends CommandsTestOptions {
  /**
   * Folder that becomes the artifact, relative to the root of the first input. The paths of the files still contain the
   * folder: `dist/index.html` remains `dist/index.html`.
   *
   * @default - none; the step produces no artifact
   */
  readonly outputDirectory?: string;
}

/** Describes commands that run on managed compute of CodePipeline. */
export interface CommandsSpec extends ActionSpec {
  readonly kind: 'commands';
  readonly secrets: Readonly<Record<string, SecretPlan>>;
  readonly network?: NetworkPlan;
  /** Further statements for the role of the step. */
  readonly rolePolicyStatements: readonly iam.PolicyStatement[];
  /** Repository whose images the commands describe. They read its URI from `IMAGE_REPOSITORY`. */
  readonly describes?: ecr.IRepository;
}

/** Type of statements for a role. CloudFormation would report others only when it deploys them. */
const ROLE_STATEMENT: OptionType = (value, problems) => {
  if (!IS_STATEMENT(value, problems)) return false;
  const errors = (value as iam.PolicyStatement).validateForIdentityPolicy();
  if (errors.length === 0) return true;
  const fix = 'set its actions and resources, and no principals, since the role is the principal';
  problems.add('be a statement of an identity-based policy', errors.join(' '), fix);
  return false;
};

const IS_STATEMENT = typeOf(
  'a PolicyStatement',
  "pass e.g. new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [arn] })",
  (value) => typeof value === 'object' && value !== null && 'validateForIdentityPolicy' in value,
);

/** Types of the options of tests. */
export const COMMANDS_TEST_OPTIONS: OptionTypes<CommandsTestOptions> = {
  ...STEP_OPTIONS,
  environmentVariables: TEXT_RECORD,
  secrets: SECRETS,
  exportedVariables: TEXTS,
  size: TEXT,
  network: NETWORK,
  rolePolicyStatements: listOf(ROLE_STATEMENT, 'pass a list, e.g. [statement]'),
};

const OPTIONS: OptionTypes<CommandsOptions> = { ...COMMANDS_TEST_OPTIONS, outputDirectory: TEXT };

/** Plans commands that run without a project. */
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
    const commands = readCommands(this.commands, context.problems.at('commands'), ADD_COMMAND);
    return [planCommands(this.stepName, commands, this.options, context)];
  }
}

/**
 * Plans a Commands action. The number and length of commands are validated with the whole pipeline.
 *
 * @param types types of the options that the step has
 */
export function planCommands(
  stepName: string,
  commands: readonly string[],
  providedOptions: CommandsOptions,
  context: StepContext,
  types: OptionTypes<CommandsTestOptions> = OPTIONS,
): StepPlan<CommandsSpec> {
  const { problems } = context;
  const options: Partial<CommandsOptions> = readOptions(providedOptions, types, problems);
  const { outputDirectory, exportedVariables = [], size } = options;
  const environmentVariables = sortedByName(options.environmentVariables);
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
    ...outputFields(step.name, outputDirectory),
    namespace: namespaceOf(step.name),
    exports: exportedVariables,
    commands,
    environmentVariables,
    configuration: definedValues({ ComputeType: size }),
    propNames: { ComputeType: 'size' },
    spec: {
      kind: 'commands',
      secrets,
      network: planNetwork(options.network, problems.at('network')),
      rolePolicyStatements: options.rolePolicyStatements ?? [],
    },
  };
}

function outputFields(step: string, directory: string | undefined): Pick<StepPlan, 'outputs' | 'files'> {
  if (directory === undefined) return { outputs: [] };
  return { outputs: [step], files: [filesBelow(directory)] };
}

function filesBelow(directory: string): string {
  return directory === '.' ? '**/*' : `${directory}/**/*`;
}

function planCommandsSecrets({ secrets }: CommandsTestOptions, problems: Problems): Record<string, SecretPlan> {
  const plans = planSecrets(secrets, problems);
  for (const [name] of Object.entries(plans).filter(([, { kind }]) => kind !== 'secrets-manager')) {
    const fix = 'use BuildSecret.secretsManager, or BuildStep.shell; Commands actions read only from Secrets Manager';
    problems.at(name).add(`be ${RESOURCE.secret}`, 'a parameter', fix);
  }
  return plans;
}

function validateVariables(
  { environmentVariables = {}, secrets = {}, exportedVariables = [] }: CommandsTestOptions,
  problems: Problems,
): void {
  const names = { environmentVariables: Object.keys(environmentVariables), secrets: Object.keys(secrets) };
  const { environmentValue: length, outputVariables } = COMMANDS_LIMITS;
  validateVariableNames(names, problems);
  for (const [name, value] of Object.entries(environmentVariables)) {
    if (Token.isUnresolved(value) || (value.length >= length.min && value.length <= length.max)) continue;
    const at = problems.at('environmentVariables').at(name);
    at.add(characters(length), value, 'shorten the value, or remove an empty variable');
  }
  const count = names.environmentVariables.length + names.secrets.length;
  if (count > COMMANDS_LIMITS.environmentVariables) {
    problems.add(AT_MOST_VARIABLES, count, 'combine values, or use BuildStep.shell');
  }
  const at = problems.at('exportedVariables');
  validateExports(exportedVariables, names.secrets, at);
  if (exportedVariables.length > outputVariables) {
    const fix = 'export fewer, or write them to a file of the artifact';
    at.add(atMostVariables(outputVariables), exportedVariables.length, fix);
  }
}

/** Rule of the number of environment variables of a Commands action. */
const AT_MOST_VARIABLES = `have at most ${COMMANDS_LIMITS.environmentVariables} environment variables and secrets`;

function validateOutput(directory: string, problems: Problems): void {
  validateFolder(directory, problems);
  const { filePattern } = COMMANDS_LIMITS;
  if (filesBelow(directory).length <= filePattern) return;
  const rule = atMostCharacters(filePattern - filesBelow('').length);
  problems.add(rule, directory, 'move the files to a folder with a shorter path');
}

/** Plans a network. Commands actions do not support a proxy. */
function planNetwork(network: BuildNetwork | undefined, problems: Problems): NetworkPlan | undefined {
  const plan = network?._plan(problems);
  if (plan?.proxy) problems.add('not have a proxy for a Commands action', 'a proxy', 'use BuildStep.shell');
  return plan;
}
