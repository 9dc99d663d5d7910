import { type ServiceRule } from './service-rule';
import type { Violation } from './violation';
import { type BrokenReference, brokenReferences } from '../../assembly/broken-references';
import type { ResourceModel } from '../../assembly/resource-model';
import type { StackScope } from '../../assembly/scope';
import { closest } from '../../common/closest';

const INTRINSICS =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html';

/** Rules for the references of the templates. */
export const REFERENCE_RULES: readonly ServiceRule[] = [
  {
    id: 'MissingReference',
    severity: 'error',
    summary: 'References name resources, parameters, conditions, mappings and outputs that exist.',
    see: INTRINSICS,
    violations: ({ resource }, model) =>
      stacksOf(resource.stack, model).flatMap((stack) =>
        brokenReferences(stack).map((reference) => violationOf(reference, stack)),
      ),
  },
];

/** Returns the stack of a pipeline. The stacks without pipelines are verified with the first pipeline. */
function stacksOf(own: StackScope, model: ResourceModel): StackScope[] {
  const pipelines = model.resources('AWS::CodePipeline::Pipeline');
  if (pipelines[0]?.stack !== own) return [own];
  const withPipelines = new Set(pipelines.map(({ stack }) => stack));
  return [own, ...model.stacks.filter((stack) => !stack.isBootstrap && !withPipelines.has(stack))];
}

function violationOf({ logicalId, path, kind, name, candidates }: BrokenReference, stack: StackScope): Violation {
  const similar = closest(name, candidates);
  const resource = logicalId === undefined ? undefined : stack.resources.get(logicalId);
  return {
    resource,
    path: resource === undefined && logicalId !== undefined ? `${logicalId}.${path}` : path,
    must: `reference a ${kind} that exists`,
    got: name,
    fix: similar === undefined ? 'add it, or correct the reference' : `did you mean ${similar}?`,
  };
}
