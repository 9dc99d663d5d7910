import type { CdkStageOptions } from './options';
import type { OutputFacts, readImports, StackFacts, StageFacts } from './read-stage';
import { STACK_OUTPUT } from '../../aws/limits';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import { validatePublishes, validateReads } from '../../steps/cli-version';

/** Validates that a stage contains only stacks, and returns whether they can be planned. */
export function validateContent({ path, isApp, stacks, nestedStages }: StageFacts, problems: Problems): boolean {
  if (isApp) {
    const fix = "create the stacks in new Stage(app, 'Production')";
    problems.add('be a Stage, not the app itself', 'the app itself', fix);
  } else if (nestedStages.length > 0) {
    problems.add('not contain other stages', nestedStages, 'deploy each stage in a separate environment');
  } else if (stacks.length === 0) {
    problems.add(atLeastOne('stack'), path, 'create the stacks of the stage before the pipeline');
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
  { cliVersion }: CdkStageOptions,
  problems: Problems,
): void {
  const stage = problems.at('stage');
  validateOneEnv(stacks, stage);
  for (const stack of stacks) validateSynthesizer(stack, stage);
  validateVersion(stacks, cliVersion, problems.at('cliVersion'));
  validateOutputs(outputs, problems.at('outputs'));
}

/** Rule of stacks whose change sets are reviewed. */
export const NO_IMPORTS = 'not contain stacks that import values of others, because all change sets are created first';

/**
 * Validates that no stack imports values of another one. CloudFormation resolves imports when it creates a change set,
 * and all change sets are created before the first is executed.
 */
export function validateImports(imports: ReturnType<typeof readImports>, problems: Problems): void {
  if (imports.length === 0) return;
  const got = imports.map(({ stackName, exporters }) => `${stackName} imports from ${exporters.join(', ')}`);
  const fix = 'combine the stacks, pass names instead of references, or remove reviewChangeSets from the environment';
  problems.add(NO_IMPORTS, got, fix);
}

/** Validates that all stacks are in one account and Region, as an environment requires. */
function validateOneEnv(stacks: readonly StackFacts[], problems: Problems): void {
  const envs = stacks.map(({ env: { account = 'any account', region = 'any region' } }) => `${account}/${region}`);
  const distinctEnvs = [...new Set(envs)];
  if (distinctEnvs.length === 1) return;
  const fix = 'create one stage and one environment for each of them';
  problems.add('have all its stacks in one account and Region', distinctEnvs, fix);
}

/**
 * Validates that a stack is published and deployed with the roles of `cdk bootstrap`, which the default synthesizer
 * uses.
 */
function validateSynthesizer({ id, executionRoleArn, manifests }: StackFacts, problems: Problems): void {
  const lacksRole = executionRoleArn === undefined || manifests.some(({ withoutRole }) => withoutRole);
  if (lacksRole || manifests.length === 0) {
    const fix = `use the DefaultStackSynthesizer, which is the default, for '${id}'`;
    problems.add('contain only stacks that use the roles of cdk bootstrap', id, fix);
  }
  if (manifests.some(({ sessionTags }) => sessionTags)) {
    const fix = `remove the session tags from the synthesizer of '${id}'`;
    problems.add('not contain stacks that publish assets with session tags', id, fix);
  }
}

function validateVersion(stacks: readonly StackFacts[], version: string | undefined, problems: Problems): void {
  const schemas = stacks.flatMap(({ manifests }) => manifests.map((manifest) => manifest.version));
  validatePublishes(version, problems);
  if (schemas.length > 0) validateReads(Math.max(...schemas), version, problems);
}

function validateOutputs(outputs: readonly OutputFacts[], problems: Problems): void {
  for (const [i, { stackId, name }] of outputs.entries()) {
    if (stackId === undefined) {
      const fix = 'create the output in one of these stacks; the parent of a nested stack can return its output';
      problems.add('contain only outputs of stacks in the stage', name, fix);
    }
    problems.name(name, STACK_OUTPUT, 'choose another id');
    if (outputs.findIndex((other) => other.name === name) < i) {
      const fix = 'rename one with overrideLogicalId, or remove it; the names become environment variables';
      problems.add('have unique names', name, fix);
    }
  }
}
