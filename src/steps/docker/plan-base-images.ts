import type { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { BaseImageSource } from './base-image-source';
import { compact } from '../../common/compact';
import type { Problems } from '../../pipeline/problems';
import { duplicates } from '../../pipeline/read-options';
import { BuildSecret } from '../build-secret';
import type { EcrBaseImagePlan } from '../build/spec';

/** Describes the base images of a build by how the build accesses them. */
export interface BaseImagesPlan {
  /** Sources in ECR. */
  readonly ecr: readonly EcrBaseImagePlan[];
  /**
   * Names of the environment variables that contain the domains of registries. They are prefixes of the names of the
   * login variables.
   */
  readonly registries: readonly string[];
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, BuildSecret>>;
}

interface RegistryLogin {
  readonly name: string;
  readonly domain: string;
  readonly secret: secretsmanager.ISecret;
}

/** Plans the sources of base images, and validates them. */
export function planBaseImages(sources: readonly BaseImageSource[], problems: Problems): BaseImagesPlan {
  const plans = compact(sources.map((source, i) => source._plan(problems.index(i))));
  const ecr: EcrBaseImagePlan[] = [];
  const registries: RegistryLogin[] = [];
  for (const plan of plans) {
    if (plan.kind === 'registry') registries.push({ ...plan, name: `BASE_REGISTRY_${registries.length + 1}` });
    else ecr.push(plan);
  }
  // Docker stores one login per registry.
  for (const domain of duplicates(registries.map((registry) => registry.domain))) {
    const fix = 'remove one of them, and use one login for all images of the registry';
    problems.add('not contain duplicate registries', domain, fix);
  }
  return {
    ecr,
    registries: registries.map(({ name }) => name),
    environmentVariables: Object.fromEntries(registries.map(({ name, domain }) => [name, domain])),
    secrets: Object.fromEntries(
      registries.flatMap(({ name, secret }) =>
        ['username', 'password'].map((field) => [
          `${name}_${field.toUpperCase()}`,
          BuildSecret.secretsManager(secret, { field }),
        ]),
      ),
    ),
  };
}
