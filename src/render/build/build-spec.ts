import { REPORT_FORMATS } from '../../facts/builds';
import type { BuildPlan } from '../../plan/pipeline-plan';

/** The reports of a build: name of the group after that of the project, and what goes in. */
export function reportsOf(work: BuildPlan) {
  return [
    { name: 'tests', files: work.testReports, format: REPORT_FORMATS.tests },
    { name: 'coverage', files: work.coverageReports, format: REPORT_FORMATS.coverage },
  ].filter(({ files }) => files.length > 0);
}

/**
 * The buildspec of a build, as an object.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildSpecOf(work: BuildPlan) {
  // Each phase goes to the folder by an absolute path: whether a phase starts where the one before ended is not documented.
  const enter = work.directory === '.' ? [] : [`cd "$CODEBUILD_SRC_DIR/${work.directory}"`];
  return {
    version: '0.2',
    phases: {
      install: { 'runtime-versions': work.runtimes, ...work.phases.install.length > 0 && { commands: [...enter, ...work.phases.install] } },
      build: { commands: [...enter, ...work.phases.build] },
    },
    reports: Object.fromEntries(reportsOf(work).map(({ name, files, format }) => [
      name, { 'base-directory': work.directory, 'files': files, 'file-format': format },
    ])),
    artifacts: { 'base-directory': below(work.directory, work.outputDirectory), 'files': ['**/*'] },
    cache: { paths: work.cachePaths },
  };
}

const below = (directory: string, path: string) => directory === '.' ? path : `${directory}/${path}`;
