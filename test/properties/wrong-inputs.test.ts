import { App, Stack } from 'aws-cdk-lib';
import { ENVIRONMENTS } from './wrong-inputs/environments';
import { HOME, type WrongInput } from './wrong-inputs/inputs';
import { SOURCES_AND_BUILDS } from './wrong-inputs/sources-and-builds';
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
    const lines = message.split('\n');
    for (const line of lines) expect(line).toMatch(/^\[\w+ \S+\] '[^']+' must .+, got .+; .+/);
    const expected = new RegExp(`^\\[\\w+ \\S+\\] '${escaped(path)}' must ${escaped(rule)}`);
    expect(lines).toContainEqual(expect.stringMatching(expected));
  },
);
