import { Construct } from 'constructs';
import type { InspectorScanPlan } from '../test-specs';
import { renderActionRole } from '../../render/action-role';
import {
  artifactReadStatements,
  artifactWriteStatements,
  inspectorScanStatements,
  pullImageStatements,
} from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import type { ActionKind } from '../../render/action-kind';

/** A scan on compute of CodePipeline, under a role of its own. */
export const renderInspectorScan: ActionRenderer<InspectorScanPlan> = (context, { repository }, action) => {
  const { scope: pattern, artifactBucket, pipelineName, actionLogs } = context;
  const role = renderActionRole(new Construct(pattern, action.name), context, {
    id: 'Role',
    description: `Runs the step ${action.name} of the pipeline ${pipelineName}`,
    policyName: 'Scan',
    statements: [
      ...(action.inputs.length > 0 ? artifactReadStatements(artifactBucket) : []),
      ...artifactWriteStatements(artifactBucket),
      ...actionLogs(),
      ...inspectorScanStatements(),
      ...(repository ? pullImageStatements([repository.repositoryArn]) : []),
    ],
  });
  return { role, ...(repository && { configuration: { ECRRepositoryName: repository.repositoryName } }) };
};

export const INSPECTOR_SCAN: ActionKind<InspectorScanPlan> = {
  kind: 'inspector-scan',
  render: renderInspectorScan,
};
