import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { EcsServiceOptions } from './service-options';
import type { ServiceTraffic } from './service-traffic';
import type { EcsTaskOptions } from './task-options';
import { checkEach, checkGiven, type Problem } from '../../pipeline/problems';

/** What of a service is missing without which nothing can be planned. */
export const checkServiceGiven = (
  prop: string,
  service: ecs.IBaseService | undefined,
  options: EcsServiceOptions,
): Problem[] => [
  ...checkGiven(
    `${prop}.service`,
    'a service of Amazon ECS',
    service,
    'pass one of this app, or look it up: ecs.FargateService.fromFargateServiceAttributes',
  ),
  ...checkTraffic(`${prop}.traffic`, options.traffic),
  ...checkAlarms(`${prop}.rollout.alarms`, options),
  ...checkParts(prop, options),
  ...checkEach(
    `${prop}.imageParameters`,
    'a parameter',
    options.imageParameters,
    'pass that of a ServiceImage, or leave it out',
  ),
];

/** What of a task is missing without which nothing can be planned. */
export const checkTaskGiven = (
  prop: string,
  definition: ecs.ITaskDefinition | undefined,
  cluster: ecs.ICluster | undefined,
  options: EcsTaskOptions,
): Problem[] => [
  ...checkGiven(
    `${prop}.taskDefinition`,
    'a task definition',
    definition,
    'pass one of this app, e.g. service.taskDefinition',
  ),
  ...checkGiven(`${prop}.cluster`, 'a cluster', cluster, 'say where the task runs, e.g. service.cluster'),
  ...checkParts(prop, options),
  ...checkEach(`${prop}.command`, 'a word', options.command, 'leave it out'),
  ...checkEach(
    `${prop}.environmentVariables`,
    'a text',
    options.environmentVariables,
    'give it a value, or leave it out',
  ),
  ...checkEach(`${prop}.securityGroups`, 'a security group', options.securityGroups, 'pass one, or leave it out'),
  ...checkEach(
    `${prop}.capacityProviderStrategies`,
    'a strategy',
    options.capacityProviderStrategies,
    'name a capacity provider, or leave it out',
  ),
];

const checkParts = (
  prop: string,
  { images, taskRoles }: Pick<EcsServiceOptions, 'images' | 'taskRoles'>,
): Problem[] => [
  ...checkEach(
    `${prop}.images`,
    'a step that makes an image',
    images,
    'pass that step, or leave the container out: it keeps its image',
  ),
  ...checkEach(`${prop}.taskRoles`, 'a role', taskRoles, 'pass those of the task definition'),
];

/** What CodeDeploy moves traffic with. */
function checkTraffic(prop: string, traffic: ServiceTraffic | undefined): Problem[] {
  const said = traffic?._plan();
  if (said?.kind === 'deployment-group') {
    return checkGiven(
      `${prop}.group`,
      'a deployment group',
      said.group,
      'look it up: codedeploy.EcsDeploymentGroup.fromEcsDeploymentGroupAttributes',
    );
  }
  if (said?.kind !== 'code-deploy') return [];
  const { blueTargetGroup, greenTargetGroup, listener }: Partial<typeof said.options> = said.options ?? {};
  return [
    ...checkGiven(
      `${prop}.blueTargetGroup`,
      'the target group that the service was made with',
      blueTargetGroup,
      'make one and attach the service to it: blue.addTarget(service)',
    ),
    ...checkGiven(
      `${prop}.greenTargetGroup`,
      'a second target group, since CodeDeploy moves the traffic between two',
      greenTargetGroup,
      'make one like the first, with no targets',
    ),
    ...checkGiven(
      `${prop}.listener`,
      'the listener that users reach, since CodeDeploy changes where it sends',
      listener,
      'make one that sends to the first target group',
    ),
  ];
}

function checkAlarms(prop: string, { rollout }: EcsServiceOptions): Problem[] {
  const said = rollout?._plan();
  return said === undefined || said.kind === 'rolling'
    ? []
    : checkEach(prop, 'an alarm', said.alarms, 'pass one, or leave it out');
}
