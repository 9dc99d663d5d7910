import { BuildCompute, BuildSize } from './build-compute';
import {
  codeBuildConfiguration,
  propOfConfiguration,
  proxyVariables,
  substitutedValues,
  valuesOf,
  sortedByName,
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
import { minutesOf, readSomeOptions, readValue, TEXT, TEXTS } from '../../pipeline/read-options';
import { namespaceOf } from '../../pipeline/variables';
import { commonStepFields, definedNames } from '../common-step-fields';
import { planSecrets } from '../plan-environment-variables';
import { artifactName, type StepContext } from '../step-context';
import { type CommandList, readCommands } from '../read-commands';

/** Plans a step in a separate CodeBuild project, and validates it. */
export function planBuild(request: BuildRequest, context: StepContext): StepPlan<BuildSpec> {
  const { problems } = context;
  const { extra = {}, safeExports } = request;
  const options = readSomeOptions(request.options, PROJECT_OPTIONS, problems);
  const step = commonStepFields(request.stepName, options, context);
  const phases = readPhases(request, problems);
  const outputs = planOutputs(step.name, request, options, problems);
  const cachePaths = readValue(request.cachePaths, TEXTS, problems.at('cachePaths'));
  const network = options.network?._plan(problems.at('network'));
  const variables = [
    ...proxyVariables(network),
    ...variablesFrom('environmentVariables', extra.environmentVariables),
    ...Object.entries(extra.variablesOfProps ?? {}).flatMap(([prop, values]) => variablesFrom(prop, values)),
    ...variablesFrom('environmentVariables', sortedByName(options.environmentVariables)),
  ];
  const { compute, lambda, runtimes } = planMachine(request, options, problems);
  const spec: BuildSpec = {
    kind: 'build',
    directory: options.directory ?? '.',
    outputs: outputs.map(({ artifact, folder }) => ({ artifact, folder })),
    runtimes,
    phases: { install: phases.install.flatMap(commandsOf), build: phases.build.flatMap(commandsOf) },
    cachePaths: cachePaths ?? defaultCachePaths(request, lambda),
    reports: planReports(request, options),
    environmentVariables: valuesOf(variables),
    secrets: planSecrets(options.secrets, problems.at('secrets')),
    exportedVariables: [...(extra.exportedVariables ?? []), ...(options.exportedVariables ?? [])],
    compute,
    network,
    timeoutMinutes: minutesOf(options.timeout) ?? defaultTimeout(lambda),
    docker: extra.docker ?? false,
    layerCache: extra.layerCache ?? false,
    pushesTo: extra.pushesTo,
    pullsFrom: extra.pullsFrom,
    baseImages: extra.baseImages,
    assumedRoleArns: extra.assumedRoleArns,
    matrix: extra.matrix,
  };
  validateBuild({ spec, variables, outputs, options, request }, problems);
  return {
    ...step,
    provider: request.provider,
    outputs: outputs.map(({ artifact }) => artifact),
    namespace: namespaceOf(step.name),
    exports: spec.exportedVariables,
    safeExports,
    configuration: codeBuildConfiguration({
      inputs: step.inputs,
      outputs: outputs.map(({ artifact }) => artifact),
      values: substitutedValues(spec.environmentVariables),
      batch: spec.matrix !== undefined,
    }),
    propNames: { EnvironmentVariables: propOfConfiguration(variables), PrimarySource: 'inputs' },
    readsFullClone: true,
    readsStackOutputs: 'files',
    definedNames: [
      ...variables.map(({ prop, name }) => ({ prop, name })),
      ...definedNames('secrets', options.secrets ?? {}),
    ],
    projectTexts: [
      ...[...phases.install, ...phases.build].flatMap(({ prop, commands }) => textsOf(prop, commands)),
      ...textsOf('cachePaths', cachePaths),
      ...outputs.map(({ prop, folder }) => ({ prop, text: folder })),
      { prop: request.directoryProp ?? 'directory', text: spec.directory },
      ...(extra.texts ?? []),
      ...Object.entries(spec.matrix?.variables ?? {}).flatMap(([name, values]) => textsOf(`variables.${name}`, values)),
      ...variables.map(({ prop, value }) => ({ prop, text: value, substituted: true as const })),
    ],
    warnings: secretArguments(Object.keys(extra.variablesOfProps?.buildArguments ?? {})),
    spec,
  };
}

function defaultCachePaths({ language }: BuildRequest, lambda: boolean): readonly string[] {
  if (lambda || !language) return [];
  return language.language.cachePaths;
}

/** Returns the default timeout in minutes. On Lambda, the timeout cannot be configured. */
function defaultTimeout(lambda: boolean): number | undefined {
  return lambda ? undefined : 60;
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
  const planned: PlannedOutput[] = [];
  if (folder !== undefined) planned.push({ prop: 'outputDirectory', artifact: stepName, folder });
  for (const [name, outputFolder] of Object.entries(outputs)) {
    planned.push({ prop: `outputs.${name}`, artifact: artifactName(stepName, name), folder: outputFolder });
  }
  return planned;
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
  // Only the standard images support the selection of a language version.
  const hasRuntimes = !lambda && compute.image?.kind === 'standard';
  return { compute, lambda, runtimes: hasRuntimes ? { [runtime]: `${versionPrefix}${version}` } : {} };
}

/** Reports of builds without a language. */
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

/** Returns the strings that a property contains. CodePipeline does not substitute variables in them. */
function textsOf(prop: string | undefined, values: readonly string[] = []): ProjectText[] {
  if (prop === undefined) return [];
  return values.map((text, i) => ({ prop: `${prop}[${i}]`, text }));
}

/** Matches names of variables that probably contain secrets. */
const SECRET_NAME = /TOKEN|PASSWORD|SECRET|KEY/i;

/**
 * Returns warnings for build arguments that look like secrets.
 *
 * @see https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
 */
function secretArguments(names: readonly string[]): SynthWarning[] {
  return names
    .filter((name) => SECRET_NAME.test(name))
    .map((name) => ({
      id: `secret-build-argument[${name}]`,
      text:
        `The build argument '${name}' looks like a secret. Build arguments are stored in the history of the image, ` +
        'where everyone who can pull the image can read them. ' +
        `Pass it in 'secrets' instead, and mount it in the Dockerfile: RUN --mount=type=secret,id=${name}.`,
    }));
}
