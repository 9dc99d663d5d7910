import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { FACTORIES, type Factory, HOME } from './factories';
import { REFUSED } from './refused';
import { BuildStep, PipelineStage } from '../../src';
import { ACTION_PROVIDERS } from '../../src/aws/action-providers';
import { RULE_PROVIDERS } from '../../src/aws/rule-providers';
import { KNOWN_PROPERTY } from '../../src/common/rules';
import { readPublicApi } from '../helpers/public-api';

const API = readPublicApi();

/**
 * Further words of a path: account and region of an `Environment` of the CDK and of its actions, the cluster of a
 * service of the CDK, and the function of `DeployTarget.lambdaImage`, which is named `target` like the property above
 * it.
 */
const FURTHER = new Set(['account', 'region', 'cluster', 'function']);

const AWS_KEYS = new Set(
  [...Object.values(ACTION_PROVIDERS), ...Object.values(RULE_PROVIDERS)].flatMap(({ configuration }) =>
    configuration === 'any' ? [] : Object.keys(configuration),
  ),
);

/** What the constructor takes besides props, and the props as a whole. */
const CONSTRUCTOR = ['scope', 'props'];

/** Returns what is wrong with the path of an error: users must find every part of it in what they wrote. */
function wrongPath(path: string, props: string): string | undefined {
  const [first, ...rest] = path.replace(/\[\d+\]/g, '').split('.');
  if (!API.properties.get(props)!.has(first) && !CONSTRUCTOR.includes(first)) {
    return `'${first}' is no property of ${props}`;
  }
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

/**
 * Returns what is wrong with the errors of a call: with those of planning and, for a plan without errors, of rendering.
 */
function faultsOf({ use }: Factory, args: readonly unknown[], render: boolean): string[] {
  try {
    const { props, check, construct } = use(...args);
    const lines = check();
    if (lines.length === 0 && render) construct(new Stack(new App(), 'Shop', { env: HOME }));
    return lines.flatMap((line) => faultOf(line, props));
  } catch (error) {
    const { name, message, stack } = error as Error;
    // Rendering reports what only the construct tree shows.
    if (/^\[\w+ Shop\/P\] '/.test(message)) return message.split('\n').flatMap((line) => faultOf(...inConstruct(line)));
    const at = stack
      ?.split('\n')
      .find((line) => line.includes('/src/'))
      ?.replace(/.*\/src\//, 'src/')
      .replace(/:\d+\)?$/, '');
    return [`${name}: ${message} (${at})`];
  }
}

/** Returns an error without the construct in front, and the props of the construct. */
function inConstruct(line: string): [string, string] {
  const [, construct, sentence] = /^\[(\w+) .+?\] ('.*)$/s.exec(line) ?? [];
  return [sentence ?? line, `${construct}Props`];
}

function faultOf(line: string, props: string): string[] {
  const [, path] = /^'([^']+)' must .+, got .+; .+$/s.exec(line) ?? [];
  // The name of a property that does not exist is the name that the user wrote.
  const isUnknown = line.includes(`' must ${KNOWN_PROPERTY}, got `);
  if (isUnknown && !path.includes('.')) return [];
  const parent = isUnknown ? path.slice(0, path.lastIndexOf('.')) : path;
  const fault = path === undefined ? 'no sentence' : wrongPath(parent, props);
  return fault === undefined ? [] : [`${fault}: ${line}`];
}

const token = Lazy.string({ produce: () => 'later' });

/** Values of which hardly any is right anywhere. */
const VALUES: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
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
  true: true,
  'an empty list': [],
  'a list of nothing': [undefined],
  'a list of texts, one twice': ['x', 'x'],
  'a list of an empty text': [''],
  'a list of variables': ['#{Nobody-vars.X}', '#{Source-vars.CommitMessage}'],
  'a list of numbers': [5],
  'an empty object': {},
  'an object of nothing': { A: undefined },
  'an object of texts': { A: 'x', 'b-c': '' },
  'an object of variables': { A: '#{Nobody-vars.X}', B: 'say #{Source-vars.CommitMessage}' },
  'a second': Duration.seconds(1),
  'many days': Duration.days(5000),
  'a function': () => undefined,
  'a step': BuildStep.shell(['make'], { stepName: 'Other' }),
  'a list of stages': [PipelineStage.steps('Work', [BuildStep.shell(['make'])])],
};

/** One value of each type. What is planned without an error is rendered with these only, as rendering takes long. */
const RENDERED = [
  'a text',
  'a path outside',
  'a large number',
  'true',
  'an empty list',
  'an empty object',
  'a function',
  'a step',
];

/** Every call of a factory in which one argument or option is another value. */
function callsOf({ args, options }: Factory) {
  function at(name: string, change: (value: unknown) => readonly unknown[]) {
    return Object.entries(VALUES).map(([words, value]) => ({
      words: `${name}: ${words}`,
      args: change(value),
      render: RENDERED.includes(words),
    }));
  }

  const positional = args.flatMap((_, i) =>
    at(`argument ${i + 1}`, (value) => args.map((given, other) => (other === i ? value : given))),
  );
  const named =
    options === undefined
      ? []
      : [...API.properties.get(options)!].flatMap((name) =>
          at(name, (value) => [...args.slice(0, -1), { ...(args[args.length - 1] as object), [name]: value }]),
        );
  return [...positional, ...named];
}

test('has no AWS configuration key or internal name in the public API', () => {
  expect(AWS_KEYS.size).toBeGreaterThan(50);
  expect(AWS_KEYS).toContain('CustomData');
  expect(
    [...AWS_KEYS, 'spec', 'plan', 'namespace', 'Approve-live', 'EnvironmentVariables'].filter((name) =>
      API.names.has(name),
    ),
  ).toEqual([]);
});

test('covers every factory', () => {
  const walked = Object.keys(FACTORIES).flatMap((name) => name.split(' ').filter((word) => API.factories.has(word)));
  // Assertions read a folder in a test. They have no properties of a pipeline.
  const others = [...API.factories].filter((name) => !name.startsWith('PipelineAssertions.'));
  expect(others.filter((name) => !walked.includes(name))).toEqual([]);
});

test.each(Object.entries(FACTORIES))('reports any value at a property of the user: %s', (_, factory) => {
  expect(faultsOf(factory, factory.args, true)).toEqual([]);
  const faults = callsOf(factory).flatMap(({ words, args, render }) =>
    faultsOf(factory, args, render).map((fault) => `${words}: ${fault}`),
  );
  expect(faults).toEqual([]);
});

test.each(Object.entries(REFUSED))('rejects at construction: %s', (_, make) => {
  let message = '';
  try {
    make(new App());
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message.split('\n').flatMap((line) => faultOf(...inConstruct(line)))).toEqual([]);
});
