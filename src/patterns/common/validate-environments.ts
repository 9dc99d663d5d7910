import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { partitionOf } from '../../aws/partitions';
import { allActions } from '../../pipeline/actions';
import { crossAccountSources } from '../../pipeline/cross-account-sources';
import { areKnownToDiffer, type Environment, isCrossAccount, type ResolvedEnv } from '../../pipeline/env';
import type { EnvironmentPlan, ActionPlan, PipelinePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { pathIn, type Problems } from '../../pipeline/problems';
import type { ActionKinds, EnvironmentActionKind, ReferencedResource } from '../../render/action-kind';
import { literalName } from '../../render/names';
import { crossEnvOf, environmentsOf, stackWithEnv } from '../../render/resolved-env';
import { inEnvironment } from '../../pipeline/rules';

/** Validates the account and Region of each environment, and of the resources it uses. */
export function validateEnvironments(
  scope: Construct,
  plan: PipelinePlan,
  kinds: ActionKinds,
  problems: Problems,
): void {
  for (const environment of environmentsOf(plan)) {
    const at = problems.root(environment.path);
    if (!validateEnvKnown(scope, environment.env, at.at('env'))) continue;
    if (!validatePartition(environment.env, Stack.of(scope), at.at('env').at('region'))) continue;
    const crossEnv = crossEnvOf(scope, environment);
    const steps = allActions(plan).filter((step) => runsIn(step, environment));
    if (environment.existingAccess && !crossEnv) {
      const fix = "set the env of the environment, e.g. { account: '222222222222', region: 'eu-west-1' }, or remove it";
      at.at('existingAccess').add('not be set in the account and Region of the pipeline', true, fix);
    }
    for (const step of steps) {
      const kind = kinds.environmentKindOf(step);
      if (kind) validateStep(scope, { step, kind, environment, crossEnv }, problems);
    }
    if (!crossEnv) continue;
    const deployments = steps.filter(({ tests }) => tests === undefined);
    validateOrigins(plan, deployments, crossEnv, Stack.of(scope), { problems: at.at('target'), verb: 'deploy' });
    for (const test of steps.filter(({ tests }) => tests !== undefined)) {
      const inputs = problems.root(test.path).at('inputs');
      validateOrigins(plan, [test], crossEnv, Stack.of(scope), { problems: inputs, verb: 'read' });
    }
  }
}

/** Returns whether a step deploys to an environment, or is a test that runs in its account and Region. */
function runsIn({ environment, tests, inTestedEnv }: StepPlan, { name }: EnvironmentPlan): boolean {
  return environment === name || (inTestedEnv === true && tests === name);
}

/** Validates that an environment is in the partition of the pipeline, and returns the result. */
export function validatePartition(env: Environment, pipelineEnv: Environment, problems: Problems): boolean {
  const [region, own] = [env.region, pipelineEnv.region];
  if (!areKnownToDiffer(region, own) || partitionOf(region!) === partitionOf(own!)) return true;
  const fix = 'create a pipeline in that partition, because accounts and artifacts are not shared between partitions';
  problems.add(`be in the partition of the pipeline, ${partitionOf(own!)}`, region, fix);
  return false;
}

interface DeploymentStep {
  readonly step: ActionPlan;
  readonly kind: EnvironmentActionKind;
  readonly environment: EnvironmentPlan;
  readonly crossEnv: ResolvedEnv | undefined;
}

function validateStep(
  scope: Construct,
  { step, kind, environment, crossEnv }: DeploymentStep,
  problems: Problems,
): void {
  const pipelineEnv = Stack.of(scope);
  const { account = pipelineEnv.account, region = pipelineEnv.region } = environment.env;
  for (const reference of kind.referencedResources(step.spec)) {
    validateReference(reference, { account, region }, problems.root(pathIn(step, reference.prop)));
  }
  if (crossEnv) {
    const unnamed = kind.requiredNames(step.spec).filter(({ name }) => literalName(scope, name) === undefined);
    for (const { prop, nameProp, fix = `set its ${nameProp}` } of unnamed) {
      const rule = 'have an explicit name, because it is in another account or Region than the pipeline';
      problems.root(pathIn(step, prop)).add(rule, 'a generated name', fix);
    }
  }
  const placement = {
    scope,
    env: environment.env,
    pipelineEnv,
    crossEnv,
    existingAccess: environment.existingAccess,
    isCrossAccount: isCrossAccount(environment.env, pipelineEnv),
  };
  kind.validateEnvironment(step, placement, problems.root(step.path));
}

/** Validates the account of a resource of an environment, and the Region of a regional resource. */
function validateReference(
  { resourceKind, resource, regional, fix: fixIn }: ReferencedResource,
  { account, region }: ResolvedEnv,
  problems: Problems,
): void {
  const { env, node } = resource;
  if (areKnownToDiffer(account, env.account)) {
    const importFix = `import it by its ARN, or in a stack in ${account}`;
    const envFix = `set the env of the environment, e.g. { account: '${env.account}', … }`;
    const rule = inEnvironment(resourceKind, 'account', account);
    const fix = hasEnvOfItsStack(resource) ? importFix : `${envFix}, or pass ${resourceKind} in ${account}`;
    problems.add(rule, `${node.path} in ${env.account}`, fixIn?.({ account, region }) ?? fix);
  } else if (regional && areKnownToDiffer(region, env.region)) {
    const rule = inEnvironment(resourceKind, 'Region', region);
    problems.add(
      rule,
      `${node.path} in ${env.region}`,
      fixIn?.({ account, region }) ?? `pass ${resourceKind} in ${region}`,
    );
  }
}

/** Returns whether a resource was imported by name. Such a resource has the env of the stack that imports it. */
function hasEnvOfItsStack({ node, env }: ReferencedResource['resource']): boolean {
  return node.defaultChild === undefined && Stack.of(node.scope!).account === env.account;
}

const EXAMPLE = { account: "'222222222222'", region: "'eu-west-1'" };

/**
 * Validates that accounts and Regions are known if an environment differs from the pipeline. Names are derived from
 * them.
 *
 * @param env explicit account and Region of the environment
 */
function validateEnvKnown(scope: Construct, env: Environment, problems: Problems): boolean {
  const pipelineEnv = Stack.of(scope);
  for (const key of ['account', 'region'] as const) {
    const configured = env[key];
    if (configured === undefined || configured === pipelineEnv[key]) continue;
    if (Token.isUnresolved(configured)) {
      problems.at(key).add(`be a literal, or the ${key} of the pipeline`, 'a token', `pass e.g. ${EXAMPLE[key]}`);
      return false;
    }
    if (Token.isUnresolved(pipelineEnv.account) || Token.isUnresolved(pipelineEnv.region)) {
      const rule = 'be in a pipeline stack with a concrete account and Region';
      problems.add(rule, env, `set the env of the stack: ${stackWithEnv(pipelineEnv)}`);
      return false;
    }
  }
  return true;
}

/**
 * Validates that an environment in another account uses no artifact of a source in a third account. Artifacts pass
 * between accounts only through the account of the pipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 */
function validateOrigins(
  plan: PipelinePlan,
  steps: readonly ActionPlan[],
  env: ResolvedEnv,
  pipelineEnv: ResolvedEnv,
  { problems, verb }: { readonly problems: Problems; readonly verb: string },
): void {
  if (env.account === pipelineEnv.account) return;
  const sources = crossAccountSources(plan, pipelineEnv).filter(({ account }) => account !== env.account);
  for (const { name, account } of sources.filter((source) =>
    steps.some(({ inputs }) => inputs.includes(source.name)),
  )) {
    const accounts = `its own account, ${env.account}, or of the account of the pipeline, ${pipelineEnv.account}`;
    const fix = "copy it in a build of the pipeline: BuildStep.shell(['true'], { outputDirectory: '.' })";
    problems.add(`${verb} an artifact of ${accounts}`, `${name} of ${account}`, fix);
  }
}
