import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './package';

export interface Program {
  readonly from: string;
  readonly text: string;
}

/** The first program of README.md that is a whole app. */
export function firstProgram(standIn: boolean): Program {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```ts\b[^\n]*\n([\s\S]*?)^```/gm)].map(([, text]) => text);
  const text = blocks.find((block) => block.includes('new App') && block.includes('new WebAppPipeline'));
  if (text !== undefined) return { from: 'README.md', text };
  if (!standIn) {
    throw new Error(
      'README.md has no ```ts block with both `new App` and `new WebAppPipeline`; --stand-in takes ' +
        'examples/web-app.ts instead',
    );
  }
  return {
    from: 'examples/web-app.ts, as a stand-in',
    text: readFileSync(join(ROOT, 'examples', 'web-app.ts'), 'utf8'),
  };
}
