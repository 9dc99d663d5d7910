import { type Declared, isKnown, type PipelineDeclaration, repeated } from './declaration';
import { API, GUIDE, type ServiceRule } from './service-rule';
import { violation } from './violation';
import { textOf } from '../../assembly/json';
import { ARTIFACT_NAME, VARIABLE_NAMESPACE } from '../../aws/limits';
import { consistOfUpTo, UNIQUE } from '../../common/rules';

/** Describes the characters and the length of names that AWS accepts. */
interface AcceptedName {
  readonly pattern: RegExp;
  readonly maxLength: number;
  readonly description: string;
}

/** Names of pipelines, stages, actions and rules. */
const NAME: AcceptedName = {
  pattern: /^[A-Za-z0-9.@_-]+$/,
  maxLength: 100,
  description: "letters, digits, '.', '@', '_' and '-'",
};

/** A name with the part of the pipeline that declares it. */
interface DeclaredName {
  readonly declared: Declared;
  readonly property: string;
  readonly value: unknown;
}

/** Rules for names. */
export const NAME_RULES: readonly ServiceRule[] = [
  nameRule('PipelineName', 'a pipeline', NAME, `${API}/API_PipelineDeclaration.html`, (pipeline) =>
    // CloudFormation generates the name if it is absent.
    pipeline.properties.Name === undefined ? [] : [named(pipeline)],
  ),
  nameRule('StageName', 'a stage', NAME, `${API}/API_StageDeclaration.html`, ({ stages }) => stages.map(named)),
  nameRule('ActionName', 'an action', NAME, `${API}/API_ActionDeclaration.html`, ({ actions }) => actions.map(named)),
  nameRule('RuleName', 'a rule of a condition', NAME, `${API}/API_RuleDeclaration.html`, ({ steps }) =>
    steps.filter(({ kind }) => kind === 'rule').map(named),
  ),
  nameRule('ArtifactName', 'an artifact', ARTIFACT_NAME, `${API}/API_OutputArtifact.html`, ({ actions }) =>
    actions.flatMap((declared) =>
      declared.outputs.map((value, index) => ({ declared, property: `OutputArtifacts[${index}].Name`, value })),
    ),
  ),
  nameRule('Namespace', 'a variable namespace', VARIABLE_NAMESPACE, `${API}/API_ActionDeclaration.html`, (pipeline) =>
    namespacesOf(pipeline),
  ),
  {
    id: 'NamespaceReserved',
    severity: 'error',
    summary: `A variable namespace is not ${VARIABLE_NAMESPACE.reserved!.join(' or ')}.`,
    see: `${GUIDE}/reference-variables.html`,
    violations: (pipeline) =>
      namespacesOf(pipeline)
        .filter(({ value }) => VARIABLE_NAMESPACE.reserved!.includes(textOf(value)))
        .map(({ declared, property, value }) =>
          violation(declared, property, {
            must: `not be ${VARIABLE_NAMESPACE.reserved!.join(' or ')}, which CodePipeline reserves`,
            got: value,
            fix: 'rename the namespace',
          }),
        ),
  },
  {
    id: 'NamespaceUnique',
    severity: 'error',
    summary: 'Variable namespaces are unique in a pipeline.',
    see: `${GUIDE}/reference-variables.html`,
    violations: (pipeline) =>
      repeated(namespacesOf(pipeline), ({ value }) => textOf(value)).map(({ declared, property, value }) =>
        violation(declared, property, { must: UNIQUE, got: value, fix: 'rename one of the namespaces' }),
      ),
  },
  {
    id: 'NamespaceArtifact',
    severity: 'error',
    summary: 'A variable namespace is not the name of an artifact.',
    see: `${GUIDE}/reference-variables.html`,
    violations: (pipeline) => {
      const artifacts = pipeline.actions.flatMap(({ outputs }) => outputs).filter(isKnown);
      return namespacesOf(pipeline)
        .filter(({ value }) => artifacts.includes(textOf(value)))
        .map(({ declared, property, value }) =>
          violation(declared, property, {
            must: 'not be the name of an artifact',
            got: value,
            fix: 'rename the namespace',
          }),
        );
    },
  },
];

function nameRule(
  id: string,
  noun: string,
  { pattern, maxLength, description }: AcceptedName,
  see: string,
  namesOf: (pipeline: PipelineDeclaration) => readonly DeclaredName[],
): ServiceRule {
  return {
    id,
    severity: 'error',
    summary: `The name of ${noun} has 1 to ${maxLength} ${description}.`,
    see,
    violations: (pipeline) =>
      namesOf(pipeline)
        .filter(({ value }) => isKnown(value))
        .filter(({ value }) => !pattern.test(textOf(value)) || textOf(value).length > maxLength)
        .map(({ declared, property, value }) =>
          violation(declared, property, {
            must: consistOfUpTo({ description, maxLength }),
            got: value,
            fix: 'shorten it, or replace the other characters',
          }),
        ),
  };
}

function named(declared: Declared): DeclaredName {
  return { declared, property: 'Name', value: declared.properties.Name };
}

function namespacesOf({ actions }: PipelineDeclaration): DeclaredName[] {
  return actions
    .filter(({ properties }) => properties.Namespace !== undefined)
    .map((declared) => ({ declared, property: 'Namespace', value: declared.properties.Namespace }));
}
