import { App, Stack } from 'aws-cdk-lib';
import { BUILD_OPTIONS } from './wrong-inputs/build-options';
import { CONDITIONS_AND_PROPS } from './wrong-inputs/conditions-and-props';
import { ENVIRONMENTS } from './wrong-inputs/environments';
import { HOME, type WrongInput } from './wrong-inputs/inputs';
import { SOURCES_AND_BUILDS } from './wrong-inputs/sources-and-builds';
import { SOURCES_AND_TRIGGERS } from './wrong-inputs/sources-and-triggers';
import { STEPS_AND_CONSTRUCTS } from './wrong-inputs/steps-and-constructs';
import { TARGET_OPTIONS } from './wrong-inputs/target-options';
import { TARGETS } from './wrong-inputs/targets';

const INPUTS: Readonly<Record<string, WrongInput>> = { ...SOURCES_AND_BUILDS, ...ENVIRONMENTS, ...TARGETS };

function errorOf([, make]: WrongInput): Error | undefined {
  const app = new App();
  try {
    make(new Stack(app, 'S', { env: HOME }), app);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

test.each(Object.entries(INPUTS).map(([id, input]) => [`${id}: ${input[0]}`, input] as const))(
  'reports a wrong input: %s',
  (_, input) => {
    const [, , path, rule] = input;
    const message = errorOf(input)?.message ?? 'no error';
    if (path === '') {
      expect(message).toContain(rule);
      return;
    }
    expectProblem(message, path, rule);
  },
);

/** Inputs with the whole rule, so that another error fails. */
const EXACT = [
  ...SOURCES_AND_TRIGGERS,
  ...BUILD_OPTIONS,
  ...CONDITIONS_AND_PROPS,
  ...TARGET_OPTIONS,
  ...STEPS_AND_CONSTRUCTS,
];

test.each(EXACT.map((input) => [input[0], input] as const))('states the rule of a wrong input: %s', (_, input) => {
  const [, , path, rule] = input;
  expectProblem(errorOf(input)?.message ?? 'no error', path, `${rule}, got `);
});

/** Expects that all lines have the form of errors, and that one states the rule of a property. */
function expectProblem(message: string, path: string, rule: string): void {
  const lines = message.split('\n');
  for (const line of lines) expect(line).toMatch(/^\[\w+ \S+\] '[^']+' must .+, got .+; .+/);
  const expected = new RegExp(`^\\[\\w+ \\S+\\] '${escaped(path)}' must ${escaped(rule)}`);
  expect(lines).toContainEqual(expect.stringMatching(expected));
}
