import { PIPELINE_LIMITS } from '../../src/aws/limits';
import { atLeastOne } from '../../src/pipeline/problems';
import { BAKE_GATES, NO_PARALLEL_ROLLBACK, ruleCount, SKIP_GATES } from '../../src/pipeline/rules';
import { NOT_PARALLEL } from '../../src/pipeline/validation/execution-mode';
import { type Setting, STAGE } from '../helpers/gates';
import { NIGHTLY } from '../helpers/nightly';
import { product } from '../helpers/pairs';

interface Facts {
  readonly provider: string;
  readonly keys: readonly string[];
  readonly mayKeys?: readonly string[];
  readonly skips?: true;
  readonly afterFailure?: true;
}

/**
 * What the service takes, written down again from its documentation and not from the code: the rules by the gate that
 * makes one.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference.html
 */
export const RULES: Readonly<Record<string, Facts>> = {
  alarm: { provider: 'CloudWatchAlarm', keys: ['AlarmName', 'AlarmStates'], mayKeys: ['WaitTime'], afterFailure: true },
  window: { provider: 'DeploymentWindow', keys: ['Cron', 'TimeZone'] },
  variable: { provider: 'VariableCheck', keys: ['Operator', 'Value', 'Variable'], skips: true },
  function: {
    provider: 'LambdaInvoke',
    keys: ['FunctionName'],
    mayKeys: ['UserParameters'],
    skips: true,
    afterFailure: true,
  },
  commands: { provider: 'Commands', keys: [] },
  build: { provider: 'CodeBuild', keys: ['ProjectName'] },
};
const KINDS = Object.keys(RULES);
export function ruleOf(gate: string) {
  return RULES[gate.replace(/\d$/, '')];
}

const HOSTS = ['web app', 'steps', 'environment'];
const MODES = ['SUPERSEDED', 'QUEUED', 'PARALLEL'];
const FIVE = 'alarm+window+variable+function+commands';
const SIX = 'alarm1+alarm2+alarm3+alarm4+alarm5+alarm6';

function each(words: readonly string[], gates: readonly string[]) {
  return words.flatMap((word) => gates.map((names) => `${word} ${names}`.trim()));
}

const CHOICES = {
  host: HOSTS,
  entry: ['unsaid', ...each(['fail', 'skip'], [...KINDS, 'variable+function', FIVE, SIX, ''])],
  success: ['unsaid', ...each(['fail', 'back'], [...KINDS, FIVE, SIX, ''])],
  failure: [
    'unsaid',
    'none',
    'back',
    ...each(['back-unless'], [...KINDS, 'alarm+function', SIX, '']),
    'retry-failed',
    'retry-all',
  ],
  mode: MODES,
};

/** Every choice, legal or not. */
export const ALL = product(CHOICES);

/** Numbers the choices at some places: as many in a row have different numbers, modulo any number. */
function numberOf(setting: Setting, ...places: Array<keyof Setting>) {
  return places.reduce((sum, place) => sum + CHOICES[place].indexOf(setting[place]), 0);
}

const HOSTS_AND_MODES = HOSTS.length * MODES.length;

/**
 * A ninth of all combinations: every entry, success and failure meet under one host and mode, and any two of them meet
 * under each host and mode. What is wrong with a combination depends on no more. All of them are tried at night.
 */
export const TRIED = NIGHTLY
  ? ALL
  : ALL.filter(
      (setting) =>
        numberOf(setting, 'entry', 'success', 'failure') % HOSTS_AND_MODES ===
        numberOf(setting, 'host') * MODES.length + numberOf(setting, 'mode'),
    );

export function namesIn(text: string) {
  return (text.split(' ')[1] ?? '').split('+').filter((name) => name !== '');
}
export function wordOf(text: string) {
  return text.split(' ')[0];
}

/** A rollback: the default of an environment. */
function goesBack({ host, success, failure }: Setting): boolean {
  return wordOf(success) === 'back' || /^back/.test(failure) || (failure === 'unsaid' && host !== 'steps');
}

/** Place of the entry condition: at the approval, too, when the stage may be left out. */
export function entriesOf({ host, entry }: Setting) {
  return host === 'environment' && wordOf(entry) === 'skip' ? [`${STAGE}-Approve`, STAGE] : [STAGE];
}

function count(prop: string, text: string) {
  return text === 'unsaid' || (namesIn(text).length >= 1 && namesIn(text).length <= 5)
    ? []
    : [`'${prop}' must ${ruleCount(PIPELINE_LIMITS.rulesPerCondition)}`];
}

function providersIn(text: string, unfit: (gate: string) => boolean) {
  return [
    ...new Set(
      namesIn(text)
        .filter(unfit)
        .map((gate) => ruleOf(gate).provider),
    ),
  ];
}

/** What is wrong with a combination, each as place and rule. */
export function wrongWith(setting: Setting): string[] {
  const { host, entry, success, failure } = setting;
  const written = { 'web app': 'environments[0]', steps: 'stages[0]', environment: 'stages[0].environment' }[host];
  return [
    // Once, although the approval of a stage that may be skipped has the same condition.
    ...count(`${written}.beforeEntry`, entry),
    ...(wordOf(entry) === 'skip'
      ? providersIn(entry, (gate) => !ruleOf(gate).skips).map(
          (provider) => `'${written}.beforeEntry' must ${SKIP_GATES}, got "${provider}"`,
        )
      : []),
    ...count(`${written}.onSuccess`, success),
    ...(wordOf(failure) === 'back-unless'
      ? [
          ...(namesIn(failure).length === 0
            ? [`'${written}.onFailure.gates' must ${atLeastOne('gate')}`]
            : count(`${written}.onFailure`, failure)),
          ...providersIn(failure, (gate) => !ruleOf(gate).afterFailure).map(
            (provider) => `'${written}.onFailure' must ${BAKE_GATES}, got "${provider}"`,
          ),
        ]
      : []),
    ...wrongMode(setting),
  ];
}

function wrongMode(setting: Setting): string[] {
  const { host, mode } = setting;
  if (mode !== 'PARALLEL') return [];
  if (host !== 'steps') return [`'executionMode' must ${NOT_PARALLEL}, got ["${STAGE}"]`];
  return goesBack(setting) ? [`'executionMode' must ${NO_PARALLEL_ROLLBACK}, got ["${STAGE}"]`] : [];
}

export function isLegal(setting: Setting) {
  return wrongWith(setting).length === 0;
}
export const LEGAL = ALL.filter(isLegal);
