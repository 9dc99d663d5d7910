import { PipelineArtifact } from './pipeline-artifact';
import { PipelineStep, type StepOptions } from './pipeline-step';
import { artifactName, type StepContext } from './step-context';
import type { DefinedName, StepPlan } from '../pipeline/pipeline-plan';
import {
  ANY,
  instanceOf,
  isInstance,
  listOf,
  type OptionTypes,
  readSomeOptions,
  typeOf,
} from '../pipeline/read-options';
import { namespaceOf } from '../pipeline/variables';

/** Type of artifacts of steps. */
export const ARTIFACT = instanceOf(PipelineArtifact, 'use step.artifact');
/** Type of steps. */
export const STEP = typeOf('a step of the pipeline', 'pass the step', (value) => isInstance(value, PipelineStep));

/** Fix of a value that is not a list of steps. */
export const STEPS_FIX = 'pass a list, e.g. [step]';

/** Types of the options of every step. */
export const STEP_OPTIONS: OptionTypes<StepOptions> = {
  // Validated by the step itself.
  stepName: ANY,
  inputs: listOf(ARTIFACT, 'pass a list, e.g. [step.artifact]'),
  after: listOf(STEP, STEPS_FIX),
};

/** Plans the name of a step and its relations to other steps, and validates them. */
export function commonStepFields(stepName: string, options: StepOptions, context: StepContext) {
  const { defaultInput, environment, problems } = context;
  const { inputs, after = [] } = readSomeOptions(options, STEP_OPTIONS, problems);
  return {
    path: problems.path,
    name: environment === undefined ? stepName : withSuffix(stepName, environment),
    inputs: inputs?.map(({ artifactName: artifact }) => resolveArtifact(artifact, context)) ?? [defaultInput],
    after: after.map((step) => resolveStep(step.stepName, context)),
    tests: environment,
  };
}

/** Returns the outputs of a step that can produce only its main artifact. */
export function mainOutput(step: string, producesArtifact: boolean | undefined): string[] {
  return producesArtifact ? [step] : [];
}

function withSuffix(step: string, environment: string): string {
  return `${step}-${environment}`;
}

/** Returns the name of a step that a test refers to, with a suffix if it is a test of the same environment. */
function resolveStep(step: string, { environment, siblings = [] }: StepContext): string {
  return environment !== undefined && siblings.includes(step) ? withSuffix(step, environment) : step;
}

function resolveArtifact(artifact: string, context: StepContext): string {
  const { siblings = [] } = context;
  const producer =
    siblings.find((step) => artifact === step) ?? siblings.find((step) => artifact.startsWith(artifactName(step, '')));
  return producer === undefined ? artifact : `${resolveStep(producer, context)}${artifact.slice(producer.length)}`;
}

/**
 * Returns a function that replaces variables in a string: those of tests of the same environment get the namespaces
 * that contain the name of the environment.
 */
export function namespaceReplacer(context: StepContext): (text: string) => string {
  const replacements = (context.siblings ?? []).map((sibling) => ({
    from: `#{${namespaceOf(sibling)}.`,
    to: `#{${namespaceOf(resolveStep(sibling, context))}.`,
  }));
  return (text) => replacements.reduce((result, { from, to }) => result.replaceAll(from, to), text);
}

/** Returns a step whose configuration refers to variables of tests of the same environment by their namespaces. */
export function withEnvironmentNamespaces(step: StepPlan, context: StepContext): StepPlan {
  return { ...step, configuration: mapValues(step.configuration, namespaceReplacer(context)) };
}

/** Returns a record whose values are replaced by the results of a function. */
export function mapValues(
  record: Readonly<Record<string, string>>,
  change: (text: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, text]) => [key, change(text)]));
}

/** Returns the names that a property defines. */
export function definedNames(prop: string, record: object): DefinedName[] {
  return Object.keys(record).map((name) => ({ prop, name }));
}
