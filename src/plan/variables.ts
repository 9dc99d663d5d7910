import type { StepPlan } from './pipeline-plan';

/** `#{namespace.key}` wherever it stands in a text. */
const REFERENCE = /#\{([^}]*)\}/g;

/** The namespace of the variables of a step. */
export const namespaceOf = (step: string) => `${step}-vars`;

/** The literal that CodePipeline replaces by the value of a variable when an action starts. */
export const variableOf = (step: string, key: string) => `#{${namespaceOf(step)}.${key}}`;

/** Does CodePipeline have to fill in something? */
export const holdsVariable = (text: string) => text.includes('#{');

/** Where a variable is used. */
export interface VariableUse {
  /** The configuration key, `commands`, or `environmentVariables.<name>`. */
  readonly place: string;
  /** `#{namespace.key}` */
  readonly literal: string;
  readonly namespace: string;
  readonly key: string;
}

/** Every variable that an action uses, in its configuration, its commands and its environment. */
export function referencesIn({ configuration, commands = [], environmentVariables = {} }: Pick<StepPlan, 'configuration' | 'commands' | 'environmentVariables'>): VariableUse[] {
  const texts = [
    ...Object.entries(configuration),
    ...commands.map((command) => ['commands', command] as const),
    ...Object.entries(environmentVariables).map(([name, value]) => [`environmentVariables.${name}`, value] as const),
  ];
  return texts.flatMap(([place, text]) => [...text.matchAll(REFERENCE)].map(([literal, name]) => {
    const [namespace, ...key] = name.split('.');
    return { place, literal, namespace, key: key.join('.') };
  }));
}
