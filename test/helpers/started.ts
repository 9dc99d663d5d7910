import { Stack } from 'aws-cdk-lib';
import { jsonOf, newApp, type SynthOptions } from './synth';
import {
  BuildStep,
  DeliveryPipeline,
  type DeliveryPipelineProps,
  GitConnection,
  PipelineSource,
  PipelineStage,
  type PipelineTrigger,
} from '../../src';
import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import { readInput } from '../../src/assembly/input';

export const CONNECTION_ARN =
  'arn:aws:codeconnections:eu-west-1:111111111111:connection/11112222-3333-4444-5555-666677778888';
export const connection = GitConnection.fromArn(CONNECTION_ARN);
export const HOME = { account: '111111111111', region: 'eu-west-1' };

type Parts = Pick<DeliveryPipelineProps, 'sources' | 'triggers'> & Partial<DeliveryPipelineProps>;

/** A pipeline of sources and triggers, with a build so that there is something to start. */
export function delivery(parts: (stack: Stack) => Parts, { context, stack: stackProps }: SynthOptions = {}) {
  const app = newApp({ context });
  const stack = new Stack(app, 'Shop', stackProps);
  const pipeline = new DeliveryPipeline(stack, 'Delivery', {
    stages: [PipelineStage.steps('Build', [BuildStep.shell(['make'])])],
    ...parts(stack),
  });
  return { app, stack, pipeline };
}

/** Its template. */
export function deliveryTemplate(parts: (stack: Stack) => Parts, options?: SynthOptions) {
  return jsonOf(delivery(parts, options).stack);
}

/** Its stacks as the check reads them, all in one account and region. */
export function deliveryStacks(parts: (stack: Stack) => Parts): AssemblyStack[] {
  return readInput(delivery(parts, { stack: { env: HOME } }).app.synth().directory);
}

export function gitHub(repository = 'acme/shop', branch = 'main', stepName?: string) {
  return PipelineSource.gitHub(repository, branch, { connection, stepName });
}

/** A pipeline with one source on GitHub. */
export function withTriggers(...triggers: PipelineTrigger[]) {
  return { sources: [gitHub()], triggers };
}
