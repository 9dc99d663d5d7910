// Chooses the test files of the pass on the newest aws-cdk-lib: those that reach aws-cdk-lib through their imports. The result of any other test file
// cannot depend on it. jest.newest.json names this file as its filter.
const fs = require('fs');
const path = require('path');

const ROOT = path.join(__dirname, '..');
const PACKAGE = /^(aws-cdk-lib($|\/)|cdk-nag$)/; // cdk-nag judges constructs of the same aws-cdk-lib
const ALIASES = { 'cdk-pipeline-patterns': path.join(ROOT, 'src/index.ts') };

/** Test files that reach aws-cdk-lib and are left out all the same, each with the reason. */
const LEFT_OUT = {
  'evidence/evidence.test.ts': 'it synthesizes with both versions, whichever pass runs it',
  'laws/coexistence.test.ts':
    'it creates each variant twice; ids and names are ours, and laws.test.ts synthesizes each variant on the newest',
  'laws/conditions.test.ts':
    'it synthesizes all conditions of all hosts; laws.test.ts has variants of each condition on the newest',
  'laws/conditions-plan.test.ts': 'it plans thousands of combinations and creates no resource',
  'laws/error-paths.test.ts':
    'it plans thousands of wrong props; that each is refused on the newest, the tests of its kind show',
  'laws/needed.test.ts':
    'it checks hundreds of assemblies; on the newest grants.test.ts holds the grants against the calls',
  'laws/option-types.test.ts': 'it plans thousands of wrong props, as error-paths does',
  'properties/containers.test.ts': 'it synthesizes random props; laws.test.ts has the variants on the newest',
  'properties/delivery.test.ts': 'it synthesizes random props; laws.test.ts has the variants on the newest',
  'properties/promotion.test.ts': 'it synthesizes random props; laws.test.ts has the variants on the newest',
  'steps/build/languages.test.ts':
    'it runs shells on our commands, which the CDK does not change; build-step.test.ts reads them on the newest',
  'steps/docker/image-commands.test.ts':
    'it runs shells on our commands, which the CDK does not change; images.test.ts reads them on the newest',
  'targets/app-config/commands.test.ts':
    'it runs shells on our commands, which the CDK does not change; app-config.test.ts reads them on the newest',
  'targets/ecs-service/native/prepare.test.ts':
    'it runs shells on our commands, which the CDK does not change; native.test.ts reads them on the newest',
  'targets/ecs-service/native/state-machine.test.ts':
    'it runs our state machine, which the CDK does not change; native.test.ts reads it on the newest',
  'targets/ecs-task/run-task.test.ts':
    'it runs shells on our commands, which the CDK does not change; task.test.ts reads them on the newest',
};

/** Imports of types alone are erased, so they are not followed. */
const STATEMENT = /^(?:import|export)\s+(?!type\b)(?:([^'"`;]*?)\s*from\s*)?['"]([^'"]+)['"]/gm;
const CALL = /\b(?:require|requireActual|import)\(\s*['"]([^'"]+)['"]\s*\)/g;

function isErased(clause) {
  const names = /^\{([\s\S]*)\}$/.exec((clause ?? '').trim());
  if (names === null) return false;
  return names[1]
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .every((name) => name.startsWith('type '));
}

function importsOf(file) {
  const text = fs.readFileSync(file, 'utf8');
  const statements = [...text.matchAll(STATEMENT)]
    .filter(([, clause]) => !isErased(clause))
    .map(([, , specifier]) => specifier);
  return [...statements, ...[...text.matchAll(CALL)].map(([, specifier]) => specifier)];
}

function resolve(from, specifier) {
  if (specifier in ALIASES) return ALIASES[specifier];
  if (!specifier.startsWith('.')) return undefined;
  const base = path.resolve(path.dirname(from), specifier);
  return [`${base}.ts`, path.join(base, 'index.ts'), `${base}.js`, base].find(
    (file) => fs.existsSync(file) && fs.statSync(file).isFile(),
  );
}

/** Returns whether test files reach aws-cdk-lib. */
function reachesAwsCdkLib(start) {
  const seen = new Set();
  const waiting = [start];
  while (waiting.length > 0) {
    const file = waiting.pop();
    if (seen.has(file) || !/\.[jt]s$/.test(file)) continue;
    seen.add(file);
    for (const specifier of importsOf(file)) {
      if (PACKAGE.test(specifier)) return true;
      const next = resolve(file, specifier);
      if (next !== undefined) waiting.push(next);
    }
  }
  return false;
}

const isLeftOut = (file) => path.relative(path.join(ROOT, 'test'), file).replaceAll(path.sep, '/') in LEFT_OUT;

module.exports = async (files) => ({ filtered: files.filter((file) => !isLeftOut(file) && reachesAwsCdkLib(file)) });
module.exports.reachesAwsCdkLib = reachesAwsCdkLib;
module.exports.LEFT_OUT = LEFT_OUT;
