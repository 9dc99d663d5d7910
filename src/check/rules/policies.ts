import type { PipelineDeclaration } from './declaration';
import type { ServiceRule } from './service-rule';
import { violation } from './violation';
import { dependenciesOf } from '../../assembly/cycles';
import { listOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import type { ModelResource, StackScope } from '../../assembly/scope';

const ROLE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html';
const POLICY_TYPES = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'];

/** Rules for the policies of the role of a pipeline. */
export const POLICY_RULES: readonly ServiceRule[] = [
  {
    id: 'PolicyAfterPipeline',
    severity: 'warning',
    summary: 'A pipeline, whose first execution starts on creation, depends on the policies of its role.',
    see: ROLE,
    violations: (pipeline, model) => {
      const { stack, logicalId } = pipeline.resource;
      const created = createdBefore(logicalId, stack);
      const late = policiesOf(pipeline, model).filter(
        (policy) => policy.stack === stack && !created.has(policy.logicalId),
      );
      if (late.length === 0) return [];
      const names = late.map((policy) => policy.logicalId).join(', ');
      const must = 'contain the policies of the role, because the first execution starts when the pipeline is created';
      return [violation(pipeline, 'DependsOn', { must, fix: `add ${names}` })];
    },
  },
];

/** Returns the policies that the templates attach to the role of the pipeline by its name. */
function policiesOf({ properties, resource }: PipelineDeclaration, model: ResourceModel): ModelResource[] {
  const role = model.find(textOf(properties.RoleArn));
  if (role?.type !== 'AWS::IAM::Role' || role.stack !== resource.stack) return [];
  return POLICY_TYPES.flatMap((type) => model.resources(type)).filter((policy) =>
    [...listOf(policy.properties.Roles), ...listOf(policy.properties.RoleName)].some(
      (name) => textOf(name) === role.name,
    ),
  );
}

/** Returns the logical ids of the resources that exist before a resource. */
function createdBefore(start: string, { template: { Resources = {} } }: StackScope): Set<string> {
  const created = new Set<string>();
  const rest = [start];
  while (rest.length > 0) {
    for (const dependency of dependenciesOf(Resources[rest.pop()!], Resources)) {
      if (!created.has(dependency)) rest.push(dependency);
      created.add(dependency);
    }
  }
  return created;
}
