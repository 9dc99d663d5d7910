import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { holdsSecret } from './plan-or-fail';
import { validateEnvironments } from './validate-environments';
import { providerOf } from '../../aws/action-providers';
import { validateMonitoringEnv } from '../../monitoring/monitored-stages';
import { validateNotificationEnv } from '../../notifications/validate-notification-env';
import { allSteps } from '../../pipeline/actions';
import type { PipelinePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { pathIn, type Problems } from '../../pipeline/problems';
import { textsOf } from '../../pipeline/step-texts';
import type { ActionKinds } from '../../render/action-kind';
import { crossEnvOf, environmentsOf } from '../../render/resolved-env';
import { validateRegion } from '../../render/validate-region';
import { validateSameEnv } from '../../render/environment-context';
import { NO_SECRET, OTHER_STACK } from '../../pipeline/rules';

/** Validates a pipeline against the construct tree: its account and Region, and the values of tokens. */
export function validatePlacement(scope: Construct, plan: PipelinePlan, kinds: ActionKinds, problems: Problems): void {
  for (const step of allSteps(plan)) {
    const at = problems.root(step.path);
    const kind = kinds.of(step);
    validateProviderRegion(scope, step, at);
    kind.validate?.(scope, step, at);
    validateStack(scope, plan, step, at);
    for (const reference of kind.sameEnvReferences?.(step.spec, step) ?? []) validateSameEnv(scope, reference, at);
    validateTexts(scope, step, problems);
  }
  validateEnvironments(scope, plan, kinds, problems);
  for (const [i, { defaultValue = '' }] of plan.variables.entries()) {
    if (!holdsSecret(scope, defaultValue)) continue;
    const fix = 'pass it to a step as a secret, because variables are visible to everyone who can view the pipeline';
    problems.at('variables').index(i).at('defaultValue').add(NO_SECRET, 'a reference to a secret', fix);
  }
  validateNotificationEnv(scope, plan.notifications, problems.at('notifications'));
  validateMonitoringEnv(scope, plan.monitoring, problems.at('monitoring'));
}

/** Validates that the service of an action is available in the Region of the pipeline. */
function validateProviderRegion(scope: Construct, step: StepPlan, problems: Problems): void {
  const { regions, provider } = providerOf(step);
  if (regions) validateRegion(scope, `${provider} is`, regions, problems);
}

/** Validates that a pipeline does not deploy its own stack as an environment, which would change it while it runs. */
function validateStack(scope: Construct, plan: PipelinePlan, step: StepPlan, problems: Problems): void {
  const { stackName, environment } = step;
  if (stackName === undefined || stackName !== Stack.of(scope).stackName) return;
  const isCrossEnv = environmentsOf(plan).some((other) => other.name === environment && crossEnvOf(scope, other));
  if (isCrossEnv) return;
  const fix = 'deploy the stack of the pipeline with cdk deploy, or rename one of the stacks';
  problems.root(pathIn(step, 'stackName')).add(OTHER_STACK, stackName, fix);
}

const USE_SECRETS = 'pass it in \'secrets\', e.g. { TOKEN: BuildSecret.secretsManager(secret) }, and use "$TOKEN"';
const READ_AT_RUNTIME = 'read the secret at run time, with the role of the action';

/**
 * Validates that the texts of an action, which are visible in the template, the console or logs, contain no secrets.
 */
function validateTexts(scope: Construct, step: StepPlan, problems: Problems): void {
  const { secretFix = USE_SECRETS } = step;
  const got = 'a reference to a secret, which CloudFormation would replace by its value';
  for (const { part, prop, text } of textsOf(step)) {
    if (!holdsSecret(scope, text)) continue;
    const isOnlyConfiguration = part === 'configuration' && prop !== 'EnvironmentVariables';
    problems.root(pathIn(step, prop)).add(NO_SECRET, got, isOnlyConfiguration ? READ_AT_RUNTIME : secretFix);
  }
}
