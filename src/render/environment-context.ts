import { aws_iam as iam, type aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { deployRoleName, pipelineRoleName, resourceName, roleArn, type PipelineIdentity } from './cross-account-names';
import { environmentsOf, identityOf, crossEnvOf } from './resolved-env';
import type { ResolvedEnv } from '../pipeline/env';
import {
  namesOf,
  pipelineRoleArnOf,
  artifactStoreFor,
  type EnvironmentNames,
  type EnvironmentScope,
} from './environment-scope';
import type { StoresRequest } from './artifact-stores';
import type { PipelinePlan } from '../pipeline/pipeline-plan';
import { renderActionLogs } from './action-logs';
import type { CrossAccountRole } from './artifact-bucket';
import { getOrCreate } from './get-or-create';
import type { Statement } from './grants';
import { generatedName } from './names';
import { supportStack } from './sibling-stack';
import { sourceRoles } from './cross-account-source';

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
      roleArn: roleArn(env.account, deployRoleName(identity, environment)),
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

const keyOf = ({ account, region }: ResolvedEnv) => `${account}-${region}`;

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

/** The environments of a pipeline. Nothing is made for them yet but the stacks of those that are in another account or Region. */
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
  const nameOf = (...purpose: string[]) => generatedName(own, 64, ...purpose);
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
        roleArn(env.account, names.deployRole),
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
export const crossEnvScope = (
  scope: Construct,
  { identity, environment, env, logDays, hasKey }: CrossEnvScopeRequest,
): EnvironmentScope => ({
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
});

/** Environments live in a scope of their own, so that none can take the id of anything else. */
export const environmentScope = (parent: Construct, environment: string): Construct =>
  getOrCreate(
    getOrCreate(parent, 'Environments', (scope, id) => new Construct(scope, id)),
    environment,
    (scope, id) => new Construct(scope, id),
  );
