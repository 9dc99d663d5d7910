import { planContainer as container } from '../../src/patterns/container/plan';
import { planDelivery as delivery } from '../../src/patterns/delivery/plan';
import { planMultiEnvPromotion as multiEnvPromotion } from '../../src/patterns/multi-env-promotion/plan';
import { planWebApp as webApp } from '../../src/patterns/web-app/plan';
import type { Environment } from '../../src/pipeline/env';
import type { PipelinePlan } from '../../src/pipeline/pipeline-plan';
import { Problems } from '../../src/pipeline/problems';

type Planner<Props> = (props: Props, env: Environment, problems: Problems) => PipelinePlan | undefined;

/** Returns the plan of a pattern, whatever is wrong with it. */
function planning<Props>(plan: Planner<Props>) {
  return (props: Props, env: Environment = {}) => plan(props, env, new Problems())!;
}

/** Returns what is wrong with the props of a pattern. */
function checking<Props>(plan: Planner<Props>) {
  return (props: Props, env: Environment = {}): readonly string[] => {
    const problems = new Problems();
    plan(props, env, problems);
    return problems.all;
  };
}

export const planWebApp = planning(webApp);
export const checkWebApp = checking(webApp);
export const planContainer = planning(container);
export const checkContainer = checking(container);
export const planDelivery = planning(delivery);
export const checkDelivery = checking(delivery);
export const planMultiEnvPromotion = planning(multiEnvPromotion);
export const checkMultiEnvPromotion = checking(multiEnvPromotion);

/** Returns what is reported while something is planned at a path. */
export function problemsAt(path: string, plan: (problems: Problems) => unknown): readonly string[] {
  const problems = new Problems(path);
  plan(problems);
  return problems.all;
}
