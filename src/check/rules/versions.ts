import { type ActionDeclaration, type PipelineDeclaration } from './declaration';
import { GUIDE, type ServiceRule } from './service-rule';
import { type Violation, violation } from './violation';
import { listOf, objectOf, textOf } from '../../assembly/json';

const TYPES = `${GUIDE}/pipeline-types-planning.html`;
const PARALLEL = `${GUIDE}/pipeline-requirements.html`;

/** Action types that only pipelines of type V2 have. */
const V2_PROVIDERS = [
  'Compute Commands',
  'Build ECRBuildAndPublish',
  'Deploy EC2',
  'Deploy EKS',
  'Deploy Lambda',
  'Invoke CodePipeline',
];

/** Rules for pipeline types and execution modes. */
export const VERSION_RULES: readonly ServiceRule[] = [
  v2Rule('TriggersNeedV2', 'Triggers', (pipeline) => propertyUse(pipeline, 'Triggers')),
  v2Rule('VariablesNeedV2', 'Pipeline variables', (pipeline) => propertyUse(pipeline, 'Variables')),
  v2Rule('ExecutionModeNeedsV2', 'The execution modes QUEUED and PARALLEL', (pipeline) => {
    const mode = textOf(pipeline.properties.ExecutionMode);
    if (mode !== 'QUEUED' && mode !== 'PARALLEL') return [];
    return [v2Violation(pipeline, 'ExecutionMode', mode)];
  }),
  v2Rule('ConditionsNeedV2', 'Stage conditions', ({ stages }) =>
    stages.flatMap(({ conditions }) => conditions.map((condition) => v2Violation(condition, '', condition.type))),
  ),
  v2Rule(
    'ProviderNeedsV2',
    'The action types Commands, ECRBuildAndPublish, EC2, EKS, Lambda deploy and CodePipeline',
    ({ actions }) =>
      actions
        .filter(({ category, provider }) => V2_PROVIDERS.includes(`${category} ${provider}`))
        .map((action) => v2Violation(action, 'ActionTypeId.Provider', action.provider)),
  ),
  {
    id: 'ParallelRollback',
    severity: 'error',
    summary: 'A pipeline in PARALLEL mode does not roll back stages.',
    see: PARALLEL,
    violations: (pipeline) => {
      if (pipeline.properties.ExecutionMode !== 'PARALLEL') return [];
      const conditions = pipeline.stages.flatMap((stage) => stage.conditions);
      return conditions
        .flatMap((condition) => [condition, ...condition.items])
        .filter(({ properties }) => properties.Result === 'ROLLBACK')
        .map((declared) =>
          violation(declared, 'Result', {
            must: 'not be ROLLBACK in PARALLEL mode',
            got: 'ROLLBACK',
            fix: 'remove it, or use the mode QUEUED or SUPERSEDED',
          }),
        );
    },
  },
  {
    id: 'ParallelDeployment',
    severity: 'warning',
    summary: 'A pipeline in PARALLEL mode does not deploy, because its deployments overlap.',
    see: `${GUIDE}/concepts-how-it-works.html`,
    violations: (pipeline) => {
      if (pipeline.properties.ExecutionMode !== 'PARALLEL') return [];
      return pipeline.actions.filter(isDeployment).map((action) =>
        violation(action, 'ActionTypeId.Category', {
          must: 'not be Deploy in PARALLEL mode, in which an older execution can overtake a newer one',
          got: action.category,
          fix: 'use the mode QUEUED or SUPERSEDED',
        }),
      );
    },
  },
];

function isDeployment({ category }: ActionDeclaration) {
  return category === 'Deploy';
}

function v2Rule(
  id: string,
  feature: string,
  usesOf: (pipeline: PipelineDeclaration) => readonly Violation[],
): ServiceRule {
  return {
    id,
    severity: 'error',
    summary: `${feature} require pipeline type V2.`,
    see: TYPES,
    // A pipeline without a type can become V2 when it uses a feature of V2.
    violations: (pipeline) => (pipeline.properties.PipelineType === 'V1' ? usesOf(pipeline) : []),
  };
}

function propertyUse(pipeline: PipelineDeclaration, property: string): Violation[] {
  const items = listOf(pipeline.properties[property]).map(objectOf);
  return items.length === 0 ? [] : [v2Violation(pipeline, property, items.length)];
}

function v2Violation(declared: Parameters<typeof violation>[0], property: string, got: unknown): Violation {
  return violation(declared, property, { must: 'not be set for pipeline type V1', got, fix: 'set PipelineType: V2' });
}
