import { Token } from 'aws-cdk-lib';
import { providerOf } from '../../aws/action-providers';
import { ACTION_NAME_LENGTH, ARTIFACT_NAME, VARIABLE_NAMESPACE, SSM_PARAMETER_NAME } from '../../aws/limits';
import { EMAIL_ADDRESS } from '../../aws/notification-limits';
import { allSteps } from '../actions';
import type { PipelinePlan, StepPlan } from '../pipeline-plan';
import type { Problems } from '../problems';
import { duplicates } from '../read-options';

/**
 * Validates that names are unique and no longer than the service takes.
 *
 * @param problems collector at the property that most stages come from
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
export function validateNames(plan: PipelinePlan, problems: Problems): void {
  const steps = allSteps(plan);
  const unique = validateStageNames(plan, problems) && validateActionNames(steps, problems);
  // Artifacts and namespaces are named after actions: duplicates of those are all there is to report.
  if (unique) validateArtifactNames(steps, problems);
  for (const step of steps) {
    if (step.name.length > ACTION_NAME_LENGTH) {
      problems.add(`give actions names of at most ${ACTION_NAME_LENGTH} characters`, step.name, shorteningOf(step));
    }
    const at = problems.root(step.path);
    // Their characters are validated where they are named.
    for (const name of step.outputs.filter((output) => output.length > ARTIFACT_NAME.maxLength)) {
      const rule = `have names of at most ${ARTIFACT_NAME.maxLength} characters`;
      at.at('outputs').add(rule, name, 'shorten the name of the step or of the output');
    }
    validateNamespace(step.namespace, at.at(step.propNames?.namespace ?? 'stepName'));
  }
}

function validateStageNames(plan: PipelinePlan, problems: Problems): boolean {
  const names = plan.stages.map((stage) => stage.name);
  // Environments that have no stage of their own.
  const inWaves = plan.stages.flatMap(({ wave, environments = [] }) =>
    wave ? environments.map(({ name }) => name) : [],
  );
  const stages = duplicates(names, ignoringCase);
  const environments = duplicates([...names, ...inWaves], ignoringCase).slice(stages.length);
  for (const name of stages) {
    problems.add('give every stage a name of its own', name, 'rename the environment or the stage');
  }
  for (const name of environments) {
    const fix = 'name each environment once in the pipeline, or rename one of them';
    problems.add('give every stage, wave and environment a name of its own', name, fix);
  }
  return stages.length + environments.length === 0;
}

function validateActionNames(steps: readonly StepPlan[], problems: Problems): boolean {
  const names = duplicates(
    steps.map(({ name }) => name),
    ignoringCase,
  );
  for (const name of names) {
    if (isRule(steps, name)) {
      problems.add('give every rule a name of its own', name, 'give one of the gates a ruleName');
    } else {
      problems.add('give every action a name of its own', name, 'rename the step, and use each step once');
    }
  }
  return names.length === 0;
}

function validateArtifactNames(steps: readonly StepPlan[], problems: Problems): void {
  const artifacts = steps.flatMap(({ outputs }) => outputs);
  const namespaces = steps.flatMap(({ namespace }) => namespace ?? []);
  for (const name of duplicates(artifacts)) {
    problems.add('give every artifact a name of its own', name, renamingOf(steps, name));
  }
  for (const name of duplicates(namespaces)) {
    problems.add('give the variables of every step a namespace of their own', name, 'rename one of them');
  }
  for (const name of namespaces.filter((namespace) => artifacts.includes(namespace))) {
    const fix = 'rename the step that makes the artifact';
    problems.add('name no artifact like a namespace of variables', name, fix);
  }
}

function isRule(steps: readonly StepPlan[], name: string): boolean {
  return steps.every((step) => step.name !== name || providerOf(step).category === 'Rule');
}

/**
 * Artifacts of deployments are named after their environments, with other characters than letters and digits as `_`.
 */
function renamingOf(steps: readonly StepPlan[], artifact: string): string {
  const ofDeployments = steps.every(
    ({ outputs, environment }) => !outputs.includes(artifact) || environment !== undefined,
  );
  return ofDeployments ? 'rename one of the environments' : 'rename one of the steps or outputs';
}

function shorteningOf(step: StepPlan): string {
  if (providerOf(step).category === 'Rule') return 'shorten the name of the stage or of the rule';
  if (step.environment !== undefined) return 'shorten the name of the environment or of the stack';
  return `shorten the name of the step${step.tests === undefined ? '' : ' or of the environment'}`;
}

/** Validates a namespace. An action of aws-codepipeline-actions that has none yet gets one from its class. */
function validateNamespace(namespace: string | undefined, problems: Problems): void {
  if (namespace === undefined || Token.isUnresolved(namespace)) return;
  if (VARIABLE_NAMESPACE.reserved!.includes(namespace)) {
    problems.add('not be one of CodePipeline itself', namespace, 'rename it');
  } else {
    problems.name(namespace, VARIABLE_NAMESPACE, 'shorten or rename the step');
  }
}

/**
 * Stages, environments and actions are compared without regard to case: people cannot tell `prod` and `Prod` apart. A
 * name of a wrong type is reported where it is passed.
 */
function ignoringCase(name: string): string {
  return String(name).toLowerCase();
}

/** Validates e-mail addresses: each becomes the id of its subscription. */
export function validateEmails(addresses: readonly string[], problems: Problems): void {
  const lower = addresses.map((address) => String(address).toLowerCase());
  for (const [i, address] of addresses.entries()) {
    const at = problems.index(i);
    at.name(address, EMAIL_ADDRESS, 'pass an address like release@example.com');
    if (lower.indexOf(lower[i]) < i) at.add('be a different address than the others', address, 'remove it');
  }
}

/** Validates the name of a parameter of Systems Manager, and returns whether it is valid. */
export function validateParameterName(name: string, fix: string, problems: Problems): boolean {
  if (!problems.name(name, SSM_PARAMETER_NAME, fix)) return false;
  const isQualified = !name.includes('/') || name.startsWith('/');
  if (!isQualified) problems.add("begin with '/' when it holds one", name, `write '/${name}'`);
  return isQualified;
}
