import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Fills a folder once per run of jest, by whichever test file needs it first, and returns it. The folders are in the
 * temporary folder of the tests (`global-setup.ts`). Each appears whole or not at all, since two workers of jest may
 * need it at the same time.
 */
export function sharedFolder(key: string, fill: (outdir: string) => void): string {
  const directory = join(tmpdir(), 'shared', createHash('sha256').update(key).digest('hex'));
  if (existsSync(directory)) return directory;
  mkdirSync(dirname(directory), { recursive: true });
  const draft = mkdtempSync(`${directory}.`);
  try {
    fill(draft);
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (existsSync(directory)) return directory; // the other worker was faster
    (error as Error).message = `${key}: ${(error as Error).message}`;
    throw error;
  }
  return directory;
}
