import { inOrder, type ActionPlan, type PipelinePlan } from './pipeline-plan';
import { problem, type Problem } from './problems';
import { referencesIn, type VariableUse } from './variables';
import { providerOf } from '../facts/action-providers';

/**
 * Every variable in a configuration or a command is produced earlier, and holds nothing that could end the text it stands in. CodePipeline finds
 * out only when the action starts, an hour later, and fills in any text unescaped.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export function checkVariables(plan: PipelinePlan): Problem[] {
  const ofPipeline = new Set(plan.variables.map(({ name }) => name));
  return inOrder(plan).flatMap(({ action, earlier }) => referencesIn(action).flatMap((use) => {
    const prop = `${action.name}.${use.place}`;
    const isSource = providerOf(action).category === 'Source';
    if (use.namespace === 'codepipeline' && use.key === 'PipelineExecutionId') return [];
    if (use.namespace === 'variables') {
      if (isSource) return [problem(prop, 'be free of pipeline variables in a source', use.literal, 'sources run before they are known; start the run with a source revision instead')];
      return ofPipeline.has(use.key) ? checkFreeText(prop, action, use)
        : [problem(prop, 'use variables of the pipeline that it lists', use.literal, ofPipeline.size > 0 ? `choose one of ${[...ofPipeline].join(', ')}, or add it to 'variables'` : "add it to 'variables'")];
    }
    const producer = earlier.find((one) => one.namespace === use.namespace);
    const known = producer === undefined ? [] : producer.exports ?? providerOf(producer).variables;
    if (known !== 'any' && !known.includes(use.key)) {
      const choices = earlier.flatMap(choicesOf);
      return [problem(prop, 'use variables that an earlier action produces', use.literal,
        choices.length > 0 ? `choose one of ${choices.join(', ')}` : 'no earlier action produces any')];
    }
    return providerOf(producer!).safeVariables?.includes(use.key) ? [] : checkFreeText(prop, action, use);
  }));
}

function choicesOf(action: ActionPlan): string[] {
  const variables = action.exports ?? providerOf(action).variables;
  return action.namespace === undefined || variables === 'any' ? [] : variables.map((key) => `#{${action.namespace}.${key}}`);
}

/** Free text is filled in as it is: a quote in it ends the text, a semicolon begins a command. */
function checkFreeText(prop: string, action: ActionPlan, { place, literal }: VariableUse): Problem[] {
  if (place === 'commands') {
    return [problem(prop, 'be free of variables that may hold any text', literal,
      "whoever writes it could run commands here; put it into 'environmentVariables' and write \"$NAME\" in the command, or use an id or a digest")];
  }
  if (providerOf(action).json?.includes(place)) {
    return [problem(prop, 'be free of variables that may hold any text', literal,
      'it is JSON, and a quote in the value breaks it; hand it on in a file of an artifact, or use an id or a digest')];
  }
  return [];
}
