import { Stack } from 'aws-cdk-lib';
import { problemsAt } from './plans';
import { jsonOf, newApp, resourcesOf, type CfnTemplate } from './synth';
import { DeliveryPipeline, PipelineSource, PipelineStage, type PipelineStep } from '../../src';
import type { StepPlan } from '../../src/pipeline/pipeline-plan';
import { Problems } from '../../src/pipeline/problems';
import type { BuildSpec } from '../../src/steps/build/spec';

/** Returns the plans of all actions of a single step, whatever is wrong with it. */
export function plansOf(step: PipelineStep): StepPlan[] {
  return step._plan({ defaultInput: 'Source', problems: new Problems('step') });
}

/** Returns the plan of the main action of a single step. */
export function planOf(step: PipelineStep): StepPlan {
  const plan = plansOf(step).find(({ name }) => name === step.stepName);
  if (!plan) throw new Error(`${step.stepName} has no plan`);
  return plan;
}

/** Returns what is rendered of a plan, which must be that of a build in a separate project. */
export function specOf({ name, spec }: StepPlan): BuildSpec {
  if (!isBuild(spec)) throw new Error(`${name} is no build, but: ${spec.kind}`);
  return spec;
}

function isBuild(spec: { readonly kind: string }): spec is BuildSpec {
  return spec.kind === 'build';
}

/** Returns what is rendered of the main action of a step, which must be a build in a separate project. */
export function buildOf(step: PipelineStep): BuildSpec {
  return specOf(planOf(step));
}

/** Returns what is wrong with a step. */
export function problemsOf(step: PipelineStep): readonly string[] {
  return problemsAt('step', (problems) => step._plan({ defaultInput: 'Source', problems }));
}

/** A stack to look constructs up in. */
export function stackOf() {
  return new Stack(newApp(), 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
}

/** The template of a pipeline with these steps in one stage. */
export function templateOf(stack: Stack, ...steps: PipelineStep[]): CfnTemplate {
  new DeliveryPipeline(stack, 'Delivery', {
    sources: [PipelineSource.gitHub('acme/shop', 'main')],
    stages: [PipelineStage.steps('Build', steps)],
  });
  return jsonOf(stack);
}

/** The one project of a template. */
export function projectOf(template: CfnTemplate): Record<string, unknown> {
  const projects = resourcesOf(template, 'AWS::CodeBuild::Project');
  if (projects.length !== 1) throw new Error(`one project was expected, not ${projects.length}`);
  return projects[0][1].Properties;
}

/** The buildspec of the one project of a template. */
export function buildSpecOf(template: CfnTemplate) {
  return JSON.parse((projectOf(template).Source as { BuildSpec: string }).BuildSpec) as Record<string, unknown>;
}
