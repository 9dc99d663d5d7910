import { CODE_COMMIT_SOURCE } from './code-commit/render';
import { CONNECTION_SOURCE } from './connection/render';
import { ECR_SOURCE } from './ecr/render';
import { S3_SOURCE } from './s3/render';
import { actionKinds } from '../render/action-kind';

/** Kinds of source actions. */
export const SOURCE_KINDS = actionKinds(CONNECTION_SOURCE, CODE_COMMIT_SOURCE, S3_SOURCE, ECR_SOURCE);
