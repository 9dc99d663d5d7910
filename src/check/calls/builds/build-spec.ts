import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readText } from '../../../assembly/cloud-assembly';
import type { ModelResource } from '../../../assembly/scope';
import { objectOf, JsonObject } from '../../../assembly/json';

/** The maximum size that CodeBuild accepts. */
export const MAX_BUILD_SPEC_LENGTH = 1_000_000;
/** Matches the buildspec files that CDK Pipelines writes into the assembly, next to the template. */
const FILE_IN_ASSEMBLY = /^buildspec-[\w-]+\.yaml$/;

/**
 * Returns the buildspec of a project, or undefined if it is in the source or unknown.
 *
 * @param override the override in the action: a buildspec, or its path in the source
 */
export function buildSpecOf(
  { properties: { Source }, stack: { directory } }: ModelResource,
  override?: string,
): JsonObject | undefined {
  const BuildSpec = override ?? objectOf(Source).BuildSpec;
  if (typeof BuildSpec !== 'string') return undefined;
  if (BuildSpec.includes('\n') || BuildSpec.trimStart().startsWith('{')) return parseBuildSpec(BuildSpec);
  if (!FILE_IN_ASSEMBLY.test(BuildSpec) || directory === undefined) return undefined;
  const file = join(directory, BuildSpec);
  if (existsSync(file)) return parseBuildSpec(readText(file));
  return undefined;
}

/** Returns the commands of all phases in their order. */
export function commandsOf(spec: JsonObject): string[] {
  return ['install', 'pre_build', 'build', 'post_build'].flatMap((name) => {
    const { commands } = objectOf(objectOf(spec.phases)[name]);
    if (!Array.isArray(commands)) return [];
    return commands.filter((command): command is string => typeof command === 'string');
  });
}

function parseBuildSpec(text: string): JsonObject | undefined {
  if (text.length > MAX_BUILD_SPEC_LENGTH) return undefined;
  try {
    return objectOf(parseYaml(text, 'silent'));
  } catch {
    return undefined; // the check does not report invalid YAML
  }
}

/**
 * Parses a buildspec. Parses JSON, which the AWS CDK writes, much faster than other YAML.
 *
 * @param logLevel `error` throws for invalid YAML, `silent` returns its valid part
 */
export function parseYaml(text: string, logLevel: 'error' | 'silent'): unknown {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text);
    } catch {
      // Flow mappings of YAML begin with the same character.
    }
  }
  return parse(text, { maxAliasCount: 100, logLevel, uniqueKeys: false });
}
