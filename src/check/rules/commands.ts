import { type ActionDeclaration, isKnown, knownList, repeated } from './declaration';
import { API, GUIDE, type ServiceRule } from './service-rule';
import { violation } from './violation';
import { listOf, objectOf, textOf } from '../../assembly/json';
import { COMMANDS_LIMITS, PIPELINE_LIMITS } from '../../aws/limits';
import { characters, notSetFor } from '../../common/rules';

const COMMANDS = `${GUIDE}/action-reference-Commands.html`;
const ACTION = `${API}/API_ActionDeclaration.html`;

/** Describes a list of an action that only Commands actions have. */
interface ActionList {
  readonly property: 'Commands' | 'OutputVariables' | 'EnvironmentVariables';
  readonly max: number;
}

const LISTS: readonly ActionList[] = [
  { property: 'Commands', max: PIPELINE_LIMITS.commands },
  { property: 'OutputVariables', max: COMMANDS_LIMITS.outputVariables },
  { property: 'EnvironmentVariables', max: COMMANDS_LIMITS.environmentVariables },
];

/** Rules for Commands actions and Commands rules. */
export const COMMANDS_RULES: readonly ServiceRule[] = [
  {
    id: 'CommandsMissing',
    severity: 'error',
    summary: 'A Commands action has commands.',
    see: COMMANDS,
    violations: ({ steps }) =>
      steps
        .filter(({ provider, properties }) => provider === 'Commands' && knownList(properties.Commands)?.length === 0)
        .map((action) => violation(action, 'Commands', { must: 'contain a command', fix: 'add a command' })),
  },
  {
    id: 'CommandsCount',
    severity: 'error',
    summary: 'A Commands action has at most 50 commands, 15 output variables and 10 environment variables.',
    see: `${GUIDE}/limits.html`,
    violations: ({ steps }) =>
      steps.flatMap((action) =>
        LISTS.map(({ property, max }) => ({ property, max, count: listOf(action.properties[property]).length }))
          .filter(({ max, count }) => count > max)
          .map(({ property, max, count }) =>
            violation(action, property, {
              must: `contain at most ${max} items`,
              got: count,
              fix: property === 'Commands' ? 'put the commands into a script of the source' : 'remove some',
            }),
          ),
      ),
  },
  {
    id: 'CommandText',
    severity: 'error',
    summary: `A command is one line of 1 to ${PIPELINE_LIMITS.commandLength} characters.`,
    see: COMMANDS,
    violations: ({ steps }) =>
      steps.flatMap((action) =>
        listOf(action.properties.Commands)
          .map((command, index) => ({ index, text: textOf(command) }))
          .filter(
            ({ text }) => text === '' || text.length > PIPELINE_LIMITS.commandLength || /[\r\n]/.test(text.trim()),
          )
          .map(({ index, text }) =>
            violation(action, `Commands[${index}]`, {
              must: `be one line of 1 to ${PIPELINE_LIMITS.commandLength} characters`,
              got: text.slice(0, 80),
              fix: 'divide it, or put it into a script of the source',
            }),
          ),
      ),
  },
  {
    id: 'CommandsOfOtherProvider',
    severity: 'error',
    summary: 'Only Commands actions and Commands rules have commands.',
    see: ACTION,
    violations: ({ steps }) =>
      steps
        .filter(
          ({ provider, properties }) => isKnown(provider) && provider !== 'Commands' && hasItems(properties.Commands),
        )
        .map((action) =>
          violation(action, 'Commands', {
            must: notSetFor(action.provider),
            got: listOf(action.properties.Commands).length,
            fix: 'move the commands to an action with the provider Commands, or to the buildspec',
          }),
        ),
  },
  {
    id: 'ActionVariableName',
    severity: 'error',
    summary: 'Environment variables of an action have unique names of letters, digits and underscores, and values.',
    see: `${API}/API_EnvironmentVariable.html`,
    violations: ({ actions }) =>
      actions.flatMap((action) => {
        const variables = environmentOf(action);
        const duplicates = repeated(variables, ({ name }) => name);
        return variables
          .filter(({ name }) => isKnown(name))
          .filter((variable) => !/^\w{1,128}$/.test(variable.name) || duplicates.includes(variable))
          .map(({ index, name }) =>
            violation(action, `EnvironmentVariables[${index}].Name`, {
              must: "be unique, and have 1 to 128 letters, digits and '_'",
              got: name,
              fix: 'rename the variable',
            }),
          );
      }),
  },
  {
    id: 'ActionVariableValue',
    severity: 'error',
    summary: 'The value of an environment variable of an action has 1 to 2000 characters.',
    see: `${API}/API_EnvironmentVariable.html`,
    violations: ({ actions }) =>
      actions.flatMap((action) =>
        environmentOf(action)
          .filter(({ value }) => value.length < 1 || value.length > COMMANDS_LIMITS.environmentValue.max)
          .map(({ index, value }) =>
            violation(action, `EnvironmentVariables[${index}].Value`, {
              must: characters(COMMANDS_LIMITS.environmentValue),
              got: value.length,
              fix: 'set a value, or read it in the commands',
            }),
          ),
      ),
  },
  {
    id: 'ActionVariableType',
    severity: 'error',
    summary: 'The type of an environment variable is PLAINTEXT, or SECRETS_MANAGER for Commands actions.',
    see: COMMANDS,
    violations: ({ actions }) =>
      actions.flatMap((action) => {
        const types = action.provider === 'Commands' ? ['PLAINTEXT', 'SECRETS_MANAGER'] : ['PLAINTEXT'];
        return environmentOf(action)
          .filter(({ type }) => isKnown(type) && !types.includes(type))
          .map(({ index, type }) =>
            violation(action, `EnvironmentVariables[${index}].Type`, {
              must: `be ${types.join(' or ')} for ${action.provider}`,
              got: type,
              fix: 'change the type, or use a Commands action',
            }),
          );
      }),
  },
  {
    id: 'ArtifactFiles',
    severity: 'error',
    summary: 'Only Commands actions list the files of their output artifact: 1 to 10 paths of at most 128 characters.',
    see: COMMANDS,
    violations: ({ actions }) =>
      actions.flatMap((action) =>
        listOf(action.properties.OutputArtifacts)
          .map((artifact, index) => ({ index, files: objectOf(artifact).Files }))
          .filter(({ files }) => files !== undefined)
          .filter(({ files }) => areFilesWrong(action, knownList(files)))
          .map(({ index, files }) =>
            violation(action, `OutputArtifacts[${index}].Files`, {
              must: 'be set for Commands actions only, and contain 1 to 10 paths of 1 to 128 characters',
              got: files,
              fix: action.provider === 'Commands' ? 'use patterns such as dist/**/*' : 'remove it',
            }),
          ),
      ),
  },
  {
    id: 'ActionTimeout',
    severity: 'error',
    summary: 'The timeout of a manual approval is 5 to 86400 minutes.',
    see: ACTION,
    violations: ({ actions }) => {
      const { min, max } = PIPELINE_LIMITS.approvalMinutes;
      return actions
        .map((action) => ({ action, minutes: action.properties.TimeoutInMinutes }))
        .filter(({ minutes }) => minutes !== undefined && isKnown(minutes))
        .filter(({ minutes }) => !(Number(minutes) >= min && Number(minutes) <= max))
        .map(({ action, minutes }) =>
          violation(action, 'TimeoutInMinutes', {
            must: `be ${min} to ${max} minutes`,
            got: minutes,
            fix: 'change the timeout, or remove it for 7 days',
          }),
        );
    },
  },
  {
    id: 'TimeoutOfOtherAction',
    severity: 'warning',
    summary: 'Only manual approvals have a timeout.',
    see: ACTION,
    violations: ({ actions }) =>
      actions
        .filter(
          ({ category, properties }) =>
            isKnown(category) && category !== 'Approval' && properties.TimeoutInMinutes !== undefined,
        )
        .map((action) =>
          violation(action, 'TimeoutInMinutes', {
            must: 'be set for manual approvals only, because other actions ignore it',
            got: action.properties.TimeoutInMinutes,
            fix: 'set the timeout of the build project or of the deployment',
          }),
        ),
  },
];

interface EnvironmentVariable {
  readonly index: number;
  readonly name: string;
  readonly value: string;
  readonly type: string;
}

function environmentOf({ properties }: ActionDeclaration): EnvironmentVariable[] {
  return listOf(properties.EnvironmentVariables).map((variable, index) => {
    const { Name, Value, Type } = objectOf(variable);
    return { index, name: textOf(Name), value: textOf(Value), type: textOf(Type) || 'PLAINTEXT' };
  });
}

function hasItems(value: unknown): boolean {
  return listOf(value).length > 0;
}

function areFilesWrong({ provider }: ActionDeclaration, files: readonly unknown[] | undefined): boolean {
  if (files === undefined || !isKnown(provider)) return false;
  if (provider !== 'Commands') return true;
  const { length } = files;
  return (
    length < 1 ||
    length > 10 ||
    files.map(textOf).some((file) => file === '' || file.length > COMMANDS_LIMITS.filePattern)
  );
}
