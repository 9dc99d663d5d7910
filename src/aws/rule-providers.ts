import { ACTION_PROVIDERS, type ActionProvider } from './action-providers';

const GUIDE = 'https://docs.aws.amazon.com/codepipeline/latest/userguide';
const RULE = { category: 'Rule', owner: 'AWS', version: '1', outputs: { min: 0, max: 0 }, variables: [] } as const;

/**
 * Lists the rule providers of stage conditions in the form of action providers. Rules have no outputs.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference.html
 */
export const RULE_PROVIDERS = {
  cloudWatchAlarm: {
    ...RULE,
    provider: 'CloudWatchAlarm',
    inputs: { min: 0, max: 0 },
    configuration: { AlarmName: true, AlarmStates: false, WaitTime: false },
    see: `${GUIDE}/rule-reference-CloudWatchAlarm.html`,
  },
  deploymentWindow: {
    ...RULE,
    provider: 'DeploymentWindow',
    inputs: { min: 0, max: 0 },
    configuration: { Cron: true, TimeZone: false },
    see: `${GUIDE}/rule-reference-DeploymentWindow.html`,
  },
  variableCheck: {
    ...RULE,
    provider: 'VariableCheck',
    inputs: { min: 0, max: 0 },
    configuration: { Variable: true, Value: true, Operator: true },
    see: `${GUIDE}/rule-reference-VariableCheck.html`,
  },
  lambdaInvoke: {
    ...RULE,
    provider: 'LambdaInvoke',
    inputs: { min: 0, max: 5 },
    configuration: { FunctionName: true, UserParameters: false },
    json: ['UserParameters'],
    see: `${GUIDE}/rule-reference-LambdaInvoke.html`,
  },
  codeBuild: {
    ...RULE,
    provider: 'CodeBuild',
    inputs: ACTION_PROVIDERS.codeBuild.inputs,
    configuration: ACTION_PROVIDERS.codeBuild.configuration,
    json: ACTION_PROVIDERS.codeBuild.json,
    see: `${GUIDE}/rule-reference-CodeBuild.html`,
  },
  commands: {
    ...RULE,
    provider: 'Commands',
    inputs: { min: 0, max: 10 },
    configuration: {},
    see: `${GUIDE}/rule-reference-Commands.html`,
  },
} as const satisfies Record<string, ActionProvider>;

/**
 * Lists the rules that can skip a stage.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
 */
export const SKIPPING_RULES: readonly string[] = [
  RULE_PROVIDERS.lambdaInvoke.provider,
  RULE_PROVIDERS.variableCheck.provider,
];

/**
 * Lists the rules whose effect AWS documents for a failed stage.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works-conditions.html
 */
export const FAILURE_RULES: readonly string[] = [
  RULE_PROVIDERS.cloudWatchAlarm.provider,
  RULE_PROVIDERS.lambdaInvoke.provider,
];
