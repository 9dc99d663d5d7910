import { buildSpec } from './build-specs';
import type { ActionDeclaration, PipelineDeclaration } from './declaration';
import { isObject, listOf, objectOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import { hasUnknown } from '../../assembly/unknown';
import { SOURCE_FILES } from '../../aws/action-files';

/** Describes the files of an artifact by patterns. */
export interface ArtifactFiles {
  /** The action that produces the artifact. */
  readonly producer: ActionDeclaration;
  readonly patterns: readonly string[];
  /** Whether all files are in the root of the artifact. */
  readonly isFlat: boolean;
}

/** Returns the files of an artifact, or undefined if they are unknown, as for most sources. */
export function artifactFiles(
  name: string,
  pipeline: PipelineDeclaration,
  model: ResourceModel,
): ArtifactFiles | undefined {
  const producers = pipeline.actions.filter(({ outputs }) => outputs.includes(name));
  if (producers.length !== 1) return undefined;
  const [producer] = producers;
  const files = filesOf(producer, name, pipeline, model);
  if (files === undefined || files.patterns.length === 0 || files.patterns.some(isUncertain)) return undefined;
  return { producer, ...files };
}

/** Returns whether an artifact may contain a file. */
export function mayContain({ patterns, isFlat }: Omit<ArtifactFiles, 'producer'>, path: string): boolean {
  const file = normalized(path);
  return patterns.some((pattern) => {
    const relative = normalized(isFlat ? pattern.slice(pattern.lastIndexOf('/') + 1) : pattern);
    // A pattern without wildcards can be a folder.
    return regularExpression(relative).test(file) || file.startsWith(`${relative.replace(/\/$/, '')}/`);
  });
}

function filesOf(
  producer: ActionDeclaration,
  name: string,
  pipeline: PipelineDeclaration,
  model: ResourceModel,
): Omit<ArtifactFiles, 'producer'> | undefined {
  const { category, provider, configuration, outputs, properties } = producer;
  if (category === 'Source') return provider in SOURCE_FILES ? root(SOURCE_FILES[provider]) : undefined;
  if (provider === 'Commands') {
    const artifact = listOf(properties.OutputArtifacts)
      .map(objectOf)
      .find(({ Name }) => Name === name);
    return { patterns: listOf(artifact?.Files).map(textOf), isFlat: false };
  }
  if (provider === 'CloudFormation' && configuration.OutputFileName !== undefined) {
    return root([textOf(configuration.OutputFileName)]);
  }
  if (provider !== 'CodeBuild' || textOf(configuration.BatchEnabled) === 'true') return undefined;
  const artifacts = buildSpec(producer, pipeline, model)?.artifacts;
  if (!isObject(artifacts)) return undefined;
  const secondary = artifacts['secondary-artifacts'];
  if (outputs.length === 1 && secondary !== undefined) return undefined;
  const { files, 'discard-paths': discard } = outputs.length === 1 ? artifacts : objectOf(objectOf(secondary)[name]);
  return { patterns: listOf(files).map(textOf), isFlat: /^(yes|true)$/i.test(textOf(discard)) };
}

function root(patterns: readonly string[]) {
  return { patterns, isFlat: false };
}

/** Returns whether the shell of the build, or a value outside of the template, decides about the files. */
function isUncertain(pattern: string): boolean {
  return hasUnknown(pattern) || /[$`%#[{(]/.test(pattern);
}

function normalized(path: string): string {
  return path.replace(/^(\.?\/)+/, '');
}

/** Returns the expression for a pattern. A wildcard matches folders, too, so that more files match than in a build. */
function regularExpression(pattern: string): RegExp {
  const open = pattern.endsWith('/') || pattern === '.' || pattern === '' ? `${pattern}**` : pattern;
  const escaped = open.replace(/[.+^|()\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*\*\/|\*+/g, '.*').replace(/\?/g, '.')}$`);
}
