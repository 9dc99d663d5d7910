import { ArnFormat, Aws, type IResource, Stack, Token } from 'aws-cdk-lib';
import type { CodeDeployPlan } from './ecs/ecs-specs';
import type { ActionSpec } from '../pipeline/pipeline-plan';
import { clusterNameSeen, networkIds } from './eks/render';

type WorkOf<K extends ActionSpec['kind']> = Extract<ActionSpec, { kind: K }>;
type ByWork<T> = { readonly [K in ActionSpec['kind']]?: (spec: WorkOf<K>) => readonly T[] };

// The tables are exact for each kind; the compiler cannot see that key and value belong together.
const rowOf = <T>(table: ByWork<T>, spec: ActionSpec): readonly T[] =>
  (table[spec.kind] as ((spec: ActionSpec) => readonly T[]) | undefined)?.(spec) ?? [];

/** Something that an environment consists of, and that is of its account. */
export interface ReferencedResource {
  readonly prop: string;
  readonly what: string;
  readonly resource: Pick<IResource, 'env' | 'node'>;
  /** It has to be of the region of the environment, too. What a place of its own decides, or has no region, is not asked. */
  readonly regional?: boolean;
}

/** What a deployment is given that belongs to the account of its environment. */
export const referencedResources = (spec: ActionSpec): readonly ReferencedResource[] =>
  rowOf(REFERENCED_RESOURCES, spec);

const REFERENCED_RESOURCES: ByWork<ReferencedResource> = {
  'static-site': ({ hosting }) =>
    hosting.kind === 'existing'
      ? [
          { prop: 'target.hosting.bucket', what: 'a bucket', resource: hosting.bucket },
          { prop: 'target.hosting.distribution', what: 'a distribution', resource: hosting.distribution },
        ]
      : [],
  'prepare-stack': ({ deploymentRole }) =>
    deploymentRole ? [{ prop: 'target.deploymentRole', what: 'a role', resource: deploymentRole }] : [],
  'prepare-service': ({ service: { service, definition }, rollout }) => [
    { prop: 'target.service', what: 'a service', resource: service },
    ...definition.roles.map((resource) => ({ prop: 'target.taskRoles', what: 'a role', resource })),
    ...definition.containers.flatMap(({ parameter }) =>
      parameter
        ? [{ prop: 'target.imageParameters', what: 'a parameter', resource: parameter.resource, regional: true }]
        : [],
    ),
    ...(rollout.kind === 'code-deploy' ? groupReferences(rollout) : []),
  ],
  'run-task': ({ cluster, definition, network }) => [
    { prop: 'target.cluster', what: 'a cluster', resource: cluster },
    ...definition.roles.map((resource) => ({ prop: 'target.taskRoles', what: 'a role', resource })),
    ...(network?.securityGroups ?? []).map((resource) => ({
      prop: 'target.securityGroups',
      what: 'a security group',
      resource,
    })),
    ...(network?.subnets ?? []).map((resource) => ({ prop: 'target.subnets', what: 'a subnet', resource })),
  ],
  'deploy-lambda-image': ({ function: resource }) => [{ prop: 'target.function', what: 'a function', resource }],
  'deploy-eks': ({ cluster: resource }) => [{ prop: 'target.cluster', what: 'a cluster', resource }],
};

/** What CodeDeploy asks, looks at and changes is of its own account and region. */
function groupReferences({ group, appSpec: { hooks } }: CodeDeployPlan): ReferencedResource[] {
  return [
    ...Object.entries(hooks).map(([hook, { function: resource }]) => ({
      prop: `target.rollout.hooks.${hook}`,
      what: 'a function',
      resource,
      regional: true,
    })),
    ...(group.existing
      ? [{ prop: 'target.traffic', what: 'a deployment group', resource: group.existing, regional: true }]
      : [
          ...group.alarms.map((one) => ({
            prop: 'target.rollout.alarms',
            what: 'an alarm',
            resource: located(one, one.alarmArn),
            regional: true,
          })),
          ...[group.listener, ...(group.testListener ? [group.testListener] : [])].map((one) => ({
            prop: 'target.traffic',
            what: 'a listener',
            resource: located(one, one.listenerArn),
            regional: true,
          })),
          ...group.targetGroups.map((one) => ({
            prop: 'target.traffic',
            what: 'a target group',
            resource: located(one, one.targetGroupArn),
            regional: true,
          })),
        ]),
  ];
}

