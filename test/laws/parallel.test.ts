import { App, Stack } from 'aws-cdk-lib';
import { CONTAINER_VARIANTS } from './container-variants';
import { DELIVERY_VARIANTS } from './delivery-variants';
import { HOME } from './factory-uses';
import { PROMOTION_VARIANTS } from './promotion-variants';
import { STACK_VARIANTS } from './stack-variants';
import { VARIANTS } from './variants';
import { PipelineExecutionMode } from '../../src';
import { planContainer } from '../../src/patterns/container/plan';
import { planDelivery } from '../../src/patterns/delivery/plan';
import { planWebApp } from '../../src/patterns/web-app/plan';
import { Problems } from '../../src/pipeline/problems';
import { NOT_PARALLEL } from '../../src/pipeline/validation/execution-mode';

type PlanProps = (props: never, env: typeof HOME, problems: Problems) => ReturnType<typeof planDelivery>;

const PATTERNS: ReadonlyArray<readonly [Readonly<Record<string, (stack: Stack) => object>>, unknown]> = [
  [VARIANTS, planWebApp],
  [CONTAINER_VARIANTS, planContainer],
  [DELIVERY_VARIANTS, planDelivery],
  [PROMOTION_VARIANTS, planDelivery],
  [STACK_VARIANTS, planDelivery],
];

const ALL = PATTERNS.flatMap(([variants, plan]) =>
  Object.entries(variants).map(([name, props]) => ({ name, props, plan: plan as PlanProps })),
);

test('allows PARALLEL mode for no pipeline with an environment, whatever its target', () => {
  const targets = new Set<string>();
  const allowed = ALL.filter(({ props, plan }) => {
    const problems = new Problems();
    const values = {
      ...props(new Stack(new App(), 'Shop', { env: HOME })),
      executionMode: PipelineExecutionMode.PARALLEL,
    };
    const planned = plan(values as never, HOME, problems);
    const actions = (planned?.stages ?? []).flatMap((stage) => stage.actions);
    for (const { environment, spec } of actions) if (environment !== undefined) targets.add(spec.kind);
    const hasEnvironments = planned?.stages.some(({ environments = [] }) => environments.length > 0) ?? false;
    const isRefused = problems.all.some((problem) => problem.startsWith(`'executionMode' must ${NOT_PARALLEL}, got [`));
    return hasEnvironments !== isRefused;
  });
  expect(allowed.map(({ name }) => name)).toEqual([]);
  expect([...targets]).toEqual(
    expect.arrayContaining([
      'deploy-eks',
      'deploy-hosted-configuration',
      'deploy-lambda-image',
      'deploy-pipeline-configuration',
      'deploy-service',
      'execute-stack',
      'run-task',
      'static-site',
    ]),
  );
});
