import { App, type aws_codepipeline as codepipeline, Stack } from 'aws-cdk-lib';
import { ACROSS } from './across-variants';
import { ALL_VARIANTS } from './all-variants';
import { PipelinePattern } from '../../src';
import { DEPLOYMENT_NAME, STEP_NAME } from '../../src/aws/limits';
import { CONCRETE } from '../helpers/synth';

/** Names of stages, actions and rules. */
function namesIn({ pipeline }: PipelinePattern): string[] {
  const { stages } = pipeline.node.defaultChild as codepipeline.CfnPipeline;
  return [...JSON.stringify(Stack.of(pipeline).resolve(stages)).matchAll(/"name":"([^"]+)"/g)].map(([, name]) => name);
}

const below = { pattern: new Set<string>(), environment: new Set<string>() };

beforeAll(() => {
  const makes = [
    ...Object.values(ALL_VARIANTS).map((make) => (app: App) => make(new Stack(app, 'Shop', CONCRETE), 'Site')),
    ...Object.values(ACROSS),
  ];
  for (const make of makes) {
    const app = new App();
    make(app);
    const all = app.node.findAll();
    for (const pattern of all.filter((one) => one instanceof PipelinePattern)) {
      const names = namesIn(pattern);

      // What a rule needs is named after its stage, too.
      function isNamed(id: string) {
        return names.some((name) => id === name || id.endsWith(`-${name}`));
      }

      for (const {
        node: { id },
      } of pattern.node.children) {
        if (!isNamed(id)) below.pattern.add(id);
      }
    }
    for (const { node } of all.filter((one) => one.node.scope?.node.id === 'Environments')) {
      for (const one of node.children) below.environment.add(one.node.id);
    }
  }
});

test('reserves the construct ids of a pattern for step names', () => {
  expect(below.pattern).toContain('Environments');
  // What is of another region is named after it.
  expect([...below.pattern].filter((id) => !STEP_NAME.reserved!.includes(id) && !id.startsWith('Artifacts-'))).toEqual(
    [],
  );
});

test('reserves the construct ids of an environment for deployment names', () => {
  expect(below.environment).toContain('ActionRole');
  // The default name of a task, which is part of the name of its step, too.
  expect([...below.environment].filter((id) => !DEPLOYMENT_NAME.reserved!.includes(id))).toEqual(['Task']);
});
