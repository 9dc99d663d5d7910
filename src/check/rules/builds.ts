import { type Build, buildsOf } from './build-specs';
import { isKnown } from './declaration';
import { BUILD_GUIDE, GUIDE, type ServiceRule } from './service-rule';
import { type Violation, violation } from './violation';
import { isObject, listOf, objectOf, textOf } from '../../assembly/json';
import { hasUnknown } from '../../assembly/unknown';
import { BUILD_LIMITS } from '../../aws/limits';
import { MAX_BUILD_SPEC_LENGTH, parseYaml } from '../calls/builds/build-spec';
import { chooseOneOf } from '../../common/rules';

const BUILD_SPEC = `${BUILD_GUIDE}/build-spec-ref.html`;
/** A pipeline sets the source and the artifacts of a project without them. */
const PIPELINE_TYPES = ['CODEPIPELINE', 'NO_SOURCE', 'NO_ARTIFACTS'];
const PHASES = ['install', 'pre_build', 'build', 'post_build'];

/** Rules for build projects and their buildspecs. */
export const BUILD_RULES: readonly ServiceRule[] = [
  projectTypeRule('BuildSourceType', 'Source'),
  projectTypeRule('BuildArtifactsType', 'Artifacts'),
  {
    id: 'BuildSpecSyntax',
    severity: 'error',
    summary: 'A buildspec is valid YAML with a version and with phases.',
    see: BUILD_SPEC,
    violations: (pipeline, model) =>
      buildsOf(pipeline, model).flatMap((build) => {
        const text = inlineBuildSpec(build);
        if (text === undefined || hasUnknown(text) || text.length > MAX_BUILD_SPEC_LENGTH) return [];
        const fault = buildSpecFault(text);
        return fault === undefined ? [] : [atProject(build, { property: 'Source.BuildSpec', ...fault })];
      }),
  },
  {
    id: 'BuildSpecArtifacts',
    severity: 'error',
    summary: 'If a build has several output artifacts, its buildspec has a secondary artifact with each name.',
    see: `${GUIDE}/action-reference-CodeBuild.html`,
    violations: (pipeline, model) =>
      buildsOf(pipeline, model)
        .filter(({ action, spec }) => spec !== undefined && action.outputs.length > 1 && action.outputs.every(isKnown))
        .flatMap(({ action, spec }) => {
          const identifiers = Object.keys(objectOf(objectOf(spec!.artifacts)['secondary-artifacts']));
          return action.outputs
            .map((name, index) => ({ name, index }))
            .filter(({ name }) => !identifiers.includes(name))
            .map(({ name, index }) =>
              violation(action, `OutputArtifacts[${index}].Name`, {
                must: 'be a secondary artifact of the buildspec',
                got: name,
                fix: identifiers.length > 0 ? chooseOneOf(identifiers) : 'add it to secondary-artifacts',
              }),
            );
        }),
  },
  {
    id: 'BuildSpecOutput',
    severity: 'error',
    summary: 'If a build has an output artifact, its buildspec has artifacts.',
    see: BUILD_SPEC,
    violations: (pipeline, model) =>
      buildsOf(pipeline, model)
        .filter(({ action, spec }) => spec !== undefined && action.outputs.length === 1 && !isObject(spec.artifacts))
        .map(({ action }) =>
          violation(action, 'OutputArtifacts', {
            must: 'be produced by the artifacts of the buildspec',
            got: action.outputs[0],
            fix: 'add artifacts to the buildspec, or remove the output artifact',
          }),
        ),
  },
  {
    id: 'BuildSpecArtifactFiles',
    severity: 'error',
    summary: 'The artifacts of a buildspec list files.',
    see: BUILD_SPEC,
    violations: (pipeline, model) =>
      buildsOf(pipeline, model).flatMap((build) => {
        const artifacts = objectOf(build.spec?.artifacts);
        const secondary = Object.values(objectOf(artifacts['secondary-artifacts'])).map(objectOf);
        const isPrimary = secondary.length === 0 && isObject(build.spec?.artifacts);
        const lists = [...(isPrimary ? [artifacts] : []), ...secondary];
        if (lists.every(({ files }) => listOf(files).length > 0)) return [];
        return [
          atProject(build, {
            property: 'Source.BuildSpec',
            must: 'list files in its artifacts',
            fix: "add files, e.g. '**/*'",
          }),
        ];
      }),
  },
  {
    id: 'BuildBatch',
    severity: 'error',
    summary: 'A build with BatchEnabled has a project with a batch configuration.',
    see: `${BUILD_GUIDE}/batch-build.html`,
    violations: (pipeline, model) =>
      buildsOf(pipeline, model)
        .filter(({ action }) => textOf(action.configuration.BatchEnabled) === 'true')
        .filter(({ project }) => project.properties.BuildBatchConfig === undefined)
        .map((build) =>
          atProject(build, {
            property: 'BuildBatchConfig',
            must: 'be set, because the action has BatchEnabled',
            fix: 'add BuildBatchConfig with a service role',
          }),
        ),
  },
  {
    id: 'CombineArtifacts',
    severity: 'error',
    summary: 'CombineArtifacts requires BatchEnabled.',
    see: `${GUIDE}/action-reference-CodeBuild.html`,
    violations: ({ steps }) =>
      steps
        .filter(
          ({ provider, configuration }) =>
            provider === 'CodeBuild' && textOf(configuration.CombineArtifacts) === 'true',
        )
        .filter(
          ({ configuration }) => isKnown(configuration.BatchEnabled) && textOf(configuration.BatchEnabled) !== 'true',
        )
        .map((action) =>
          violation(action, 'Configuration.CombineArtifacts', {
            must: 'not be set without BatchEnabled',
            got: 'true',
            fix: "set BatchEnabled to 'true', or remove it",
          }),
        ),
  },
  {
    id: 'TestTimeout',
    severity: 'warning',
    summary: 'The timeout of a build in a test action is at most 8 hours, after which CodePipeline fails the action.',
    see: `${GUIDE}/limits.html`,
    violations: (pipeline, model) =>
      buildsOf(pipeline, model)
        .filter(({ action }) => action.category === 'Test')
        .filter(({ project }) => Number(project.properties.TimeoutInMinutes) > BUILD_LIMITS.testTimeoutMinutes.max)
        .map((build) =>
          atProject(build, {
            property: 'TimeoutInMinutes',
            must: `be at most ${BUILD_LIMITS.testTimeoutMinutes.max} in a test action`,
            got: build.project.properties.TimeoutInMinutes,
            fix: 'shorten it, or use the category Build',
          }),
        ),
  },
];

