import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ALL_VARIANTS } from './all-variants';
import { made } from '../helpers/synth';

test.each(Object.entries(ALL_VARIANTS))('%s: synthesizes without a warning', (_, make) => {
  const { stack } = made(make);
  const annotations = Annotations.fromStack(stack);
  // Services are in a stack of the user. How strongly stacks refer to each other is said by a feature flag of the app, not by us.
  const warnings = annotations.findWarning('*', Match.anyValue()).filter(({ entry: { data } }) => !/^No cross-stack-reference strength configured/.test(String(data)));
  expect(warnings).toEqual([]);
  expect(annotations.findError('*', Match.anyValue())).toEqual([]);
});
