/** How many failures are reported in full; the others by name. */
const IN_FULL = 3;

/**
 * Holds a law against every case, so that a group of variants is one test. Fails with the names of all cases that break
 * the law.
 *
 * The law is called for each case, also after one of them has broken it.
 */
export function every<T>(cases: Readonly<Record<string, T>>, law: (value: T, name: string) => void): void {
  const failures = Object.entries(cases).flatMap(([name, value]) => {
    try {
      law(value, name);
      return [];
    } catch (error) {
      return [{ name, error: error as Error }];
    }
  });
  report(failures, Object.keys(cases).length);
}

/** The same for a law that is asynchronous. */
export async function everyAsync<T>(
  cases: Readonly<Record<string, T>>,
  law: (value: T, name: string) => Promise<void>,
): Promise<void> {
  const failures: Failure[] = [];
  for (const [name, value] of Object.entries(cases)) {
    try {
      await law(value, name);
    } catch (error) {
      failures.push({ name, error: error as Error });
    }
  }
  report(failures, Object.keys(cases).length);
}

interface Failure {
  readonly name: string;
  readonly error: Error;
}

function report(failures: readonly Failure[], count: number): void {
  if (count === 0) throw new Error('a law needs cases: the group is empty');
  if (failures.length === 0) return;
  const inFull = failures.slice(0, IN_FULL).map(({ name, error: { message } }) => `${name}: ${message}\n`);
  const names = failures.slice(IN_FULL).map(({ name }) => name);
  const failure = new Error([`${failures.length} of ${count} cases break the law\n`, ...inFull, ...names].join('\n'));
  // The test framework shows the line that failed first.
  const frames = failures[0].error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  failure.stack = [`Error: ${failure.message}`, ...frames].join('\n');
  throw failure;
}
