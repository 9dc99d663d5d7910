import { BuildCompute, BuildSize } from './build-compute';
import {
  propOfConfiguration,
  proxyVariables,
  substitutedValues,
  valuesOf,
  variablesConfiguration,
  variablesFrom,
} from './build-variables';
import type { BuildRequest, PlannedOutput, ReportDefaults } from './build-request';
import { PROJECT_OPTIONS } from './option-types';
import type { ProjectOptions } from './options';
import type { BuildSpec, ComputePlan, ReportPlan } from './spec';
import { validateBuild } from './validate-build';
import { ENVIRONMENT_TYPES } from '../../aws/builds';
import type { ProjectText, StepPlan, SynthWarning } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { readOptions, readValue, TEXT, TEXTS } from '../../pipeline/read-options';
import { namespaceOf } from '../../pipeline/variables';
import { commonStepFields, definedNames } from '../common-step-fields';
import { planSecrets } from '../plan-environment-variables';
import { artifactName, type StepContext } from '../step-context';
import { type CommandList, readCommands } from '../validate-commands';

/** Plans a step in a CodeBuild project of its own, and reports what is wrong with it. */
export function planBuild(request: BuildRequest, context: StepContext): StepPlan<BuildSpec> {
  const { problems } = context;
  const { more = {}, safeExports } = request;
  const options = readOptions(request.options, PROJECT_OPTIONS, problems);
  const step = commonStepFields(request.stepName, options, context);
  const phases = readPhases(request, problems);
  const outputs = planOutputs(step.name, request, options, problems);
  const cachePaths = readValue(request.cachePaths, TEXTS, problems.at('cachePaths'));
  const network = options.network?._plan(problems.at('network'));
  const variables = [
    ...proxyVariables(network),
    ...variablesFrom('environmentVariables', more.environmentVariables),
    ...Object.entries(more.variablesOfProps ?? {}).flatMap(([prop, values]) => variablesFrom(prop, values)),
    ...variablesFrom('environmentVariables', options.environmentVariables),
  ];
  const { compute, lambda, runtimes } = planMachine(request, options, problems);
  const spec: BuildSpec = {
    kind: 'build',
    directory: options.directory ?? '.',
    outputs: outputs.map(({ artifact, folder }) => ({ artifact, folder })),
    runtimes,
    phases: { install: phases.install.flatMap(commandsOf), build: phases.build.flatMap(commandsOf) },
    cachePaths: cachePaths ?? (lambda ? [] : (request.language?.language.cachePaths ?? [])),
    reports: planReports(request, options),
    environmentVariables: valuesOf(variables),
    secrets: planSecrets(options.secrets, problems.at('secrets')),
    exportedVariables: [...(more.exportedVariables ?? []), ...(options.exportedVariables ?? [])],
    compute,
    network,
    timeoutMinutes: options.timeout?.toMinutes({ integral: false }) ?? (lambda ? undefined : 60),
    docker: more.docker ?? false,
    layerCache: more.layerCache ?? false,
    pushesTo: more.pushesTo,
    pullsFrom: more.pullsFrom,
    baseImages: more.baseImages,
    assumedRoleArns: more.assumedRoleArns,
    matrix: more.matrix,
  };
  validateBuild({ spec, variables, outputs, options, request }, problems);
  return {
    ...step,
    provider: request.provider,
    outputs: outputs.map(({ artifact }) => artifact),
    namespace: namespaceOf(step.name),
    exports: spec.exportedVariables,
    ...(safeExports && { safeExports }),
    configuration: {
      ...(step.inputs.length > 1 && { PrimarySource: step.inputs[0] }),
      ...variablesConfiguration(substitutedValues(spec.environmentVariables)),
      ...(spec.matrix && { BatchEnabled: 'true', ...(outputs.length > 0 && { CombineArtifacts: 'true' }) }),
    },
    propNames: { EnvironmentVariables: propOfConfiguration(variables), PrimarySource: 'inputs' },
    readsFullClone: true,
    readsStackOutputs: true,
    definedNames: [
      ...variables.map(({ prop, name }) => ({ prop, name })),
      ...definedNames('secrets', options.secrets ?? {}),
    ],
    projectTexts: [
      ...[...phases.install, ...phases.build].flatMap(({ prop, commands }) => (prop ? textsOf(prop, commands) : [])),
      ...textsOf('cachePaths', cachePaths),
      ...outputs.map(({ prop, folder }) => ({ prop, text: folder })),
      { prop: request.directoryProp ?? 'directory', text: spec.directory },
      ...(more.texts ?? []),
      ...Object.entries(spec.matrix?.variables ?? {}).flatMap(([name, values]) => textsOf(`variables.${name}`, values)),
      ...variables.map(({ prop, value }) => ({ prop, text: value, substituted: true as const })),
    ],
    warnings: secretArguments(Object.keys(more.variablesOfProps?.buildArguments ?? {})),
    spec,
  };
}

