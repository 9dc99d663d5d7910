import { Token } from 'aws-cdk-lib';
import { checkConditions } from './conditions';
import { checkNames } from './names';
import { checkReleases } from './receivers';
import { checkSecrets } from '../../steps/build/check-secrets';
import { checkStacks } from './stacks';
import { checkVariables } from './variable-uses';
import { checkEnvironmentOutputs } from '../environment-outputs';
import { allActions, allSteps, inOrder, type PipelinePlan, type StepPlan } from '../pipeline-plan';
import { checkName, problem, type Problem } from '../problems';
import { checkArchitectures } from './architectures';
import { providerOf } from '../../aws/action-providers';
import { PIPELINE_LIMITS, PIPELINE_VARIABLE_NAME } from '../../aws/limits';

/**
 * Every rule of the service that a plan as a whole can break. What one variant alone can break is checked where the variant is.
 *
 * @param prop the prop of the pattern that most stages come from
 */
export function checkPipeline(plan: PipelinePlan, prop: string): Problem[] {
  return [
    ...checkCounts(plan, prop),
    ...checkNames(plan, prop),
    ...checkArtifacts(plan),
    ...allSteps(plan).flatMap(checkConfiguration),
    ...allSteps(plan).flatMap(checkCommands),
    ...checkVariables(plan),
    ...checkSecrets(plan),
    ...checkEnvironmentOutputs(plan),
    ...checkDeclaredVariables(plan),
    ...plan.stages.flatMap(checkTransition),
    ...checkConditions(plan),
    ...checkClones(plan),
    ...checkStacks(plan, prop),
    ...checkReleases(plan, prop),
    ...checkArchitectures(plan),
  ];
}

const SPLIT = 'split the pipeline in two, the second started by the first';

function checkCounts(plan: PipelinePlan, prop: string): Problem[] {
  const { maxStages, maxActionsPerStage, maxActions } = PIPELINE_LIMITS;
  const crowded = plan.stages.filter((stage) => stage.actions.length > maxActionsPerStage);
  return [
    ...(plan.stages.length > maxStages
      ? [problem(prop, `give at most ${maxStages} stages`, plan.stages.length, SPLIT)]
      : []),
    ...crowded.map((stage) =>
      problem(
        prop,
        `give at most ${maxActionsPerStage} actions in stage '${stage.name}'`,
        stage.actions.length,
        stage.wave ? 'spread its environments over more waves' : 'spread them over more environments',
      ),
    ),
    ...(allActions(plan).length > maxActions
      ? [problem(prop, `give at most ${maxActions} actions in all`, allActions(plan).length, SPLIT)]
      : []),
  ];
}

/** An artifact is made once, before it is used, in the numbers that the provider takes. */
function checkArtifacts(plan: PipelinePlan): Problem[] {
  return inOrder(plan).flatMap(({ action, earlier }) => {
    const provider = providerOf(action);
    const made = new Set(earlier.flatMap((one) => one.outputs));
    const bounds = (words: string, names: readonly string[], { min, max }: { min: number; max: number }) => {
      if (names.length >= min && names.length <= max) return [];
      return [
        problem(
          action.name,
          `have ${min === max ? min : `${min} to ${max}`} ${words} artifacts`,
          names,
          `see ${provider.see}`,
        ),
      ];
    };
    return [
      ...bounds('input', action.inputs, provider.inputs),
      ...bounds('output', action.outputs, provider.outputs),
      ...(action.follows ?? [])
        .filter((name) => !earlier.some((one) => one.name === name))
        .map((name) =>
          problem(
            action.name,
            'come after the step whose image it works on',
            name,
            'put that step into the same stage or an earlier one',
          ),
        ),
      ...action.inputs
        .filter((name) => !made.has(name))
        .map((name) =>
          problem(action.name, 'use artifacts of earlier actions only', name, wayToArtifact(plan, action, name)),
        ),
    ];
  });
}

/** What to do about an artifact that is not there when it is needed. */
function wayToArtifact(plan: PipelinePlan, action: StepPlan, artifact: string): string {
  const actions = allActions(plan);
  if (action.outputs.includes(artifact)) return 'it is what the step itself makes; choose another';
  if (actions.some(({ outputs }) => outputs.includes(artifact))) return 'put the action that makes it before this one';
  const ofTests = actions.filter(
    ({ tests, outputs }) => tests !== undefined && outputs.some((name) => name.replace(`-${tests}`, '') === artifact),
  );
  if (ofTests.length > 0) return 'it is made inside of an environment, for the tests of that environment alone';
  const owner = actions.find(({ name }) => name === artifact || artifact.startsWith(`${name}_`));
  if (!owner) return 'no step of the pipeline makes it; add that step to a stage before this one';
  return owner.outputs.length > 0
    ? `'${owner.name}' makes ${owner.outputs.join(', ')}`
    : `'${owner.name}' makes none; give it an output, or work on the artifact of another step`;
}

