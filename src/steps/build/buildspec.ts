import { emptyReportCommands } from './empty-reports';
import type { BuildSpec } from './spec';
import { definedValues } from '../../common/compact';

type Phase = Readonly<Record<string, unknown>>;

/**
 * Returns the buildspec of a build, as an object.
 *
 * @param initialCommands commands that run before all others, which see their exports
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildSpecOf(spec: BuildSpec, initialCommands: readonly string[] = []): Record<string, unknown> {
  const { cachePaths, exportedVariables, matrix, reports } = spec;
  const buildSpec: Record<string, unknown> = { version: '0.2' };
  if (exportedVariables.length > 0) buildSpec.env = { 'exported-variables': exportedVariables };
  if (spec.network?.proxy) buildSpec.proxy = { 'upload-artifacts': 'yes', logs: 'yes' };
  if (matrix) {
    const env = { variables: matrix.variables };
    buildSpec.batch = { 'fast-fail': matrix.failFast, 'build-matrix': { dynamic: { env } } };
  }
  buildSpec.phases = phasesOf(spec, initialCommands);
  if (reports.length > 0) {
    const entries = reports.map(({ name, files, format }) => [
      name,
      { 'base-directory': spec.directory, files, 'file-format': format },
    ]);
    buildSpec.reports = Object.fromEntries(entries);
  }
  Object.assign(buildSpec, artifactsOf(spec));
  if (cachePaths.length > 0) buildSpec.cache = { paths: cachePaths };
  return buildSpec;
}

function phasesOf({ directory, phases, reports, runtimes }: BuildSpec, initialCommands: readonly string[]) {
  // Each phase changes to the folder by its absolute path, because AWS does not document where a phase starts.
  const enter = directory === '.' ? [] : [`cd "$CODEBUILD_SRC_DIR/${directory}"`];

  function phase(commands: readonly string[], before: readonly string[]): Phase {
    return commands.length > 0 ? { commands: [...before, ...enter, ...commands] } : {};
  }

  const hasInstall = phases.install.length > 0;
  const runtimeVersions: Phase = Object.keys(runtimes).length > 0 ? { 'runtime-versions': runtimes } : {};
  const install = { ...runtimeVersions, ...phase(phases.install, initialCommands) };
  const buildCommands = phases.build.length > 0 ? [...phases.build, ...emptyReportCommands(directory, reports)] : [];
  const build = phase(buildCommands, hasInstall ? [] : initialCommands);
  return definedValues({ install: nonEmpty(install), build: nonEmpty(build) });
}

function nonEmpty(phase: Phase): Phase | undefined {
  return Object.keys(phase).length > 0 ? phase : undefined;
}

/**
 * Returns the artifacts of a buildspec. A single artifact has no name. If there are several, CodeBuild uses only the
 * named ones.
 */
function artifactsOf({ directory, outputs }: BuildSpec) {
  function filesOf(folder: string) {
    return { 'base-directory': pathBelow(directory, folder), files: ['**/*'] };
  }

  if (outputs.length === 0) return {};
  const files = filesOf(outputs[0].folder);
  if (outputs.length === 1) return { artifacts: files };
  const named = Object.fromEntries(outputs.map(({ artifact, folder }) => [artifact, filesOf(folder)]));
  return { artifacts: { ...files, 'secondary-artifacts': named } };
}

function pathBelow(directory: string, path: string): string {
  if (directory === '.') return path;
  return path === '.' ? directory : `${directory}/${path}`;
}
