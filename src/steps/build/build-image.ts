import { type aws_ecr as ecr, type aws_secretsmanager as secretsmanager, Token } from 'aws-cdk-lib';
import type { ImageReferencePlan } from './spec';
import { ENVIRONMENT_TYPES, type EnvironmentType } from '../../aws/builds';
import { IMAGE_TAG } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';
import { type OptionTypes, readOptions, resourceWith } from '../../pipeline/read-options';

/** Options of {@link BuildImage.fromRegistry}. */
export interface RegistryImageOptions {
  /**
   * A secret with the keys `username` and `password` for a private registry. CodeBuild reads it when a build starts.
   *
   * @default - none, the image is public
   */
  readonly credentials?: secretsmanager.ISecret;
}

/**
 * The image that a build machine is made from.
 *
 * @example
 * declare const tools: ecr.IRepository;
 * BuildStep.shell(['make'], {
 *   compute: BuildCompute.x86(BuildSize.MEDIUM, { image: BuildImage.fromEcr(tools, '2026-11') }),
 * });
 */
export class BuildImage {
  /**
   * An image in a repository of ECR. The role of the build may pull it; a repository of another account must allow that
   * too.
   *
   * @param tagOrDigest a tag, or a digest such as `sha256:…`, which nobody can move to another image
   */
  public static fromEcr(repository: ecr.IRepository, tagOrDigest = 'latest'): BuildImage {
    return new BuildImage({ kind: 'ecr', repository, tagOrDigest });
  }

  /**
   * An image in another registry.
   *
   * @param imageName with registry and tag, e.g. `registry.example.com/tools/node:22`
   */
  public static fromRegistry(imageName: string, options: RegistryImageOptions = {}): BuildImage {
    return new BuildImage({ kind: 'registry', imageName, options });
  }

  /**
   * An image that CodeBuild curates.
   *
   * @param id e.g. `aws/codebuild/standard:8.0`, made for the processor of the machine
   * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
   */
  public static fromCodeBuild(id: string): BuildImage {
    return new BuildImage({ kind: 'standard', id });
  }

  private constructor(private readonly content: ImageContent) {}

  /**
   * Plans the image for a type of machine, and reports what is wrong with it.
   *
   * @internal
   */
  public _plan(machine: EnvironmentType, problems: Problems): ImageReferencePlan | undefined {
    const { content } = this;
    switch (content.kind) {
      case 'standard':
        return planCurated(content, machine, problems);
      case 'ecr':
        return planFromEcr(content, problems);
      case 'registry':
        return planFromRegistry(content, problems);
    }
  }
}

type ImageContent = CuratedContent | EcrContent | RegistryContent;

interface CuratedContent {
  readonly kind: 'standard';
  readonly id: string;
}

interface EcrContent {
  readonly kind: 'ecr';
  readonly repository: ecr.IRepository;
  readonly tagOrDigest: string;
}

interface RegistryContent {
  readonly kind: 'registry';
  readonly imageName: string;
  readonly options: RegistryImageOptions;
}

const REPOSITORY = resourceWith('repositoryArn', 'a repository of ECR');

const REGISTRY_OPTIONS: OptionTypes<RegistryImageOptions> = {
  credentials: resourceWith('secretArn', 'a secret of Secrets Manager'),
};

function planCurated({ kind, id }: CuratedContent, machine: EnvironmentType, problems: Problems): ImageReferencePlan {
  if (Token.isUnresolved(id)) return { kind, id };
  if (typeof id !== 'string' || !id.startsWith('aws/codebuild/')) {
    const fix = 'use BuildImage.fromEcr or BuildImage.fromRegistry for other images';
    problems.add("begin with 'aws/codebuild/'", id, fix);
    return { kind, id };
  }
  const { architecture, lambda } = ENVIRONMENT_TYPES[machine];
  const fix = 'choose the image or the machine to fit the other';
  if (id.includes('aarch64') !== (architecture === 'arm')) {
    problems.add(`be made for ${architecture === 'arm' ? 'ARM' : 'x86'}`, id, fix);
  }
  if (id.includes('-lambda-') !== lambda) {
    problems.add(lambda ? 'be an image for Lambda' : 'not be an image for Lambda', id, fix);
  }
  return { kind, id };
}

function planFromEcr(
  { kind, repository, tagOrDigest }: EcrContent,
  problems: Problems,
): ImageReferencePlan | undefined {
  const isTag = typeof tagOrDigest === 'string' && IMAGE_TAG.pattern.test(tagOrDigest);
  if (!Token.isUnresolved(tagOrDigest) && !isTag && !/^sha256:[0-9a-f]{64}$/.test(tagOrDigest)) {
    const fix = 'use a tag or digest of the repository';
    problems.add("have a tag, or a digest such as 'sha256:…'", tagOrDigest, fix);
  }
  return REPOSITORY(repository, problems.at('repository')) ? { kind, repository, tagOrDigest } : undefined;
}

function planFromRegistry({ kind, imageName, options }: RegistryContent, problems: Problems): ImageReferencePlan {
  const { credentials } = readOptions(options, REGISTRY_OPTIONS, problems);
  if (!Token.isUnresolved(imageName) && !(typeof imageName === 'string' && /^[^\s]+$/.test(imageName))) {
    problems.add('name an image', imageName, "write it as in 'registry.example.com/tools/node:22'");
  }
  return { kind, name: imageName, credentials };
}
