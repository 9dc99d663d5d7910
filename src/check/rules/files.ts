import { artifactFiles, mayContain } from './artifact-files';
import type { ActionDeclaration, PipelineDeclaration } from './declaration';
import { GUIDE, type ServiceRule } from './service-rule';
import { type Violation, violation } from './violation';
import { textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import { hasUnknown } from '../../assembly/unknown';
import { ACTION_FILES, type ActionFile } from '../../aws/action-files';

const BLUE_GREEN = `${GUIDE}/action-reference-ECSbluegreen.html`;

/** Rules for the files that actions read from their input artifacts. */
export const FILE_RULES: readonly ServiceRule[] = [
  fileRule('ImageDefinitionsFile', 'An ECS action reads its image definitions from', ['ECS'], 'file-reference'),
  fileRule(
    'BlueGreenFiles',
    'A CodeDeployToECS action reads its task definition, AppSpec and image details from',
    ['CodeDeployToECS'],
    'action-reference-ECSbluegreen',
  ),
  fileRule('AppSpecFile', 'A CodeDeploy action reads appspec.yml from', ['CodeDeploy'], 'action-reference-CodeDeploy'),
  fileRule(
    'TemplateFile',
    'An action for stacks or stack sets reads its template and its configuration from',
    ['CloudFormation', 'CloudFormationStackSet'],
    'action-reference-CloudFormation',
  ),
  fileRule(
    'ConfiguredFile',
    'An action reads the file in its configuration from',
    ['EC2', 'AppConfig', 'ServiceCatalog', 'StepFunctions'],
    'action-reference',
  ),
  {
    id: 'ImagePlaceholder',
    severity: 'warning',
    summary: 'The placeholder of an image is its name in the task definition without the angle brackets.',
    see: BLUE_GREEN,
    violations: ({ actions }) =>
      actions
        .filter(({ provider }) => provider === 'CodeDeployToECS')
        .flatMap((action) =>
          [1, 2, 3, 4]
            .map((image) => ({ image, name: textOf(action.configuration[`Image${image}ContainerName`]) }))
            .filter(({ name }) => /[<>]/.test(name))
            .map(({ image, name }) =>
              violation(action, `Configuration.Image${image}ContainerName`, {
                must: 'be the placeholder without angle brackets, which the action adds',
                got: name,
                fix: `write ${name.replace(/[<>]/g, '')}`,
              }),
            ),
        ),
  },
];

function fileRule(id: string, subject: string, providers: readonly string[], page: string): ServiceRule {
  return {
    id,
    severity: 'error',
    summary: `${subject} an artifact that contains it.`,
    see: `${GUIDE}/${page}.html`,
    violations: (pipeline, model) =>
      pipeline.actions
        .filter(({ owner, provider }) => owner === 'AWS' && providers.includes(provider))
        .flatMap((action) =>
          ACTION_FILES[action.provider].flatMap((file) => fileFaults(action, file, pipeline, model)),
        ),
  };
}

function fileFaults(
  action: ActionDeclaration,
  file: ActionFile,
  pipeline: PipelineDeclaration,
  model: ResourceModel,
): Violation[] {
  const located = locate(action, file);
  if (located === undefined || hasUnknown(located.path) || located.path.includes('#{')) return [];
  const files = artifactFiles(located.artifact, pipeline, model);
  if (files === undefined) return [];
  if ([located.path, ...(file.alternatives ?? [])].some((path) => mayContain(files, path))) return [];
  const { producer, patterns } = files;
  return [
    violation(action, `Configuration.${file.key ?? file.artifactKey ?? ''}`.replace(/\.$/, ''), {
      must: `name an artifact with the file ${located.path}, which ${located.artifact} of ${producer.name} is not`,
      got: patterns.join(', '),
      fix:
        producer.category === 'Source'
          ? 'use the artifact of a build that writes the file'
          : `add the file to the artifact of ${producer.name}`,
    }),
  ];
}

/** Returns the artifact and the path of a file, or undefined if the action does not read it. */
function locate({ configuration, inputs }: ActionDeclaration, { key, defaultPath, artifactKey, onlyIf }: ActionFile) {
  if (onlyIf !== undefined && textOf(configuration[onlyIf[0]]) !== onlyIf[1]) return undefined;
  const text = (key !== undefined && textOf(configuration[key])) || defaultPath;
  if (text === undefined) return undefined;
  const [artifact, path] = text.includes('::') ? text.split('::') : [undefined, text];
  if (artifact !== undefined) return { artifact, path };
  if (artifactKey !== undefined) {
    const named = textOf(configuration[artifactKey]);
    return named === '' ? undefined : { artifact: named, path };
  }
  return inputs.length === 1 ? { artifact: inputs[0], path } : undefined;
}
