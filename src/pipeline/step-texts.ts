import type { StepPlan } from './pipeline-plan';

/** The parts of a step that contain texts of the user. */
export type StepWithTexts = Pick<StepPlan, 'configuration' | 'commands' | 'environmentVariables' | 'projectTexts'>;

/** Text of a step, with the property that it comes from. */
export interface StepText {
  /** `configuration`, `commands` and `environmentVariables` belong to the action, `project` to its build project. */
  readonly part: 'configuration' | 'commands' | 'environmentVariables' | 'project';
  /** Configuration key, `commands`, `environmentVariables.<name>`, or the property of a text of the build project. */
  readonly prop: string;
  readonly text: string;
}

/** Returns every text of a step. */
export function textsOf(step: StepWithTexts): StepText[] {
  const projectTexts = step.projectTexts ?? [];
  return [...actionTexts(step), ...projectTexts.map(({ prop, text }): StepText => ({ part: 'project', prop, text }))];
}

/** Returns the texts that CodePipeline reads: the configuration, the commands and the environment of the action. */
export function actionTexts(step: StepWithTexts): StepText[] {
  const { configuration, commands = [], environmentVariables = {} } = step;
  const texts: StepText[] = [];
  for (const [prop, text] of Object.entries(configuration)) texts.push({ part: 'configuration', prop, text });
  for (const text of commands) texts.push({ part: 'commands', prop: 'commands', text });
  for (const [name, text] of Object.entries(environmentVariables)) {
    texts.push({ part: 'environmentVariables', prop: `environmentVariables.${name}`, text });
  }
  return texts;
}
