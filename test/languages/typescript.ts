import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, transpileModule } from 'typescript';
import type { Command } from './language';
import { ROOT } from '../first-hour/package';

/** The same program in TypeScript, on the compiled package and the aws-cdk-lib of this repository. */
export function typescript(folder: string, name: string, text: string): Command {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  symlinkSync(ROOT, join(modules, 'cdk-pipeline-patterns'));
  for (const other of ['aws-cdk-lib', 'constructs']) {
    symlinkSync(join(ROOT, 'node_modules', other), join(modules, other));
  }
  writeFileSync(
    join(folder, `${name}.js`),
    transpileModule(text, { compilerOptions: { module: ModuleKind.CommonJS } }).outputText,
  );
  return { cwd: folder, command: process.execPath, args: [`${name}.js`] };
}
