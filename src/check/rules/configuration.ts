import { type ActionDeclaration, isKnown, type PipelineDeclaration } from './declaration';
import { factsOf, PROVIDERS } from './providers';
import { API, GUIDE, type ServiceRule } from './service-rule';
import { type Violation, violation } from './violation';
import { isObject, objectOf, textOf } from '../../assembly/json';
import { type AcceptedValues, CONFIGURATION_VALUES } from '../../aws/configuration-values';
import { PIPELINE_LIMITS } from '../../aws/limits';
import { closest } from '../../common/closest';
import { atMostCharacters, configurationKeyOf, removeOrUseOneOf } from '../../common/rules';

const PROVIDER_PAGES = `${GUIDE}/structure-configuration-examples.html`;
const LIMITS = `${GUIDE}/limits.html`;
const MAX_RULE_VALUE = 10_000;

/** A key of the configuration of an action. */
interface Entry {
  readonly action: ActionDeclaration;
  readonly key: string;
  readonly value: unknown;
}

/** Rules for action types and their configuration. */
export const CONFIGURATION_RULES: readonly ServiceRule[] = [
  {
    id: 'ActionProvider',
    severity: 'error',
    summary: 'The category, owner and provider of an action are those of an action type of AWS.',
    see: `${GUIDE}/action-reference.html`,
    violations: ({ steps }) =>
      steps.flatMap((action) => {
        const { category, owner, provider } = action;
        if (owner === 'Custom' || ![category, owner, provider].every(isKnown) || factsOf(action)) return [];
        const wrong = wrongTypeOf(action);
        if (wrong === undefined) return [];
        const property = action.kind === 'rule' ? 'RuleTypeId' : 'ActionTypeId';
        const got = `${category} ${owner} ${provider}`;
        return [violation(action, property, { must: 'be an action type of AWS', got, fix: wrong })];
      }),
  },
  {
    id: 'ProviderRetired',
    severity: 'error',
    summary: 'An action does not use AWS OpsWorks Stacks, which ended on May 26, 2024.',
    see: 'https://docs.aws.amazon.com/opsworks/latest/userguide/stacks-eol-faqs.html',
    violations: ({ actions }) =>
      actions
        .filter(({ owner, provider }) => owner === 'AWS' && provider === 'OpsWorks')
        .map((action) =>
          violation(action, 'ActionTypeId.Provider', {
            must: 'not be OpsWorks, which AWS has switched off',
            got: action.provider,
            fix: 'deploy with CodeDeploy or the EC2 action',
          }),
        ),
  },
  {
    id: 'ConfigurationKeyMisspelt',
    severity: 'error',
    summary: 'Configuration keys are spelled as on the reference page of the provider.',
    see: PROVIDER_PAGES,
    violations: (pipeline) =>
      unknownKeys(pipeline)
        .filter(({ similar }) => similar !== undefined)
        .map(({ entry, similar }) => unknownKey(entry, `did you mean ${similar}?`)),
  },
  {
    id: 'ConfigurationKeyUnknown',
    severity: 'warning',
    summary: 'Configuration keys are those on the reference page of the provider.',
    see: PROVIDER_PAGES,
    violations: (pipeline) =>
      unknownKeys(pipeline)
        .filter(({ similar }) => similar === undefined)
        .map(({ entry, known }) => unknownKey(entry, removeOrUseOneOf(known))),
  },
  {
    id: 'ConfigurationKeyMissing',
    severity: 'error',
    summary: 'The configuration contains all required keys of the provider.',
    see: PROVIDER_PAGES,
    violations: ({ steps }) =>
      steps.flatMap((action) => {
        const keys = factsOf(action)?.configuration ?? 'any';
        if (keys === 'any' || !isConfigurationKnown(action)) return [];
        return Object.entries(keys)
          .filter(([key, isRequired]) => isRequired && action.configuration[key] === undefined)
          .map(([key]) =>
            violation(action, `Configuration.${key}`, {
              must: `be set for ${action.provider}`,
              fix: `see ${factsOf(action)!.see}`,
            }),
          );
      }),
  },
  {
    id: 'ConfigurationValueEmpty',
    severity: 'error',
    summary: 'Configuration values are not empty.',
    see: `${API}/API_ActionDeclaration.html`,
    violations: (pipeline) =>
      entriesOf(pipeline)
        .filter(({ value }) => value === '' || value === null)
        .map(({ action, key, value }) =>
          violation(action, `Configuration.${key}`, { must: 'not be empty', got: value, fix: 'set it, or remove it' }),
        ),
  },
  {
    id: 'ConfigurationValueType',
    severity: 'error',
    summary: 'Configuration values are strings.',
    see: `${API}/API_ActionDeclaration.html`,
    violations: (pipeline) =>
      entriesOf(pipeline)
        .filter(({ value }) => Array.isArray(value) || isObject(value))
        .map(({ action, key, value }) =>
          violation(action, `Configuration.${key}`, {
            must: 'be a string',
            got: value,
            fix: Array.isArray(value)
              ? 'join the items with commas, or write JSON as a string'
              : 'write JSON as a string',
          }),
        ),
  },
  {
    id: 'ConfigurationValueLength',
    severity: 'error',
    summary:
      `Configuration values have at most ${PIPELINE_LIMITS.configurationValue} characters, ` +
      `those of rules at most ${MAX_RULE_VALUE}.`,
    see: LIMITS,
    violations: (pipeline) =>
      entriesOf(pipeline).flatMap(({ action, key, value }) => {
        const max = action.kind === 'rule' ? MAX_RULE_VALUE : PIPELINE_LIMITS.configurationValue;
        const { length } = textOf(value);
        // An unknown part is one character, so that a longer value is too long in any case.
        if (length <= max) return [];
        const fix = TOO_LONG[key] ?? 'shorten it, or put the text into a file of the input artifact';
        return [violation(action, `Configuration.${key}`, { must: atMostCharacters(max), got: length, fix })];
      }),
  },
  {
    id: 'ConfigurationValue',
    severity: 'error',
    summary: 'Configuration values are among those that the provider accepts.',
    see: PROVIDER_PAGES,
    violations: (pipeline) =>
      entriesOf(pipeline).flatMap(({ action, key, value }) => {
        const accepted = CONFIGURATION_VALUES[`${action.category} ${action.provider}`]?.[key];
        const text = textOf(value);
        if (!accepted || text === '' || !isKnown(text) || text.includes('#{') || isAccepted(text, accepted)) return [];
        const must = `be ${accepted.words ?? accepted.values!.join(', ')}`;
        const similar = closest(text, accepted.values ?? []);
        const fix = similar === undefined ? 'choose one of these' : `did you mean ${similar}?`;
        return [violation(action, `Configuration.${key}`, { must, got: value, fix })];
      }),
  },
  {
    id: 'ConfigurationJson',
    severity: 'error',
    summary: 'Configuration values that the provider reads as JSON are valid JSON.',
    see: PROVIDER_PAGES,
    violations: (pipeline) =>
      entriesOf(pipeline)
        .filter(({ action, key }) => JSON_KEYS[`${action.category} ${action.provider}`]?.includes(key) === true)
        .filter(({ value }) => typeof value === 'string' && isKnown(value) && !isJson(value))
        .map(({ action, key, value }) =>
          violation(action, `Configuration.${key}`, { must: 'be valid JSON', got: value, fix: 'correct the JSON' }),
        ),
  },
  {
    id: 'BuildEnvironmentVariables',
    severity: 'error',
    summary: 'EnvironmentVariables of a build is a JSON array of objects with a name, a value and a type.',
    see: `${GUIDE}/action-reference-CodeBuild.html`,
    violations: (pipeline) =>
      entriesOf(pipeline)
        .filter(({ action, key }) => action.provider === 'CodeBuild' && key === 'EnvironmentVariables')
        .filter(({ value }) => typeof value === 'string' && isKnown(value) && isJson(value))
        .flatMap(({ action, value }) => environmentVariableFaults(action, JSON.parse(value as string))),
  },
];

