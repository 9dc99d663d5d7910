import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

/** Packs the package into a folder, as it would be published, and gives the file. */
export function pack(folder: string): string {
  compileIfStale();
  const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename }] = Object.values(JSON.parse(output) as Record<string, { filename: string }>);
  return join(folder, filename);
}

export function compileIfStale(): void {
  if (isStale()) execFileSync('npx', ['projen', 'compile'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The compiler writes the manifest last. */
function isStale(): boolean {
  const manifest = join(ROOT, '.jsii');
  const sources = join(ROOT, 'src');
  if (!existsSync(manifest)) return true;
  const compiled = statSync(manifest).mtimeMs;
  return readdirSync(sources, { recursive: true, encoding: 'utf8' }).some(
    (file) => statSync(join(sources, file)).mtimeMs > compiled,
  );
}
