import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ALL_VARIANTS } from './all-variants';
import { made } from '../helpers/synth';

test.each(Object.entries(ALL_VARIANTS))('%s: synthesizes without a warning', (_, make) => {
  const { stack } = made(make);
  const annotations = Annotations.fromStack(stack);
  expect(annotations.findWarning('*', Match.anyValue())).toEqual([]);
  expect(annotations.findError('*', Match.anyValue())).toEqual([]);
});