function checkConfiguration(action: StepPlan): Problem[] {
  const provider = providerOf(action);
  const limit = PIPELINE_LIMITS.configurationValue;
  const { configurationKey } = PIPELINE_LIMITS;
  return Object.entries(action.configuration).flatMap(([key, value]) => [
    ...(key.length >= 1 && key.length <= configurationKey
      ? []
      : [
          problem(
            `${action.name}.configuration`,
            `have keys of 1 to ${configurationKey} characters`,
            key,
            'use the keys of the action type',
          ),
        ]),
    // Sources check their own: each value of theirs is a prop.
    ...(value === '' && provider.category !== 'Source'
      ? [problem(`${action.name}.${key}`, 'not be empty', value, 'leave it out, or say something')]
      : []),
    ...(provider.configuration === 'any' || key in provider.configuration
      ? []
      : [
          problem(
            `${action.name}.${key}`,
            `be a configuration key of ${provider.provider}`,
            key,
            `see ${provider.see}`,
          ),
        ]),
    ...(Token.isUnresolved(value) || value.length <= limit
      ? []
      : [
          problem(
            `${action.name}.${key}`,
            `have at most ${limit} characters`,
            `${value.length} characters`,
            provider.tooLong?.[key] ??
              (provider.json?.includes(key)
                ? 'it is JSON of what a run fills in: use fewer or shorter variables'
                : 'shorten the text'),
          ),
        ]),
  ]);
}

function checkCommands({ name, commands = [] }: StepPlan): Problem[] {
  const { commands: most, commandLength } = PIPELINE_LIMITS;
  return [
    ...(commands.length > most
      ? [
          problem(
            `${name}.commands`,
            `hold at most ${most} commands`,
            commands.length,
            'put them into a script of the repository',
          ),
        ]
      : []),
    ...commands
      .filter((command) => !Token.isUnresolved(command) && command.length > commandLength)
      .map((command) =>
        problem(
          `${name}.commands`,
          `hold commands of at most ${commandLength} characters`,
          command,
          'put it into a script of the repository',
        ),
      ),
    ...commands
      .filter((command) => /[\r\n]/.test(command))
      .map((command) =>
        problem(
          `${name}.commands`,
          'hold commands of one line',
          command,
          'make each line a command of its own, or put them into a script of the repository',
        ),
      ),
  ];
}

/** The variables of the pipeline as a whole. */
function checkDeclaredVariables(plan: PipelinePlan): Problem[] {
  const { variables } = plan;
  const { pipelineVariables, variableValue, variableDescription } = PIPELINE_LIMITS;
  return [
    ...(variables.length > pipelineVariables
      ? [problem('variables', `hold at most ${pipelineVariables}`, variables.length, 'take some away')]
      : []),
    ...variables.flatMap(({ name, defaultValue, description }, i) => [
      ...checkName(`variables[${i}].variableName`, name, PIPELINE_VARIABLE_NAME, 'rename the variable'),
      ...(variables.findIndex((other) => other.name === name) < i
        ? [problem('variables', 'give every variable a name of its own', name, 'rename one of them')]
        : []),
      ...(defaultValue === undefined ||
      Token.isUnresolved(defaultValue) ||
      (defaultValue.length >= 1 && defaultValue.length <= variableValue)
        ? []
        : [
            problem(
              `variables[${i}].defaultValue`,
              `have 1 to ${variableValue} characters`,
              defaultValue,
              'choose another value, or leave the default out',
            ),
          ]),
      ...(defaultValue === undefined && startsByItself(plan)
        ? [
            problem(
              `variables[${i}].defaultValue`,
              'be given when changes, times or other pipelines start runs',
              name,
              'such a run cannot say a value and would fail; give a default, or let people start every run with PipelineTrigger.manual()',
            ),
          ]
        : []),
      ...(description === undefined || Token.isUnresolved(description) || description.length <= variableDescription
        ? []
        : [
            problem(
              `variables[${i}].description`,
              `have at most ${variableDescription} characters`,
              description,
              'shorten the text',
            ),
          ]),
    ]),
  ];
}

/** Does anything but a person start runs? */
const startsByItself = (plan: PipelinePlan) =>
  plan.gitTriggers.length > 0 ||
  plan.eventTriggers.length > 0 ||
  allActions(plan).some(({ configuration }) => configuration.DetectChanges === 'true');

function checkTransition({ name, disabledReason }: PipelinePlan['stages'][number], index: number): Problem[] {
  if (disabledReason === undefined) return [];
  const prop = `${name}.transitionDisabledReason`;
  const { pattern, maxLength, words } = PIPELINE_LIMITS.disabledReason;
  return [
    ...(index === 0
      ? [
          problem(
            prop,
            'not be given for the first stage',
            disabledReason,
            'nothing passes into it; use PipelineTrigger.manual() to keep runs from starting',
          ),
        ]
      : []),
    ...(Token.isUnresolved(disabledReason) || (pattern.test(disabledReason) && disabledReason.length <= maxLength)
      ? []
      : [
          problem(prop, `consist of 1 to ${maxLength} ${words}`, disabledReason, 'write it with these characters only'),
        ]),
  ];
}

/** A full clone is a reference that builds alone can follow. */
function checkClones(plan: PipelinePlan): Problem[] {
  const steps = allSteps(plan);
  const clones = steps.filter(({ spec }) => 'fullClone' in spec && spec.fullClone).map(({ name }) => name);
  return steps
    .filter(({ spec }) => spec.kind !== 'build' && spec.kind !== 'project')
    .flatMap((action) =>
      action.inputs
        .filter((input) => clones.includes(input))
        .map((input) =>
          problem(
            action.name,
            'not use a full clone',
            input,
            'only CodeBuild can read it; take the artifact of a build, or turn fullClone off',
          ),
        ),
    );
}
