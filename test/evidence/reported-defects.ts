import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFECTS, type Defect } from './defects';
import { crossDeploys } from './plain/cross';
import { withKey } from './plain/same-account';
import { PROD, synthesize, type Build } from './plain/world';

export { DEFECTS, type Defect, type ReportedCall } from './defects';

/** The same application with the defect and without. */
export interface Reproduction extends Defect {
  /** Cloud assemblies. */
  readonly bad: string;
  readonly good: string;
}

/** The applications that show what a feature flag of today repairs. */
const FLAGGED: Readonly<Record<number, Build>> = { 33709: withKey, 34074: crossDeploys(PROD) };

/** Returns both assemblies: those of old releases from the fixtures, those of a feature flag synthesized. */
export function reproduce(issue: number): Reproduction {
  const defect = DEFECTS.find((one) => one.issue === issue);
  if (!defect) {
    throw new Error(
      `no reported defect has the number ${issue}; there are ${DEFECTS.map((one) => one.issue).join(', ')}`,
    );
  }
  const { repair } = defect;
  if ('flag' in repair) {
    const { flag } = repair;

    function flagged(on: boolean) {
      return synthesize(FLAGGED[issue], mkdtempSync(join(tmpdir(), `evidence-${issue}-`)), {
        context: { [flag]: on },
      });
    }

    return { ...defect, bad: flagged(false), good: flagged(true) };
  }

  function released(release: string) {
    const assembly = join(ASSEMBLIES, assemblyName(issue, release));
    if (!existsSync(assembly)) {
      throw new Error(`${assembly} is missing, or apps/${issue}.js has changed since; run 'npm run evidence'`);
    }
    return assembly;
  }

  return { ...defect, bad: released(repair.bad), good: released(repair.good) };
}

/** The folder to which `npm run evidence` writes the assemblies of old releases. */
export const ASSEMBLIES = join(__dirname, 'fixtures', 'assemblies');

/** The application of a defect, for any release of CDK 1. */
export function applicationOf(issue: number) {
  return join(__dirname, 'apps', `${issue}.js`);
}

/**
 * The folder of an assembly. It names the content of the application, so that a fixture of another one is never used.
 */
export function assemblyName(issue: number, release: string): string {
  const digest = createHash('sha256')
    .update(readFileSync(applicationOf(issue)))
    .digest('hex')
    .slice(0, 12);
  return `${issue}@${release}-${digest}`;
}
