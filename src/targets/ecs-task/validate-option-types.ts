import type { EcsTaskOptions } from './options';
import type { Problems } from '../../pipeline/problems';
import { validateDefinitionOptions } from '../ecs/plan-task-definition';
import {
  isObject,
  validateBoolean,
  validateList,
  validateRecord,
  validateResources,
  validateText,
  type OptionRule,
  type ResourceRule,
} from '../validate-options';

const WORD: OptionRule = { what: 'a word', fix: 'leave it out' };
const VALUE: OptionRule = { what: 'a text', fix: 'give it a value, or leave it out' };
const SECURITY_GROUP: ResourceRule = {
  what: 'a security group',
  attribute: 'securityGroupId',
  fix: 'pass one, or leave it out',
};
const SUBNET: ResourceRule = { what: 'a subnet', attribute: 'subnetId', fix: 'pass one, or leave it out' };
const SELECTION: OptionRule = { what: 'a selection of subnets', fix: 'write it as in { subnetType: … }' };
const STRATEGY: OptionRule = { what: 'a strategy', fix: 'name a capacity provider, or leave it out' };
const PROVIDER: OptionRule = { what: 'a text', fix: 'name a capacity provider' };

/** Validates the types of the options of a task. */
export function validateOptionTypes(options: EcsTaskOptions, problems: Problems): void {
  const { command, environmentVariables, securityGroups, subnets, assignPublicIp } = options;
  validateDefinitionOptions(options, problems);
  validateList(command, WORD, problems.at('command'), (word, at) => validateText(word, WORD, at));
  validateRecord(environmentVariables, VALUE, problems.at('environmentVariables'), (value, at) => {
    validateText(value, VALUE, at);
  });
  validateResources(securityGroups, SECURITY_GROUP, problems.at('securityGroups'));
  validateSubnets(subnets, problems.at('subnets'));
  validateBoolean(assignPublicIp, problems.at('assignPublicIp'));
  validateList(
    options.capacityProviderStrategies,
    STRATEGY,
    problems.at('capacityProviderStrategies'),
    validateStrategy,
  );
}

function validateSubnets(subnets: EcsTaskOptions['subnets'], problems: Problems): void {
  if (subnets === undefined) return;
  if (isObject(subnets)) validateResources(subnets.subnets, SUBNET, problems.at('subnets'));
  else problems.add(`be ${SELECTION.what}`, subnets, SELECTION.fix);
}

function validateStrategy(strategy: unknown, problems: Problems): void {
  if (!problems.required(STRATEGY.what, strategy, STRATEGY.fix)) return;
  if (isObject(strategy) && 'capacityProvider' in strategy) {
    validateText(strategy.capacityProvider, PROVIDER, problems.at('capacityProvider'));
  } else {
    problems.add(`be ${STRATEGY.what}`, strategy, STRATEGY.fix);
  }
}