interface ProjectFault extends Pick<Violation, 'must' | 'got' | 'fix'> {
  readonly property: string;
}

/** Returns a violation of a property of the build project of an action. */
function atProject({ action, project }: Build, { property, must, got, fix }: ProjectFault): Violation {
  return { stage: action.stageName, action: action.name, resource: project, path: property, must, got, fix };
}

function projectTypeRule(id: string, property: 'Source' | 'Artifacts'): ServiceRule {
  return {
    id,
    severity: 'warning',
    summary: `The ${property.toLowerCase()} type of a build project in a pipeline is CODEPIPELINE.`,
    see: 'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectSource.html',
    violations: (pipeline, model) =>
      buildsOf(pipeline, model)
        .map((build) => ({ build, type: objectOf(build.project.properties[property]).Type }))
        .filter(({ type }) => isKnown(type) && !PIPELINE_TYPES.includes(textOf(type)))
        .map(({ build, type }) =>
          atProject(build, {
            property: `${property}.Type`,
            must: 'be CODEPIPELINE, because AWS documents no other type for a project in a pipeline',
            got: type,
            fix: 'change it, or make a project for the pipeline',
          }),
        ),
  };
}

function inlineBuildSpec({ action, project }: Build): string | undefined {
  const text = action.configuration.BuildspecOverride ?? objectOf(project.properties.Source).BuildSpec;
  if (typeof text !== 'string') return undefined;
  return text.includes('\n') || text.trimStart().startsWith('{') ? text : undefined;
}

function buildSpecFault(text: string): Pick<Violation, 'must' | 'got' | 'fix'> | undefined {
  let spec: unknown;
  try {
    spec = parseYaml(text, 'error');
  } catch (error) {
    const [firstLine] = String((error as Error).message).split('\n');
    return { must: 'be valid YAML', got: firstLine, fix: 'correct the buildspec' };
  }
  const { version, phases } = objectOf(spec);
  if (![0.1, 0.2, '0.1', '0.2'].includes(version as string)) {
    return { must: 'have the version 0.2', got: version, fix: 'add version: 0.2' };
  }
  const unknown = Object.keys(objectOf(phases)).find((phase) => !PHASES.includes(phase));
  if (unknown !== undefined) {
    return { must: `have the phases ${PHASES.join(', ')}`, got: unknown, fix: 'rename the phase' };
  }
  return undefined;
}
