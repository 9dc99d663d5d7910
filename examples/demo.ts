/**
 * What does the web-app pipeline do? Synthesizes the example beside this file and reads the answer from its template.
 */
import './web-app'; // synthesizes while it is loaded, as every CDK app does
import { readAssembly } from '../src/assembly/cloud-assembly';
import { outlinePipelines } from '../src/show/outline';
import { outlineText } from '../src/show/outline-text';

const directory = process.env.CDK_OUTDIR ?? 'cdk.out';

for (const stack of readAssembly(directory)) {
  for (const pipeline of outlinePipelines(stack)) console.log(`${outlineText(pipeline)}\n`);
  console.log(
    'To deploy it, with credentials for an AWS account:\n\n  npx cdk bootstrap\n  npx cdk deploy --app ' +
      `${directory} ${stack.displayName}\n`,
  );
}
