import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cached, installCdk1 } from './cache';
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

/** Synthesizes both assemblies; the first time it installs the releases, which takes a minute for all of them. */
export function reproduce(issue: number): Reproduction {
  const defect = DEFECTS.find((one) => one.issue === issue);
  if (!defect) throw new Error(`no reported defect has the number ${issue}; there are ${DEFECTS.map((one) => one.issue).join(', ')}`);
  const { repair } = defect;
  if ('flag' in repair) {
    const flagged = (on: boolean) => synthesize(FLAGGED[issue], mkdtempSync(join(tmpdir(), `evidence-${issue}-`)), {
      context: { [repair.flag]: on },
    });
    return { ...defect, bad: flagged(false), good: flagged(true) };
  }
  const released = (release: string) => synthesizeOld(issue, release, repair.modules);
  return { ...defect, bad: released(repair.bad), good: released(repair.good) };
}

/** Of an application that does not change and a release that does not change there is but one assembly: it is kept. */
function synthesizeOld(issue: number, release: string, modules: readonly string[]): string {
  const app = join(__dirname, 'apps', `${issue}.js`);
  const digest = createHash('sha256').update(readFileSync(app)).digest('hex').slice(0, 12);
  return cached(`assemblies/${issue}@${release}-${digest}`, (draft) => {
    const env = { ...process.env, NODE_PATH: installCdk1(release, modules), CDK_DISABLE_STACK_TRACE: '1', JSII_DEPRECATED: 'quiet' };
    execFileSync(process.execPath, [app, draft], { env, cwd: draft, stdio: 'pipe' });
  });
}
