import { inOrder, type PipelinePlan } from './pipeline-plan';
import { problem, type Problem } from './problems';
import { ACTION_PROVIDERS, type ActionProvider } from '../facts/action-providers';

/** `#{namespace.key}` wherever it stands in a text. */
const REFERENCE = /#\{([^}]*)\}/g;

/** The namespace of the variables of a step. */
export const namespaceOf = (step: string) => `${step}-vars`;

/** The literal that CodePipeline replaces by the value of a variable when an action starts. */
export const variableOf = (step: string, key: string) => `#{${namespaceOf(step)}.${key}}`;

/**
 * Every variable in a configuration is produced earlier. CodePipeline finds out only when the action starts, an hour later.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export function checkVariables(plan: PipelinePlan): Problem[] {
  return inOrder(plan).flatMap(({ action, earlier }) => Object.entries(action.configuration).flatMap(([key, value]) =>
    [...value.matchAll(REFERENCE)].flatMap(([literal, name]) => {
      if (name === 'codepipeline.PipelineExecutionId') return [];
      const [namespace, variable] = name.split('.');
      const producer = earlier.find((one) => one.namespace === namespace);
      const known: ActionProvider['variables'] = producer ? ACTION_PROVIDERS[producer.provider].variables : [];
      if (known === 'any' || known.includes(variable)) return [];
      const choices = earlier.flatMap((one) => {
        const { variables }: ActionProvider = ACTION_PROVIDERS[one.provider];
        return one.namespace === undefined || variables === 'any' ? [] : variables.map((each) => `#{${one.namespace}.${each}}`);
      });
      return [problem(`${action.name}.${key}`, 'use variables that an earlier action produces', literal, `choose one of ${choices.join(', ')}`)];
    }),
  ));
}
