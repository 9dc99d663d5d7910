import { App, Stack } from 'aws-cdk-lib';
import { jsonOf, resourcesOf, type CfnTemplate } from './synth';
import { Problems } from '../../src/pipeline/problems';
import { DeliveryPipeline, PipelineSource, PipelineStage, type BuildStep, type PipelineStep } from '../../src';
import type { BuildPlan } from '../../src/steps/build/build-spec';

/** The plan of a step that stands alone. */
export const planOf = (step: PipelineStep) => step._plan({ defaultInput: 'Source', problems: new Problems() });

/** The plan of its build. */
export function buildOf(step: BuildStep): BuildPlan {
  const { spec } = planOf(step);
  if (spec.kind !== 'build') throw new Error(`a build was expected, not: ${spec.kind}`);
  return spec;
}

/** What is wrong with a step. */
export const problemsOf = (step: PipelineStep) => step._check('step');

/** A stack to look constructs up in. */
export const stackOf = () => new Stack(new App(), 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });

/** The template of a pipeline with these steps in one stage. */
export function templateOf(stack: Stack, ...steps: PipelineStep[]): CfnTemplate {
  new DeliveryPipeline(stack, 'Delivery', { sources: [PipelineSource.gitHub('acme/shop', 'main')], stages: [PipelineStage.ofSteps('Build', steps)] });
  return jsonOf(stack);
}

/** The one project of a template. */
export function projectOf(template: CfnTemplate): Record<string, unknown> {
  const projects = resourcesOf(template, 'AWS::CodeBuild::Project');
  if (projects.length !== 1) throw new Error(`one project was expected, not ${projects.length}`);
  return projects[0][1].Properties;
}

/** The buildspec of the one project of a template. */
export const buildSpecOf = (template: CfnTemplate) =>
  JSON.parse((projectOf(template).Source as { BuildSpec: string }).BuildSpec) as Record<string, unknown>;
