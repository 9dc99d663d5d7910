import { PipelineArtifact } from './pipeline-artifact';
import { PipelineStep, type StepOptions } from './pipeline-step';
import { artifactName, type StepContext } from './step-context';
import type { DefinedName, StepPlan } from '../pipeline/pipeline-plan';
import { ANY, listOf, type OptionTypes, readOptions, typeOf } from '../pipeline/read-options';
import { namespaceOf } from '../pipeline/variables';

/** Type of artifacts of steps. */
export const ARTIFACT = typeOf('a PipelineArtifact', 'use step.artifact', (value) => value instanceof PipelineArtifact);
/** Type of steps. */
export const STEP = typeOf('a step of the pipeline', 'pass the step itself', (value) => value instanceof PipelineStep);

/** Types of the options that every step has. */
export const STEP_OPTIONS: OptionTypes<StepOptions> = {
  // Validated by the step itself.
  stepName: ANY,
  inputs: listOf(ARTIFACT, 'write it as in [step.artifact]'),
  after: listOf(STEP, 'write it as in [step]'),
};

/** Plans the relation of a step to others, and reports what is wrong with it. */
export function commonStepFields(stepName: string, options: StepOptions, context: StepContext) {
  const { defaultInput, environment, problems } = context;
  const { inputs, after = [] } = readOptions(options, STEP_OPTIONS, problems);
  return {
    path: problems.path,
    name: environment === undefined ? stepName : inEnvironment(stepName, environment),
    inputs: inputs?.map((artifact) => artifactIn(context, artifact.artifactName)) ?? [defaultInput],
    after: after.map((step) => stepIn(context, step.stepName)),
    ...(environment !== undefined && { tests: environment }),
  };
}

function inEnvironment(step: string, environment: string): string {
  return `${step}-${environment}`;
}

/** Returns the step that a test names: the one beside it in the environment, if there is one. */
function stepIn({ environment, siblings = [] }: StepContext, step: string): string {
  return environment !== undefined && siblings.includes(step) ? inEnvironment(step, environment) : step;
}

function artifactIn(context: StepContext, artifact: string): string {
  const { siblings = [] } = context;
  const producer =
    siblings.find((step) => artifact === step) ?? siblings.find((step) => artifact.startsWith(artifactName(step, '')));
  return producer === undefined ? artifact : `${stepIn(context, producer)}${artifact.slice(producer.length)}`;
}

/**
 * Returns the substitution that a test of an environment needs in its texts: the variables of the tests beside it have
 * the name of the environment in their namespace.
 */
export function inNamespacesOf(context: StepContext): (text: string) => string {
  return (text) =>
    (context.siblings ?? []).reduce(
      (all, sibling) => all.replaceAll(`#{${namespaceOf(sibling)}.`, `#{${namespaceOf(stepIn(context, sibling))}.`),
      text,
    );
}

/** Returns a step with the variables in its configuration in the namespaces of its environment. */
export function withVariablesOf(context: StepContext, step: StepPlan): StepPlan {
  return { ...step, configuration: mapValues(step.configuration, inNamespacesOf(context)) };
}

/** Returns a record with every value changed. */
export function mapValues(
  record: Readonly<Record<string, string>>,
  change: (text: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, text]) => [key, change(text)]));
}

/** Returns the names of a record, by the property that defines them. */
export function definedNames(prop: string, record: object): DefinedName[] {
  return Object.keys(record).map((name) => ({ prop, name }));
}
