import { aws_iam as iam, type aws_s3 as s3, Stack, Arn, ArnFormat, type IResource, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { renderActionLogs } from './action-logs';
import type { CrossAccountRole } from './artifact-bucket';
import type { StoresRequest } from './artifact-stores';
import {
  actionRoleName,
  pipelineRoleName,
  resourceName,
  roleArn,
  type PipelineIdentity,
  sourceRoleName,
} from './cross-account-names';
import {
  namesOf,
  pipelineRoleArnOf,
  artifactStoreFor,
  type EnvironmentNames,
  type EnvironmentScope,
} from './environment-scope';
import type { Statement } from './grants';
import { generatedName } from './names';
import { environmentsOf, identityOf, crossEnvOf } from './resolved-env';
import { getOrCreate, supportStack } from './sibling-stack';
import { crossAccountSources } from '../pipeline/cross-account-sources';
import { type ResolvedEnv, areKnownToDiffer } from '../pipeline/env';
import type { PipelinePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** What of a pipeline is in which account and region, known before anything is made. */
export interface Placement {
  readonly crossEnv: ReadonlyMap<string, ResolvedEnv>;
  /** Fixed as soon as anything is in another account or Region. */
  readonly pipelineRoleName?: string;
  readonly stores: StoresRequest;
}

export function resolvePlacement(scope: Construct, plan: PipelinePlan, pipelineName: string): Placement {
  const identity = identityOf(scope, pipelineName);
  const crossEnv = new Map(
    environmentsOf(plan).flatMap((environment) => {
      const env = crossEnvOf(scope, environment);
      return env ? [[environment.name, env] as const] : [];
    }),
  );
  const crossAccountRoles = [...crossEnv]
    .filter(([, { account }]) => account !== identity.account)
    .map(([environment, env]): CrossAccountRole => ({
      ...env,
      roleArn: roleArn(env.account, actionRoleName(identity, environment)),
      writes: plan.stages.some(({ actions }) =>
        actions.some((action) => action.environment === environment && action.outputs.length > 0),
      ),
    }));
  const sources = sourceRoles(plan, identity);
  return {
    crossEnv,
    pipelineRoleName: crossEnv.size + sources.length > 0 ? pipelineRoleName(identity) : undefined,
    stores: {
      identity,
      artifactDays: plan.artifactDays,
      regions: [...new Set([...crossEnv.values()].map(({ region }) => region))].filter(
        (region) => region !== identity.region,
      ),
      crossAccountRoles: [...crossAccountRoles, ...sources],
    },
  };
}

function keyOf({ account, region }: ResolvedEnv) {
  return `${account}-${region}`;
}

/** What the pipeline knows of one of its environments. */
export interface EnvironmentContext {
  /** Where what the environment needs is made; not here, when it was made by a `DeploymentAccess`. */
  readonly environmentScope?: EnvironmentScope;
  /** In another account or region, what is there is known by its names only. */
  readonly crossEnv?: ResolvedEnv & EnvironmentNames;
  /** The name of something that the environment consists of; see {@link EnvironmentScope.nameOf}. */
  readonly nameOf: EnvironmentScope['nameOf'];
  /** The role of the environment, for an action to run under, once it is made. */
  readonly actionRole: (made?: iam.Role) => iam.IRole;
}

interface PipelineContext {
  readonly scope: Construct;
  readonly plan: PipelinePlan;
  readonly pipelineName: string;
  readonly pipelineRoleArn: string;
  readonly artifactBucket: s3.IBucket;
  readonly actionLogs: () => readonly Statement[];
}

/**
 * The environments of a pipeline. Nothing is made for them yet but the stacks of those that are in another account or
 * Region.
 */
export function renderEnvironments(placement: Placement, home: PipelineContext): Map<string, EnvironmentContext> {
  const environments = environmentsOf(home.plan);
  const made = environments.filter(({ existingAccess }) => !existingAccess);
  const stacks = placeStacks(
    home,
    made.flatMap(({ name }) => placement.crossEnv.get(name) ?? []),
  );
  return new Map(
    environments.map(({ name, existingAccess }) => {
      const env = placement.crossEnv.get(name);
      const stack = env && !existingAccess ? stacks.get(keyOf(env)) : undefined;
      return [name, env ? crossEnvironment(placement, home, name, env, stack) : localEnvironment(home, name)];
    }),
  );
}

/** One stack for all environments of an account and region: what they share there, they share. */
function placeStacks({ scope, pipelineName }: PipelineContext, places: readonly ResolvedEnv[]): Map<string, Stack> {
  const different = new Map(places.map((env) => [keyOf(env), env]));
  return new Map(
    [...different].map(([key, env]) => [
      key,
      supportStack(scope, key, env, `What the pipeline ${pipelineName} deploys with`),
    ]),
  );
}

function localEnvironment(
  { scope, plan, pipelineName, pipelineRoleArn, artifactBucket, actionLogs }: PipelineContext,
  environment: string,
): EnvironmentContext {
  const own = environmentScope(scope, environment);

  function nameOf(...purpose: string[]) {
    return generatedName(own, 64, ...purpose);
  }

  return {
    nameOf,
    environmentScope: {
      environment,
      nameOf,
      scope: own,
      pipelineName,
      logDays: plan.logDays,
      store: artifactBucket,
      actionLogs,
      pipelineAccount: Stack.of(scope).account,
      pipelineRoleArn,
    },
    actionRole: (made) => made!,
  };
}

function crossEnvironment(
  { stores: { identity, crossAccountRoles } }: Placement,
  { scope, plan }: PipelineContext,
  environment: string,
  env: ResolvedEnv,
  stack?: Stack,
): EnvironmentContext {
  const names = namesOf(identity, environment);
  let seen: iam.IRole | undefined;
  return {
    nameOf: (...purpose) => resourceName(identity, environment, ...purpose),
    environmentScope:
      stack &&
      crossEnvScope(stack, {
        identity,
        environment,
        env,
        logDays: plan.logDays,
        hasKey: crossAccountRoles.length > 0,
      }),
    crossEnv: { ...env, ...names },
    // Several targets of the environment run under it.
    actionRole: () =>
      (seen ??= iam.Role.fromRoleArn(
        environmentScope(scope, environment),
        'DeployRole',
        roleArn(env.account, names.actionRole),
        { mutable: false },
      )),
  };
}

interface CrossEnvScopeRequest {
  readonly identity: PipelineIdentity;
  readonly environment: string;
  readonly env: ResolvedEnv;
  readonly logDays: number;
  /** The artifacts are encrypted with a key of ours. */
  readonly hasKey: boolean;
}

/** Returns the scope of an environment in another account or Region than its pipeline, which may be in another app. */
export function crossEnvScope(
  scope: Construct,
  { identity, environment, env, logDays, hasKey }: CrossEnvScopeRequest,
): EnvironmentScope {
  return {
    environment,
    nameOf: (...purpose) => resourceName(identity, environment, ...purpose),
    scope: environmentScope(scope, environment),
    pipelineName: identity.pipelineName,
    logDays,
    store: artifactStoreFor(identity, env, hasKey),
    actionLogs: () => renderActionLogs(scope, identity.pipelineName, logDays),
    pipelineAccount: identity.account,
    pipelineRoleArn: pipelineRoleArnOf(identity),
    names: namesOf(identity, environment),
  };
}

/** Environments live in a scope of their own, so that none can take the id of anything else. */
export function environmentScope(parent: Construct, environment: string): Construct {
  return getOrCreate(
    getOrCreate(parent, 'Environments', (scope, id) => new Construct(scope, id)),
    environment,
    (scope, id) => new Construct(scope, id),
  );
}

/** A source in another account: what it needs is made there, and the pipeline knows it by its names. */
export interface CrossAccountSource {
  readonly name: string;
  readonly env: ResolvedEnv;
  /** In a stack of that account, which all sources of the account share. */
  readonly stack: Stack;
  readonly identity: PipelineIdentity;
}

/** The roles of other accounts that make artifacts of the sources there. */
export function sourceRoles(plan: PipelinePlan, identity: PipelineIdentity): CrossAccountRole[] {
  return crossAccountSources(plan, identity).map(({ name, account }) => ({
    account,
    region: identity.region,
    roleArn: roleArn(account, sourceRoleName(identity, name)),
    writes: true,
  }));
}

/**
 * Names a resource that is found by its name or published to, and so only in the account and Region of the pipeline.
 */
export interface SameEnvReference {
  /** Property below the path of the step. */
  readonly prop: string;
  /** Kind of the resource, with its article, as in `a topic`. */
  readonly what: string;
  readonly resource: IResource;
  readonly arn: string;
}

/** Validates that a resource is in the account and Region of the pipeline, where both are known. */
export function validateSameEnv(scope: Construct, reference: SameEnvReference, problems: Problems): void {
  const { prop, what, resource, arn } = reference;
  const pipelineEnv = Stack.of(scope);
  // A resource that was imported by its ARN counts as one of the stack that imports it.
  const env = Token.isUnresolved(arn) ? resource.env : Arn.split(arn, ArnFormat.COLON_RESOURCE_NAME);
  for (const key of ['account', 'region'] as const) {
    if (!areKnownToDiffer(pipelineEnv[key], env[key])) continue;
    const rule = `be ${what} of the ${key} of the pipeline, ${pipelineEnv[key]}`;
    problems.at(prop).add(rule, `${resource.node.path} in ${env[key]}`, `pass ${what} of that ${key}`);
  }
}
