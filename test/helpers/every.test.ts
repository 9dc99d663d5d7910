import { every, everyAsync } from './every';

function isEven(value: number) {
  return expect(value % 2).toBe(0);
}

async function messageOf(run: () => void | Promise<void>) {
  try {
    await run();
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

describe.each([
  ['every', every],
  ['everyAsync', (cases: Record<string, number>, law: typeof isEven) => everyAsync(cases, async (value) => law(value))],
] as const)('%s', (_, holds) => {
  test('passes if all cases satisfy the law', async () => {
    expect(await messageOf(() => holds({ two: 2, four: 4 }, isEven))).toBeUndefined();
  });

  test('reports each failing case, and runs the others', async () => {
    const message = await messageOf(() => holds({ one: 1, two: 2, three: 3, five: 5, seven: 7, nine: 9 }, isEven));
    expect(message).toMatch(/^5 of 6 cases break the law\n\none: .*toBe.*\n\nseven\nnine$/s);
    expect(message).not.toContain('two');
  });

  test('fails without cases', async () => {
    expect(await messageOf(() => holds({}, isEven))).toBe('a law needs cases: the group is empty');
  });
});
