import { Token } from 'aws-cdk-lib';
import { allActions, type ActionPlan, type PipelinePlan } from './pipeline-plan';
import { problem, type Problem } from './problems';
import type { SecretPlan } from './secret-plan';
import { SECRET_FIELD } from '../facts/limits';

/** What is wrong with the secrets of steps. */
export const checkSecrets = (plan: PipelinePlan): Problem[] => allActions(plan).flatMap((action) => {
  const { work } = action;
  return work.kind === 'build' || work.kind === 'commands'
    ? Object.entries(work.secrets).flatMap(([name, secret]) => checkSecret(action, name, secret, Object.keys(work.kind === 'build' ? work.environmentVariables : action.environmentVariables ?? {}))) : [];
});

function checkSecret({ name: step, work, configuration }: ActionPlan, name: string, secret: SecretPlan, variables: readonly string[]): Problem[] {
  const prop = `${step}.secrets`;
  // Those that CodePipeline fills in stand in the action, and are no less there.
  const filledIn = (JSON.parse(configuration.EnvironmentVariables ?? '[]') as Array<{ name: string }>).map((one) => one.name);
  return [
    ...(/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? [] : [problem(prop, "have names of letters, digits and '_'", name, 'rename the variable')]),
    ...(name.startsWith('CODEBUILD_') ? [problem(prop, "have names that do not start with 'CODEBUILD_'", name, 'these belong to the service; rename the variable')] : []),
    ...([...variables, ...filledIn].includes(name) ? [problem(prop, 'have names that environmentVariables has not', name, 'remove one of them')] : []),
    ...(work.kind === 'commands' && secret.kind === 'parameter'
      ? [problem(prop, 'be of Secrets Manager in a Commands action', name, 'keep it in Secrets Manager, or use a step with a project of its own')] : []),
    ...checkField(prop, secret),
  ];
}

/** The reference to a secret is `secret:field:stage:version`: a colon in the field would be the end of it. */
function checkField(prop: string, secret: SecretPlan): Problem[] {
  const field = secret.kind === 'secrets-manager' ? secret.field : undefined;
  if (field === undefined || Token.isUnresolved(field) || SECRET_FIELD.pattern.test(field)) return [];
  return [problem(`${prop}.field`, `consist of ${SECRET_FIELD.words}`, field, 'rename the key of the secret')];
}
