import type { IResource } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/action-spec';
import type { StepPlan } from '../../pipeline/pipeline-plan';

/** Describes a source that reads a resource of AWS, such as a repository or a bucket. */
export interface ResourceSourceSpec extends ActionSpec {
  readonly resource: IResource;
}

/** Returns whether a step is a source that reads a resource of AWS. */
export function isResourceSource<Step extends StepPlan>(step: Step): step is Step & StepPlan<ResourceSourceSpec> {
  return 'resource' in step.spec;
}
