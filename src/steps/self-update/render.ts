import { type aws_iam as iam, Lazy, Stack } from 'aws-cdk-lib';
import { bootstrapRolesOf, withDependencies } from '../build/bootstrap-roles';
import { renderBuild } from '../build/render';
import type { SelfUpdatePlan } from './self-update-spec';
import { Problems } from '../../pipeline/problems';
import { quote } from '../../pipeline/shell-words';
import { validateBootstrapped, validateSelfUpdateStack } from './validate-self-update-stack';
import { assumeRoleStatements, policyDocument } from '../../render/grants';
import { outermost } from '../../render/names';
import type { ActionRenderer } from '../../render/rendered';
import type { ActionKind } from '../../render/action-kind';

/** The stack of the pipeline, deployed with those that it depends on, under the roles of `cdk bootstrap` in their environments and no others. */
export const renderSelfUpdate: ActionRenderer<SelfUpdatePlan> = (context, { build, cliVersion }, action) => {
  const { scope } = context;
  const stack = outermost(Stack.of(scope));
  const rendered = renderBuild(
    context,
    { ...build, phases: { ...build.phases, build: updateCommands(stack.node.path, cliVersion) } },
    action,
  );
  const role = rendered.build!.role.node.defaultChild as iam.CfnRole;
  role.policies = [
    ...(role.policies as iam.CfnRole.PolicyProperty[]),
    {
      policyName: 'Update',
      // On what a stack depends is known when the app is synthesized.
      policyDocument: Lazy.any({ produce: () => policyDocument(assumeRoleStatements(rolesOf(stack))) }),
    },
  ];
  scope.node.addValidation({ validate: () => [...problemsOfDependencies(stack)] });
  return rendered;
};

const rolesOf = (stack: Stack) => [...new Set(withDependencies(stack).flatMap((one) => bootstrapRolesOf(one) ?? []))];

/**
 * An assembly says which version of the command can read it.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-deploy.html
 */
export const updateCommands = (stackPath: string, cliVersion?: string): string[] => [
  ...(cliVersion !== undefined
    ? []
    : [
        'CDK_CLI="$(jq -r \'.minimumCliVersion | strings\' manifest.json)" && [ -n "$CDK_CLI" ] ' +
          '|| { echo "Here is no cloud assembly that says which CDK CLI it needs: no manifest.json with minimumCliVersion" >&2; false; }',
      ]),
  `npx --yes ${cliVersion === undefined ? '"aws-cdk@$CDK_CLI"' : `aws-cdk@${cliVersion}`} -a . deploy ${quote(stackPath)} --require-approval never --no-notices --ci`,
];

export const SELF_UPDATE: ActionKind<SelfUpdatePlan> = {
  kind: 'self-update',
  render: renderSelfUpdate,
  validate: (scope, _step, problems) => validateSelfUpdateStack(scope, problems),
};

/** The stacks that the stack of the pipeline depends on are known when the app is synthesized. */
function problemsOfDependencies(stack: Stack): readonly string[] {
  const problems = new Problems('selfUpdate');
  for (const dependency of withDependencies(stack)) validateBootstrapped(dependency, problems);
  return problems.all;
}
