import { BuildStep, PipelineStage } from '../../../src';
import { objectTextIn } from '../../../src/pipeline/validation/object-texts';
import { complaints } from '../../helpers/delivery';

test.each([
  ['Python', 'note: <cdk_pipeline_patterns.PipelineVariable object at 0x7f3b2c1d4e50>'],
  ['a Python method', 'note: <bound method PipelineStep.variable of <cdk_pipeline_patterns.BuildStep object at 0x7f>>'],
  ['JavaScript', 'note: [object Object]'],
  ['Java', 'note: io.github.cdk_pipeline_patterns.PipelineVariable@1b6d3586'],
  ['a nested class of Java', 'software.amazon.Jsii.Jsii$Proxy@4f3f5b24'],
  ['Go', 'note: 0xc000012345'],
  ['Go with a random address', 'note: 0x55d6719a020'],
  ['a wrong verb of Go', 'note: %!s(*PipelineVariable=0xc00001)'],
  ['.NET', 'note: CdkPipelinePatterns.PipelineVariable'],
])('finds the text of an object of %s', (_language, text) => {
  expect(objectTextIn(text)).toBeDefined();
});

test.each([
  'release #{Source-vars.CommitId} of 0xdeadbeef',
  'account 0x00112233445566778899aabbccddeeff00112233',
  'mail Jane.Doe@abc.com or acme.Shop@deadbeef.example.com',
  'npm install lodash.Merge@4.6.2',
  'if [[ object == "$1" ]]; then echo "<p>object at 0x10</p>"; fi',
  "printf '%s %v' a b",
])('accepts %s', (text) => {
  expect(objectTextIn(text)).toBeUndefined();
});

test('rejects the text of an object wherever a step has texts', () => {
  const text = '[object Object]';
  const step = BuildStep.shell([`echo ${text}`], { environmentVariables: { NOTE: text } });
  const fix = "interpolate a string, such as step.variable('NAME') or the reference() of a PipelineVariable";
  const expected = ['environmentVariables', 'commands[0]'].map(
    (prop) => `'stages[0].steps[0].${prop}' must not contain the text of an object, got "${text}"; ${fix}`,
  );
  expect(complaints(() => ({ stages: [PipelineStage.steps('Work', [step])] })).sort()).toEqual(expected.sort());
});
