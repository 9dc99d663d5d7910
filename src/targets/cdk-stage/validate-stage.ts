import type { CdkStageOptions } from './options';
import type { OutputFacts, StackFacts, StageFacts } from './read-stage';
import { CDK_ASSETS, EXACT_VERSION } from '../../aws/cdk';
import { STACK_OUTPUT } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';

/** Validates that a stage holds stacks alone, and returns whether they can be planned. */
export function validateContent({ path, isApp, stacks, nestedStages }: StageFacts, problems: Problems): boolean {
  if (isApp) {
    const fix = "put the stacks that are released into new Stage(app, 'Production')";
    problems.add('be a Stage inside of the app', 'the app itself', fix);
  } else if (nestedStages.length > 0) {
    problems.add('hold no other stages', nestedStages, 'release each of them in an environment of its own');
  } else if (stacks.length === 0) {
    problems.add('hold at least one stack', path, 'make the stacks of the stage before the pipeline');
  } else {
    return true;
  }
  return false;
}

/**
 * Validates the stacks of a stage, and how they are published.
 *
 * @param problems collector at the target
 */
export function validateStacks(
  { stacks }: StageFacts,
  outputs: readonly OutputFacts[],
  { cdkAssetsVersion }: CdkStageOptions,
  problems: Problems,
): void {
  const stage = problems.at('stage');
  validateOneEnv(stacks, stage);
  for (const stack of stacks) validateSynthesizer(stack, stage);
  validateVersion(stacks, cdkAssetsVersion, problems.at('cdkAssetsVersion'));
  validateOutputs(outputs, problems.at('outputs'));
}

/** Validates that all stacks are in one account and Region, since an environment is. */
function validateOneEnv(stacks: readonly StackFacts[], problems: Problems): void {
  const envs = stacks.map(({ env: { account = 'any account', region = 'any region' } }) => `${account}/${region}`);
  const different = [...new Set(envs)];
  if (different.length === 1) return;
  const fix = 'make one stage for each of them, and release each in an environment of its own';
  problems.add('have all its stacks in one account and region', different, fix);
}

/**
 * Validates that a stack is published and deployed by the roles of `cdk bootstrap`, which the default synthesizer
 * names.
 */
function validateSynthesizer({ id, executionRoleArn, manifests }: StackFacts, problems: Problems): void {
  const lacksRole = executionRoleArn === undefined || manifests.some(({ withoutRole }) => withoutRole);
  if (lacksRole || manifests.length === 0) {
    const fix = `give '${id}' the DefaultStackSynthesizer, which is the default`;
    problems.add('hold stacks that are published and deployed by the roles of cdk bootstrap', id, fix);
  }
  if (manifests.some(({ sessionTags }) => sessionTags)) {
    const fix = `take the tags out of the synthesizer of '${id}'`;
    problems.add('hold stacks whose assets are published without tags of the session', id, fix);
  }
}

function validateVersion(stacks: readonly StackFacts[], version: string | undefined, problems: Problems): void {
  if (version !== undefined) {
    if (EXACT_VERSION.test(version)) return;
    const fix = `write it as in '${CDK_ASSETS.version}', so that every run publishes with the same tool`;
    problems.add('be one exact version', version, fix);
    return;
  }
  const schema = Math.max(...stacks.flatMap(({ manifests }) => manifests.map((manifest) => manifest.version)));
  if (schema <= CDK_ASSETS.schema) return;
  const rule = `be a version that reads asset manifests of schema ${schema}, which your aws-cdk-lib writes`;
  problems.add(rule, CDK_ASSETS.version, 'give the newest version of cdk-assets');
}

function validateOutputs(outputs: readonly OutputFacts[], problems: Problems): void {
  for (const [i, { stackId, name }] of outputs.entries()) {
    if (stackId === undefined) {
      const fix = 'make the output in one of them; one of a nested stack is handed on by the stack around it';
      problems.add('hold outputs of stacks that are in the stage', name, fix);
    }
    problems.name(name, STACK_OUTPUT, 'choose another id');
    if (outputs.findIndex((other) => other.name === name) < i) {
      const fix = 'they become environment variables; rename one with overrideLogicalId, or remove it';
      problems.add('hold outputs of different names', name, fix);
    }
  }
}
