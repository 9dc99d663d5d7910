import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { must, type Command, type Place } from './language';
import { ROOT } from '../first-hour/package';
import { run, type Result } from '../first-hour/run';

/** The app of `cdk init` in one language. */
export interface InitApp {
  /** The name of `cdk init --language`. */
  readonly language: string;
  /** Runs the tests of the app, of which one fails. */
  readonly test: Omit<Command, 'cwd'>;
  /** What the test framework prints for one passed and one failed test. */
  readonly summary: RegExp;
  /** Installs the package into the app. Returns the environment variables of its commands. */
  prepare(place: Place, app: string): Record<string, string>;
}

/** A defect with the ID by which its finding is acknowledged. */
const DEFECTS = [
  { id: 'PipelineCheck::VariableNamespaceUndefined', text: 'must have the namespace of an earlier action' },
  { id: 'PipelineCheck::AccessDenied[Deploy/Deploy/sts:AssumeRole]', text: 'may not call sts:AssumeRole' },
];

/** The construct of the findings. */
const CONSTRUCT = 'MyAppStack/Pipeline/Resource';

/** What a failed test prints: the assertion, the caller with the call, and the statement to add. */
const FAILURE = [
  'cloudformation.amazonaws.com may not call sts:AssumeRole',
  'its Principal is codebuild.amazonaws.com',
  '{"Effect":"Allow","Principal":{"Service":"cloudformation.amazonaws.com"},"Action":"sts:AssumeRole"}',
];

/**
 * Creates an app with `cdk init`, whose pipeline of `aws-codepipeline` has two defects, and adds the plugin. Returns
 * the expectations, each with a complaint if it is not met.
 */
export function tryApp({ language, prepare, test, summary }: InitApp, place: Place): Array<[string, string?]> {
  const app = join(place.folder, 'my-app');
  mkdirSync(app, { recursive: true });
  const cdk = join(ROOT, 'node_modules', '.bin', 'cdk');
  must(run(app, cdk, ['init', 'app', '--language', language, '--generate-only']), 'cdk init');
  cpSync(join(__dirname, 'apps', language), app, { recursive: true });
  place.progress('installs the package into the app of cdk init');
  const env = { ...prepare(place, app), JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };

  function synth(...args: string[]) {
    return run(app, cdk, ['synth', '--quiet', '--no-notices', '--no-version-reporting', ...args], env);
  }

  place.progress('synthesizes the app');
  const defective = synth();
  const accepted = synth('--context', 'acknowledge=true');
  place.progress('runs the tests of the app');
  const tested = run(app, test.command, test.args, env);
  return [
    ['cdk synth fails with both findings', complaint(defective, 1, [...DEFECTS.flatMap(Object.values), CONSTRUCT])],
    ['cdk synth accepts acknowledged findings', complaint(accepted, 0, [])],
    ['the test of the good pipeline passes, that of the defective one fails', failedTest(tested, summary)],
  ];
}

/** Returns the output if a command has another exit code, or prints less than expected. */
function complaint(result: Result, status: number, expected: readonly string[]): string | undefined {
  const text = `${result.stdout}\n${result.stderr}`;
  const missing = expected.filter((part) => !text.includes(part));
  if (result.status === status && missing.length === 0) return undefined;
  return `exit code ${result.status}, missing: ${missing.join(' | ') || 'nothing'}\n${text}`;
}

function failedTest(result: Result, summary: RegExp): string | undefined {
  const failure = complaint({ ...result, status: result.status === 0 ? 0 : 1 }, 1, FAILURE);
  if (failure !== undefined) return failure;
  const text = `${result.stdout}\n${result.stderr}`;
  return summary.test(text) ? undefined : `must print ${summary.source}\n${text}`;
}
