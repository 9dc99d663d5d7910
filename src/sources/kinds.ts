import { CODE_COMMIT_SOURCE } from './code-commit/render';
import { CONNECTION_SOURCE } from './connection/render';
import { ECR_SOURCE } from './ecr/render';
import { S3_SOURCE } from './s3/render';
import { actionKinds } from '../render/action-kind';

/** Kinds of source actions. */
export const SOURCE_KINDS = actionKinds({
  'connection-source': () => CONNECTION_SOURCE,
  'codecommit-source': () => CODE_COMMIT_SOURCE,
  's3-source': () => S3_SOURCE,
  'ecr-source': () => ECR_SOURCE,
});
