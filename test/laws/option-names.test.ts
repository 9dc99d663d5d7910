import { Stack, App } from 'aws-cdk-lib';
import { FACTORIES, type Factory } from './factories';
import { HOME } from './factory-uses';
import { source } from './variants';
import { BuildStep, WebAppPipeline, type WebAppPipelineProps } from '../../src';
import { KNOWN_PROPERTY } from '../../src/common/rules';
import { readPublicApi } from '../helpers/public-api';

const API = readPublicApi();

/** Interfaces of which users pass no object: the common parts of others. */
const COMMON_PARTS = [
  // The validation plugin is no construct; test/check/plugin.test.ts tests its options.
  'PipelineCheckProps',
  'CommonPipelineProps',
  'EksDeploymentOptions',
  'InvokeTestOptions',
  'LanguageBuildOptions',
  'PipelineStageOptions',
  'ProjectOptions',
  'ReleaseDestinationOptions',
  'ReleasePipelineProps',
  'StepOptions',
  'DeploymentNameOptions',
];

const WITH_OPTIONS = Object.entries(FACTORIES).filter(([, { options }]) => options !== undefined);

/** Returns the errors of a factory whose options have another property. */
function errorsWith({ args, use }: Factory, name: string): readonly string[] {
  const options = { ...(args[args.length - 1] as object), [name]: 'x' };
  return use(...args.slice(0, -1), options).check();
}

function pattern(name: string, fix: string): RegExp {
  return new RegExp(`^'([^']+[.])?${name}' must ${KNOWN_PROPERTY}, got "x"; ${fix}`);
}

test('covers every interface of options', () => {
  const covered = WITH_OPTIONS.map(([, { options }]) => options!);
  const interfaces = [...API.types.keys()].filter((name) => /(Options|Props|Thresholds|Hooks|Domain)$/.test(name));
  expect(interfaces.length).toBeGreaterThan(60);
  expect(interfaces.filter((name) => ![...covered, ...COMMON_PARTS].includes(name))).toEqual([]);
});

test.each(WITH_OPTIONS)('reports a misspelt option, and suggests the right one: %s', (_, factory) => {
  const names = [...API.properties.get(factory.options!)!];
  for (const name of names) {
    const misspelt = name.slice(0, -1);
    const errors = errorsWith(factory, misspelt);
    const isKnown = names.includes(misspelt);
    if (!isKnown) expect(errors).toContainEqual(expect.stringMatching(pattern(misspelt, 'did you mean')));
  }
});

test.each(WITH_OPTIONS)('reports an option that does not exist, and lists all: %s', (_, factory) => {
  const names = [...API.properties.get(factory.options!)!].sort();
  const errors = errorsWith(factory, 'qqqqqq');
  expect(errors).toContainEqual(
    expect.stringMatching(pattern('qqqqqq', `remove it, or use one of ${names.join(', ')}$`)),
  );
});

test.each(WITH_OPTIONS)('ignores an option that is undefined: %s', (_, { args, options, use }) => {
  const required = Object.keys(args[args.length - 1] as object);
  const names = [...API.properties.get(options!)!, 'misspelt'].filter((name) => !required.includes(name));
  const unset = Object.fromEntries(names.map((name) => [name, undefined]));
  const withUnset = { ...(args[args.length - 1] as object), ...unset };
  expect(use(...args.slice(0, -1), withUnset).check()).toEqual(use(...args).check());
});

/** Names whose meaning is clear, by the error that they get. */
const SUGGESTIONS = {
  enviroments: 'environments',
  environment: 'environments',
  BuildStep: 'buildStep',
  buildstep: 'buildStep',
  notification: 'notifications',
  artifactRetentionDays: 'artifactRetention',
};

test.each(Object.entries(SUGGESTIONS))("suggests the right option for '%s'", (name, suggestion) => {
  expect(errorsWith(FACTORIES.WebAppPipeline, name)).toEqual([
    `'${name}' must be a known property, got "x"; did you mean '${suggestion}'?`,
  ]);
});

test('accepts further props of a subclass, except misspelt ones', () => {
  class TeamPipeline extends WebAppPipeline {
    public constructor(scope: Stack, id: string, props: WebAppPipelineProps & { readonly team: string }) {
      super(scope, id, props);
    }
  }
  const stack = new Stack(new App(), 'Shop', { env: HOME });
  expect(() => new TeamPipeline(stack, 'Right', { source, team: 'web' })).not.toThrow();
  const misspelt = { source, team: 'web', enviroments: [] };
  expect(() => new TeamPipeline(stack, 'Wrong', misspelt)).toThrow("did you mean 'environments'?");
  const options = { ownName: 'x' };
  const nested = { source, team: 'web', buildStep: BuildStep.nodeJs(options as object) };
  expect(() => new TeamPipeline(stack, 'Nested', nested)).toThrow("'buildStep.ownName' must be a known property");
});
