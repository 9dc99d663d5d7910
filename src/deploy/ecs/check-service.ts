import { moverOf } from './plan-service';
import type { ServiceFacts } from './read-service';
import type { EcsServiceOptions } from './service-options';
import { CONTAINER_NAME, DEPLOYMENT_NAME } from '../../facts/limits';
import { checkName, problem, type Problem } from '../../plan/problems';

/** What is wrong with a service, and with how it is released to. */
export function checkService(prop: string, facts: ServiceFacts, options: EcsServiceOptions): Problem[] {
  const { deploymentName, images = {}, containerName } = options;
  return [
    ...deploymentName === undefined ? [] : checkName(`${prop}.deploymentName`, deploymentName, DEPLOYMENT_NAME, 'choose another name'),
    ...checkMissing(prop, facts, options),
    ...Object.keys(images).flatMap((name) => checkContainer(`${prop}.images`, name, facts)),
    ...containerName === undefined ? [] : checkContainer(`${prop}.containerName`, containerName, facts),
    ...moverOf(facts, options).check(prop, facts, options),
  ];
}

/** A service that was looked up says nothing of its tasks. All that is missing is told at once. */
function checkMissing(prop: string, facts: ServiceFacts, options: EcsServiceOptions): Problem[] {
  const named = options.containerName ?? facts.main?.name ?? Object.keys(options.images ?? {})[0];
  const missing = [
    ...(options.family ?? facts.family) === undefined ? ['family'] : [],
    ...named === undefined ? ['containerName'] : [],
    ...(options.taskRoles ?? facts.roles) === undefined ? ['taskRoles'] : [],
    ...moverOf(facts, options).missing?.(facts, options) ?? [],
  ];
  return missing.length === 0 ? [] : [problem(prop, 'say what a service that was looked up does not', `no ${missing.join(', no ')}`,
    `give ${missing.join(', ')}, as the task definition of the service says`)];
}

function checkContainer(prop: string, name: string, { containers }: ServiceFacts): Problem[] {
  const wrong = checkName(prop, name, CONTAINER_NAME, 'use the name in the task definition');
  if (wrong.length > 0 || containers === undefined || containers.some((one) => one.name === name)) return wrong;
  return [problem(prop, `name a container of the service: ${containers.map((one) => `'${one.name}'`).join(', ')}`, name, 'use one of these names')];
}
