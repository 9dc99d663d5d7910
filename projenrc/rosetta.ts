import type { awscdk } from 'projen';

/** Compiles every sample of README.md and every `@example`; a sample that does not compile fails the build. */
export function rosetta(project: awscdk.AwsCdkConstructLibrary) {
  const task = project.addTask('rosetta', {
    description: 'Compile the samples of README.md and of every @example',
    exec: 'jsii-rosetta extract --strict --batch', // all samples in one program, not each in its own,
  });
  project.postCompileTask.spawn(task);
  project.gitignore.addPatterns('.jsii.tabl.json*');
  project.addPackageIgnore('.jsii.tabl.json*');
}
