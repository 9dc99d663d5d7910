import { aws_iam as iam, Lazy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { bootstrapRolesOf, withDependencies, type SelfUpdateSpec } from './plan';
import { addSelfUpdate, validateSoleInApp, validateSoleInStack } from './self-updates';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { Problems } from '../../pipeline/problems';
import { quote } from '../../pipeline/shell-words';
import type { ActionKind } from '../../render/action-kind';
import { policyDocument } from '../../render/grants';
import { outermost } from '../../render/names';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { renderBuild, validateComputeRegion } from '../build/render';
import { assumeRoleStatements } from '../step-grants';

/**
 * Renders a build that deploys the stack of the pipeline and its dependencies. It can assume only the roles of
 * `cdk bootstrap` in their environments.
 */
function renderSelfUpdate(
  context: RenderContext,
  { build, cliVersion }: SelfUpdateSpec,
  action: StepPlan,
): RenderedAction {
  const { scope } = context;
  const stack = outermost(Stack.of(scope));
  const rendered = renderBuild(
    context,
    { ...build, phases: { ...build.phases, build: updateCommands(stack.node.path, cliVersion) } },
    action,
  );
  allowUpdate(rendered.build!.role, stack);
  addSelfUpdate(scope);
  scope.node.addValidation({ validate: () => [...problemsOfDependencies(scope, stack)] });
  return rendered;
}

/** Number of roles of `cdk bootstrap` that fit into a managed policy. */
const ROLES_PER_POLICY = 40;

/**
 * Allows the build to assume the roles of `cdk bootstrap`: in an inline policy and, if they do not fit into it, in
 * managed policies. The dependencies of a stack are complete only at synthesis, and the last policy contains the roles
 * of stacks that are added until then.
 */
function allowUpdate(role: iam.Role, stack: Stack): void {
  const count = Math.max(1, Math.ceil(rolesOf(stack).length / ROLES_PER_POLICY));
  const documents = Array.from({ length: count }, (_, i) => {
    const end = i === count - 1 ? undefined : (i + 1) * ROLES_PER_POLICY;
    return Lazy.any({
      produce: () => policyDocument(assumeRoleStatements(rolesOf(stack).slice(i * ROLES_PER_POLICY, end))),
    });
  });
  const resource = role.node.defaultChild as iam.CfnRole;
  resource.policies = [
    ...(resource.policies as iam.CfnRole.PolicyProperty[]),
    { policyName: UPDATE, policyDocument: documents[0] },
  ];
  for (const [i, document] of documents.slice(1).entries()) {
    new iam.CfnManagedPolicy(role, `${UPDATE}${i + 2}`, { policyDocument: document, roles: [resource.ref] });
  }
}

const UPDATE = 'Update';

function rolesOf(stack: Stack): string[] {
  return [...new Set(withDependencies(stack).flatMap((dependency) => bootstrapRolesOf(dependency) ?? []))];
}

/**
 * Returns commands that deploy a stack with the configured version of the CDK CLI, or with the version that the
 * assembly requires. aws-cdk-lib may require a version that is not published yet; the newest published version before
 * it reads the same assemblies.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-deploy.html
 */
export function updateCommands(stackPath: string, cliVersion?: string): string[] {
  const deploy = `-a . deploy ${quote(stackPath)} --require-approval never --no-notices --ci`;
  if (cliVersion !== undefined) return [`npx --yes aws-cdk@${cliVersion} ${deploy}`];
  return [READ_CLI_VERSION, `npx --yes "aws-cdk@<=$CDK_CLI" ${deploy}`];
}

const READ_CLI_VERSION =
  'CDK_CLI="$(jq -r \'.minimumCliVersion | strings\' manifest.json)" && [ -n "$CDK_CLI" ] || { echo "Found no ' +
  'cloud assembly: manifest.json with minimumCliVersion is missing" >&2; false; }';

export const SELF_UPDATE: ActionKind<SelfUpdateSpec> = {
  kind: 'self-update',
  render: renderSelfUpdate,
  validate: (scope, { spec }, problems) => {
    validateComputeRegion(scope, spec.build, problems);
    validateSelfUpdateStack(scope, problems);
  },
};

/** Validates the stacks that the stack of the pipeline depends on, which are complete only at synthesis. */
function problemsOfDependencies(scope: Construct, stack: Stack): readonly string[] {
  const problems = new Problems('selfUpdate');
  validateSoleInApp(scope, problems);
  for (const dependency of withDependencies(stack)) validateBootstrapped(dependency, problems);
  return problems.all;
}

/** Matches paths without pattern characters, which `cdk deploy` would expand. */
const PLAIN_PATH = /^[\w./-]+$/;

/** Validates the stack of a self-update. */
function validateSelfUpdateStack(scope: Construct, problems: Problems): void {
  const stack = outermost(Stack.of(scope));
  validateSoleInStack(scope, problems);
  validateBootstrapped(stack, problems);
  if (PLAIN_PATH.test(stack.node.path)) return;
  const rule = "be used in a stack whose path consists of letters, digits, '.', '_', '-' and '/'";
  problems.add(rule, stack.node.path, 'rename the stack; its stackName can stay the same');
}

/** Validates that a stack uses the role names of `cdk bootstrap`, which depend only on its qualifier. */
function validateBootstrapped(stack: Stack, problems: Problems): void {
  if (bootstrapRolesOf(stack)) return;
  problems.add(
    "be used with stacks that have a DefaultStackSynthesizer with the role names of 'cdk bootstrap'",
    `${stack.node.path} with ${stack.synthesizer.constructor.name}`,
    'remove the synthesizer or its role ARNs; only the qualifier can be changed',
  );
}
