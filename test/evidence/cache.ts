import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Where downloads stay between runs: jest's own temporary folder (test/helpers/global-setup.ts) does not outlive one.
 */
export const CACHE = join(process.env.TMPDIR_BEFORE_JEST ?? tmpdir(), 'pipeline-evidence-1');

/**
 * A folder that is filled once; it appears whole or not at all, so several processes can request it at the same time.
 */
export function cached(name: string, fill: (directory: string) => void): string {
  const directory = join(CACHE, name);
  if (existsSync(directory)) return directory;
  mkdirSync(dirname(directory), { recursive: true });
  const draft = mkdtempSync(`${directory}.`);
  try {
    fill(draft);
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(directory)) throw error; // otherwise another process was faster
  }
  return directory;
}

/** Runs npm independently of the environment variables of npx and npm run. */
export function npm(directory: string, ...args: string[]): void {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  // The releases are old and share most of what they need: what was fetched for one is not fetched again for the
  // next.
  const sparing = ['--prefer-offline', '--ignore-scripts'];
  try {
    execFileSync('npm', [...args, ...quiet, ...sparing, '--prefix', directory], {
      cwd: directory,
      stdio: 'pipe',
      encoding: 'utf8',
    });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(
      `'npm ${args.join(' ')}' failed; this evidence needs the npm registry, is the network up?\n${stderr}`,
    );
  }
}

/** Up to 1.13 the modules of the CDK require each other with a caret range, which today is their last release. */
const CARET_MODULES = [
  'assets',
  'aws-apigateway',
  'aws-applicationautoscaling',
  'aws-autoscaling',
  'aws-autoscaling-common',
  'aws-autoscaling-hooktargets',
  'aws-certificatemanager',
  'aws-cloudformation',
  'aws-cloudfront',
  'aws-cloudwatch',
  'aws-codebuild',
  'aws-codecommit',
  'aws-codedeploy',
  'aws-ec2',
  'aws-ecr',
  'aws-ecr-assets',
  'aws-ecs',
  'aws-elasticloadbalancing',
  'aws-elasticloadbalancingv2',
  'aws-events',
  'aws-events-targets',
  'aws-iam',
  'aws-kms',
  'aws-lambda',
  'aws-logs',
  'aws-route53',
  'aws-route53-targets',
  'aws-s3',
  'aws-s3-assets',
  'aws-secretsmanager',
  'aws-servicediscovery',
  'aws-sns',
  'aws-sns-subscriptions',
  'aws-sqs',
  'aws-ssm',
  'aws-stepfunctions',
  'cx-api',
  'custom-resources',
  'region-info',
];

/** Installs modules of one release of CDK 1 and returns the folder `node_modules`. */
export function installCdk1(version: string, modules: readonly string[]): string {
  const directory = cached(`${[...modules].sort().join('+')}@${version}`, (draft) => {
    function spec(range: string, names: readonly string[]) {
      return Object.fromEntries(names.map((name) => [`@aws-cdk/${name}`, range]));
    }

    writeFileSync(
      join(draft, 'package.json'),
      JSON.stringify({
        private: true,
        dependencies: spec(version, modules),
        overrides: /^1\.(\d|1[0-3])\./.test(version) ? spec(version, CARET_MODULES) : {},
      }),
    );
    npm(draft, 'install', '--legacy-peer-deps');
    prune(join(draft, 'node_modules'));
    const strangers = releasesIn(join(draft, 'node_modules/@aws-cdk')).filter(([, release]) => release !== version);
    if (strangers.length > 0) {
      throw new Error(`@aws-cdk ${version} came with ${strangers.map((stranger) => stranger.join('@')).join(', ')}`);
    }
  });
  return join(directory, 'node_modules');
}

function releasesIn(scope: string) {
  return readdirSync(scope).map(
    (name) =>
      [
        name,
        (JSON.parse(readFileSync(join(scope, name, 'package.json'), 'utf8')) as { version: string }).version,
      ] as const,
  );
}

/** Half of what a module weighs is for compilers of other languages. */
function prune(modules: string): void {
  for (const file of readdirSync(modules, { recursive: true, encoding: 'utf8' })) {
    if (/(^|\/)\.jsii|\.d\.ts$|\.md$/.test(file)) rmSync(join(modules, file), { recursive: true, force: true });
  }
}
