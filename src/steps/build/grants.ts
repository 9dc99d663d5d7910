import type { BuildSpec, ImageReferencePlan } from './spec';
import { allow, arnOf, pullImageStatements, registryTokenStatement, type Statement } from '../../render/grants';
import { secretStatements } from '../secret-grants';

/**
 * For the role under which CodeBuild starts the builds of a batch.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build-service-role.html
 */
export function batchStatements(projectArn: unknown): Statement[] {
  return [allow(['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:RetryBuild'], [projectArn])];
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html */
export function reportStatements(projectName: string, { reports }: BuildSpec): Statement[] {
  const names = reports.map(({ name }) => name);
  if (names.length === 0) return [];
  const actions = ['codebuild:CreateReportGroup', 'codebuild:CreateReport', 'codebuild:UpdateReport'];
  if (names.includes('tests')) actions.push('codebuild:BatchPutTestCases');
  if (names.includes('coverage')) actions.push('codebuild:BatchPutCodeCoverages');
  // The first build creates the groups, under these names.
  const groups = names.map((name) => arnOf('codebuild', `report-group/${projectName}-${name}`));
  return [allow(actions, groups)];
}

/** For CodeBuild, which pulls the image of the machine under the role of the build. */
export function imageStatements(image: ImageReferencePlan | undefined): Statement[] {
  switch (image?.kind) {
    case undefined:
    case 'standard':
      return [];
    case 'ecr':
      return pullImageStatements([image.repository.repositoryArn]);
    case 'registry':
      return image.credentials
        ? secretStatements({ credentials: { kind: 'secrets-manager', secret: image.credentials } })
        : [];
  }
}

/** For commands that push an image to a repository, and pull from others. */
export function repositoryStatements({ pushesTo, pullsFrom, baseImages = [] }: BuildSpec): Statement[] {
  const pulled = baseImages.flatMap((base) => (base.kind === 'ecr' ? [base.repository.repositoryArn] : []));
  if (pullsFrom) pulled.unshift(pullsFrom.repositoryArn);
  return withoutRepetition([
    ...(pushesTo ? pushImageStatements(pushesTo.repositoryArn) : []),
    ...pullImageStatements(pulled),
    ...baseImages.flatMap((base) => (base.kind === 'pull-through' ? pullThroughStatements(base.prefix) : [])),
  ]);
}

/** Each of them needs a token of the registry, which is the same for all. */
function withoutRepetition(statements: readonly Statement[]): Statement[] {
  const texts = statements.map((statement) => JSON.stringify(statement));
  return statements.filter((_, i) => texts.indexOf(texts[i]) === i);
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
function pushImageStatements(repositoryArn: string): Statement[] {
  const actions = [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:CompleteLayerUpload',
    'ecr:DescribeImages',
    'ecr:GetDownloadUrlForLayer',
    'ecr:InitiateLayerUpload',
    'ecr:PutImage',
    'ecr:UploadLayerPart',
  ];
  return [registryTokenStatement(), allow(actions, [repositoryArn])];
}

/**
 * For a build that pulls copies of images of other registries, and has ECR fetch those that it has not: it imports
 * them, into a repository that it creates.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
function pullThroughStatements(prefix: string): Statement[] {
  const below = arnOf('ecr', `repository/${prefix}/*`);
  return [...pullImageStatements([below]), allow(['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], [below])];
}
