import { App, Stack } from 'aws-cdk-lib';
import { ContainerPipeline, DeliveryPipeline, MultiEnvPromotionPipeline, WebAppPipeline } from '../../src';
import { checkContainer, checkDelivery, checkMultiEnvPromotion, checkWebApp } from '../helpers/plans';

/** Account and region of all pipelines. */
export const HOME = { account: '111111111111', region: 'eu-west-1' };

/* Factories take values of wrong types here, so their types would only be in the way. */
export type Untyped = any;

/** A factory of the public API, with arguments that are right. */
export interface Factory {
  /** Arguments; the last is the options, where the factory takes some. */
  readonly args: readonly unknown[];
  /** Interface of the options. */
  readonly options?: string;
  /** Calls the factory, and puts its result where it belongs. */
  readonly use: (...args: Untyped[]) => Use;
}

/** A pipeline in which the result of a factory is used. */
export interface Use {
  /** Interface of its props, which errors name the properties of. */
  readonly props: string;
  /** Returns what is wrong with the props. */
  readonly check: () => readonly string[];
  readonly construct: (stack: Stack) => unknown;
}

export function webAppPipeline(props: Untyped): Use {
  return {
    props: 'WebAppPipelineProps',
    check: () => checkWebApp(props, HOME),
    construct: (scope) => new WebAppPipeline(scope, 'P', props),
  };
}

export function promotionPipeline(props: Untyped): Use {
  return {
    props: 'MultiEnvPromotionPipelineProps',
    check: () => checkMultiEnvPromotion(props, HOME),
    construct: (scope) => new MultiEnvPromotionPipeline(scope, 'P', props),
  };
}

export function containerPipeline(props: Untyped): Use {
  return {
    props: 'ContainerPipelineProps',
    check: () => checkContainer(props, HOME),
    construct: (scope) => new ContainerPipeline(scope, 'P', props),
  };
}

/** A construct that is no pipeline: it is created to learn what is wrong with its props. */
export function construct(Construct: new (scope: Stack, id: string, props: Untyped) => unknown) {
  return (props: Untyped): Use => ({
    props: `${Construct.name}Props`,
    check: () => {
      try {
        new Construct(
          new Stack(new App(), 'Shop', { env: { account: '222222222222', region: 'eu-west-1' } }),
          'P',
          props,
        );
        return [];
      } catch (error) {
        const { message } = error as Error;
        if (!message.startsWith(`[${Construct.name} Shop/P] `)) throw error;
        return message.split('\n').map((line) => line.replace(`[${Construct.name} Shop/P] `, ''));
      }
    },
    construct: () => undefined,
  });
}

export function deliveryPipeline(props: Untyped): Use {
  return {
    props: 'DeliveryPipelineProps',
    check: () => checkDelivery(props, HOME),
    construct: (scope) => new DeliveryPipeline(scope, 'P', props),
  };
}
