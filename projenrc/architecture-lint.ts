import type { awscdk } from 'projen';

/** The stylistic rules of projen that Prettier decides otherwise. */
const DECIDED_BY_PRETTIER = [
  'array-bracket-newline',
  'array-bracket-spacing',
  'brace-style',
  'comma-dangle',
  'indent',
  'keyword-spacing',
  'member-delimiter-style',
  'no-extra-semi',
  'no-multiple-empty-lines',
  'no-trailing-spaces',
  'object-curly-newline',
  'object-curly-spacing',
  'object-property-newline',
  'quotes',
  'quote-props',
  'semi',
  'space-before-blocks',
];

/**
 * Makes the rules of the architecture errors (CONTRIBUTING.md, "Structure"): imports by dependency-cruiser, the rest by
 * lint.
 */
export function architectureLint(project: awscdk.AwsCdkConstructLibrary) {
  project.addTask('architecture', {
    description: 'The import rules of the architecture',
    exec: 'depcruise --config .dependency-cruiser.cjs src',
  });
  project.eslint!.addRules({
    // Constructs are created where they are rendered, and nowhere else.
    'no-restricted-syntax': [
      'error',
      {
        selector: 'NewExpression[callee.type="MemberExpression"]', // `new s3.Bucket` and its kin
        message: 'AWS resources are created in files named render*.ts, and in src/render.',
      },
    ],
  });
  project.eslint!.addOverride({
    files: [
      'src/render/**/*.ts',
      'src/**/render*.ts',
      'test/**/*.ts',
      'examples/**/*.ts',
      'bench/**/*.ts',
      'projenrc/**/*.ts',
      '.projenrc.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  });
  project.eslint!.addOverride({
    files: ['**/*.ts'],
    rules: Object.fromEntries(DECIDED_BY_PRETTIER.map((rule) => [`@stylistic/${rule}`, 'off'])),
  });
  project.eslint!.addOverride({
    files: ['src/**/*.ts'],
    rules: {
      'import/order': 'off',
    },
  });
}
