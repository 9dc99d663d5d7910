import type { BuildPlan } from '../../plan/build-plan';

/**
 * The buildspec of a build, as an object.
 *
 * @param first commands that come before all others; what they export the others see
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildSpecOf(work: BuildPlan, first: readonly string[] = []) {
  const { install, build, postBuild } = work.phases;
  const { matrix } = work;
  // Each phase goes to the folder by an absolute path: whether a phase starts where the one before ended is not documented.
  const enter = work.directory === '.' ? [] : [`cd "$CODEBUILD_SRC_DIR/${work.directory}"`];
  const phase = (commands: readonly string[], before: readonly string[] = []) =>
    commands.length > 0 && { commands: [...before, ...enter, ...commands] };
  return {
    version: '0.2',
    ...work.exportedVariables.length > 0 && { env: { 'exported-variables': work.exportedVariables } },
    ...work.network?.proxy && { proxy: { 'upload-artifacts': 'yes', 'logs': 'yes' } },
    ...matrix && { batch: { 'fast-fail': matrix.failFast, 'build-matrix': { dynamic: { env: { variables: matrix.variables } } } } },
    phases: {
      ...(install.length > 0 || Object.keys(work.runtimes).length > 0) && {
        install: { ...Object.keys(work.runtimes).length > 0 && { 'runtime-versions': work.runtimes }, ...phase(install, first) },
      },
      build: phase(build, install.length > 0 ? [] : first),
      ...postBuild.length > 0 && { post_build: phase(postBuild) },
    },
    ...work.reports.length > 0 && {
      reports: Object.fromEntries(work.reports.map(({ name, files, format }) => [
        name, { 'base-directory': work.directory, 'files': files, 'file-format': format },
      ])),
    },
    ...artifactsOf(work),
    ...work.cachePaths.length > 0 && { cache: { paths: work.cachePaths } },
  };
}

/** One artifact is `artifacts`; of several each is named, and CodeBuild then looks at the names alone. */
function artifactsOf({ directory, outputs }: BuildPlan) {
  const files = (folder: string) => ({ 'base-directory': below(directory, folder), 'files': ['**/*'] });
  switch (outputs.length) {
    case 0: return {};
    case 1: return { artifacts: files(outputs[0].folder) };
    default: return { artifacts: { ...files(outputs[0].folder), 'secondary-artifacts': Object.fromEntries(outputs.map(({ artifact, folder }) => [artifact, files(folder)])) } };
  }
}

const below = (directory: string, path: string) => directory === '.' ? path : path === '.' ? directory : `${directory}/${path}`;
