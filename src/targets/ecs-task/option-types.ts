import type { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { EcsTaskOptions } from './options';
import {
  ANYTHING,
  FLAG,
  listOf,
  objectOf,
  optional,
  recordOf,
  text,
  type OptionTypes,
} from '../../pipeline/value-types';
import { DEFINITION_OPTION_TYPES } from '../ecs/plan-task-definition';
import { DURATION, resourceOf } from '../option-types';

const SUBNETS: OptionTypes<ec2.SubnetSelection> = {
  availabilityZones: ANYTHING,
  onePerAz: ANYTHING,
  subnetFilters: ANYTHING,
  subnetGroupName: ANYTHING,
  subnetType: ANYTHING,
  subnets: optional(listOf(resourceOf('subnetId', 'a subnet', 'pass one, or leave it out'))),
};

const STRATEGY: OptionTypes<ecs.CapacityProviderStrategy> = {
  capacityProvider: text('a text', 'name a capacity provider'),
  base: ANYTHING,
  weight: ANYTHING,
};

export const OPTION_TYPES: OptionTypes<EcsTaskOptions> = {
  deploymentName: ANYTHING,
  ...DEFINITION_OPTION_TYPES,
  command: optional(listOf(text('a word', 'leave it out'))),
  environmentVariables: optional(recordOf(text('a text', 'give it a value, or leave it out'))),
  securityGroups: optional(listOf(resourceOf('securityGroupId', 'a security group', 'pass one, or leave it out'))),
  subnets: optional(objectOf(SUBNETS, 'a selection of subnets', 'write it as in { subnetType: … }')),
  assignPublicIp: optional(FLAG),
  capacityProviderStrategies: optional(
    listOf(objectOf(STRATEGY, 'a strategy', 'name a capacity provider, or leave it out')),
  ),
  timeout: optional(DURATION),
};
