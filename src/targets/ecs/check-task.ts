import { checkDeploymentName } from '../check-deployment-name';
import { checkContainer, checkFamily, checkMissing, missingOf } from './check-definition';
import { containerOf } from './plan-task';
import type { TaskFacts } from './read-task';
import type { EcsTaskOptions } from './task-options';
import { TASK_NETWORK_LIMITS, TASK_OVERRIDES_LENGTH, TASK_TIMEOUT } from '../../aws/ecs';
import { BUILD_VARIABLE_NAME } from '../../aws/limits';
import { checkName, checkRange, problem, type Problem } from '../../pipeline/problems';

/** What is wrong with a task. */
export function checkTask(prop: string, facts: TaskFacts, options: EcsTaskOptions): Problem[] {
  const { deploymentName, images = {}, containerName, command, environmentVariables = {}, timeout } = options;
  return [
    ...checkDeploymentName(prop, deploymentName),
    ...checkMissing(
      prop,
      'a task definition',
      'the task definition',
      missingOf(containerOf(facts, options), facts, options),
    ),
    ...checkFamily(`${prop}.family`, options),
    ...Object.keys(images).flatMap((name) => checkContainer(`${prop}.images`, name, facts)),
    ...(containerName === undefined ? [] : checkContainer(`${prop}.containerName`, containerName, facts)),
    ...(command?.length === 0
      ? [problem(`${prop}.command`, 'hold at least one word', command, 'leave it out to run the command of the image')]
      : []),
    ...Object.keys(environmentVariables).flatMap((name) =>
      checkName(`${prop}.environmentVariables`, name, BUILD_VARIABLE_NAME, 'rename it'),
    ),
    ...checkLength(prop, command, environmentVariables),
    ...checkRange(`${prop}.timeout`, timeout?.toMinutes({ integral: false }), TASK_TIMEOUT, 'minutes'),
    ...checkNetwork(prop, facts, options),
  ];
}

function checkLength(prop: string, command: readonly string[] | undefined, environmentVariables: object): Problem[] {
  const { length } = JSON.stringify({ command, environmentVariables });
  return length <= TASK_OVERRIDES_LENGTH
    ? []
    : [
        problem(
          `${prop}.command`,
          `have at most ${TASK_OVERRIDES_LENGTH} characters as JSON, environment variables included`,
          `${length} characters`,
          'put a script into the image',
        ),
      ];
}

function checkNetwork(
  prop: string,
  { ownInterface, launchType, subnets }: TaskFacts,
  options: EcsTaskOptions,
): Problem[] {
  const { securityGroups = [], assignPublicIp = false } = options;
  if (!ownInterface) {
    return [
      ['subnets', options.subnets],
      ['assignPublicIp', options.assignPublicIp],
    ]
      .filter(([, value]) => value !== undefined)
      .map(([name]) =>
        problem(
          `${prop}.${String(name)}`,
          'be left out, since the containers have the network of their instance',
          'a value',
          "give the task definition the network mode awsvpc; one that was looked up takes 'securityGroups' too",
        ),
      );
  }
  const { subnets: subnetCount, securityGroups: groupCount } = TASK_NETWORK_LIMITS;
  return [
    ...(securityGroups.length >= groupCount.min && securityGroups.length <= groupCount.max
      ? []
      : [
          problem(
            `${prop}.securityGroups`,
            `hold ${groupCount.min} to ${groupCount.max} security groups`,
            `${securityGroups.length}`,
            'pass those that the database and others let in, e.g. service.connections.securityGroups',
          ),
        ]),
    ...(subnets.length >= subnetCount.min && subnets.length <= subnetCount.max
      ? []
      : [
          problem(
            `${prop}.subnets`,
            `select ${subnetCount.min} to ${subnetCount.max} subnets`,
            `${subnets.length}`,
            "name them, e.g. { subnets: [ec2.Subnet.fromSubnetId(this, 'Subnet', 'subnet-0123')] }, or with { subnetType: … }",
          ),
        ]),
    ...(assignPublicIp && launchType !== 'FARGATE'
      ? [
          problem(
            `${prop}.assignPublicIp`,
            'be left out, since only tasks on Fargate can have a public address',
            true,
            'leave it out',
          ),
        ]
      : []),
  ];
}
