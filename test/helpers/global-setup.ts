import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Linux keeps files in memory, and how much space the tests need there. */
const MEMORY = '/dev/shm';
const ROOM = 4 * 2 ** 30;

/**
 * Every App leaves a folder in the temporary folder: give them one that can be removed whole, in memory if there is
 * room.
 */
export default function globalSetup() {
  process.env.TMPDIR_BEFORE_JEST ??= tmpdir();
  const parent = hasRoom(MEMORY) ? MEMORY : process.env.TMPDIR_BEFORE_JEST;
  process.env.TMPDIR = mkdtempSync(join(parent, 'cdk-pipeline-patterns-'));
}

function hasRoom(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize > ROOM;
  } catch {
    return false;
  }
}
