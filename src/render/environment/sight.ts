import { aws_iam as iam, type aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { deployRoleName, pipelineRoleName, resourceName, roleArn, type PipelineIdentity } from './identity';
import { environmentsOf, identityOf, placeElsewhere, type ConcretePlace } from './places';
import { namesOf, pipelineRoleArnOf, storeSeenFrom, type EnvironmentNames, type Room } from './room';
import type { StoresRequest } from './stores';
import type { PipelinePlan } from '../../plan/pipeline-plan';
import { renderActionLogs } from '../action-logs';
import type { ForeignRole } from '../artifact-bucket';
import { child } from '../child';
import type { Statement } from '../grants';
import { generatedName } from '../names';
import { siblingStack } from '../sibling-stack';
import { sourceRoles } from '../source/elsewhere';

/** What of a pipeline is in which account and region, known before anything is made. */
export interface Layout {
  readonly elsewhere: ReadonlyMap<string, ConcretePlace>;
  /** Fixed as soon as anything is elsewhere. */
  readonly pipelineRoleName?: string;
  readonly stores: StoresRequest;
}

export function layOut(scope: Construct, plan: PipelinePlan, pipelineName: string): Layout {
  const identity = identityOf(scope, pipelineName);
  const elsewhere = new Map(environmentsOf(plan).flatMap((environment) => {
    const place = placeElsewhere(scope, environment);
    return place ? [[environment.name, place] as const] : [];
  }));
  const foreignRoles = [...elsewhere].filter(([, { account }]) => account !== identity.account).map(([environment, place]): ForeignRole => ({
    ...place,
    roleArn: roleArn(place.account, deployRoleName(identity, environment)),
    writes: plan.stages.some(({ actions }) => actions.some((action) => action.environment === environment && action.outputs.length > 0)),
  }));
  const sources = sourceRoles(plan, identity);
  return {
    elsewhere,
    pipelineRoleName: elsewhere.size + sources.length > 0 ? pipelineRoleName(identity) : undefined,
    stores: {
      identity,
      artifactDays: plan.artifactDays,
      regions: [...new Set([...elsewhere.values()].map(({ region }) => region))].filter((region) => region !== identity.region),
      foreignRoles: [...foreignRoles, ...sources],
    },
  };
}

const keyOf = ({ account, region }: ConcretePlace) => `${account}-${region}`;

/** What the pipeline knows of one of its environments. */
export interface EnvironmentSight {
  /** Where what the environment needs is made; not here, when it was made by a `DeploymentAccess`. */
  readonly room?: Room;
  /** In another account or region, what is there is known by its names only. */
  readonly elsewhere?: ConcretePlace & EnvironmentNames;
  /** The name of something that the environment consists of; see {@link Room.nameOf}. */
  readonly nameOf: Room['nameOf'];
  /** The role of the environment, for an action to run under, once it is made. */
  readonly seenRole: (made?: iam.Role) => iam.IRole;
}

interface Home {
  readonly scope: Construct;
  readonly plan: PipelinePlan;
  readonly pipelineName: string;
  readonly pipelineRoleArn: string;
  readonly artifactBucket: s3.IBucket;
  readonly actionLogs: () => readonly Statement[];
}

/** The environments of a pipeline. Nothing is made for them yet but the stacks of those that are elsewhere. */
export function renderEnvironments(layout: Layout, home: Home): Map<string, EnvironmentSight> {
  const environments = environmentsOf(home.plan);
  const made = environments.filter(({ existingAccess }) => !existingAccess);
  const stacks = placeStacks(home, made.flatMap(({ name }) => layout.elsewhere.get(name) ?? []));
  return new Map(environments.map(({ name, existingAccess }) => {
    const place = layout.elsewhere.get(name);
    const stack = place && !existingAccess ? stacks.get(keyOf(place)) : undefined;
    return [name, place ? sightElsewhere(layout, home, name, place, stack) : sightAtHome(home, name)];
  }));
}

/** One stack for all environments of an account and region: what they share there, they share. */
function placeStacks({ scope, pipelineName }: Home, places: readonly ConcretePlace[]): Map<string, Stack> {
  const different = new Map(places.map((place) => [keyOf(place), place]));
  return new Map([...different].map(([key, place]) => [key, siblingStack(scope, key, place, `What the pipeline ${pipelineName} deploys with`)]));
}

function sightAtHome({ scope, plan, pipelineName, pipelineRoleArn, artifactBucket, actionLogs }: Home, environment: string): EnvironmentSight {
  const own = environmentScope(scope, environment);
  const nameOf = (...purpose: string[]) => generatedName(own, 64, ...purpose);
  return {
    nameOf,
    room: {
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
    seenRole: (made) => made!,
  };
}

function sightElsewhere(
  { stores: { identity, foreignRoles } }: Layout, { scope, plan }: Home, environment: string, place: ConcretePlace, stack?: Stack,
): EnvironmentSight {
  const names = namesOf(identity, environment);
  let seen: iam.IRole | undefined;
  return {
    nameOf: (...purpose) => resourceName(identity, environment, ...purpose),
    room: stack && roomElsewhere(stack, { identity, environment, place, logDays: plan.logDays, hasKey: foreignRoles.length > 0 }),
    elsewhere: { ...place, ...names },
    // Several targets of the environment run under it.
    seenRole: () => seen ??= iam.Role.fromRoleArn(environmentScope(scope, environment), 'DeployRole', roleArn(place.account, names.deployRole), { mutable: false }),
  };
}

interface RoomElsewhere {
  readonly identity: PipelineIdentity;
  readonly environment: string;
  readonly place: ConcretePlace;
  readonly logDays: number;
  /** The artifacts are encrypted with a key of ours. */
  readonly hasKey: boolean;
}

/** The room of an environment in another account or region than its pipeline, which may be one of another app. */
export const roomElsewhere = (scope: Construct, { identity, environment, place, logDays, hasKey }: RoomElsewhere): Room => ({
  environment,
  nameOf: (...purpose) => resourceName(identity, environment, ...purpose),
  scope: environmentScope(scope, environment),
  pipelineName: identity.pipelineName,
  logDays,
  store: storeSeenFrom(identity, place, hasKey),
  actionLogs: () => renderActionLogs(scope, identity.pipelineName, logDays),
  pipelineAccount: identity.account,
  pipelineRoleArn: pipelineRoleArnOf(identity),
  names: namesOf(identity, environment),
});

/** Environments live in a scope of their own, so that none can take the id of anything else. */
export const environmentScope = (parent: Construct, environment: string): Construct =>
  child(child(parent, 'Environments', (scope, id) => new Construct(scope, id)), environment, (scope, id) => new Construct(scope, id));
