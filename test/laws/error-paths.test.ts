import { Duration, Lazy } from 'aws-cdk-lib';
import { FACTORIES, type Factory } from './factories';
import { BuildStep, PipelineStage } from '../../src';
import { ACTION_PROVIDERS } from '../../src/aws/action-providers';
import { RULE_PROVIDERS } from '../../src/aws/rule-providers';
import { readPublicApi } from '../helpers/public-api';

const API = readPublicApi();

/**
 * Further words of a path: the cluster of a service of the CDK, and the function of `DeployTarget.lambdaImage`, which is named `target` like the
 * property above it.
 */
const FURTHER = new Set(['cluster', 'function']);

const AWS_KEYS = new Set([...Object.values(ACTION_PROVIDERS), ...Object.values(RULE_PROVIDERS)]
  .flatMap(({ configuration }) => configuration === 'any' ? [] : Object.keys(configuration)));

/** Returns what is wrong with the path of an error: users must find every part of it in what they wrote. */
function wrongPath(path: string, props: string): string | undefined {
  const [first, ...rest] = path.replace(/\[\d+\]/g, '').split('.');
  if (!API.properties.get(props)!.has(first)) return `'${first}' is no property of ${props}`;
  let parent = first;
  for (const name of rest) {
    // Below a record are keys that the user chose.
    if (API.records.has(parent)) return undefined;
    if (AWS_KEYS.has(name)) return `'${name}' is a configuration key of AWS`;
    if (!API.names.has(name) && !FURTHER.has(name)) return `'${name}' is no name of the public API`;
    parent = name;
  }
  return undefined;
}

/** Returns what is wrong with the errors of a call. */
function faultsOf({ check, props }: Factory, args: readonly unknown[]): string[] {
  let lines: readonly string[];
  try {
    lines = check(...args);
  } catch (error) {
    const at = (error as Error).stack?.split('\n').find((line) => line.includes('/src/'))?.replace(/.*\/src\//, 'src/').replace(/:\d+\)?$/, '');
    return [`${(error as Error).name}: ${(error as Error).message} (${at})`];
  }
  return lines.flatMap((line) => {
    const [, path] = /^'([^']+)' must .+, got .+; .+$/s.exec(line) ?? [];
    if (path === undefined) return [`no sentence: ${line}`];
    const fault = wrongPath(path, props);
    return fault === undefined ? [] : [`${fault}: ${line}`];
  });
}

const token = Lazy.string({ produce: () => 'later' });

/** Values of which hardly any is right anywhere. */
const VALUES: Readonly<Record<string, unknown>> = {
  'nothing': undefined,
  'null': null,
  'an empty text': '',
  'a text': 'x',
  'a text that would run': 'a b"$(id)',
  'a path outside': '../x',
  'two lines': 'a\nb',
  'a long text': 'x'.repeat(1100),
  'a token': token,
  'an open reference': '#{x',
  'a variable of nobody': '#{Nobody-vars.X}',
  'free text': 'say #{Source-vars.CommitMessage}',
  'a variable of the pipeline': '#{variables.NOTE}',
  'a negative number': -1,
  'a fraction': 0.5,
  'a large number': 1e9,
  'true': true,
  'an empty list': [],
  'a list of nothing': [undefined],
  'a list of texts, one twice': ['x', 'x'],
  'a list of an empty text': [''],
  'a list of variables': ['#{Nobody-vars.X}', '#{Source-vars.CommitMessage}'],
  'a list of numbers': [5],
  'an empty object': {},
  'an object of nothing': { A: undefined },
  'an object of texts': { 'A': 'x', 'b-c': '' },
  'an object of variables': { A: '#{Nobody-vars.X}', B: 'say #{Source-vars.CommitMessage}' },
  'a second': Duration.seconds(1),
  'many days': Duration.days(5000),
  'a function': () => undefined,
  'a step': BuildStep.shell(['make'], { stepName: 'Other' }),
  'a list of stages': [PipelineStage.ofSteps('Work', [BuildStep.shell(['make'])])],
};

/** Every call of a factory in which one argument or option is another value. */
function callsOf({ args, options }: Factory): Array<[string, readonly unknown[]]> {
  const at = (name: string, change: (value: unknown) => readonly unknown[]) =>
    Object.entries(VALUES).map(([words, value]): [string, readonly unknown[]] => [`${name}: ${words}`, change(value)]);
  const positional = args.flatMap((_, i) => at(`argument ${i + 1}`, (value) => args.map((given, other) => other === i ? value : given)));
  const named = options === undefined ? [] : [...API.properties.get(options)!].flatMap((name) =>
    at(name, (value) => [...args.slice(0, -1), { ...args[args.length - 1] as object, [name]: value }]));
  return [...positional, ...named];
}

test.each(Object.entries(FACTORIES))('%s: whatever it is given, errors name what the user wrote', (_, factory) => {
  expect(faultsOf(factory, factory.args)).toEqual([]);
  const faults = callsOf(factory).flatMap(([words, args]) => faultsOf(factory, args).map((fault) => `${words}: ${fault}`));
  expect(faults).toEqual([]);
});
