import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import { FUTURE_FLAGS } from 'aws-cdk-lib/cx-api';
import { sharedFolder } from './shared-folder';
import { jsonOf, newApp, SCOPES, type CfnTemplate, type Make } from './synth';

export const ALL_FLAGS = Object.fromEntries(Object.keys(FUTURE_FLAGS).map((flag) => [flag, true]));

/** Scopes in which the laws synthesize each variant. */
export const SETTINGS = [...Object.keys(SCOPES), 'an app with all feature flags'] as const;
/** The scopes whose cloud assemblies several suites read. */
export const ANYWHERE = 'a stack';
export const SOMEWHERE = 'a stack with a concrete environment';

/** A synthesized variant. */
export interface Synthesized {
  /** The cloud assembly. */
  readonly directory: string;
  /** The template of the stack that holds the pipeline. */
  readonly template: CfnTemplate;
}

/**
 * Synthesizes a variant in a scope. Each is synthesized once per run of jest, by whichever test file needs it first:
 * the assemblies are in the temporary folder of the tests (`global-setup.ts`), so both versions of aws-cdk-lib have
 * their own, and no result outlives a change of the sources.
 *
 * The construct tree is not kept. A test that needs it constructs the variant itself.
 */
export function synthesized(name: string, make: Make, setting: string = ANYWHERE): Synthesized {
  const directory = sharedFolder(`${setting}/${name}`, (outdir) => {
    const isFlagged = !(setting in SCOPES);
    const app = newApp({ outdir: join(outdir, 'cdk.out'), context: isFlagged ? ALL_FLAGS : undefined });
    const stack: Stack = SCOPES[isFlagged ? ANYWHERE : setting](app);
    make(stack, 'Site');
    writeFileSync(join(outdir, 'template.json'), JSON.stringify(jsonOf(stack)));
  });
  return {
    directory: join(directory, 'cdk.out'),
    template: JSON.parse(readFileSync(join(directory, 'template.json'), 'utf8')) as CfnTemplate,
  };
}

/** Synthesizes an app, once per run of jest, and returns the folder of its cloud assembly. */
export function synthesizedApp(name: string, make: (app: App) => void): string {
  const directory = sharedFolder(`app/${name}`, (outdir) => {
    const app = newApp({ outdir: join(outdir, 'cdk.out') });
    make(app);
    app.synth();
  });
  return join(directory, 'cdk.out');
}
