import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many pipelines the templates of a cloud assembly hold. */
export function pipelinesOf(directory: string): number {
  if (!existsSync(directory)) return 0;
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) =>
      Object.values(
        (JSON.parse(readFileSync(join(directory, file), 'utf8')) as { Resources?: Record<string, { Type: string }> })
          .Resources ?? {},
      ),
    )
    .filter(({ Type }) => Type === 'AWS::CodePipeline::Pipeline').length;
}
