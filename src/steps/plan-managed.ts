import type { ProjectPlan } from './build/build-spec';
import type { EcrBuildAndPublishSpec } from './ecr-build-and-publish/ecr-build-and-publish-spec';
import type { CommandsSpec } from './commands/commands-spec';
import { type aws_codebuild as codebuild, type aws_ecr as ecr, Token } from 'aws-cdk-lib';
import { checkCommandsNetwork } from './build/check-compute';
import { checkTags } from './docker/check-docker';
import { mapSecrets, validateSecrets } from './build/check-secrets';
import { checkExports, checkFolder, checkOutputNames, checkVariableNames } from './build/check-names';
import type {
  CommandsOptions,
  EcrBuildAndPublishOptions,
  ExistingProjectOptions,
  JenkinsOptions,
} from './other-options';
import type { ActionProvider } from '../aws/action-providers';
import { COMMANDS_COMPUTE } from '../aws/builds';
import { COMMANDS_LIMITS, CUSTOM_ACTION_LIMITS } from '../aws/limits';
import type { StepPlan } from '../pipeline/pipeline-plan';
import { problem, type Problem } from '../pipeline/problems';
import { duplicates } from '../pipeline/duplicates';
import { holdsVariable, namespaceOf } from '../pipeline/variables';
import { commonStepFields } from './common-step-fields';
import { artifactName, type StepContext } from './step-context';

/** Commands without a project. */
export function planCommands(
  stepName: string,
  commands: readonly string[],
  options: CommandsOptions,
  context: StepContext,
): StepPlan<CommandsSpec> {
  const place = commonStepFields(stepName, options, context);
  const { outputDirectory, environmentVariables = {}, secrets = {}, exportedVariables = [] } = options;
  const secretPlans = mapSecrets(secrets);
  validateSecrets(secretPlans, context.problems.at('secrets'));
  return {
    ...place,
    provider: 'commands',
    outputs: outputDirectory === undefined ? [] : [place.name],
    ...(outputDirectory !== undefined && { files: [filesBelow(outputDirectory)] }),
    namespace: namespaceOf(place.name),
    exports: exportedVariables,
    commands,
    environmentVariables,
    configuration: { ...(options.size && { ComputeType: options.size }) },
    spec: {
      kind: 'commands',
      secrets: secretPlans,
      network: options.network?._plan(),
    },
  };
}

const filesBelow = (directory: string) => (directory === '.' ? '**/*' : `${directory}/**/*`);

/** Something is said. */
export const checkCommandList = (prop: string, commands: readonly string[]): Problem[] => [
  ...(commands.length > 0 ? [] : [problem(prop, 'hold at least one command', [], 'say what is to be done')]),
  ...commands
    .filter((command) => command.trim() === '')
    .map((command) => problem(prop, 'hold commands that are not empty', command, 'remove the empty command')),
];

/** How many commands there are and how long they are is checked where the plan is. */
export function checkCommands(prop: string, commands: readonly string[], options: CommandsOptions): Problem[] {
  const { environmentVariables = {}, secrets = {}, exportedVariables = [], outputDirectory, size, network } = options;
  const count = Object.keys(environmentVariables).length + Object.keys(secrets).length;
  const { environmentValue: length } = COMMANDS_LIMITS;
  return [
    ...checkCommandList(`${prop}.commands`, commands),
    ...checkVariableNames(prop, {
      environmentVariables: Object.keys(environmentVariables),
      secrets: Object.keys(secrets),
    }),
    ...Object.entries(environmentVariables)
      .filter(([, value]) => !Token.isUnresolved(value) && (value.length < length.min || value.length > length.max))
      .map(([name, value]) =>
        problem(
          `${prop}.environmentVariables.${name}`,
          `have ${length.min} to ${length.max} characters`,
          value,
          'shorten the value, or leave an empty one out',
        ),
      ),
    ...(count <= COMMANDS_LIMITS.environmentVariables
      ? []
      : [
          problem(
            prop,
            `have at most ${COMMANDS_LIMITS.environmentVariables} environment variables and secrets`,
            count,
            'put values that belong together into one, or use BuildStep.shell',
          ),
        ]),
    ...Object.entries(secrets)
      .filter(([, secret]) => secret._plan().kind !== 'secrets-manager')
      .map(([name]) =>
        problem(
          `${prop}.secrets.${name}`,
          'be a secret of Secrets Manager',
          'a parameter',
          'Commands actions read nothing else; use BuildSecret.secretsManager, or BuildStep.shell',
        ),
      ),
    ...checkExports(prop, exportedVariables, Object.keys(secrets)),
    ...(exportedVariables.length <= COMMANDS_LIMITS.outputVariables
      ? []
      : [
          problem(
            `${prop}.exportedVariables`,
            `hold at most ${COMMANDS_LIMITS.outputVariables}`,
            exportedVariables.length,
            'export fewer, or hand them on in a file',
          ),
        ]),
    ...(outputDirectory === undefined
      ? []
      : [
          ...checkFolder(`${prop}.outputDirectory`, outputDirectory),
          ...(filesBelow(outputDirectory).length <= COMMANDS_LIMITS.filePattern
            ? []
            : [
                problem(
                  `${prop}.outputDirectory`,
                  `have at most ${COMMANDS_LIMITS.filePattern - filesBelow('').length} characters`,
                  outputDirectory,
                  'move the files to a folder with a shorter path',
                ),
              ]),
        ]),
    ...(size === undefined || COMMANDS_COMPUTE.includes(size)
      ? []
      : [problem(`${prop}.size`, 'be SMALL, MEDIUM or LARGE', size, 'use BuildStep.shell for a larger machine')]),
    ...checkCommandsNetwork(`${prop}.network`, network?._plan()),
  ];
}