const TOO_LONG: Readonly<Record<string, string>> = {
  EnvironmentVariables: 'set the variables on the build project, or read them from Parameter Store',
  ParameterOverrides: 'put the parameters into a file of the artifact, and name it in TemplateConfiguration',
};

/** The keys that a provider reads as JSON, so that invalid JSON fails the action. */
const JSON_KEYS: Readonly<Record<string, readonly string[]>> = {
  'Build CodeBuild': ['EnvironmentVariables'],
  'Test CodeBuild': ['EnvironmentVariables'],
  'Rule CodeBuild': ['EnvironmentVariables'],
  'Deploy CloudFormation': ['ParameterOverrides'],
  'Invoke CodePipeline': ['SourceRevisions', 'Variables'],
};

const VARIABLE_TYPES = ['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER'];

function environmentVariableFaults(action: ActionDeclaration, variables: unknown): Violation[] {
  const property = 'Configuration.EnvironmentVariables';
  if (!Array.isArray(variables)) {
    const fix = 'write [{"name":"STAGE","value":"test"}]';
    return [violation(action, property, { must: 'be a JSON array', got: variables, fix })];
  }
  return variables.flatMap((variable, index) => {
    const { name, value, type = 'PLAINTEXT' } = objectOf(variable);
    if (typeof name !== 'string' || name === '' || typeof value !== 'string') {
      const must = 'have a name and a value, which are strings';
      return [violation(action, `${property}[${index}]`, { must, got: variable, fix: 'write both as strings' })];
    }
    if (VARIABLE_TYPES.includes(textOf(type))) return [];
    const must = `be ${VARIABLE_TYPES.join(', ')}`;
    return [violation(action, `${property}[${index}].type`, { must, got: type, fix: 'choose one of these' })];
  });
}

