import { BuildSecret } from '../build/build-secret';
import type { ImageOrigin } from './image-origin';
import type { BaseImagesPlan } from '../build/build-spec';

/** The origins of a build, by how it gets at them. */
export interface OriginsPlan {
  /** Those in ECR. */
  readonly baseImages: readonly BaseImagesPlan[];
  /** Names of the environment variables that hold the domains of registries; their logins have the same names and more. */
  readonly registries: readonly string[];
  /** The domains themselves. */
  readonly domains: readonly string[];
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, BuildSecret>>;
}

export function planOrigins(origins: readonly ImageOrigin[] = []): OriginsPlan {
  const plans = origins.map((origin) => origin._plan());
  const registries = plans
    .flatMap((plan) => (plan.kind === 'registry' ? [plan] : []))
    .map((plan, i) => ({ ...plan, name: `IMAGE_ORIGIN_${i + 1}` }));
  return {
    baseImages: plans.flatMap((plan) => (plan.kind === 'registry' ? [] : [plan])),
    registries: registries.map(({ name }) => name),
    domains: registries.map(({ domain }) => domain),
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
