import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, npm } from './cache';

const PACKAGE = '@aws-cdk/aws-codepipeline-actions@1.60.0';

/** A template of CloudFormation, as it stands in the package. */
export interface OldTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>>;
}

/**
 * The templates of the integration tests of this release, by name (`pipeline-cfn`, `lambda-pipeline`, …): AWS deployed them once.
 */
export function oldTemplates(): Record<string, OldTemplate> {
  const directory = cached(PACKAGE.replace('/', '-'), (draft) => {
    npm(draft, 'pack', PACKAGE, '--pack-destination', draft);
    const [tarball] = readdirSync(draft).filter((file) => file.endsWith('.tgz'));
    execFileSync('tar', ['-xzf', tarball, 'package/test'], { cwd: draft });
  });
  const folder = join(directory, 'package/test');
  return Object.fromEntries(readdirSync(folder).flatMap((file) => {
    const [, name] = /^integ\.(.*)\.expected\.json$/.exec(file) ?? [];
    return name ? [[name, JSON.parse(readFileSync(join(folder, file), 'utf8')) as OldTemplate]] : [];
  }));
}
