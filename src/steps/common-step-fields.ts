import type { StepOptions } from './pipeline-step';
import { artifactName, type StepContext } from './step-context';
import type { StepPlan } from '../pipeline/pipeline-plan';
import { namespaceOf } from '../pipeline/variables';

/** The parts of a plan that say where a step stands among others. */
export function placeOf(stepName: string, options: StepOptions, context: StepContext) {
  const { defaultInput, environment } = context;
  return {
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

/** The variables that a test uses: those of the tests beside it in the environment have its name in their namespace. */
export function withVariablesOf(context: StepContext, step: StepPlan): StepPlan {
  const inPlace = (text: string) =>
    (context.siblings ?? []).reduce(
      (all, sibling) => all.split(`#{${namespaceOf(sibling)}.`).join(`#{${namespaceOf(stepIn(context, sibling))}.`),
      text,
    );
  return {
    ...step,
    configuration: Object.fromEntries(Object.entries(step.configuration).map(([key, text]) => [key, inPlace(text)])),
    ...((step.spec.kind === 'lambda' || step.spec.kind === 'lambda-rule') && {
      spec: { ...step.spec, parameters: mapped(step.spec.parameters, inPlace) },
    }),
    ...(step.spec.kind === 'state-machine' &&
      step.spec.input && {
        spec: { ...step.spec, input: JSON.parse(inPlace(JSON.stringify(step.spec.input))) as Record<string, unknown> },
      }),
  };
}

const mapped = (record: Readonly<Record<string, string>>, change: (text: string) => string) =>
  Object.fromEntries(Object.entries(record).map(([key, text]) => [key, change(text)]));
