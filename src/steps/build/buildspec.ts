import type { BuildPlan } from './build-spec';

/**
 * The buildspec of a build, as an object.
 *
 * @param first commands that come before all others; what they export the others see
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildSpecOf(spec: BuildPlan, first: readonly string[] = []) {
  const { install, build, postBuild } = spec.phases;
  const { matrix } = spec;
  // Each phase goes to the folder by an absolute path: whether a phase starts where the one before ended is not documented.
  const enter = spec.directory === '.' ? [] : [`cd "$CODEBUILD_SRC_DIR/${spec.directory}"`];
  const phase = (commands: readonly string[], before: readonly string[] = []) =>
    commands.length > 0 && { commands: [...before, ...enter, ...commands] };
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
      ...(postBuild.length > 0 && { post_build: phase(postBuild) }),
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

/** One artifact is `artifacts`; of several each is named, and CodeBuild then looks at the names alone. */
function artifactsOf({ directory, outputs }: BuildPlan) {
  const files = (folder: string) => ({ 'base-directory': below(directory, folder), files: ['**/*'] });
  switch (outputs.length) {
    case 0:
      return {};
    case 1:
      return { artifacts: files(outputs[0].folder) };
    default:
      return {
        artifacts: {
          ...files(outputs[0].folder),
          'secondary-artifacts': Object.fromEntries(outputs.map(({ artifact, folder }) => [artifact, files(folder)])),
        },
      };
  }
}

const below = (directory: string, path: string) =>
  directory === '.' ? path : path === '.' ? directory : `${directory}/${path}`;
