import { rmSync } from 'node:fs';

export default function globalTeardown() {
  const directory = process.env.TMPDIR;
  if (directory?.includes('cdk-pipeline-patterns-')) rmSync(directory, { recursive: true, force: true });
}
