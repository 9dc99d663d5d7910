import {
  argumentsOf,
  commandLine,
  RUNTIME_VALUE,
  simpleCommands,
} from '../../../src/check/calls/builds/shell-commands';

const NAMES = new Set(['cdk', 'aws-cdk']);
const VARIABLES = new Map([['STAGE', 'Prod']]);

function wordsOf(text: string) {
  return simpleCommands([text], VARIABLES);
}

test.each([
  ['cdk deploy A', [['cdk', 'deploy', 'A']]],
  [
    'npm ci && cdk deploy A; echo "a b"',
    [
      ['npm', 'ci'],
      ['cdk', 'deploy', 'A'],
      ['echo', 'a b'],
    ],
  ],
  [
    'if ! CI=1 cdk diff $STAGE/\\*; then exit 1',
    [
      ['cdk', 'diff', 'Prod/*'],
      ['exit', '1'],
    ],
  ],
  ['cdk deploy "${STAGE}" \'$STAGE\' $OTHER', [['cdk', 'deploy', 'Prod', '$STAGE', RUNTIME_VALUE]]],
  [
    'export A=$(cdk deploy B)',
    [
      ['export', 'A='],
      ['cdk', 'deploy', 'B'],
    ],
  ],
  ['cdk deploy \\\n  A', [['cdk', 'deploy', 'A']]],
  ['A=1', []],
])('reads %j', (text, words) => expect(wordsOf(text)).toEqual(words));

test('ignores a very long command', () => expect(wordsOf(`cdk deploy ${'x'.repeat(5000)}`)).toEqual([]));

test.each([
  'cdk deploy A',
  'aws-cdk deploy A',
  'cdk@2.1 deploy A',
  './node_modules/.bin/cdk deploy A',
  'node node_modules/aws-cdk/bin/cdk deploy A',
  'npx cdk deploy A',
  'npx aws-cdk@2.1000.0 deploy A',
  'npx --yes aws-cdk deploy A',
  'npx -y -p aws-cdk@2 cdk deploy A',
  'npx --package=aws-cdk -- cdk deploy A',
  'npm run cdk -- deploy A',
  'npm run -s cdk -- deploy A',
  'npm exec cdk deploy A',
  'npm exec --yes -- aws-cdk deploy A',
  'npm --prefix infra run cdk -- deploy A',
  'yarn cdk deploy A',
  'yarn -s run cdk deploy A',
  'yarn --cwd infra cdk deploy A',
  'yarn dlx aws-cdk deploy A',
  'pnpm cdk deploy A',
  'pnpm exec cdk deploy A',
  'pnpm --filter infra exec cdk deploy A',
  'pnpm dlx aws-cdk@2 deploy A',
  'pnpx aws-cdk deploy A',
  'bunx cdk deploy A',
  'bun x cdk deploy A',
  'bun run cdk deploy A',
])('finds the program in %j', (text) => {
  const [words] = wordsOf(text);
  expect(argumentsOf(words, NAMES)).toEqual(['deploy', 'A']);
});

test.each([
  'npm ci',
  'npm run build',
  'npm cdk',
  'npx projen',
  'yarn build',
  'cdk8s synth',
  'node app.js',
  'npx',
  'cdktf deploy',
])('finds no program in %j', (text) => expect(argumentsOf(wordsOf(text)[0], NAMES)).toBeUndefined());

test('separates options from operands', () => {
  const words = ['-a', '.', 'deploy', '--all', 'A', '--require-approval=never', '-c', 'k=v', '-v'];
  const { options, operands } = commandLine(words, new Set(['--all', '-v']));
  expect(operands).toEqual(['deploy', 'A']);
  expect([...options]).toEqual([
    ['-a', '.'],
    ['--all', ''],
    ['--require-approval', 'never'],
    ['-c', 'k=v'],
    ['-v', ''],
  ]);
});
