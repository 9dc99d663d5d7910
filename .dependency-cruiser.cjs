/**
 * The import rules of the architecture (CONTRIBUTING.md, "Structure"), type-only imports included. They are derived from the folders of `src`, so
 * that a new folder is guarded without anybody remembering it.
 */
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const src = join(__dirname, 'src');
const foldersOf = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** Folders of the upper half, from the bottom to the top: each may import those before it. */
const UPPER_HALF = [
  'pipeline',
  'render',
  'notifications',
  'monitoring',
  'steps',
  'sources',
  'conditions',
  'targets',
  'environments',
  'patterns',
];

/** Folders of the lower half, which serves every pipeline in the world and so knows nothing of ours. */
const LOWER_HALF = { assembly: [], check: ['assembly'], simulate: ['assembly', 'check'], show: ['assembly'], leftovers: ['assembly'], cli: ['assembly', 'check', 'simulate', 'show', 'leftovers'] };

/** Facts about AWS, which everything but the scripts may import. */
const FACTS = 'aws';

/** Helpers for lists, which everything but the scripts may import. */
const COMMON = 'common';

function allowedFor(folder) {
  if (folder === COMMON || folder === 'functions') return [];
  if (folder === FACTS) return [COMMON];
  if (folder in LOWER_HALF) return [COMMON, FACTS, ...LOWER_HALF[folder]];
  const level = UPPER_HALF.indexOf(folder);
  if (level < 0) throw new Error(`src/${folder} has no place in the architecture: add it to .dependency-cruiser.cjs`);
  const scripts = level >= UPPER_HALF.indexOf('render') ? ['functions'] : [];
  return [COMMON, FACTS, ...scripts, ...UPPER_HALF.slice(0, level)];
}

const layers = foldersOf(src).map((folder) => ({
  name: `layer-${folder}`,
  comment: `src/${folder} may import only: ${allowedFor(folder).join(', ') || 'nothing of ours'}.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...allowedFor(folder)].join('|')})/` },
}));

const patterns = foldersOf(join(src, 'patterns')).map((pattern) => ({
  name: `pattern-${pattern}`,
  comment: 'Patterns never import each other; what two of them need belongs to patterns/common or below.',
  severity: 'error',
  from: { path: `^src/patterns/${pattern}/` },
  to: { path: '^src/patterns/', pathNot: `^src/patterns/(${pattern}|common)/` },
}));

/** Files whose name says that they are data: they plan, validate and describe. */
const PURE = [
  '^src/pipeline/',
  '/(plan|options|spec|specs|props)[.]ts$',
  '/plan-[a-z-]+[.]ts$',
  '-(plan|options|spec|specs|props)[.]ts$',
];

/** Files that create constructs, and what leads to them. */
const RENDERING = ['^src/render/', '/render[.]ts$', '/render-[a-z-]+[.]ts$', '/(action-)?kinds[.]ts$'];

module.exports = {
  forbidden: [
    ...layers,
    ...patterns,
    {
      name: 'planning-is-pure',
      comment: 'Planning, options and specs are data: they never import what renders.',
      severity: 'error',
      from: { path: PURE, pathNot: `^src/(render|${Object.keys(LOWER_HALF).join('|')})/` },
      to: { path: RENDERING },
    },
    { name: 'no-cycles', comment: 'Imports run downwards only, types included.', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.dev.json' },
    includeOnly: '^src/',
    doNotFollow: { path: 'node_modules' },
  },
};
