import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readText } from '../../../assembly/cloud-assembly';
import type { ModelResource } from '../../../assembly/scope';
import { objectOf, JsonObject } from '../../../assembly/json';

/** CodeBuild takes no larger one. */
const LARGEST_BUILD_SPEC = 1_000_000;
/** Build specifications that CDK Pipelines writes into the assembly lie beside the template, under such a name. */
const FILE_IN_ASSEMBLY = /^buildspec-[\w-]+\.yaml$/;

/**
 * The build specification of a project; undefined when it lies in the source or is not known.
 *
 * @param override what an action puts in its place: the text of one, or the path of one in the source
 */
export function buildSpecOf(
  { properties: { Source }, stack: { directory } }: ModelResource,
  override?: string,
): JsonObject | undefined {
  const BuildSpec = override ?? objectOf(Source).BuildSpec;
  if (typeof BuildSpec !== 'string') return undefined;
  if (BuildSpec.includes('\n') || BuildSpec.trimStart().startsWith('{')) return read(BuildSpec);
  if (!FILE_IN_ASSEMBLY.test(BuildSpec) || directory === undefined) return undefined;
  const file = join(directory, BuildSpec);
  return existsSync(file) ? read(readText(file)) : undefined;
}

/** The commands of all phases, in their order. */
export function commandsOf(spec: JsonObject): string[] {
  return ['install', 'pre_build', 'build', 'post_build'].flatMap((name) => {
    const { commands } = objectOf(objectOf(spec.phases)[name]);
    return (Array.isArray(commands) ? commands : []).filter(
      (command): command is string => typeof command === 'string',
    );
  });
}

function read(text: string): JsonObject | undefined {
  if (text.length > LARGEST_BUILD_SPEC) return undefined;
  try {
    return objectOf(parse(text, { maxAliasCount: 100, logLevel: 'silent', uniqueKeys: false }));
  } catch {
    return undefined; // that it does not parse is a finding of another check
  }
}
