import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstProgram } from '../first-hour/first-program';
import { ROOT } from '../first-hour/package';

export interface Program {
  /** Of the translations: `python/<name>.py`, `java/<Name>.java`, `go/<name>.go`. */
  readonly name: string;
  /** What they are a translation of. */
  readonly typescript: string;
  /** The rule that its validation report must contain. */
  readonly finding?: string;
}

/** A pipeline of `CfnPipeline` without a source, in an app with the validation plugin. */
const CHECKED = `import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { PipelineCheck } from 'cdk-pipeline-patterns';

const app = new App();
Validations.of(app).addPlugins(new PipelineCheck());

const stack = new Stack(app, 'Release');
const actionTypeId = { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' };
new CfnPipeline(stack, 'Pipeline', {
  roleArn: 'arn:aws:iam::111111111111:role/pipeline',
  artifactStore: { type: 'S3', location: 'acme-artifacts' },
  stages: [
    { name: 'First', actions: [{ name: 'Approve', actionTypeId }] },
    { name: 'Second', actions: [{ name: 'Approve', actionTypeId }] },
  ],
});

app.synth();
`;

function example(name: string) {
  return readFileSync(join(ROOT, 'examples', `${name}.ts`), 'utf8');
}

export const PROGRAMS: Program[] = [
  { name: 'readme', typescript: firstProgram(false).text },
  // Structs, lists of L2s and nested classes.
  { name: 'bake', typescript: example('bake-and-roll-back') },
  // Maps of steps, constructs of this library that return L2s, targets made of targets, and several stacks.
  { name: 'services', typescript: example('two-services-with-migration') },
  // References of variables in texts of the language, and the error for an object in a text.
  { name: 'variables', typescript: example('run-variables') },
  // The validation plugin, whose report must be the same in every language.
  { name: 'checked', typescript: CHECKED, finding: 'FirstStageSources' },
];
