import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { jsonOf } from './synth';
import { BuildStep, DeliveryPipeline, type Notification, PipelineSource, PipelineStage } from '../../src';
import { failIfAny } from '../../src/plan/problems';
import { renderNotifications } from '../../src/render/notifications';

/** A pipeline of which somebody hears. */
export function notified(stack: Stack, notifications: Notification, id = 'Site'): DeliveryPipeline {
  const delivery = new DeliveryPipeline(stack, id, {
    sources: [PipelineSource.gitHub('acme/shop', 'main')], stages: [PipelineStage.ofSteps('Build', [BuildStep.nodeJs()])],
  });
  failIfAny(delivery, notifications._check('notifications'));
  renderNotifications(delivery, notifications._plan(), delivery.pipeline, 'shop');
  return delivery;
}

/** The template of a pipeline of which somebody hears. */
export function notifiedTemplate(make: (stack: Stack) => Notification, props?: StackProps) {
  const stack = new Stack(new App(), 'Shop', props);
  notified(stack, make(stack));
  return jsonOf(stack);
}
