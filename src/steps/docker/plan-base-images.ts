import type { BaseImageSource } from './base-image-source';
import type { Problems } from '../../pipeline/problems';
import { duplicates } from '../../pipeline/read-options';
import { BuildSecret } from '../build-secret';
import type { BaseImagesPlan } from '../build/spec';

/** Describes the origins of a build, by how the build gets at them. */
export interface OriginsPlan {
  /** Origins in ECR. */
  readonly baseImages: readonly BaseImagesPlan[];
  /**
   * Names of the environment variables that hold the domains of registries; the names of their logins begin with them.
   */
  readonly registries: readonly string[];
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, BuildSecret>>;
}

/** Plans where images come from that an image is based on, and reports what is wrong with it. */
export function planOrigins(origins: readonly BaseImageSource[], problems: Problems): OriginsPlan {
  const plans = origins.flatMap((origin, i) => origin._plan(problems.index(i)) ?? []);
  const registries = plans
    .flatMap((plan) => (plan.kind === 'registry' ? [plan] : []))
    .map((plan, i) => ({ ...plan, name: `IMAGE_ORIGIN_${i + 1}` }));
  // Docker keeps one login for each registry.
  for (const domain of duplicates(registries.map((registry) => registry.domain))) {
    const fix = 'one login must do for all of its images; remove the other one';
    problems.add('name every registry once', domain, fix);
  }
  return {
    baseImages: plans.flatMap((plan) => (plan.kind === 'registry' ? [] : [plan])),
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
