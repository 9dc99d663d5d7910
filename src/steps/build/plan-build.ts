import { BuildCompute, BuildSize } from './build-compute';
import type { ProjectOptions } from './project-options';
import { ENVIRONMENT_TYPES } from '../../aws/builds';
import type { Language } from '../../aws/languages';
import type { BuildPlan, NetworkPlan, ReportPlan } from './build-spec';
import { mapSecrets, validateSecrets } from './check-secrets';
import type { ProjectText, StepPlan, SynthWarning } from '../../pipeline/pipeline-plan';
import { holdsVariable, namespaceOf } from '../../pipeline/variables';
import { commonStepFields, definedNames } from '../common-step-fields';
import { artifactName, type StepContext } from '../step-context';

/** A language, and the version that the user asks for, if he does. */
export interface LanguageRequest {
  readonly language: Language;
  readonly version?: string;
}

/** What the kind of a build adds to what every project can be told. */
export interface BuildRequest {
  readonly provider: 'codeBuild' | 'codeBuildTest';
  readonly stepName: string;
  readonly options: ProjectOptions;
  readonly phases: BuildPlan['phases'];
  /** The folder that becomes the artifact of the step, if one does. */
  readonly outputDirectory?: string;
  readonly language?: LanguageRequest;
  /** What the user asks to be kept; by default it is what the tool of the language downloads. */
  readonly cachePaths?: readonly string[];
  readonly reports: readonly ReportPlan[];
  /** What sets the kind apart further. */
  readonly more?: Partial<
    Pick<
      BuildPlan,
      | 'docker'
      | 'layerCache'
      | 'pushesTo'
      | 'pullsFrom'
      | 'baseImages'
      | 'buildArguments'
      | 'assumedRoleArns'
      | 'matrix'
      | 'exportedVariables'
      | 'environmentVariables'
    >
  >;
  /** Variables of its own whose values are ids, digests or tags. */
  readonly safeExports?: readonly string[];
}

/** A step in a CodeBuild project of its own. */
export function planBuild(request: BuildRequest, context: StepContext): StepPlan<BuildPlan> {
  const { stepName, options, outputDirectory, language: asked, more = {} } = request;
  const place = commonStepFields(stepName, options, context);
  const network = options.network?._plan();
  const environmentVariables = {
    ...proxyVariables(network),
    ...more.environmentVariables,
    ...options.environmentVariables,
  };
  const outputs = [
    ...(outputDirectory === undefined ? [] : [{ artifact: place.name, folder: outputDirectory }]),
    ...Object.entries(options.outputs ?? {}).map(([name, folder]) => ({
      artifact: artifactName(place.name, name),
      folder,
    })),
  ];
  const exportedVariables = [...(more.exportedVariables ?? []), ...(options.exportedVariables ?? [])];
  // What CodePipeline fills in must stand in the action: it does not look into projects.
  const filledIn = Object.entries(environmentVariables)
    .filter(([, value]) => holdsVariable(value))
    .map(([name, value]) => ({ name, value, type: 'PLAINTEXT' }));

  const version = asked && (asked.version ?? asked.language.defaultVersion);
  const compute = (options.compute ?? BuildCompute.x86(BuildSize.SMALL))._plan(asked?.language.versions[version!]);
  const { lambda } = ENVIRONMENT_TYPES[compute.environmentType];
  // Other images have one version of a language, or another way to choose it.
  const chooses = asked !== undefined && !lambda && compute.image?.kind === 'standard';
  const directory = options.directory ?? '.';
  const cachePaths = request.cachePaths ?? (lambda ? [] : (asked?.language.cachePaths ?? []));
  const secrets = mapSecrets(options.secrets);
  validateSecrets(secrets, context.problems.at('secrets'));
  return {
    ...place,
    provider: request.provider,
    outputs: outputs.map(({ artifact }) => artifact),
    namespace: namespaceOf(place.name),
    exports: exportedVariables,
    ...(request.safeExports && { safeExports: request.safeExports }),
    configuration: {
      ...(place.inputs.length > 1 && { PrimarySource: place.inputs[0] }),
      ...(filledIn.length > 0 && { EnvironmentVariables: JSON.stringify(filledIn) }),
      ...(more.matrix && { BatchEnabled: 'true', ...(outputs.length > 0 && { CombineArtifacts: 'true' }) }),
    },
    propNames: { EnvironmentVariables: 'environmentVariables' },
    readsFullClone: true,
    readsStackOutputs: true,
    definedNames: [...definedNames('environmentVariables', environmentVariables), ...definedNames('secrets', secrets)],
    projectTexts: projectTexts({ request, directory, cachePaths, outputs, environmentVariables }),
    warnings: secretArguments(more.buildArguments),
    spec: {
      kind: 'build',
      directory,
      outputs,
      runtimes: chooses ? { [asked.language.runtime]: `${asked.language.versionPrefix ?? ''}${version}` } : {},
      phases: request.phases,
      cachePaths,
      reports: request.reports.filter(({ files }) => files.length > 0),
      environmentVariables,
      secrets,
      exportedVariables,
      compute,
      network,
      timeoutMinutes: options.timeout?.toMinutes({ integral: false }) ?? (lambda ? undefined : 60),
      docker: more.docker ?? false,
      layerCache: more.layerCache ?? false,
      pushesTo: more.pushesTo,
      pullsFrom: more.pullsFrom,
      baseImages: more.baseImages,
      buildArguments: more.buildArguments,
      assumedRoleArns: more.assumedRoleArns,
      matrix: more.matrix,
    },
  };
}

interface ProjectTexts {
  readonly request: BuildRequest;
  readonly directory: string;
  readonly cachePaths: readonly string[];
  readonly outputs: ReadonlyArray<{ readonly folder: string }>;
  readonly environmentVariables: Readonly<Record<string, string>>;
}

/** Returns the texts of the user that end up in the project. CodePipeline substitutes variables in environment variables only. */
function projectTexts({ request, directory, cachePaths, outputs, environmentVariables }: ProjectTexts): ProjectText[] {
  const texts = (prop: string, values: readonly string[]) => values.map((text) => ({ prop, text }));
  const matrix = Object.entries(request.more?.matrix?.variables ?? {});
  return [
    ...texts('commands', Object.values(request.phases).flat()),
    ...texts('cachePaths', cachePaths),
    ...matrix.flatMap(([name, values]) => texts(`matrix.${name}`, values)),
    ...texts(
      'outputDirectory',
      outputs.map(({ folder }) => folder),
    ),
    ...texts('directory', [directory]),
    ...Object.values(environmentVariables).map((text) => ({
      prop: 'environmentVariables',
      text,
      substituted: true as const,
    })),
  ];
}

/** Words in the names of secrets. */
const SECRET_NAME = /TOKEN|PASSWORD|SECRET|KEY/i;

/** @see https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/ */
function secretArguments(names: readonly string[] = []): SynthWarning[] {
  return names
    .filter((name) => SECRET_NAME.test(name))
    .map((name) => ({
      id: `secret-build-argument[${name}]`,
      text:
        `The build argument '${name}' sounds like a secret, and arguments stay in the history of the image, where whoever may pull it reads them. ` +
        `Give it in 'secrets' instead and mount it in the Dockerfile: RUN --mount=type=secret,id=${name}.`,
    }));
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/use-proxy-server.html */
function proxyVariables(network: NetworkPlan | undefined): Readonly<Record<string, string>> {
  if (!network?.proxy) return {};
  const { address, noProxy } = network.proxy;
  return { HTTP_PROXY: address, HTTPS_PROXY: address, NO_PROXY: noProxy.join(',') };
}
