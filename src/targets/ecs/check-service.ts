import { checkDeploymentName } from '../check-deployment-name';
import { checkContainer, checkFamily, checkMissing, missingOf } from './check-definition';
import { deployerOf } from './plan-service';
import type { ServiceFacts } from './read-service';
import type { EcsServiceOptions } from './service-options';
import { problem, type Problem } from '../../pipeline/problems';

/** What is wrong with a service, and with how it is released to. */
export function checkService(prop: string, facts: ServiceFacts, options: EcsServiceOptions): Problem[] {
  const { deploymentName, images = {}, imageParameters = {}, containerName } = options;
  const named = Object.keys(images).length > 0 ? Object.keys(images) : [containerName ?? facts.main?.name ?? ''];
  return [
    ...checkDeploymentName(prop, deploymentName),
    ...checkMissing(prop, 'a service', 'the task definition of the service', [
      ...missingOf(containerName ?? facts.main?.name ?? Object.keys(images)[0], facts, options),
      ...(deployerOf(facts, options).missing?.(facts, options) ?? []),
    ]),
    ...checkFamily(`${prop}.family`, options),
    ...Object.keys(images).flatMap((name) => checkContainer(`${prop}.images`, name, facts)),
    ...Object.keys(imageParameters)
      .filter((name) => !named.includes(name))
      .map((name) =>
        problem(
          `${prop}.imageParameters`,
          'name containers that get an image',
          name,
          `use ${named.map((one) => `'${one}'`).join(', ')}, or give that container an image, too`,
        ),
      ),
    ...(containerName === undefined ? [] : checkContainer(`${prop}.containerName`, containerName, facts)),
    ...deployerOf(facts, options).check(prop, facts, options),
  ];
}
