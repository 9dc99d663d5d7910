import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { VARIANTS } from './variants';
import { webApp } from '../helpers/synth';

test.each(Object.entries(VARIANTS))('%s: synthesizes without a warning', (_, props) => {
  const { stack } = webApp(props);
  const annotations = Annotations.fromStack(stack);
  expect(annotations.findWarning('*', Match.anyValue())).toEqual([]);
  expect(annotations.findError('*', Match.anyValue())).toEqual([]);
});
