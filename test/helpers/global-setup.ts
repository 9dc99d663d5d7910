import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Every App leaves a folder in the temporary folder: give them one that can be removed whole. */
export default function globalSetup() {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cdk-pipeline-patterns-'));
}
