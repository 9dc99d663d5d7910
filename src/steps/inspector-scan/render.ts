import { Construct } from 'constructs';
import type { InspectorScanSpec } from './plan';
import { renderActionRole } from '../../render/action-role';
import type { ActionKind } from '../../render/action-kind';
import { allow, artifactReadStatements, artifactWriteStatements, pullImageStatements } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { stepDescription } from '../../render/role';

export const INSPECTOR_SCAN: ActionKind<InspectorScanSpec> = {
  kind: 'inspector-scan',
  render: renderInspectorScan,
};

/**
 * Allows the scan of a software bill of materials.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
 */
const SCAN_STATEMENT = allow(['inspector-scan:ScanSbom'], ['*']); // no resource level

/** Renders a scan on managed compute of CodePipeline, under a separate role. */
function renderInspectorScan(
  context: RenderContext,
  { repository }: InspectorScanSpec,
  { name, inputs }: StepPlan,
): RenderedAction {
  const { scope: pattern, artifactBucket, pipelineName, actionLogs } = context;
  const scope = new Construct(pattern, name);
  const statements = inputs.length > 0 ? artifactReadStatements(artifactBucket) : [];
  statements.push(...artifactWriteStatements(artifactBucket), ...actionLogs(), SCAN_STATEMENT);
  if (repository) statements.push(...pullImageStatements([repository.repositoryArn]));
  const role = renderActionRole(scope, context, {
    id: 'Role',
    description: stepDescription(name, pipelineName),
    policyName: 'Scan',
    statements,
  });
  const configuration = repository && { ECRRepositoryName: repository.repositoryName };
  return { role, stepRole: { stepName: name, role }, configuration };
}
