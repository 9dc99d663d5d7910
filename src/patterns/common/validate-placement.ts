import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { holdsSecret } from './plan-or-fail';
import { validateEnvironments } from './validate-environments';
import { providerOf } from '../../aws/action-providers';
import { validateMonitoringEnv } from '../../monitoring/monitored-stages';
import { validateNotificationEnv } from '../../notifications/validate-notification-env';
import { allSteps } from '../../pipeline/actions';
import type { PipelinePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { pathIn, type Problems } from '../../pipeline/problems';
import type { ActionKinds } from '../../render/action-kind';
import { crossEnvOf, environmentsOf } from '../../render/resolved-env';
import { validateSameEnv } from '../../render/environment-context';

/** Validates what only the construct tree shows of a pipeline: its account and Region, and what tokens become. */
export function validatePlacement(scope: Construct, plan: PipelinePlan, kinds: ActionKinds, problems: Problems): void {
  for (const step of allSteps(plan)) {
    const at = problems.root(step.path);
    const kind = kinds.of(step);
    validateRegion(scope, step, at);
    kind.validate?.(scope, step, at);
    validateStack(scope, plan, step, at);
    for (const reference of kind.sameEnvReferences?.(step.spec, step) ?? []) validateSameEnv(scope, reference, at);
    validateTexts(scope, step, problems);
  }
  validateEnvironments(scope, plan, kinds, problems);
  for (const [i, { defaultValue = '' }] of plan.variables.entries()) {
    if (!holdsSecret(scope, defaultValue)) continue;
    const fix = 'whoever may see the pipeline may read it; give the step that needs it its secrets';
    problems.at('variables').index(i).at('defaultValue').add('hold no secret', 'a reference to a secret', fix);
  }
  validateNotificationEnv(scope, plan.notifications, problems.at('notifications'));
  validateMonitoringEnv(scope, plan.monitoring, problems.at('monitoring'));
}

/**
 * Validates that an action is available in the Region of its pipeline: in another one it would need a bucket for
 * artifacts there.
 */
function validateRegion(scope: Construct, step: StepPlan, problems: Problems): void {
  const { region } = Stack.of(scope);
  const { regions, provider } = providerOf(step);
  if (regions === undefined || Token.isUnresolved(region) || regions.includes(region)) return;
  const fix = 'put the pipeline into a stack of that region, started by the success of this one';
  problems.add(`run in ${regions.join(' or ')}, where ${provider} is`, region, fix);
}

/** Validates that a pipeline does not deploy its own stack as an environment: it would change while it runs. */
function validateStack(scope: Construct, plan: PipelinePlan, step: StepPlan, problems: Problems): void {
  const { stackName, environment } = step;
  if (stackName === undefined || stackName !== Stack.of(scope).stackName) return;
  const isCrossEnv = environmentsOf(plan).some((other) => other.name === environment && crossEnvOf(scope, other));
  if (isCrossEnv) return;
  const fix = 'deploy the stack of the pipeline with cdk deploy, or rename one of the two';
  problems.root(pathIn(step, 'stackName')).add('not be the stack of the pipeline itself', stackName, fix);
}

const IN_SECRETS =
  'name it in \'secrets\', as in { TOKEN: BuildSecret.secretsManager(secret) }, and use it as "$TOKEN"';
const BY_ITSELF = 'let what runs read the secret itself, under its own role';

/** Validates the texts of an action that people may read: in the template, in the console, in a log. */
function validateTexts(scope: Construct, step: StepPlan, problems: Problems): void {
  const { configuration, commands = [], environmentVariables = {}, projectTexts = [] } = step;
  const texts = [
    ...Object.entries(configuration).map(([prop, text]) => ({
      prop,
      text,
      fix: prop === 'EnvironmentVariables' ? IN_SECRETS : BY_ITSELF,
    })),
    ...commands.map((text) => ({ prop: 'commands', text, fix: IN_SECRETS })),
    ...Object.values(environmentVariables).map((text) => ({ prop: 'environmentVariables', text, fix: IN_SECRETS })),
    ...projectTexts.map(({ prop, text }) => ({ prop, text, fix: IN_SECRETS })),
  ];
  for (const { prop, fix } of texts.filter(({ text }) => holdsSecret(scope, text))) {
    const got = 'a reference to a secret, which CloudFormation would replace by its text';
    problems.root(pathIn(step, prop)).add('hold no secret', got, fix);
  }
}
