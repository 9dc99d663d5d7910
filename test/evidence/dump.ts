import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oldTemplates } from './old-templates';
import { PLAIN_PIPELINES } from './plain';
import { DEFECTS, reproduce } from './reported-defects';

/** Writes all evidence into a folder, to inspect it or to run a checker on it. */
function dump(outdir: string): void {
  for (const [name, synthesize] of Object.entries(PLAIN_PIPELINES)) console.log(synthesize(join(outdir, name)));

  mkdirSync(join(outdir, 'old'), { recursive: true });
  for (const [name, template] of Object.entries(oldTemplates())) {
    writeFileSync(join(outdir, 'old', `${name}.json`), JSON.stringify(template, null, 2));
  }
  console.log(join(outdir, 'old'));

  rmSync(join(outdir, 'defects'), { recursive: true, force: true });
  for (const { issue } of DEFECTS) {
    const { bad, good } = reproduce(issue);
    cpSync(bad, join(outdir, 'defects', `${issue}-bad`), { recursive: true });
    cpSync(good, join(outdir, 'defects', `${issue}-good`), { recursive: true });
    console.log(join(outdir, 'defects', `${issue}-{bad,good}`));
  }
  writeFileSync(join(outdir, 'defects', 'expected.json'), JSON.stringify(DEFECTS, null, 2));
}

dump(process.argv[2] ?? '/tmp/evidence');
