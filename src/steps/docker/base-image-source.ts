import type { aws_ecr as ecr, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { REGISTRY_DOMAIN, REPOSITORY_PREFIX } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';
import { resourceWith } from '../../pipeline/read-options';
import type { EcrBaseImagePlan } from '../build/spec';
import { REPOSITORY } from '../built-image';
import { RESOURCE } from '../../pipeline/rules';

/** Describes a source of base images. */
export type BaseImageSourcePlan =
  EcrBaseImagePlan | { readonly kind: 'registry'; readonly domain: string; readonly secret: secretsmanager.ISecret };

/**
 * A source of private base images: those that the `FROM` lines of a Dockerfile name, and that Docker cannot pull
 * without a login or permissions. Public images need no source.
 *
 * @see https://docs.docker.com/reference/dockerfile/#from
 *
 * @example
 * declare const repository: ecr.IRepository;
 * declare const golden: ecr.IRepository;
 * declare const credentials: secretsmanager.ISecret;
 * BuildStep.dockerImage(repository, {
 *   baseImages: [
 *     BaseImageSource.ecr(golden),
 *     BaseImageSource.pullThroughCache('docker-hub'),
 *     BaseImageSource.registry('ghcr.io', credentials),
 *   ],
 * });
 */
export class BaseImageSource {
  /**
   * Uses base images of an ECR repository in any account and Region. The build is granted permission to pull and logs
   * in to the registry. A repository in another account must also allow that in its policy.
   */
  public static ecr(repository: ecr.IRepository): BaseImageSource {
    return new BaseImageSource({ kind: 'ecr', repository });
  }

  /**
   * Uses base images of a pull-through cache of ECR in the account and Region of the pipeline. The cache rule must
   * exist, e.g. as `ecr.CfnPullThroughCacheRule`. The build can pull images below the prefix, import missing images
   * through ECR, and create the repositories for them.
   *
   * The Dockerfile refers to such an image by the registry: `ARG REGISTRY`,
   * `FROM $REGISTRY/docker-hub/library/node:22`, with the build argument
   * `` REGISTRY: `${stack.account}.dkr.ecr.${stack.region}.amazonaws.com` ``.
   *
   * @param prefix repository prefix of the cache rule, e.g. `docker-hub`. Must be concrete.
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
   */
  public static pullThroughCache(prefix: string): BaseImageSource {
    return new BaseImageSource({ kind: 'pull-through', prefix });
  }

  /**
   * Uses base images of another registry that requires a login. The build reads the user name and the password from the
   * secret, and passes the password to Docker on standard input, so no command, log or layer contains it. Each registry
   * can have one login.
   *
   * @param domain domain of the registry without `https://` and path, e.g. `ghcr.io` or `registry.example.com:5000`;
   * `docker.io` for Docker Hub. Must be concrete.
   * @param secret secret with the keys `username` and `password`
   */
  public static registry(domain: string, secret: secretsmanager.ISecret): BaseImageSource {
    return new BaseImageSource({ kind: 'registry', domain, secret });
  }

  private constructor(private readonly plan: BaseImageSourcePlan) {}

  /**
   * Plans the source, and validates it.
   *
   * @internal
   */
  public _plan(problems: Problems): BaseImageSourcePlan | undefined {
    const { plan } = this;
    switch (plan.kind) {
      case 'ecr':
        return REPOSITORY(plan.repository, problems.at('repository')) ? plan : undefined;
      case 'pull-through': {
        const fix = "use the prefix of the cache rule, e.g. 'docker-hub'";
        return problems.at('prefix').name(plan.prefix, REPOSITORY_PREFIX, fix) ? plan : undefined;
      }
      case 'registry': {
        const fix = "use the domain without 'https://' and path, e.g. 'ghcr.io'";
        const hasDomain = problems.at('domain').name(plan.domain, REGISTRY_DOMAIN, fix);
        const hasSecret = LOGIN(plan.secret, problems.at('secret'));
        return hasDomain && hasSecret ? plan : undefined;
      }
    }
  }
}

const LOGIN = resourceWith('secretArn', RESOURCE.secret);