/** An image that CodePipeline builds. */
export function planEcrBuildAndPublish(
  stepName: string,
  repository: ecr.IRepository,
  options: EcrBuildAndPublishOptions,
  context: StepContext,
): StepPlan<EcrBuildAndPublishSpec> {
  const place = commonStepFields(stepName, options, context);
  return {
    ...place,
    provider: 'ecrBuildAndPublish',
    outputs: [],
    namespace: namespaceOf(place.name),
    configuration: {
      ...(options.dockerfileDirectory !== undefined && { DockerFilePath: options.dockerfileDirectory }),
      ...(options.tags && { ImageTags: options.tags.join(',') }),
    },
    spec: { kind: 'image', repository },
  };
}

export const checkEcrBuildAndPublish = (
  prop: string,
  { dockerfileDirectory, tags }: EcrBuildAndPublishOptions,
): Problem[] => [
  ...(dockerfileDirectory === undefined ? [] : checkFolder(`${prop}.dockerfileDirectory`, dockerfileDirectory)),
  ...checkTags(`${prop}.tags`, tags),
];

/** A project that exists. */
export function planProject(
  stepName: string,
  project: codebuild.IProject,
  options: ExistingProjectOptions,
  context: StepContext,
): StepPlan<ProjectPlan> {
  const place = commonStepFields(stepName, options, context);
  const variables = Object.entries(options.environmentVariables ?? {}).map(([name, value]) => ({
    name,
    value,
    type: 'PLAINTEXT',
  }));
  const outputs = [
    ...(options.makesArtifact ? [place.name] : []),
    ...(options.outputNames ?? []).map((name) => artifactName(place.name, name)),
  ];
  return {
    ...place,
    provider: 'codeBuild',
    outputs,
    namespace: namespaceOf(place.name),
    exports: options.exportedVariables ?? [],
    configuration: {
      ...(place.inputs.length > 1 && { PrimarySource: place.inputs[0] }),
      ...(variables.length > 0 && { EnvironmentVariables: JSON.stringify(variables) }),
      ...(options.batch && { BatchEnabled: 'true', ...(outputs.length > 0 && { CombineArtifacts: 'true' }) }),
    },
    propNames: { EnvironmentVariables: 'environmentVariables' },
    readsFullClone: true,
    spec: { kind: 'project', project, batch: options.batch ?? false },
  };
}

export const checkProject = (
  prop: string,
  { environmentVariables = {}, exportedVariables = [], outputNames = [] }: ExistingProjectOptions,
): Problem[] => [
  ...checkVariableNames(prop, { environmentVariables: Object.keys(environmentVariables) }),
  ...checkExports(prop, exportedVariables, []),
  ...checkOutputNames(`${prop}.outputNames`, outputNames),
  ...duplicates(outputNames).map((name) =>
    problem(`${prop}.outputNames`, 'name every output once', name, 'remove one of them'),
  ),
];

/** A job of Jenkins, whose plugin looks for work. */
export function planJenkins(
  stepName: string,
  projectName: string,
  options: JenkinsOptions,
  context: StepContext,
): StepPlan {
  const place = commonStepFields(stepName, options, context);
  return {
    ...place,
    provider: { ...JENKINS, provider: options.providerName, version: options.typeVersion ?? '1' },
    outputs: options.makesArtifact ? [place.name] : [],
    configuration: { ProjectName: projectName },
    spec: { kind: 'custom-type' },
  };
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-four-stage-pipeline.html */
const JENKINS = {
  category: 'Build',
  owner: 'Custom',
  inputs: { min: 0, max: 5 },
  outputs: { min: 0, max: 5 },
  configuration: { ProjectName: true },
  variables: [],
  see: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-four-stage-pipeline.html',
} as const satisfies Omit<ActionProvider, 'provider' | 'version'>;

export function checkJenkins(
  prop: string,
  projectName: string,
  { providerName, typeVersion = '1' }: JenkinsOptions,
): Problem[] {
  const { providerPattern, maxProviderLength, maxVersionLength } = CUSTOM_ACTION_LIMITS;
  const fits = (text: string, length: number) =>
    Token.isUnresolved(text) || (providerPattern.test(text) && text.length <= length);
  const words = (length: number) => `consist of 1 to ${length} letters, digits, '_' and '-'`;
  return [
    ...(projectName !== ''
      ? []
      : [problem(`${prop}.projectName`, 'name a job', projectName, 'use the name that the job has in Jenkins')]),
    ...(Token.isUnresolved(projectName) || !holdsVariable(projectName)
      ? []
      : [problem(`${prop}.projectName`, 'be known before a run', projectName, 'let one job decide by its input')]),
    ...(fits(providerName, maxProviderLength)
      ? []
      : [
          problem(
            `${prop}.providerName`,
            words(maxProviderLength),
            providerName,
            'use the name in the settings of the plugin',
          ),
        ]),
    ...(fits(typeVersion, maxVersionLength)
      ? []
      : [
          problem(
            `${prop}.typeVersion`,
            words(maxVersionLength),
            typeVersion,
            'use the version that the type was registered with',
          ),
        ]),
  ];
}
