import type { ActionDeclaration, PipelineDeclaration } from './declaration';
import { type JsonObject, listOf, objectOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import type { ModelResource } from '../../assembly/scope';
import { hasUnknown } from '../../assembly/unknown';
import { buildSpecOf } from '../calls/builds/build-spec';

/** Returns the build project of an action, if it is in the assembly. */
export function projectOf(
  { configuration, region, properties }: ActionDeclaration,
  { resource: { stack } }: PipelineDeclaration,
  model: ResourceModel,
): ModelResource | undefined {
  const account = textOf(properties.RoleArn).split(':')[4] ?? stack.account;
  return model.findNamed('AWS::CodeBuild::Project', textOf(configuration.ProjectName), { account, region });
}

/** Returns the buildspec of an action, or undefined if it is in the source or unknown. */
export function buildSpec(
  action: ActionDeclaration,
  pipeline: PipelineDeclaration,
  model: ResourceModel,
): JsonObject | undefined {
  const project = projectOf(action, pipeline, model);
  const override = textOf(action.configuration.BuildspecOverride) || undefined;
  return project && buildSpecOf(project, override);
}

/** Returns the variables that a build exports, or undefined if the buildspec is unknown. */
export function exportedVariables(
  action: ActionDeclaration,
  pipeline: PipelineDeclaration,
  model: ResourceModel,
): readonly string[] | undefined {
  const spec = buildSpec(action, pipeline, model);
  if (spec === undefined) return undefined;
  const names = listOf(objectOf(spec.env)['exported-variables']).map(textOf);
  return names.some(hasUnknown) ? undefined : names;
}

/** Describes a build in a pipeline whose project is in the assembly. */
export interface Build {
  readonly action: ActionDeclaration;
  readonly project: ModelResource;
  readonly spec: JsonObject | undefined;
}

/** The builds of each pipeline, because several rules read their buildspecs. */
const BUILDS = new WeakMap<PipelineDeclaration, readonly Build[]>();

/** Returns the builds whose projects are in the assembly. */
export function buildsOf(pipeline: PipelineDeclaration, model: ResourceModel): readonly Build[] {
  const builds = BUILDS.get(pipeline) ?? readBuilds(pipeline, model);
  BUILDS.set(pipeline, builds);
  return builds;
}

function readBuilds(pipeline: PipelineDeclaration, model: ResourceModel): Build[] {
  return pipeline.steps
    .filter(({ provider }) => provider === 'CodeBuild')
    .flatMap((action) => {
      const project = projectOf(action, pipeline, model);
      return project ? [{ action, project, spec: buildSpec(action, pipeline, model) }] : [];
    });
}
