import { Stack } from 'aws-cdk-lib';
import { jsonOf, newApp, type SynthOptions } from './synth';
import {
  DeliveryPipeline,
  PipelineSource,
  PipelineStage,
  type DeliveryPipelineProps,
  type PipelineStep,
} from '../../src';
import { readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import { denialsOf, unmodelledOf } from '../check/verdicts';

export type DeliveryOf = (stack: Stack) => Partial<DeliveryPipelineProps> & Pick<DeliveryPipelineProps, 'stages'>;

/** A source that every test may share. */
export const source = PipelineSource.gitHub('acme/shop', 'main');

/** A composition in a separate stack. */
export function delivery(props: DeliveryOf, { context, stack: stackProps }: SynthOptions = {}) {
  const app = newApp({ context });
  const stack = new Stack(app, 'Shop', stackProps);
  const pipeline = new DeliveryPipeline(stack, 'Delivery', { sources: [source], ...props(stack) });
  return { app, stack, pipeline };
}

/** One stage with these steps. */
export function stepsOf(steps: (stack: Stack) => PipelineStep[]): DeliveryOf {
  return (stack) => ({ stages: [PipelineStage.steps('Work', steps(stack))] });
}

export function deliveryTemplate(props: DeliveryOf, options?: SynthOptions) {
  return jsonOf(delivery(props, options).stack);
}

/** What the constructor complains of, line by line and without the construct in front. */
export function complaints(props: DeliveryOf, options?: SynthOptions): string[] {
  try {
    delivery(props, options);
  } catch (error) {
    if ((error as Error).constructor !== Error) throw error;
    return (error as Error).message.split('\n').map((line) => line.replace('[DeliveryPipeline Shop/Delivery] ', ''));
  }
  return [];
}

/**
 * What the check finds wrong with a composition in a known account: calls that are denied, unknown actions,
 * and what stays unknown.
 */
export function verdictsOf(props: DeliveryOf, region = 'eu-west-1') {
  const report = check(
    readInput(delivery(props, { stack: { env: { account: '111111111111', region } } }).app.synth().directory, {}),
  );
  const unknown = report.pipelines.flatMap(({ findings }) => findings).filter(({ verdict }) => verdict === 'UNKNOWN');
  return {
    denied: denialsOf(report),
    unmodelled: unmodelledOf(report),
    unknown: unknown.map(({ call, why }) => `${call}: ${why}`),
  };
}
