/**
 * What AWS's published sample policies grant, by provider: actions and the kind of resource, as facts. Written apart
 * from src/check/calls.
 *
 * Keys are '<Category>/<Provider>'; 'Pipeline' is the artifact store, 'Project/CodeBuild' the service role of a build
 * project, a third part names a role other than the one that runs the action. A sample is what AWS advises to grant,
 * not a record of the calls that are made: NOTES lists what is required with an option only, OBSERVED_DENIALS which
 * calls were seen denied.
 *
 * Read in stored third-party copies of the CodePipeline and CodeBuild user guides (crowecawcaw/aws-docs-history,
 * c2hans/aws-docs).
 */
import { DEPLOYS } from './sample-policies/deploys';
import { INVOKES_RULES_PROJECT } from './sample-policies/invokes-rules-project';
import { PIPELINE_SOURCES_BUILDS } from './sample-policies/pipeline-sources-builds';
import type { SampleTable } from './sample-policies/types';

export { OBSERVED_DENIALS } from './sample-policies/denials';
export { NOTES, PLACEHOLDERS } from './sample-policies/notes';
export type { ObservedDenial, SampleGrant, SampleNote } from './sample-policies/types';

export const SAMPLE_POLICIES: SampleTable = { ...PIPELINE_SOURCES_BUILDS, ...DEPLOYS, ...INVOKES_RULES_PROJECT };
