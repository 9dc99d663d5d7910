import type { PipelineDeclaration } from './declaration';
import type { Violation } from './violation';
import type { ResourceModel } from '../../assembly/resource-model';
import type { Severity } from '../finding';

/**
 * Describes a rule of a service for pipelines. A rule is an error only if AWS documents that the service rejects the
 * pipeline, or that its executions fail. It is information if AWS has published templates that violate it.
 */
export interface ServiceRule {
  /** The stable ID, which is part of the IDs of findings. */
  readonly id: string;
  readonly severity: Severity;
  /** The rule as a sentence. */
  readonly summary: string;
  /** The page that documents the rule. */
  readonly see: string;
  /** Returns the violations. Values that the template does not contain are not violations. */
  readonly violations: (pipeline: PipelineDeclaration, model: ResourceModel) => readonly Violation[];
}

export const GUIDE = 'https://docs.aws.amazon.com/codepipeline/latest/userguide';
export const API = 'https://docs.aws.amazon.com/codepipeline/latest/APIReference';
export const BUILD_GUIDE = 'https://docs.aws.amazon.com/codebuild/latest/userguide';