/** What was looked up by its ARN is where that says; the CDK takes it to be where it was looked up. */
function located(resource: ReferencedResource['resource'], arn: string): ReferencedResource['resource'] {
  const { account, region } = Token.isUnresolved(arn)
    ? resource.env
    : Stack.of(resource.node.scope!).splitArn(arn, ArnFormat.NO_RESOURCE_NAME);
  return { node: resource.node, env: { ...resource.env, ...(account && { account }), ...(region && { region }) } };
}

/** The name of something, which the pipeline must know where that is elsewhere. */
export interface RequiredName {
  readonly prop: string;
  /** The prop that gives it. */
  readonly what: string;
  readonly name: string;
  /** @default - to give it */
  readonly fix?: string;
}

/** What a deployment elsewhere is known by. */
export const requiredNames = (spec: ActionSpec): readonly RequiredName[] => rowOf(NAMES, spec);

const NAMES: ByWork<RequiredName> = {
  'prepare-service': ({ service: { serviceName, clusterName, definition }, rollout }) => [
    { prop: 'target.service', what: 'serviceName', name: serviceName },
    { prop: 'target.service.cluster', what: 'clusterName', name: clusterName },
    { prop: 'target.family', what: 'family', name: definition.family },
    ...definition.containers.flatMap(({ parameter }) =>
      parameter ? [{ prop: 'target.imageParameters', what: 'parameterName', name: parameter.name }] : [],
    ),
    ...(rollout.kind === 'code-deploy' ? groupNames(rollout) : []),
  ],
  'run-task': ({ clusterName, definition, capacity, command = [], environmentVariables }) => [
    { prop: 'target.cluster', what: 'clusterName', name: clusterName },
    { prop: 'target.family', what: 'family', name: definition.family },
    ...(capacity.launchType !== undefined
      ? []
      : capacity.strategies.map(({ name }) => ({
          prop: 'target.capacityProviderStrategies',
          what: 'capacityProviderName',
          name,
        }))),
    ...[...command, ...Object.values(environmentVariables)].map((name) => ({
      prop: 'target.command',
      what: 'name, and write that',
      name,
    })),
  ],
  'deploy-lambda-image': ({ functionName, repository }) => [
    { prop: 'target.function', what: 'functionName', name: functionName },
    ...(repository ? [{ prop: 'target.repository', what: 'repositoryName', name: repository.name }] : []),
  ],
  'deploy-eks': (spec) => [
    { prop: 'target.cluster', what: 'clusterName', name: clusterNameSeen(spec) },
    // The pipeline could not refer to a security group that is made there.
    ...(spec.network
      ? [...networkIds(spec.network), ...(spec.network.securityGroups ? [] : [Aws.NO_VALUE])].map((name) => ({
          prop: 'target.network',
          what: 'network',
          name,
          fix: 'look up the VPC, ec2.Vpc.fromVpcAttributes, and name its securityGroups',
        }))
      : []),
  ],
};

const groupNames = ({ group, appSpec: { hooks, capacityProviders = [] } }: CodeDeployPlan): RequiredName[] => [
  ...Object.entries(hooks).map(([hook, { functionName }]) => ({
    prop: `target.rollout.hooks.${hook}`,
    what: 'functionName',
    name: functionName,
  })),
  ...capacityProviders.map(({ name }) => ({
    prop: 'target.service.capacityProviderStrategies',
    what: 'capacityProviderName',
    name,
  })),
  ...(group.existing
    ? [
        {
          prop: 'target.traffic',
          what: 'deploymentGroupName, and its application an applicationName',
          name: `${group.applicationName}/${group.deploymentGroupName}`,
        },
      ]
    : []),
];
