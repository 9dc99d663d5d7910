import { type ActionDeclaration, isKnown, mayPrecede, type PipelineDeclaration, repeated } from './declaration';
import { factsOf } from './providers';
import { BUILD_GUIDE, GUIDE, type ServiceRule } from './service-rule';
import { type Violation, violation } from './violation';
import { textOf } from '../../assembly/json';
import { hasUnknown } from '../../assembly/unknown';
import { chooseOneOf, runAfter } from '../../common/rules';

const COUNTS = `${GUIDE}/reference-action-artifacts.html`;
const CODE_BUILD = `${GUIDE}/action-reference-CodeBuild.html`;
const ACTION_STRUCTURE = `${GUIDE}/action-requirements.html`;

/** Rules for input and output artifacts. */
export const ARTIFACT_RULES: readonly ServiceRule[] = [
  {
    id: 'ArtifactProducedOnce',
    severity: 'error',
    summary: 'Every artifact is the output of one action.',
    see: ACTION_STRUCTURE,
    violations: ({ actions }) =>
      repeated(outputsOf(actions), ({ name }) => name).map(({ action, index, name }) =>
        violation(action, `OutputArtifacts[${index}].Name`, {
          must: 'be unique in the pipeline',
          got: name,
          fix: 'rename one of the artifacts',
        }),
      ),
  },
  {
    id: 'ArtifactUndefined',
    severity: 'error',
    summary: 'Every input artifact is the output of an action.',
    see: ACTION_STRUCTURE,
    violations: (pipeline) => {
      const names = outputNames(pipeline);
      if (names === undefined) return [];
      return inputsOf(pipeline)
        .filter(({ name }) => !names.includes(name))
        .map((input) => wrongInput(input, 'be an output of an earlier action', chooseOneOf(names)));
    },
  },
  {
    id: 'ArtifactOrder',
    severity: 'error',
    summary: 'An input artifact is the output of an earlier stage, or of a lower run order.',
    see: ACTION_STRUCTURE,
    violations: (pipeline) => {
      const producers = outputsOf(pipeline.actions);
      return inputsOf(pipeline).flatMap((input) => {
        const sameName = producers.filter(({ name }) => name === input.name).map(({ action }) => action);
        if (sameName.length === 0 || sameName.some((producer) => mayPrecede(producer, input.action))) return [];
        const must = 'be an output of an earlier stage, or of an action with a lower RunOrder';
        return [wrongInput(input, must, runAfter(sameName[0].name))];
      });
    },
  },
  {
    id: 'InputArtifactTwice',
    severity: 'error',
    summary: 'An action has an input artifact once.',
    see: ACTION_STRUCTURE,
    violations: ({ steps }) =>
      steps.flatMap((action) =>
        repeated(
          action.inputs.map((name, index) => ({ action, name, index })),
          ({ name }) => name,
        ).map((input) => wrongInput(input, 'be unique in the action', 'remove it')),
      ),
  },
  countRule('InputArtifactCount', 'inputs', 'InputArtifacts'),
  countRule('OutputArtifactCount', 'outputs', 'OutputArtifacts'),
  {
    id: 'BuildOutputName',
    severity: 'error',
    summary: 'If a build has several output artifacts, their names have letters, digits and underscores only.',
    see: `${BUILD_GUIDE}/sample-pipeline-multi-input-output.html`,
    violations: ({ actions }) =>
      actions
        .filter(({ provider, outputs }) => provider === 'CodeBuild' && outputs.length > 1)
        .flatMap((action) => outputsOf([action]))
        .filter(({ name }) => !hasUnknown(name) && !/^\w+$/.test(name))
        .map(({ action, index, name }) =>
          violation(action, `OutputArtifacts[${index}].Name`, {
            must: "have letters, digits and '_' only, because CodeBuild uses it as an artifact identifier",
            got: name,
            fix: `rename it to ${name.replace(/\W/g, '_')}`,
          }),
        ),
  },
  {
    id: 'BuildInputName',
    severity: 'warning',
    summary: 'If a build has several input artifacts, the names of the further ones have no hyphens.',
    see: `${BUILD_GUIDE}/sample-pipeline-multi-input-output.html`,
    violations: ({ actions }) =>
      actions
        .filter(({ provider, inputs }) => provider === 'CodeBuild' && inputs.length > 1)
        .flatMap((action) => action.inputs.map((name, index) => ({ action, name, index })))
        .filter(({ action, name }) => name !== action.configuration.PrimarySource)
        .filter(({ name }) => !hasUnknown(name) && !/^\w+$/.test(name))
        .map((input) =>
          wrongInput(
            input,
            "have letters, digits and '_' only: no shell can read CODEBUILD_SRC_DIR_<name> otherwise, " +
              'and builds are reported to be rejected',
            `rename it to ${input.name.replace(/\W/g, '_')}`,
          ),
        ),
  },
  {
    id: 'PrimarySource',
    severity: 'error',
    summary: 'A build with several input artifacts names its primary source.',
    see: CODE_BUILD,
    violations: ({ steps }) =>
      steps
        .filter(({ provider, inputs }) => provider === 'CodeBuild' && inputs.length > 1)
        .filter(({ configuration }) => configuration.PrimarySource === undefined)
        .filter(({ properties }) => isKnown(properties.Configuration))
        .map((action) =>
          violation(action, 'Configuration.PrimarySource', {
            must: 'be set if an action has several input artifacts',
            fix: chooseOneOf(action.inputs),
          }),
        ),
  },
  referenceRule('PrimarySourceInput', 'CodeBuild', ['PrimarySource'], CODE_BUILD),
  referenceRule(
    'TaskDefinitionInput',
    'CodeDeployToECS',
    ['TaskDefinitionTemplateArtifact', 'AppSpecTemplateArtifact', ...imageKeys('ArtifactName')],
    `${GUIDE}/action-reference-ECSbluegreen.html`,
  ),
  {
    id: 'ImagePlaceholderPair',
    severity: 'error',
    summary: 'An image of a blue/green deployment has an artifact and a placeholder.',
    see: `${GUIDE}/action-reference-ECSbluegreen.html`,
    violations: ({ actions }) =>
      actions
        .filter(({ provider }) => provider === 'CodeDeployToECS')
        .flatMap((action) =>
          [1, 2, 3, 4].flatMap((number) => {
            const pair = [`Image${number}ArtifactName`, `Image${number}ContainerName`];
            const missing = pair.filter((key) => action.configuration[key] === undefined);
            if (missing.length !== 1) return [];
            const [other] = pair.filter((key) => key !== missing[0]);
            const fix = `add ${missing[0]}, or remove ${other}`;
            return [violation(action, `Configuration.${missing[0]}`, { must: `be set with ${other}`, fix })];
          }),
        ),
  },
  {
    id: 'FullCloneConsumer',
    severity: 'error',
    summary: 'Only builds use the artifact of a source with a full clone.',
    see: `${GUIDE}/action-reference-CodestarConnectionSource.html`,
    violations: (pipeline) => {
      const clones = pipeline.actions
        .filter(({ configuration }) => configuration.OutputArtifactFormat === 'CODEBUILD_CLONE_REF')
        .flatMap(({ outputs }) => outputs);
      return inputsOf(pipeline)
        .filter(({ name, action }) => clones.includes(name) && action.provider !== 'CodeBuild')
        .map((input) =>
          wrongInput(
            input,
            'not be the output of a source with OutputArtifactFormat CODEBUILD_CLONE_REF, which only CodeBuild reads',
            'remove OutputArtifactFormat from the source, or use an artifact of a build',
          ),
        );
    },
  },
];

