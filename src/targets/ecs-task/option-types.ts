import type { EcsTaskOptions } from './options';
import { FLAG, listOf, recordOf, typeOf, type OptionType, type OptionTypes } from '../../pipeline/read-options';
import { DEFINITION_OPTION_TYPES } from '../ecs/plan-task-definition';
import { DEPLOYMENT_NAME_TYPE, DURATION, resourceType, textType } from '../option-types';

const FIX = 'pass one, or leave it out';
const WORD_FIX = 'leave it out';
const VALUE_FIX = 'give it a value, or leave it out';
const STRATEGY_FIX = 'name a capacity provider, or leave it out';

const STRATEGY = typeOf('a strategy', STRATEGY_FIX, (value) => isObject(value) && 'capacityProvider' in value);
const CAPACITY_PROVIDER = textType('a text', STRATEGY_FIX);
const SELECTION = typeOf('a selection of subnets', 'write it as in { subnetType: … }', isObject);
const SUBNETS = listOf(resourceType('subnetId', 'a subnet', FIX), FIX);

export const OPTION_TYPES: OptionTypes<EcsTaskOptions> = {
  deploymentName: DEPLOYMENT_NAME_TYPE,
  ...DEFINITION_OPTION_TYPES,
  command: listOf(textType('a word', WORD_FIX), WORD_FIX),
  environmentVariables: recordOf(textType('a text', VALUE_FIX), VALUE_FIX),
  securityGroups: listOf(resourceType('securityGroupId', 'a security group', FIX), FIX),
  subnets: both(SELECTION, property('subnets', SUBNETS)),
  assignPublicIp: FLAG,
  capacityProviderStrategies: listOf(both(STRATEGY, property('capacityProvider', CAPACITY_PROVIDER)), STRATEGY_FIX),
  timeout: DURATION,
};

/** Returns the type of values that have a first type, and then a second one. */
function both(first: OptionType, second: OptionType): OptionType {
  return (value, problems) => first(value, problems) && second(value, problems);
}

/** Returns the type of objects one of whose properties has a type, if it is provided. */
function property(name: string, type: OptionType): OptionType {
  return (value, problems) => {
    const provided: unknown = Object(value)[name];
    return provided === undefined || type(provided, problems.at(name));
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
