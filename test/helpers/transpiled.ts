import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const ROOT = join(__dirname, '../..');

/**
 * Transpiles some folders of the sources, for tests that run them as a separate process, and returns the folder that
 * holds them.
 *
 * What `npm run compile` made is no substitute: it may be older than what is tested.
 */
export function transpiled(folders: readonly string[]): string {
  const outdir = mkdtempSync(join(tmpdir(), 'transpiled-'));
  symlinkSync(join(ROOT, 'node_modules'), join(outdir, 'node_modules'));
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  for (const folder of folders) {
    const files = readdirSync(join(ROOT, 'src', folder), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.ts'))) {
      const target = join(outdir, folder, file.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(
        target,
        transpileModule(readFileSync(join(ROOT, 'src', folder, file), 'utf8'), { compilerOptions }).outputText,
      );
    }
  }
  return outdir;
}
