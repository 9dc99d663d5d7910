import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const { reachesAwsCdkLib, LEFT_OUT } = jest.requireActual<{
  reachesAwsCdkLib: (file: string) => boolean;
  LEFT_OUT: Readonly<Record<string, string>>;
}>('../../projenrc/newest-tests');

const TESTS = join(__dirname, '..');
const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));

test.each([
  'laws/laws.test.ts', // imports it through helpers
  'compliance/nag.test.ts', // cdk-nag judges its constructs
  'check/examples.test.ts',
  'escape-hatches.test.ts',
])('runs %s on the newest CDK', (file) => expect(reachesAwsCdkLib(join(TESTS, file))).toBe(true));

test.each([
  'aws/facts.test.ts',
  'check/mutation.test.ts', // synthesizes with the newest, whatever the pass
  'check/iam/evaluate.test.ts',
  'functions/site-release.test.ts', // runs shells
])('skips %s, which does not depend on the CDK', (file) => expect(reachesAwsCdkLib(join(TESTS, file))).toBe(false));

test('runs more than half of the test files on the newest CDK', () => {
  expect(files.filter((file) => reachesAwsCdkLib(join(TESTS, file))).length).toBeGreaterThan(files.length / 2);
});

test('skips only existing files, with a reason', () => {
  for (const [file, reason] of Object.entries(LEFT_OUT)) {
    expect([file, existsSync(join(TESTS, file)), reachesAwsCdkLib(join(TESTS, file))]).toEqual([file, true, true]);
    expect(reason.length).toBeGreaterThan(20);
  }
});