/** Returns the fix for an action type that AWS does not have, or undefined if it may be a new one. */
function wrongTypeOf({ kind, category, owner, provider }: ActionDeclaration): string | undefined {
  const sameKind = PROVIDERS.filter((facts) => (facts.category === 'Rule') === (kind === 'rule'));
  const sameProvider = sameKind.find((facts) => facts.provider === provider);
  if (sameProvider) return `write ${sameProvider.category} ${sameProvider.owner} ${provider}`;
  const names = sameKind.filter((facts) => facts.owner === owner && facts.category === category);
  const similar = closest(
    provider,
    names.map((facts) => facts.provider),
  );
  return similar === undefined ? undefined : `did you mean ${similar}?`;
}

function entriesOf({ steps }: PipelineDeclaration): Entry[] {
  return steps.flatMap((action) =>
    Object.entries(action.configuration).map(([key, value]) => ({ action, key, value })),
  );
}

interface UnknownKey {
  readonly entry: Entry;
  readonly similar?: string;
  readonly known: readonly string[];
}

function unknownKeys(pipeline: PipelineDeclaration): UnknownKey[] {
  return entriesOf(pipeline).flatMap((entry) => {
    const keys = factsOf(entry.action)?.configuration ?? 'any';
    if (keys === 'any' || Object.hasOwn(keys, entry.key)) return [];
    const known = Object.keys(keys);
    return [{ entry, known, similar: closest(entry.key, known) }];
  });
}

function unknownKey({ action, key, value }: Entry, fix: string): Violation {
  const must = configurationKeyOf(action.provider);
  return violation(action, `Configuration.${key}`, { must, got: value, fix });
}

function isConfigurationKnown({ properties: { Configuration } }: ActionDeclaration) {
  return Configuration === undefined || isObject(Configuration);
}

function isAccepted(text: string, { values, pattern, isList }: AcceptedValues): boolean {
  if (pattern) return pattern.test(text);
  const items = isList ? text.split(',').map((item) => item.trim()) : [text];
  return items.every((item) => values!.includes(item));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
