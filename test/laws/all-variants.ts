import { CONTAINER_VARIANTS } from './container-variants';
import { DELIVERY_VARIANTS } from './delivery-variants';
import { PROMOTION_VARIANTS } from './promotion-variants';
import { STACK_VARIANTS } from './stack-variants';
import { VARIANTS } from './variants';
import { ContainerPipeline, DeliveryPipeline, WebAppPipeline } from '../../src';
import type { Make } from '../helpers/synth';

/** Every variant of every pattern, for the laws that hold for all. */
export const ALL_VARIANTS: Readonly<Record<string, Make>> = {
  ...Object.fromEntries(Object.entries(VARIANTS).map(([name, props]) => [
    `web app: ${name}`, ((stack, id) => new WebAppPipeline(stack, id, props(stack))) satisfies Make,
  ])),
  ...Object.fromEntries(Object.entries({ ...DELIVERY_VARIANTS, ...PROMOTION_VARIANTS, ...STACK_VARIANTS }).map(([name, props]) => [
    `delivery: ${name}`, ((stack, id) => new DeliveryPipeline(stack, id, props(stack))) satisfies Make,
  ])),
  ...Object.fromEntries(Object.entries(CONTAINER_VARIANTS).map(([name, props]) => [
    `container: ${name}`, ((stack, id) => new ContainerPipeline(stack, id, props(stack))) satisfies Make,
  ])),
};
