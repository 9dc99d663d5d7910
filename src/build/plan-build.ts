import type { ProjectOptions } from './project-options';
import { BuildCompute, BuildSize } from './build-compute';
import type { BuildPlan, ReportPlan } from '../plan/build-plan';
import type { StepPlan } from '../plan/pipeline-plan';
import { holdsVariable, namespaceOf } from '../plan/variables';
import { placeOf } from '../step/place';
import { artifactName, type StepContext } from '../step/step-context';

/** What the kind of a build adds to what every project can be told. */
export interface BuildRequest {
  readonly provider: 'codeBuild' | 'codeBuildTest';
  readonly stepName: string;
  readonly options: ProjectOptions;
  readonly phases: BuildPlan['phases'];
  /** The folder that becomes the artifact of the step, if one does. */
  readonly outputDirectory?: string;
  readonly runtimes?: Readonly<Record<string, string>>;
  readonly cachePaths?: readonly string[];
  readonly reports: readonly ReportPlan[];
  /** What sets the kind apart further. */
  readonly more?: Partial<Pick<BuildPlan, 'docker' | 'pushesTo' | 'matrix' | 'exportedVariables' | 'environmentVariables'>>;
}

/** A step in a CodeBuild project of its own. */
export function planBuild(request: BuildRequest, context: StepContext): StepPlan {
  const { stepName, options, outputDirectory, more = {} } = request;
  const place = placeOf(stepName, options, context);
  const variables = Object.entries({ ...more.environmentVariables, ...options.environmentVariables });
  const outputs = [
    ...outputDirectory === undefined ? [] : [{ artifact: place.name, folder: outputDirectory }],
    ...Object.entries(options.outputs ?? {}).map(([name, folder]) => ({ artifact: artifactName(place.name, name), folder })),
  ];
  const exportedVariables = [...more.exportedVariables ?? [], ...options.exportedVariables ?? []];
  // What CodePipeline fills in must stand in the action: it does not look into projects.
  const filledIn = variables.filter(([, value]) => holdsVariable(value)).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' }));
  return {
    ...place,
    provider: request.provider,
    outputs: outputs.map(({ artifact }) => artifact),
    namespace: namespaceOf(place.name),
    exports: exportedVariables,
    configuration: {
      ...place.inputs.length > 1 && { PrimarySource: place.inputs[0] },
      ...filledIn.length > 0 && { EnvironmentVariables: JSON.stringify(filledIn) },
      ...more.matrix && { BatchEnabled: 'true', CombineArtifacts: 'true' },
    },
    work: {
      kind: 'build',
      directory: options.directory ?? '.',
      outputs,
      runtimes: request.runtimes ?? {},
      phases: request.phases,
      cachePaths: request.cachePaths ?? [],
      reports: request.reports.filter(({ files }) => files.length > 0),
      environmentVariables: Object.fromEntries(variables.filter(([, value]) => !holdsVariable(value))),
      secrets: Object.fromEntries(Object.entries(options.secrets ?? {}).map(([name, secret]) => [name, secret._plan()])),
      exportedVariables,
      compute: (options.compute ?? BuildCompute.x86(BuildSize.SMALL))._plan(),
      network: options.network?._plan(),
      timeoutMinutes: options.timeout?.toMinutes({ integral: false }) ?? 60,
      docker: more.docker ?? false,
      pushesTo: more.pushesTo ?? [],
      matrix: more.matrix,
    },
  };
}
