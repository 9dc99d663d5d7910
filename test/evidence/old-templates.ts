import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A template of CloudFormation, as it is in the package. */
export interface OldTemplate {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

/** The folder to which `npm run evidence` writes the templates. */
export const OLD_TEMPLATES = join(__dirname, 'fixtures', 'old-templates');

/**
 * The templates of the integration tests of @aws-cdk/aws-codepipeline-actions 1.60.0, by name (`pipeline-cfn`,
 * `lambda-pipeline`, …): AWS deployed them once.
 */
export function oldTemplates(): Record<string, OldTemplate> {
  return Object.fromEntries(
    readdirSync(OLD_TEMPLATES).map((file) => [
      file.replace(/\.json$/, ''),
      JSON.parse(readFileSync(join(OLD_TEMPLATES, file), 'utf8')) as OldTemplate,
    ]),
  );
}
