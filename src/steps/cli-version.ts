import { Token } from 'aws-cdk-lib';
import { CDK_CLI, EXACT_VERSION } from '../aws/cdk';
import type { Problems } from '../pipeline/problems';
import { AN_EXACT_VERSION } from '../pipeline/rules';

/** Fix of a version of the CDK CLI that cannot be used. */
const USE_NEWEST = `use '${CDK_CLI.version}', the newest that the library supports, or a newer one`;

/** Validates the type and the form of a configured version, and that npm has it. */
export function validatePublished(version: unknown, problems: Problems): boolean {
  if (typeof version !== 'string' || Token.isUnresolved(version) || !EXACT_VERSION.test(version)) {
    const fix = `use the form '${CDK_CLI.version}', so that every execution uses the same tool`;
    problems.add(AN_EXACT_VERSION, Token.isUnresolved(version) ? 'a token' : version, fix);
    return false;
  }
  const isKnown = compareVersions(version, CDK_CLI.version) <= 0;
  if (isWithdrawn(version) || (isKnown && !isPublished(version))) {
    problems.add('be a published version of aws-cdk', version, USE_NEWEST);
    return false;
  }
  return true;
}

/**
 * Validates that a version of the CDK CLI reads a schema of cloud assemblies.
 *
 * @param schema schema that the running aws-cdk-lib writes
 * @param version configured version; the newest known one by default
 */
export function validateReads(schema: number, version: string | undefined, problems: Problems): void {
  const rule = `read cloud assemblies of schema ${schema}, which your aws-cdk-lib writes`;
  const since = Object.entries(CDK_CLI.schemas).find(([number]) => Number(number) >= schema)?.[1];
  if (since === undefined) {
    if (version !== undefined && compareVersions(version, CDK_CLI.version) > 0) return;
    const fix = `use a version after ${CDK_CLI.version}`;
    problems.add(rule, version ?? CDK_CLI.version, fix);
  } else if (version !== undefined && compareVersions(version, since) < 0) {
    problems.add(rule, version, `use ${since} or newer`);
  }
}

/** Validates that a version of the CDK CLI has the command `publish-assets`. */
export function validatePublishes(version: string | undefined, problems: Problems): void {
  const { publishAssets } = CDK_CLI;
  if (version === undefined || compareVersions(version, publishAssets) >= 0) return;
  problems.add("have the command 'cdk publish-assets'", version, `use ${publishAssets} or newer`);
}

function isWithdrawn(version: string): boolean {
  return CDK_CLI.withdrawn.some((withdrawn) => withdrawn === version);
}

/** Returns whether npm has a version that is not newer than the newest known one. Older ones are not listed. */
function isPublished(version: string): boolean {
  const [first] = Object.values(CDK_CLI.schemas);
  if (compareVersions(version, first) < 0) return true;
  const [, , minor, patch, prerelease] = EXACT_VERSION.exec(version)!;
  const patches: Readonly<Record<string, number | undefined>> = CDK_CLI.patches;
  return prerelease === undefined && Number(patch) <= (patches[minor] ?? 0);
}

/** Returns a negative number if the first version is older, and a positive number if it is newer. */
function compareVersions(a: string, b: string): number {
  return (
    numbersOf(a)
      .map((number, i) => number - numbersOf(b)[i])
      .find((difference) => difference !== 0) ?? 0
  );
}

function numbersOf(version: string): number[] {
  return EXACT_VERSION.exec(version)!.slice(1, 4).map(Number);
}
