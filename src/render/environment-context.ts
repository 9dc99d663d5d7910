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
import { allActions } from '../pipeline/actions';
import { crossAccountSources } from '../pipeline/cross-account-sources';
import { type ResolvedEnv, areKnownToDiffer } from '../pipeline/env';
import type { EnvironmentPlan, PipelinePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { inPipelineEnv } from '../pipeline/rules';

/** Describes the accounts and Regions of a pipeline and its environments. It is resolved before rendering. */
export interface Placement {
  /** Accounts and Regions of the environments that differ from those of the pipeline, by name. */
  readonly crossEnv: ReadonlyMap<string, ResolvedEnv>;
  /** Explicit name of the role of the pipeline, if anything is in another account or Region. */
  readonly pipelineRoleName?: string;
  readonly stores: StoresRequest;
}

/** Resolves the accounts and Regions of a pipeline and its environments. */
export function resolvePlacement(scope: Construct, plan: PipelinePlan, pipelineName: string): Placement {
  const identity = identityOf(scope, pipelineName);
  const crossEnv = new Map<string, ResolvedEnv>();
  for (const environment of environmentsOf(plan)) {
    const env = crossEnvOf(scope, environment);
    if (env) crossEnv.set(environment.name, env);
  }
  const crossAccountRoles = [...crossEnv]
    .filter(([, { account }]) => account !== identity.account)
    .flatMap(([environment, env]) => rolesIn(plan, identity, environment, env));
  const sources = sourceRoles(plan, identity);
  const regions = new Set([...crossEnv.values()].map(({ region }) => region));
  regions.delete(identity.region);
  return {
    crossEnv,
    pipelineRoleName: crossEnv.size + sources.length > 0 ? pipelineRoleName(identity) : undefined,
    stores: {
      identity,
      artifactDays: plan.artifactDays,
      regions: [...regions],
      crossAccountRoles: [...crossAccountRoles, ...sources],
      bucket: plan.artifactBucket,
    },
  };
}

/** Returns the roles of an environment in another account: its action role, and the roles of tests that run there. */
function rolesIn(
  plan: PipelinePlan,
  identity: PipelineIdentity,
  environment: string,
  env: ResolvedEnv,
): CrossAccountRole[] {
  const actions = allActions(plan);
  const writes = actions.some((action) => action.environment === environment && action.outputs.length > 0);
  const tests = actions.filter((action) => action.inTestedEnv && action.tests === environment);
  return [
    { ...env, roleArn: roleArn(env.account, actionRoleName(identity, environment)), writes },
    ...tests.map(({ name }) => ({
      ...env,
      roleArn: roleArn(env.account, resourceName(identity, environment, ...testRolePurpose(name))),
      writes: false,
    })),
  ];
}

/** Returns the purpose of the role of a test, from which {@link EnvironmentScope.nameOf} derives its name. */
export function testRolePurpose(step: string): string[] {
  return [step, 'test'];
}

function keyOf({ account, region }: ResolvedEnv): string {
  return `${account}-${region}`;
}

/** Describes how a pipeline refers to one of its environments. */
export interface EnvironmentContext {
  /** Scope for the resources of the environment; undefined if a `DeploymentAccess` creates them. */
  readonly environmentScope?: EnvironmentScope;
  /** Account, Region and resource names of an environment in another account or Region. */
  readonly crossEnv?: ResolvedEnv & EnvironmentNames;
  /** Returns the name of a resource of the environment; see {@link EnvironmentScope.nameOf}. */
  readonly nameOf: EnvironmentScope['nameOf'];
  /** Returns the action role, which is the rendered role if the environment is in the stack of the pipeline. */
  readonly actionRole: (rendered?: iam.Role) => iam.IRole;
}

interface PipelineContext {
  readonly scope: Construct;
  readonly plan: PipelinePlan;
  readonly pipelineName: string;
  readonly pipelineRoleArn: string;
  readonly artifactBucket: s3.IBucket;
  readonly actionLogs: () => readonly Statement[];
}

/** Returns the environments of a pipeline, and renders the stacks of those in other accounts or Regions. */
export function renderEnvironments(placement: Placement, pipeline: PipelineContext): Map<string, EnvironmentContext> {
  const environments = environmentsOf(pipeline.plan);
  const rendered = environments.filter(({ existingAccess }) => !existingAccess);
  const envs = rendered.flatMap(({ name }) => placement.crossEnv.get(name) ?? []);
  const stacks = renderStacks(pipeline, envs);

  function contextOf({ name, existingAccess }: EnvironmentPlan): EnvironmentContext {
    const env = placement.crossEnv.get(name);
    if (!env) return localEnvironment(pipeline, name);
    const stack = existingAccess ? undefined : stacks.get(keyOf(env));
    return crossEnvironment(placement, pipeline, name, env, stack);
  }

  return new Map(environments.map((environment) => [environment.name, contextOf(environment)]));
}

/** Renders a stack for each account and Region, which all environments there share. */
function renderStacks({ scope, pipelineName }: PipelineContext, envs: readonly ResolvedEnv[]): Map<string, Stack> {
  const uniqueEnvs = new Map(envs.map((env) => [keyOf(env), env]));
  const description = `Deployment resources of the pipeline ${pipelineName}`;
  return new Map([...uniqueEnvs].map(([key, env]) => [key, supportStack(scope, key, env, description)]));
}

function localEnvironment(
  { scope, plan, pipelineName, pipelineRoleArn, artifactBucket, actionLogs }: PipelineContext,
  environment: string,
): EnvironmentContext {
  const ownScope = environmentScope(scope, environment);

  function nameOf(...purpose: string[]): string {
    return generatedName(ownScope, 64, ...purpose);
  }

  return {
    nameOf,
    environmentScope: {
      environment,
      nameOf,
      scope: ownScope,
      pipelineName,
      logDays: plan.logDays,
      store: artifactBucket,
      actionLogs,
      pipelineAccount: Stack.of(scope).account,
      pipelineRoleArn,
    },
    actionRole: (rendered) => rendered!,
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
  let imported: iam.IRole | undefined;
  return {
    nameOf: (...purpose) => resourceName(identity, environment, ...purpose),
    environmentScope:
      stack &&
      crossEnvScope(stack, {
        owner: scope,
        identity,
        environment,
        env,
        logDays: plan.logDays,
        hasKey: crossAccountRoles.length > 0,
      }),
    crossEnv: { ...env, ...names },
    // The targets of an environment share the role.
    actionRole: () =>
      (imported ??= iam.Role.fromRoleArn(
        environmentScope(scope, environment),
        'ActionRole',
        roleArn(env.account, names.actionRole),
        { mutable: false },
      )),
  };
}

interface CrossEnvScopeRequest {
  /** Pattern or access construct, for error messages. */
  readonly owner: Construct;
  readonly identity: PipelineIdentity;
  readonly environment: string;
  readonly env: ResolvedEnv;
  readonly logDays: number;
  /** Whether the artifacts are encrypted with a customer managed key. */
  readonly hasKey: boolean;
}

/** Returns the scope of an environment in another account or Region. The pipeline may be in another app. */
export function crossEnvScope(
  scope: Construct,
  { owner, identity, environment, env, logDays, hasKey }: CrossEnvScopeRequest,
): EnvironmentScope {
  return {
    environment,
    nameOf: (...purpose) => resourceName(identity, environment, ...purpose),
    scope: environmentScope(scope, environment),
    pipelineName: identity.pipelineName,
    logDays,
    store: artifactStoreFor(identity, env, hasKey),
    actionLogs: () => renderActionLogs(scope, { owner, pipelineName: identity.pipelineName, logDays }),
    pipelineAccount: identity.account,
    pipelineRoleArn: pipelineRoleArnOf(identity),
    names: namesOf(identity, environment),
  };
}

/** Returns the construct of an environment. A common parent prevents conflicts with other construct ids. */
export function environmentScope(parent: Construct, environment: string): Construct {
  return getOrCreate(
    getOrCreate(parent, 'Environments', (scope, id) => new Construct(scope, id)),
    environment,
    (scope, id) => new Construct(scope, id),
  );
}

/** Describes a source in another account. Its resources are created there, and the pipeline refers to them by name. */
export interface CrossAccountSource {
  readonly name: string;
  readonly env: ResolvedEnv;
  /** Stack in that account, which all its sources share. */
  readonly stack: Stack;
  readonly identity: PipelineIdentity;
  readonly artifactCalls?: readonly string[];
}

/** Returns the roles of sources in other accounts, which write artifacts. */
export function sourceRoles(plan: PipelinePlan, identity: PipelineIdentity): CrossAccountRole[] {
  return crossAccountSources(plan, identity).map(({ name, account, artifactCalls }) => ({
    account,
    region: identity.region,
    roleArn: roleArn(account, sourceRoleName(identity, name)),
    writes: true,
    moreCalls: artifactCalls,
  }));
}

/** Describes a resource that must be in the account and Region of the pipeline. */
export interface SameEnvReference {
  /** Property below the path of the step. */
  readonly prop: string;
  /** Kind of the resource, with its article, as in `a topic`. */
  readonly resourceKind: string;
  readonly resource: IResource;
  readonly arn: string;
}

const ENV_WORDS = { account: 'account', region: 'Region' } as const;

/** Validates that a resource is in the account and Region of the pipeline, as far as these are known. */
export function validateSameEnv(scope: Construct, reference: SameEnvReference, problems: Problems): void {
  const { prop, resourceKind, resource, arn } = reference;
  const pipelineEnv = Stack.of(scope);
  // The env of a resource that was imported by ARN is that of the importing stack, so the ARN takes precedence.
  const env = Token.isUnresolved(arn) ? resource.env : Arn.split(arn, ArnFormat.COLON_RESOURCE_NAME);
  for (const key of ['account', 'region'] as const) {
    if (!areKnownToDiffer(pipelineEnv[key], env[key])) continue;
    const rule = inPipelineEnv(resourceKind, ENV_WORDS[key], pipelineEnv[key]);
    problems
      .at(prop)
      .add(rule, `${resource.node.path} in ${env[key]}`, `pass ${resourceKind} in that ${ENV_WORDS[key]}`);
  }
}
