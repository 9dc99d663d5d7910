import { type aws_ecr as ecr, type aws_secretsmanager as secretsmanager, Token } from 'aws-cdk-lib';
import type { ImageReferencePlan } from './spec';
import { type Architecture, ENVIRONMENT_TYPES, type EnvironmentType } from '../../aws/builds';
import { IMAGE_NAME } from '../../aws/image-names';
import { IMAGE_TAG } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';
import { type OptionTypes, readOptions, resourceWith } from '../../pipeline/read-options';
import { RESOURCE } from '../../pipeline/rules';

/** Options of {@link BuildImage.fromRegistry}. */
export interface RegistryImageOptions {
  /**
   * Secret with the keys `username` and `password` for a private registry. CodeBuild reads it when a build starts.
   *
   * @default - none; the image is public
   */
  readonly credentials?: secretsmanager.ISecret;
}

/**
 * The image of a build machine.
 *
 * @example
 * declare const tools: ecr.IRepository;
 * BuildStep.shell(['make'], {
 *   compute: BuildCompute.x86(BuildSize.MEDIUM, { image: BuildImage.fromEcr(tools, '2026-11') }),
 * });
 */
export class BuildImage {
  /**
   * Uses an image in an ECR repository. The role of the build is granted permission to pull it. A repository in another
   * account must also allow that in its policy.
   *
   * @param tagOrDigest tag, or an immutable digest such as `sha256:…`
   */
  public static fromEcr(repository: ecr.IRepository, tagOrDigest = 'latest'): BuildImage {
    return new BuildImage({ kind: 'ecr', repository, tagOrDigest });
  }

  /**
   * Uses an image in another registry.
   *
   * @param imageName name with registry and tag, e.g. `registry.example.com/tools/node:22`
   */
  public static fromRegistry(imageName: string, options: RegistryImageOptions = {}): BuildImage {
    return new BuildImage({ kind: 'registry', imageName, options });
  }

  /**
   * Uses an image that CodeBuild provides.
   *
   * @param id image id for the architecture of the machine, e.g. `aws/codebuild/standard:8.0`
   * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
   */
  public static fromCodeBuild(id: string): BuildImage {
    return new BuildImage({ kind: 'standard', id });
  }

  private constructor(private readonly content: ImageContent) {}

  /**
   * Plans the image for a type of machine, and validates it.
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

/** Names of CPU architectures in messages. */
export const ARCHITECTURE_LABEL: Readonly<Record<Architecture, string>> = { arm: 'ARM', x86: 'x86' };

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

const REPOSITORY = resourceWith('repositoryArn', RESOURCE.repository);

/** Rules of images. */
export const CURATED_IMAGE = "start with 'aws/codebuild/'";
export const A_TAG_OR_DIGEST = "be a tag, or a digest such as 'sha256:…'";
export const AN_IMAGE_NAME = 'be an image name';

const REGISTRY_OPTIONS: OptionTypes<RegistryImageOptions> = {
  credentials: resourceWith('secretArn', RESOURCE.secret),
};

/**
 * Matches the images that CodeBuild provides.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
 */
const CURATED_ID = /^aws\/codebuild\/((amazonlinux[\w-]*-)?standard|windows-base|macos-[\w-]+):[\w.-]+$/;

/** Returns whether a value is a string that is a token. Other objects with a method `resolve` are no names. */
function isToken(value: unknown): boolean {
  return typeof value === 'string' && Token.isUnresolved(value);
}

function planCurated({ kind, id }: CuratedContent, machine: EnvironmentType, problems: Problems): ImageReferencePlan {
  if (isToken(id)) return { kind, id };
  if (typeof id !== 'string' || !id.startsWith('aws/codebuild/')) {
    const fix = 'use BuildImage.fromEcr or BuildImage.fromRegistry for other images';
    problems.add(CURATED_IMAGE, id, fix);
    return { kind, id };
  }
  if (!CURATED_ID.test(id)) {
    const fix = "use an id of the list in the CodeBuild user guide, e.g. 'aws/codebuild/standard:8.0'";
    problems.add('be an image that CodeBuild provides', id, fix);
  }
  const { architecture, lambda } = ENVIRONMENT_TYPES[machine];
  const fix = 'choose an image and a machine that match';
  if (id.includes('aarch64') !== (architecture === 'arm')) {
    problems.add(`be an image for ${ARCHITECTURE_LABEL[architecture]}`, id, fix);
  }
  const isLambdaImage = id.includes('-lambda-');
  if (lambda && !isLambdaImage) problems.add('be an image for Lambda compute', id, fix);
  if (!lambda && isLambdaImage) problems.add('not be an image for Lambda compute', id, fix);
  return { kind, id };
}

function isImageName(name: string): boolean {
  return IMAGE_NAME.pattern.test(name) && name.length <= IMAGE_NAME.maxLength;
}

function planFromEcr(
  { kind, repository, tagOrDigest }: EcrContent,
  problems: Problems,
): ImageReferencePlan | undefined {
  const isTag =
    typeof tagOrDigest === 'string' && IMAGE_TAG.pattern.test(tagOrDigest) && tagOrDigest.length <= IMAGE_TAG.maxLength;
  if (!isToken(tagOrDigest) && !isTag && !/^sha256:[0-9a-f]{64}$/.test(tagOrDigest)) {
    const fix = 'use a tag or digest of the repository';
    problems.add(A_TAG_OR_DIGEST, tagOrDigest, fix);
  }
  return REPOSITORY(repository, problems.at('repository')) ? { kind, repository, tagOrDigest } : undefined;
}

function planFromRegistry({ kind, imageName, options }: RegistryContent, problems: Problems): ImageReferencePlan {
  const { credentials } = readOptions(options, REGISTRY_OPTIONS, problems);
  if (!isToken(imageName) && !(typeof imageName === 'string' && isImageName(imageName))) {
    problems.add(AN_IMAGE_NAME, imageName, "use the form 'registry.example.com/tools/node:22'");
  }
  return { kind, name: imageName, credentials };
}
