import { allow } from './statement';

/** Pulling an image. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
export const pullImageStatements = (repositoryArns: readonly unknown[]) =>
  repositoryArns.length === 0
    ? []
    : [
        registryTokenStatement(),
        allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'], repositoryArns),
      ];

/** A token for the registry of the account; it has no resource level, and opens nothing by itself. */
export const registryTokenStatement = () => allow(['ecr:GetAuthorizationToken'], ['*']);
