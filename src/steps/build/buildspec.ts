import type { BuildSpec } from './spec';

/**
 * Returns the buildspec of a build, as an object.
 *
 * @param first commands that come before all others, which see what these export
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildSpecOf(spec: BuildSpec, first: readonly string[] = []) {
  const { install, build } = spec.phases;
  const { matrix } = spec;
  // Each phase goes to the folder by an absolute path: whether a phase starts where the one before ended is not
  // documented.
  const enter = spec.directory === '.' ? [] : [`cd "$CODEBUILD_SRC_DIR/${spec.directory}"`];

  function phase(commands: readonly string[], before: readonly string[] = []) {
    return commands.length > 0 && { commands: [...before, ...enter, ...commands] };
  }

  return {
    version: '0.2',
    ...(spec.exportedVariables.length > 0 && { env: { 'exported-variables': spec.exportedVariables } }),
    ...(spec.network?.proxy && { proxy: { 'upload-artifacts': 'yes', logs: 'yes' } }),
    ...(matrix && {
      batch: { 'fast-fail': matrix.failFast, 'build-matrix': { dynamic: { env: { variables: matrix.variables } } } },
    }),
    phases: {
      ...((install.length > 0 || Object.keys(spec.runtimes).length > 0) && {
        install: {
          ...(Object.keys(spec.runtimes).length > 0 && { 'runtime-versions': spec.runtimes }),
          ...phase(install, first),
        },
      }),
      build: phase(build, install.length > 0 ? [] : first),
    },
    ...(spec.reports.length > 0 && {
      reports: Object.fromEntries(
        spec.reports.map(({ name, files, format }) => [
          name,
          { 'base-directory': spec.directory, files: files, 'file-format': format },
        ]),
      ),
    }),
    ...artifactsOf(spec),
    ...(spec.cachePaths.length > 0 && { cache: { paths: spec.cachePaths } }),
  };
}

/** A single artifact is `artifacts`; of several each is named, and CodeBuild then reads the names alone. */
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
