import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { allActions } from '../../pipeline/actions';
import { crossAccountSources } from '../../pipeline/cross-account-sources';
import { areKnownToDiffer, type Environment, isCrossAccount, type ResolvedEnv } from '../../pipeline/env';
import type { EnvironmentPlan, ActionPlan, PipelinePlan } from '../../pipeline/pipeline-plan';
import { pathIn, type Problems } from '../../pipeline/problems';
import type { ActionKinds, ReferencedResource, TargetKind } from '../../render/action-kind';
import { literalName } from '../../render/names';
import { crossEnvOf, environmentsOf, stackWithEnv } from '../../render/resolved-env';

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
    const crossEnv = crossEnvOf(scope, environment);
    const steps = allActions(plan).filter((step) => step.environment === environment.name);
    if (environment.existingAccess && !crossEnv) {
      const fix = "say where the environment is, env: { account: '222222222222', region: 'eu-west-1' }";
      at.at('existingAccess').add('be left out where the pipeline is', true, fix);
    }
    for (const step of steps) {
      const kind = kinds.targetOf(step);
      if (kind) validateStep(scope, { step, kind, environment, crossEnv }, problems);
    }
    if (crossEnv) validateOrigins(plan, steps, crossEnv, Stack.of(scope), at.at('target'));
  }
}

interface DeploymentStep {
  readonly step: ActionPlan;
  readonly kind: TargetKind;
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
    for (const { prop, what, fix = `give it a ${what}` } of unnamed) {
      problems
        .root(pathIn(step, prop))
        .add(
          'have a name that is known here, since it is in another account or region than the pipeline',
          'one that CloudFormation makes up',
          fix,
        );
    }
  }
  const placement = { env: environment.env, pipelineEnv, isCrossAccount: isCrossAccount(environment.env, pipelineEnv) };
  kind.validateEnvironment(step, placement, problems.root(step.path));
}

/** Validates that a resource of an environment belongs to its account, and to its Region where that matters. */
function validateReference(
  { what, resource, regional }: ReferencedResource,
  { account, region }: ResolvedEnv,
  problems: Problems,
): void {
  const { env, node } = resource;
  if (areKnownToDiffer(account, env.account)) {
    const imported = `it counts as one of the stack in which it is looked up; look it up by its ARN, or in a stack of ${account}`;
    const created = `say where the environment is, env: { account: '${env.account}', … }, or pass ${what} of ${account}`;
    const rule = `be ${what} of the account of the environment, ${account}`;
    problems.add(rule, `${node.path} in ${env.account}`, countsAsOfItsStack(resource) ? imported : created);
  } else if (regional && areKnownToDiffer(region, env.region)) {
    const rule = `be ${what} of the region of the environment, ${region}`;
    problems.add(rule, `${node.path} in ${env.region}`, `pass ${what} of ${region}`);
  }
}

/** The CDK takes a resource that is imported by its name to be in the account of the stack that imports it. */
function countsAsOfItsStack({ node, env }: ReferencedResource['resource']): boolean {
  return node.defaultChild === undefined && Stack.of(node.scope!).account === env.account;
}

const EXAMPLE = { account: "'222222222222'", region: "'eu-west-1'" };

/**
 * Validates that accounts and Regions are known as soon as two of them are involved: names are made of them.
 *
 * @param env as the user configures it
 */
function validateEnvKnown(scope: Construct, env: Environment, problems: Problems): boolean {
  const pipelineEnv = Stack.of(scope);
  for (const key of ['account', 'region'] as const) {
    const configured = env[key];
    if (configured === undefined || configured === pipelineEnv[key]) continue;
    if (Token.isUnresolved(configured)) {
      problems.at(key).add(`be a known ${key}, or that of the pipeline`, 'a token', `write it as in ${EXAMPLE[key]}`);
      return false;
    }
    if (Token.isUnresolved(pipelineEnv.account) || Token.isUnresolved(pipelineEnv.region)) {
      const rule = 'stand in a pipeline whose own account and region are known';
      problems.add(rule, env, `give its stack both: ${stackWithEnv(pipelineEnv)}`);
      return false;
    }
  }
  return true;
}

/**
 * Validates that what is made in one account reaches another by way of the account of the pipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 */
function validateOrigins(
  plan: PipelinePlan,
  steps: readonly ActionPlan[],
  env: ResolvedEnv,
  pipelineEnv: ResolvedEnv,
  problems: Problems,
): void {
  if (env.account === pipelineEnv.account) return;
  const sources = crossAccountSources(plan, pipelineEnv).filter(({ account }) => account !== env.account);
  for (const { name, account } of sources.filter((source) =>
    steps.some(({ inputs }) => inputs.includes(source.name)),
  )) {
    problems.add(
      `release what is made in its account, ${env.account}, or in that of the pipeline, ${pipelineEnv.account}`,
      `${name} of ${account}`,
      "let a build of the pipeline hand it on: BuildStep.shell(['true'], { outputDirectory: '.' })",
    );
  }
}
