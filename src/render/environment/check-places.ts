import { Aws, Stack, Token, type IResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { environmentsOf, placeElsewhere } from './places';
import type { CodeDeployPlan } from '../../plan/ecs-plan';
import type { EnvironmentPlan } from '../../plan/environment-plan';
import { foreignSources } from '../../plan/foreign-sources';
import { allActions, type PipelinePlan, type WorkPlan } from '../../plan/pipeline-plan';
import type { PlacePlan } from '../../plan/place-plan';
import { problem, type Problem } from '../../plan/problems';
import { clusterNameSeen, networkIds } from '../deploy/eks';
import { outermost } from '../names';
import { elsewhere } from '../neighbours';
import { literalName } from '../source/held';

/** What is wrong with where environments are, and with where that is which they consist of. */
export const checkEnvironmentPlaces = (scope: Construct, plan: PipelinePlan): Problem[] => environmentsOf(plan).flatMap((environment) => {
  const unknown = checkPlaceKnown(scope, `${environment.name}.env`, environment.place);
  return unknown.length > 0 ? unknown : [
    ...checkAccess(scope, environment), ...checkBelongings(scope, plan, environment), ...checkNames(scope, plan, environment),
    ...checkForeignImages(scope, plan, environment),
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
  const { account = Stack.of(scope).account, region = Stack.of(scope).region } = place;
  const steps = allActions(plan).filter(({ environment }) => environment === name);
  return steps.flatMap(({ work }) => belongings(work)).flatMap(({ prop, what, resource, regional }) => {
    const there = resource.env;
    if (elsewhere(account, there.account)) {
      return [problem(`${name}.${prop}`, `be ${what} of the account of the environment, ${account}`, `${resource.node.path} in ${there.account}`,
        `say where the environment is, env: { account: '${there.account}', … }, or pass ${what} of ${account}`)];
    }
    return regional && elsewhere(region, there.region) ? [problem(`${name}.${prop}`, `be ${what} of the region of the environment, ${region}`,
      `${resource.node.path} in ${there.region}`, `pass ${what} of ${region}`)] : [];
  });
}

interface Belonging {
  readonly prop: string;
  readonly what: string;
  readonly resource: Pick<IResource, 'env' | 'node'>;
  /** It has to be of the region of the environment, too. What a place of its own decides, or has no region, is not asked. */
  readonly regional?: boolean;
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
      ...work.service.definition.containers.flatMap(({ parameter }) =>
        parameter ? [{ prop: 'target.imageParameters', what: 'a parameter', resource: parameter.resource, regional: true }] : []),
      ...work.rollout.kind === 'code-deploy' ? groupBelongings(work.rollout) : [],
    ];
    case 'deploy-lambda-image': return [{ prop: 'target.function', what: 'a function', resource: work.function }];
    case 'deploy-eks': return [{ prop: 'target.cluster', what: 'a cluster', resource: work.cluster }];
    case 'run-task': return [
      { prop: 'target.cluster', what: 'a cluster', resource: work.cluster },
      ...work.definition.roles.map((resource) => ({ prop: 'target.taskRoles', what: 'a role', resource })),
      ...(work.network?.securityGroups ?? []).map((resource) => ({ prop: 'target.securityGroups', what: 'a security group', resource })),
      ...(work.network?.subnets ?? []).map((resource) => ({ prop: 'target.subnets', what: 'a subnet', resource })),
    ];
    default: return [];
  }
}

/** The image of a function of another account is in a repository that only its stack and the pipeline know. */
function checkForeignImages(scope: Construct, plan: PipelinePlan, { name, place }: EnvironmentPlan): Problem[] {
  if (!elsewhere(Stack.of(scope).account, place.account)) return [];
  return allActions(plan).filter(({ environment, work }) => environment === name && work.kind === 'deploy-lambda-image' && work.repository === undefined).map(() => problem(
    `${name}.target.repository`, 'be given where the function is in another account than the pipeline', undefined,
    'pass the repository that the image is in: the role of the environment must be allowed to read it'));
}

/** What CodeDeploy asks, looks at and changes is of its own account and region. */
function groupBelongings({ group, appSpec: { hooks } }: CodeDeployPlan): Belonging[] {
  return [
    ...Object.entries(hooks).map(([hook, { function: resource }]) => ({ prop: `target.rollout.hooks.${hook}`, what: 'a function', resource, regional: true })),
    ...group.existing ? [{ prop: 'target.traffic', what: 'a deployment group', resource: group.existing, regional: true }] : [
      ...group.alarms.map((resource) => ({ prop: 'target.rollout.alarms', what: 'an alarm', resource, regional: true })),
      ...[group.listener, ...group.testListener ? [group.testListener] : []]
        .map((resource) => ({ prop: 'target.traffic', what: 'a listener', resource, regional: true })),
    ],
  ];
}

/** What is in another account or region is known by its name there, and by nothing else. */
function checkNames(scope: Construct, plan: PipelinePlan, environment: EnvironmentPlan): Problem[] {
  if (!placeElsewhere(scope, environment)) return [];
  const steps = allActions(plan).filter((step) => step.environment === environment.name);
  return steps.flatMap(({ work }) => namesIn(work)).filter(({ name }) => literalName(scope, name) === undefined).map(({ prop, what, fix = `give it a ${what}` }) => problem(
    `${environment.name}.${prop}`, 'have a name that is known here, since it is in another account or region than the pipeline', 'one that CloudFormation makes up',
    fix));
}

function namesIn(work: WorkPlan): Array<{ prop: string; what: string; name: string; fix?: string }> {
  switch (work.kind) {
    case 'prepare-service': return [
      { prop: 'target.service', what: 'serviceName', name: work.service.serviceName },
      { prop: 'target.service.cluster', what: 'clusterName', name: work.service.clusterName },
      { prop: 'target.family', what: 'family', name: work.service.definition.family },
      ...work.service.definition.containers.flatMap(({ parameter }) =>
        parameter ? [{ prop: 'target.imageParameters', what: 'parameterName', name: parameter.name }] : []),
      ...work.rollout.kind === 'code-deploy' ? groupNames(work.rollout) : [],
    ];
    case 'run-task': return [
      { prop: 'target.cluster', what: 'clusterName', name: work.clusterName },
      { prop: 'target.family', what: 'family', name: work.definition.family },
      ...work.capacity.launchType !== undefined ? [] : work.capacity.strategies
        .map(({ name }) => ({ prop: 'target.capacityProviderStrategies', what: 'capacityProviderName', name })),
      ...[...work.command ?? [], ...Object.values(work.environmentVariables)]
        .map((name) => ({ prop: 'target.command', what: 'name, and write that', name })),
    ];
    case 'deploy-lambda-image': return [
      { prop: 'target.function', what: 'functionName', name: work.functionName },
      ...work.repository ? [{ prop: 'target.repository', what: 'repositoryName', name: work.repository.name }] : [],
    ];
    case 'deploy-eks': return [
      { prop: 'target.cluster', what: 'clusterName', name: clusterNameSeen(work) },
      // The pipeline could not refer to a security group that is made there.
      ...work.network ? [...networkIds(work.network), ...work.network.securityGroups ? [] : [Aws.NO_VALUE]].map((name) => ({
        prop: 'target.network', what: 'network', name, fix: 'look up the VPC, ec2.Vpc.fromVpcAttributes, and name its securityGroups',
      })) : [],
    ];
    default: return [];
  }
}

const groupNames = ({ group, appSpec: { hooks, capacityProviders = [] } }: CodeDeployPlan) => [
  ...Object.entries(hooks).map(([hook, { functionName }]) => ({ prop: `target.rollout.hooks.${hook}`, what: 'functionName', name: functionName })),
  ...capacityProviders.map(({ name }) => ({ prop: 'target.service.capacityProviderStrategies', what: 'capacityProviderName', name })),
  ...group.existing ? [{
    prop: 'target.traffic',
    what: 'deploymentGroupName, and its application an applicationName',
    name: `${group.applicationName}/${group.deploymentGroupName}`,
  }] : [],
];
