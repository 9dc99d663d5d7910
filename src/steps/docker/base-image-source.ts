import type { aws_ecr as ecr, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { REGISTRY_DOMAIN, REPOSITORY_PREFIX } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';
import { resourceWith } from '../../pipeline/read-options';
import type { BaseImagesPlan } from '../build/spec';
import { REPOSITORY } from '../built-image';

/** Describes where images come from that an image is based on. */
export type BaseImageSourcePlan =
  BaseImagesPlan | { readonly kind: 'registry'; readonly domain: string; readonly secret: secretsmanager.ISecret };

/**
 * Where images come from that an image is based on: what the `FROM` lines of its Dockerfile name, and Docker may not
 * pull without a login or a permission. Public images need none.
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
   * A repository of ECR, of any account and region. The build may pull from it, and logs in to its registry; one of
   * another account must allow that by its own policy, too.
   */
  public static ecr(repository: ecr.IRepository): BaseImageSource {
    return new BaseImageSource({ kind: 'ecr', repository });
  }

  /**
   * A pull-through cache of ECR in the account and region of the pipeline: the rule must be there, e.g. as
   * `ecr.CfnPullThroughCacheRule`. The build may pull what is below the prefix, have ECR fetch what is not there yet,
   * and have it make the repository for that.
   *
   * The Dockerfile names such an image by the registry: `ARG REGISTRY`, `FROM $REGISTRY/docker-hub/library/node:22`,
   * with the build argument `` REGISTRY: `${stack.account}.dkr.ecr.${stack.region}.amazonaws.com` ``.
   *
   * @param prefix what the names of the repositories begin with, as the rule says, e.g. `docker-hub`. Must be concrete
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
   */
  public static pullThroughCache(prefix: string): BaseImageSource {
    return new BaseImageSource({ kind: 'pull-through', prefix });
  }

  /**
   * Another registry that wants a login. The build reads user and password from the secret when it starts and hands the
   * password to Docker on the standard input: it stands in no command, no log and no layer. One login for each
   * registry.
   *
   * @param domain where the registry is, without `https://` and path, e.g. `ghcr.io` or `registry.example.com:5000`;
   * `docker.io` for Docker Hub. Must be concrete
   * @param secret one with the keys `username` and `password`
   */
  public static registry(domain: string, secret: secretsmanager.ISecret): BaseImageSource {
    return new BaseImageSource({ kind: 'registry', domain, secret });
  }

  private constructor(private readonly plan: BaseImageSourcePlan) {}

  /**
   * Plans the origin, and reports what is wrong with it.
   *
   * @internal
   */
  public _plan(problems: Problems): BaseImageSourcePlan | undefined {
    const { plan } = this;
    switch (plan.kind) {
      case 'ecr':
        return REPOSITORY(plan.repository, problems.at('repository')) ? plan : undefined;
      case 'pull-through': {
        const fix = "write it as the rule of the cache does, e.g. 'docker-hub'";
        return problems.at('prefix').name(plan.prefix, REPOSITORY_PREFIX, fix) ? plan : undefined;
      }
      case 'registry': {
        const fix = "write it without 'https://' and path, e.g. 'ghcr.io'";
        const hasDomain = problems.at('domain').name(plan.domain, REGISTRY_DOMAIN, fix);
        const hasSecret = LOGIN(plan.secret, problems.at('secret'));
        return hasDomain && hasSecret ? plan : undefined;
      }
    }
  }
}

const LOGIN = resourceWith('secretArn', 'a secret of Secrets Manager');