interface Output {
  readonly action: ActionDeclaration;
  readonly name: string;
  readonly index: number;
}

function outputsOf(actions: readonly ActionDeclaration[]): Output[] {
  return actions.flatMap((action) => action.outputs.map((name, index) => ({ action, name, index })));
}

/** Returns the input artifacts with known names. */
function inputsOf({ steps }: PipelineDeclaration): Output[] {
  return steps
    .flatMap((action) => action.inputs.map((name, index) => ({ action, name, index })))
    .filter(({ name }) => name !== '' && !hasUnknown(name));
}

/** Returns the names of all artifacts, or undefined if one is unknown. */
function outputNames({ actions, isComplete }: PipelineDeclaration): string[] | undefined {
  const names = outputsOf(actions).map(({ name }) => name);
  if (isComplete && names.every((name) => !hasUnknown(name))) return names;
  return undefined;
}

function wrongInput({ action, index, name }: Output, must: string, fix: string): Violation {
  return violation(action, `InputArtifacts[${index}].Name`, { must, got: name, fix });
}

function countRule(id: string, direction: 'inputs' | 'outputs', property: string): ServiceRule {
  return {
    id,
    severity: 'error',
    summary: `The number of ${direction.slice(0, -1)} artifacts fits the action type.`,
    see: COUNTS,
    violations: ({ steps }) =>
      steps.flatMap((action) => {
        const facts = factsOf(action);
        const count = action[direction].length;
        if (!facts || !isKnown(action.properties[property])) return [];
        const { min, max } = facts[direction];
        if (count >= min && count <= max) return [];
        const range = min === max ? `${min}` : `${min} to ${max}`;
        const fix = count < min ? `add ${property}` : 'remove the others';
        return [
          violation(action, property, { must: `contain ${range} artifacts for ${action.provider}`, got: count, fix }),
        ];
      }),
  };
}

/** Rejects configuration values that do not name an input artifact of the action. */
function referenceRule(id: string, provider: string, keys: readonly string[], see: string): ServiceRule {
  return {
    id,
    severity: 'error',
    summary: `The artifacts in the configuration of ${provider} are input artifacts of the action.`,
    see,
    violations: ({ steps }) =>
      steps
        .filter((step) => step.provider === provider && step.inputs.every((name) => !hasUnknown(name)))
        .flatMap((step) =>
          keys
            .map((key) => ({ key, value: textOf(step.configuration[key]) }))
            .filter(({ value }) => value !== '' && !hasUnknown(value) && !step.inputs.includes(value))
            .map(({ key, value }) =>
              violation(step, `Configuration.${key}`, {
                must: 'be the name of an input artifact of the action',
                got: value,
                fix: step.inputs.length > 0 ? chooseOneOf(step.inputs) : 'add the artifact to InputArtifacts',
              }),
            ),
        ),
  };
}

function imageKeys(suffix: string): string[] {
  return [1, 2, 3, 4].map((number) => `Image${number}${suffix}`);
}
