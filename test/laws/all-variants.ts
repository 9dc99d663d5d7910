import { CONTAINER_VARIANTS } from './container-variants';
import { DELIVERY_VARIANTS } from './delivery-variants';
import { PROMOTION_VARIANTS } from './promotion-variants';
import { STACK_VARIANTS } from './stack-variants';
import { VARIANTS } from './variants';
import { ContainerPipeline, DeliveryPipeline, WebAppPipeline } from '../../src';
import type { Make } from '../helpers/synth';

const webApp = Object.entries(VARIANTS).map(([name, props]) => [
  `web app: ${name}`,
  ((stack, id) => new WebAppPipeline(stack, id, props(stack))) satisfies Make,
]);
const container = Object.entries(CONTAINER_VARIANTS).map(([name, props]) => [
  `container: ${name}`,
  ((stack, id) => new ContainerPipeline(stack, id, props(stack))) satisfies Make,
]);

function delivery(variants: typeof DELIVERY_VARIANTS) {
  return Object.entries(variants).map(([name, props]) => [
    `delivery: ${name}`,
    ((stack, id) => new DeliveryPipeline(stack, id, props(stack))) satisfies Make,
  ]);
}

/** Every variant of every pattern, in groups: a law is one test for each of them. */
export const VARIANT_GROUPS: Readonly<Record<string, Readonly<Record<string, Make>>>> = {
  'web app': Object.fromEntries(webApp),
  delivery: Object.fromEntries(delivery(DELIVERY_VARIANTS)),
  promotion: Object.fromEntries(delivery(PROMOTION_VARIANTS)),
  stack: Object.fromEntries(delivery(STACK_VARIANTS)),
  container: Object.fromEntries(container),
};

/** Every variant of every pattern, for the laws that hold for all. */
export const ALL_VARIANTS: Readonly<Record<string, Make>> = Object.assign(
  {},
  ...Object.values(VARIANT_GROUPS),
) as Record<string, Make>;
