import { Stack, type StackProps } from 'aws-cdk-lib';
import { jsonOf, newApp } from './synth';
import { BuildStep, DeliveryPipeline, type Notification, PipelineSource, PipelineStage } from '../../src';

/** A pipeline with notifications. */
export function notified(stack: Stack, notifications: Notification, id = 'Site') {
  return new DeliveryPipeline(stack, id, {
    pipelineName: 'shop',
    sources: [PipelineSource.gitHub('acme/shop', 'main')],
    stages: [PipelineStage.steps('Build', [BuildStep.nodeJs()])],
    notifications,
  });
}

/** The template of a pipeline with notifications. */
export function notifiedTemplate(make: (stack: Stack) => Notification, props?: StackProps) {
  const stack = new Stack(newApp(), 'Shop', props);
  notified(stack, make(stack));
  return jsonOf(stack);
}