interface ReadPhases {
  readonly install: readonly ReadCommandList[];
  readonly build: readonly ReadCommandList[];
}

interface ReadCommandList {
  readonly prop?: string;
  readonly commands: readonly string[];
}

function readPhases({ phases: { install = [], build } }: BuildRequest, problems: Problems): ReadPhases {
  function read({ prop, commands, fixIfEmpty }: CommandList): ReadCommandList {
    if (prop === undefined) return { commands: commands ?? [] };
    return { prop, commands: readCommands(commands, problems.at(prop), fixIfEmpty) };
  }

  return { install: install.map(read), build: build.map(read) };
}

function commandsOf({ commands }: ReadCommandList): readonly string[] {
  return commands;
}

function planOutputs(
  stepName: string,
  request: BuildRequest,
  { outputs = {} }: ProjectOptions,
  problems: Problems,
): PlannedOutput[] {
  const folder = readValue(request.outputDirectory, TEXT, problems.at('outputDirectory'));
  const further = Object.entries(outputs).map(([name, folderOfOutput]) => ({
    prop: `outputs.${name}`,
    artifact: artifactName(stepName, name),
    folder: folderOfOutput,
  }));
  return folder === undefined ? further : [{ prop: 'outputDirectory', artifact: stepName, folder }, ...further];
}

interface PlannedMachine {
  readonly compute: ComputePlan;
  /** Whether builds run on Lambda. */
  readonly lambda: boolean;
  readonly runtimes: Readonly<Record<string, string>>;
}

function planMachine(
  { language: request }: BuildRequest,
  { compute: machine = BuildCompute.x86(BuildSize.SMALL) }: ProjectOptions,
  problems: Problems,
): PlannedMachine {
  const at = problems.at('compute');
  if (!request) {
    const compute = machine._plan(at);
    return { compute, lambda: ENVIRONMENT_TYPES[compute.environmentType].lambda, runtimes: {} };
  }
  const { runtime, versions, versionPrefix = '', defaultVersion } = request.language;
  const { version = defaultVersion } = request;
  const compute = machine._plan(at, versions[version]);
  const { lambda } = ENVIRONMENT_TYPES[compute.environmentType];
  // Other images have one version of a language, or another way to choose it.
  const isChosen = !lambda && compute.image?.kind === 'standard';
  return { compute, lambda, runtimes: isChosen ? { [runtime]: `${versionPrefix}${version}` } : {} };
}

/** Reports that are read unless a language has others. */
const NO_REPORTS: ReportDefaults = {
  tests: { files: [], format: 'JUNITXML' },
  coverage: { files: [], format: 'CLOVERXML' },
};

function planReports(
  { reportDefaults = NO_REPORTS }: BuildRequest,
  { testReports, coverageReports }: ProjectOptions,
): ReportPlan[] {
  const { tests, coverage } = reportDefaults;
  const reports: ReportPlan[] = [
    { name: 'tests', files: testReports ?? tests.files, format: tests.format },
    { name: 'coverage', files: coverageReports ?? coverage.files, format: coverage.format },
  ];
  return reports.filter(({ files }) => files.length > 0);
}

/** Returns the texts of a list, each at its property. CodePipeline substitutes no variables in them. */
function textsOf(prop: string, values: readonly string[] = []): ProjectText[] {
  return values.map((text, i) => ({ prop: `${prop}[${i}]`, text }));
}

/** Words in the names of secrets. */
const SECRET_NAME = /TOKEN|PASSWORD|SECRET|KEY/i;

/** @see https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/ */
function secretArguments(names: readonly string[]): SynthWarning[] {
  return names
    .filter((name) => SECRET_NAME.test(name))
    .map((name) => ({
      id: `secret-build-argument[${name}]`,
      text:
        `The build argument '${name}' sounds like a secret, and arguments stay in the history of the image, ` +
        'where whoever may pull it reads them. ' +
        `Give it in 'secrets' instead and mount it in the Dockerfile: RUN --mount=type=secret,id=${name}.`,
    }));
}
