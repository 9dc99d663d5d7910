import { Token } from 'aws-cdk-lib';
import { providerOf } from '../../aws/action-providers';
import {
  ACTION_NAME_LENGTH,
  ARTIFACT_NAME,
  RESERVED_PARAMETER,
  SSM_PARAMETER_NAME,
  VARIABLE_NAMESPACE,
} from '../../aws/limits';
import { EMAIL_ADDRESS } from '../../aws/notification-limits';
import { allSteps } from '../actions';
import type { PipelinePlan, StepPlan } from '../pipeline-plan';
import type { Problems } from '../problems';
import { duplicates } from '../read-options';
import { UNIQUE_ACTIONS, UNIQUE_ARTIFACTS, UNIQUE_RULES, UNIQUE_STAGES } from '../rules';
import { UNIQUE } from '../../common/rules';

/** Rule of the length of action names. */
export const ACTION_NAMES = `have action names of at most ${ACTION_NAME_LENGTH} characters`;

/** Rule of the names of Systems Manager parameters in a hierarchy. */
export const QUALIFIED_NAME = "begin with '/' if it contains '/'";

/**
 * Validates that names are unique and not longer than the service allows.
 *
 * @param problems collector at the property that most stages come from
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
export function validateNames(plan: PipelinePlan, problems: Problems): void {
  const steps = allSteps(plan);
  const unique = validateStageNames(plan, problems) && validateActionNames(steps, problems);
  // Artifacts and namespaces are named after actions, so duplicate actions would be reported twice.
  if (unique) validateArtifactNames(steps, problems);
  for (const step of steps) {
    if (step.name.length > ACTION_NAME_LENGTH) {
      problems.add(ACTION_NAMES, step.name, shortenFix(step));
    }
    const at = problems.root(step.path);
    // The characters of artifact names are validated where the artifacts are planned.
    for (const name of step.outputs.filter((output) => output.length > ARTIFACT_NAME.maxLength)) {
      const rule = `have artifact names of at most ${ARTIFACT_NAME.maxLength} characters`;
      at.at('outputs').add(rule, name, 'shorten the name of the step or of the output');
    }
    validateNamespace(step.namespace, at.at(step.propNames?.namespace ?? 'stepName'));
  }
}

function validateStageNames(plan: PipelinePlan, problems: Problems): boolean {
  const names = plan.stages.map((stage) => stage.name);
  // The environments of a wave share its stage. Any other environment has the name of its stage.
  const waves = plan.stages.filter(({ wave }) => wave);
  const inWaves = waves.flatMap(({ environments = [] }) => environments.map(({ name }) => name));
  const stages = duplicates(names, ignoringCase);
  const environments = duplicates([...names, ...inWaves], ignoringCase).slice(stages.length);
  for (const name of stages) {
    problems.add(UNIQUE_STAGES, name, 'rename the environment or the stage');
  }
  for (const name of environments) {
    const fix = 'list each environment once in the pipeline, or rename one of them';
    problems.add('have unique names of stages, waves and environments', name, fix);
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
      problems.add(UNIQUE_RULES, name, 'set ruleName on one of the gates');
    } else {
      problems.add(UNIQUE_ACTIONS, name, 'rename the step, and use each step once');
    }
  }
  return names.length === 0;
}

function validateArtifactNames(steps: readonly StepPlan[], problems: Problems): void {
  const artifacts = steps.flatMap(({ outputs }) => outputs);
  const namespaces = steps.flatMap(({ namespace }) => namespace ?? []);
  for (const name of duplicates(artifacts)) {
    problems.add(UNIQUE_ARTIFACTS, name, renameFix(steps, name));
  }
  for (const name of duplicates(namespaces)) {
    problems.add('have a unique variable namespace for each step', name, 'rename one of the steps');
  }
  for (const name of namespaces.filter((namespace) => artifacts.includes(namespace))) {
    const fix = 'rename the step that produces the artifact';
    problems.add('not have an artifact with the name of a variable namespace', name, fix);
  }
}

function isRule(steps: readonly StepPlan[], name: string): boolean {
  return steps.every((step) => step.name !== name || providerOf(step).category === 'Rule');
}

/** Returns how to rename an artifact. Artifacts of deployments are named after their environments. */
function renameFix(steps: readonly StepPlan[], artifact: string): string {
  const producers = steps.filter(({ outputs }) => outputs.includes(artifact));
  const areDeployments = producers.every(({ environment }) => environment !== undefined);
  return areDeployments ? 'rename one of the environments' : 'rename one of the steps or outputs';
}

function shortenFix(step: StepPlan): string {
  if (providerOf(step).category === 'Rule') return 'shorten the name of the stage or of the rule';
  if (step.environment !== undefined) return 'shorten the name of the environment or of the stack';
  if (step.tests !== undefined) return 'shorten the name of the step or of the environment';
  return 'shorten the name of the step';
}

/** Validates a variable namespace. The classes of aws-codepipeline-actions set those that are tokens. */
function validateNamespace(namespace: string | undefined, problems: Problems): void {
  if (namespace === undefined || Token.isUnresolved(namespace)) return;
  if (VARIABLE_NAMESPACE.reserved!.includes(namespace)) {
    problems.add('not be a reserved namespace of CodePipeline', namespace, 'rename the step');
  } else {
    problems.name(namespace, VARIABLE_NAMESPACE, 'shorten or rename the step');
  }
}

/**
 * Returns a name in lower case: `prod` and `Prod` are duplicates, because they are easily confused. Names of a wrong
 * type are reported where they are passed.
 */
function ignoringCase(name: string): string {
  return String(name).toLowerCase();
}

/** Validates email addresses. Each becomes the id of its subscription. */
export function validateEmails(addresses: readonly string[], problems: Problems): void {
  const lower = addresses.map((address) => String(address).toLowerCase());
  for (const [i, address] of addresses.entries()) {
    const at = problems.index(i);
    at.name(address, EMAIL_ADDRESS, 'pass an address such as release@example.com');
    if (lower.indexOf(lower[i]) < i) at.add(UNIQUE, address, 'remove the duplicate');
  }
}

/** Validates the name of a Systems Manager parameter, and returns whether it is valid. */
export function validateParameterName(name: string, fix: string, problems: Problems): boolean {
  if (!problems.name(name, SSM_PARAMETER_NAME, fix)) return false;
  const isQualified = !name.includes('/') || name.startsWith('/');
  if (!isQualified) problems.add(QUALIFIED_NAME, name, `use '/${name}'`);
  return isQualified;
}

/** Validates the name of a Systems Manager parameter that is created, and returns whether it is valid. */
export function validateNewParameterName(name: string, fix: string, problems: Problems): boolean {
  if (!validateParameterName(name, fix, problems)) return false;
  const isReserved = RESERVED_PARAMETER.test(name);
  if (isReserved) {
    problems.add("not begin with 'aws' or 'ssm', which Systems Manager reserves", name, 'choose another name');
  }
  return !isReserved;
}
