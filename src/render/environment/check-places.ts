import { Stack, Token, type IResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environmentsOf, placeElsewhere } from './places';
import type { EnvironmentPlan } from '../../plan/environment-plan';
import { foreignSources } from '../../plan/foreign-sources';
import { allActions, type PipelinePlan, type WorkPlan } from '../../plan/pipeline-plan';
import type { PlacePlan } from '../../plan/place-plan';
import { problem, type Problem } from '../../plan/problems';
import { outermost } from '../names';
import { elsewhere } from '../neighbours';

/** What is wrong with where environments are, and with where that is which they consist of. */
export const checkEnvironmentPlaces = (scope: Construct, plan: PipelinePlan): Problem[] => environmentsOf(plan).flatMap((environment) => {
  const unknown = checkPlaceKnown(scope, `${environment.name}.env`, environment.place);
  return unknown.length > 0 ? unknown : [
    ...checkAccess(scope, environment), ...checkBelongings(scope, plan, environment), ...checkNames(scope, plan, environment),
    ...checkOrigins(scope, plan, environment),
  ];
});

/**
 * What is made in one account reaches another only by way of that of the pipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 */
function checkOrigins(scope: Construct, plan: PipelinePlan, environment: EnvironmentPlan): Problem[] {
  const home = Stack.of(scope);
  const place = placeElsewhere(scope, environment);
  if (!place || place.account === home.account) return [];
  const foreign = foreignSources(plan, home).filter(({ account }) => account !== place.account);
  const steps = allActions(plan).filter((step) => step.environment === environment.name);
  return foreign.filter(({ name }) => steps.some(({ inputs }) => inputs.includes(name))).map(({ name, account }) => problem(
    `${environment.name}.target`, `release what is made in its account, ${place.account}, or in that of the pipeline, ${home.account}`, `${name} of ${account}`,
    "let a build of the pipeline hand it on: BuildStep.shell(['true'], { outputDirectory: '.' })"));
}

const EXAMPLE = { account: "'222222222222'", region: "'eu-west-1'" };

/**
 * Names are made of accounts and regions as soon as two of them are involved, so both must be known then.
 *
 * @param place where something is, as somebody said
 */
function checkPlaceKnown(scope: Construct, prop: string, place: PlacePlan): Problem[] {
  const home = Stack.of(scope);
  return (['account', 'region'] as const).flatMap((key) => {
    const there = place[key];
    if (there === undefined || there === home[key]) return [];
    if (Token.isUnresolved(there)) {
      return [problem(`${prop}.${key}`, `be a known ${key}, or that of the pipeline`, 'a token', `write it as in ${EXAMPLE[key]}`)];
    }
    return !Token.isUnresolved(home.account) && !Token.isUnresolved(home.region) ? [] : [problem(
      prop, 'stand in a pipeline whose own account and region are known', place,
      `give its stack both: ${lineToAdd(home)}`,
    )];
  }).slice(0, 1);
}

/** How a stack says where it is. */
export const lineToAdd = (stack: Stack) => `new Stack(app, '${outermost(stack).node.id}', { env: { account: '111111111111', region: 'eu-west-1' } })`;

/** Where the pipeline is, it makes everything itself. */
const checkAccess = (scope: Construct, environment: EnvironmentPlan): Problem[] => environment.existingAccess && !placeElsewhere(scope, environment)
  ? [problem(`${environment.name}.existingAccess`, 'be left out where the pipeline is', true, "say where the environment is, env: { account: '222222222222', region: 'eu-west-1' }")] : [];

/** What an environment consists of belongs to its account. */
function checkBelongings(scope: Construct, plan: PipelinePlan, { name, place }: EnvironmentPlan): Problem[] {
  const { account = Stack.of(scope).account } = place;
  const steps = allActions(plan).filter(({ environment }) => environment === name);
  return steps.flatMap(({ work }) => belongings(work)).flatMap(({ prop, what, resource }) => {
    const there = resource.env.account;
    return elsewhere(account, there) ? [problem(`${name}.${prop}`, `be ${what} of the account of the environment, ${account}`, `${resource.node.path} in ${there}`,
      `say where the environment is, env: { account: '${there}', … }, or pass ${what} of ${account}`)] : [];
  });
}

interface Belonging {
  readonly prop: string;
  readonly what: string;
  readonly resource: IResource;
}

function belongings(work: WorkPlan): Belonging[] {
  switch (work.kind) {
    case 'static-site': return work.hosting.kind === 'existing' ? [
      { prop: 'target.hosting.bucket', what: 'a bucket', resource: work.hosting.bucket },
      { prop: 'target.hosting.distribution', what: 'a distribution', resource: work.hosting.distribution },
    ] : [];
    case 'prepare-stack': return work.deploymentRole ? [{ prop: 'target.deploymentRole', what: 'a role', resource: work.deploymentRole }] : [];
    case 'prepare-service': return [
      { prop: 'target.service', what: 'a service', resource: work.service.service },
      ...work.service.definition.roles.map((resource) => ({ prop: 'target.taskRoles', what: 'a role', resource })),
    ];
    case 'run-task': return [
      { prop: 'target.cluster', what: 'a cluster', resource: work.cluster },
      ...work.definition.roles.map((resource) => ({ prop: 'target.taskRoles', what: 'a role', resource })),
      ...(work.network?.securityGroups ?? []).map((resource) => ({ prop: 'target.securityGroups', what: 'a security group', resource })),
      ...(work.network?.subnets ?? []).map((resource) => ({ prop: 'target.subnets', what: 'a subnet', resource })),
    ];
    default: return [];
  }
}

/** What is in another account or region is known by its name there, and by nothing else. */
function checkNames(scope: Construct, plan: PipelinePlan, environment: EnvironmentPlan): Problem[] {
  if (!placeElsewhere(scope, environment)) return [];
  const steps = allActions(plan).filter((step) => step.environment === environment.name);
  return steps.flatMap(({ work }) => namesIn(work)).filter(({ name }) => Token.isUnresolved(name)).map(({ prop, what }) => problem(
    `${environment.name}.${prop}`, 'have a name that is known here, since it is in another account or region than the pipeline', 'one that CloudFormation makes up',
    `give it a ${what}`));
}

function namesIn(work: WorkPlan): Array<{ prop: string; what: string; name: string }> {
  switch (work.kind) {
    case 'prepare-service': return [
      { prop: 'target.service', what: 'serviceName', name: work.service.serviceName },
      { prop: 'target.service.cluster', what: 'clusterName', name: work.service.clusterName },
      { prop: 'target.family', what: 'family', name: work.service.definition.family },
    ];
    case 'run-task': return [
      { prop: 'target.cluster', what: 'clusterName', name: work.clusterName },
      { prop: 'target.family', what: 'family', name: work.definition.family },
      ...work.capacity.launchType !== undefined ? [] : work.capacity.strategies
        .map(({ capacityProvider: name }) => ({ prop: 'target.capacityProviderStrategies', what: 'capacityProviderName', name })),
      ...[...work.command ?? [], ...Object.values(work.environmentVariables)]
        .map((name) => ({ prop: 'target.command', what: 'name, and write that', name })),
    ];
    default: return [];
  }
}
