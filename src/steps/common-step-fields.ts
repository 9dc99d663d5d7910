import type { StepOptions } from './pipeline-step';
import { artifactName, type StepContext } from './step-context';
import type { DefinedName, StepPlan } from '../pipeline/pipeline-plan';
import { namespaceOf } from '../pipeline/variables';

/** The parts of a plan that say where a step stands among others. */
export function commonStepFields(stepName: string, options: StepOptions, context: StepContext) {
  const { defaultInput, environment } = context;
  return {
    path: context.problems.path,
    name: environment === undefined ? stepName : inEnvironment(stepName, environment),
    inputs: options.inputs?.map((artifact) => artifactIn(context, artifact.artifactName)) ?? [defaultInput],
    after: options.after?.map((step) => stepIn(context, step.stepName)) ?? [],
    ...(environment !== undefined && { tests: environment }),
  };
}

const inEnvironment = (step: string, environment: string) => `${step}-${environment}`;

/** A step that a test names: the one beside it in the environment, if there is one. */
const stepIn = ({ environment, siblings = [] }: StepContext, step: string) =>
  environment !== undefined && siblings.includes(step) ? inEnvironment(step, environment) : step;

function artifactIn(context: StepContext, artifact: string): string {
  const { siblings = [] } = context;
  const maker =
    siblings.find((step) => artifact === step) ?? siblings.find((step) => artifact.startsWith(artifactName(step, '')));
  return maker === undefined ? artifact : `${stepIn(context, maker)}${artifact.slice(maker.length)}`;
}

/**
 * Returns the substitution that a test of an environment needs in its texts: the variables of the tests beside it have the name of the environment
 * in their namespace.
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
