import type { awscdk } from 'projen';

const VOCABULARY = ['step', 'source', 'build', 'deploy', 'rollout', 'promotion', 'notify', 'observe'];
const UPPER_HALF = ['patterns', ...VOCABULARY, 'plan', 'render'];
const LOWER_HALF = ['assembly', 'check', 'simulate', 'show', 'cli'];

/** Which rooms of `src` each room may import besides itself. Whatever is not listed is forbidden. */
const MAY_IMPORT: Record<string, string[]> = {
  facts: [],
  functions: [],
  plan: ['facts'],
  step: ['plan', 'facts'],
  source: ['step', 'plan', 'facts'],
  build: ['step', 'plan', 'facts'],
  rollout: ['plan', 'facts'],
  deploy: ['rollout', 'step', 'build', 'plan', 'facts'],
  promotion: ['step', 'build', 'deploy', 'plan', 'facts'],
  notify: ['plan', 'facts'],
  observe: ['plan', 'facts'],
  render: ['plan', 'facts', 'functions'],
  patterns: [...VOCABULARY, 'plan', 'render', 'facts'],
  assembly: ['facts'],
  check: ['assembly', 'facts'],
  simulate: ['check', 'assembly', 'facts'],
  show: ['assembly', 'facts'],
  cli: ['show', 'simulate', 'check', 'assembly', 'facts'],
};

/** The patterns that exist; none may import another. What all of them can be told is in `common`, which imports none. */
const PATTERNS = ['web-app', 'delivery', 'multi-env-promotion', 'release-freeze', 'common'];

/** Makes the import rules of the architecture (CONTRIBUTING.md, "Rooms") errors of lint. */
export function architectureLint(project: awscdk.AwsCdkConstructLibrary) {
  const rooms = [...UPPER_HALF, ...LOWER_HALF, 'facts', 'functions'];
  const zones = [
    ...rooms.map((room) => ({
      target: `./src/${room}`,
      from: './src',
      except: [room, ...MAY_IMPORT[room]].map((allowed) => `./${allowed}`),
      message: `src/${room} may import only: ${MAY_IMPORT[room].join(', ') || 'nothing of ours'}.`,
    })),
    ...PATTERNS.map((pattern) => ({
      target: `./src/patterns/${pattern}`,
      from: './src/patterns',
      except: [...new Set([`./${pattern}`, './common'])],
      message: 'Patterns never import each other; what two of them need belongs to the vocabulary, plan or render.',
    })),
  ];
  project.eslint!.addRules({
    'import/no-restricted-paths': ['error', { zones }],
    'import/no-cycle': ['error'],
    // `new codepipeline.*` and its kin belong to render/ alone.
    'no-restricted-syntax': ['error', {
      selector: 'NewExpression[callee.type="MemberExpression"]', // `new s3.Bucket` and its kin
      message: 'AWS resources are created in src/render only.',
    }],
  });
  project.eslint!.addOverride({
    files: ['src/render/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'projenrc/**/*.ts', '.projenrc.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  });
}
