import { checkContainer, checkMissing } from './check-definition';
import { moverOf } from './plan-service';
import type { ServiceFacts } from './read-service';
import type { EcsServiceOptions } from './service-options';
import { DEPLOYMENT_NAME } from '../../facts/limits';
import { checkName, type Problem } from '../../plan/problems';

/** What is wrong with a service, and with how it is released to. */
export function checkService(prop: string, facts: ServiceFacts, options: EcsServiceOptions): Problem[] {
  const { deploymentName, images = {}, containerName } = options;
  return [
    ...deploymentName === undefined ? [] : checkName(`${prop}.deploymentName`, deploymentName, DEPLOYMENT_NAME, 'choose another name'),
    ...checkMissing(prop, 'a service', containerName ?? facts.main?.name ?? Object.keys(images)[0], facts, options),
    ...Object.keys(images).flatMap((name) => checkContainer(`${prop}.images`, name, facts)),
    ...containerName === undefined ? [] : checkContainer(`${prop}.containerName`, containerName, facts),
    ...moverOf(facts, options).check(prop, facts, options),
  ];
}
