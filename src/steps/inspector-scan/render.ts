import { Construct } from 'constructs';
import type { InspectorScanSpec } from './plan';
import { renderActionRole } from '../../render/action-role';
import type { ActionKind } from '../../render/action-kind';
import { allow, artifactReadStatements, artifactWriteStatements, pullImageStatements } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import type { StepPlan } from '../../pipeline/pipeline-plan';

export const INSPECTOR_SCAN: ActionKind<InspectorScanSpec> = {
  kind: 'inspector-scan',
  render: renderInspectorScan,
};

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html */
const SCAN_STATEMENT = allow(['inspector-scan:ScanSbom'], ['*']); // no resource level

/** Renders a scan on compute of CodePipeline, under a role of its own. */
function renderInspectorScan(
  context: RenderContext,
  { repository }: InspectorScanSpec,
  { name, inputs }: StepPlan,
): RenderedAction {
  const { scope: pattern, artifactBucket, pipelineName, actionLogs } = context;
  const role = renderActionRole(new Construct(pattern, name), context, {
    id: 'Role',
    description: `Runs the step ${name} of the pipeline ${pipelineName}`,
    policyName: 'Scan',
    statements: [
      ...(inputs.length > 0 ? artifactReadStatements(artifactBucket) : []),
      ...artifactWriteStatements(artifactBucket),
      ...actionLogs(),
      SCAN_STATEMENT,
      ...(repository ? pullImageStatements([repository.repositoryArn]) : []),
    ],
  });
  return {
    role,
    stepRole: { stepName: name, role },
    ...(repository && { configuration: { ECRRepositoryName: repository.repositoryName } }),
  };
}
