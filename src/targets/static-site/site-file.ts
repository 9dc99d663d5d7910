import { siteFileJson } from './site-file-json';
import { NON_EMPTY_STRING, type Problems } from '../../pipeline/problems';

/**
 * A file that a release adds to a static site, with the configuration of the environment.
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('production', {
 *       target: DeployTarget.staticSite({
 *         files: { 'config.json': SiteFile.json({ apiUrl: 'https://api.example.com' }) },
 *       }),
 *     }),
 *   ],
 * });
 */
export class SiteFile {
  /**
   * Creates a file that contains a value as JSON. Strings and numbers in it may be tokens, such as the id of a user
   * pool or a parameter of the stack, whose values must contain no quotes.
   *
   * @param value object, list, string, number, boolean or null
   */
  public static json(value: any): SiteFile {
    return new SiteFile((problems) => siteFileJson(value, problems));
  }

  /**
   * Creates a file with a text, such as `robots.txt`. The text may contain tokens.
   *
   * @param text content, in which `\n` ends a line
   */
  public static text(text: string): SiteFile {
    return new SiteFile((problems) => plainText(text, problems));
  }

  private constructor(private readonly read: (problems: Problems) => string | undefined) {}

  /**
   * Returns the content, or reports that it is invalid.
   *
   * @internal
   */
  public _plan(problems: Problems): string | undefined {
    return this.read(problems);
  }
}

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f]/;

function plainText(text: unknown, problems: Problems): string | undefined {
  if (typeof text !== 'string' || text === '') {
    problems.add(NON_EMPTY_STRING, text, 'pass the content of the file');
    return undefined;
  }
  const control = CONTROL.exec(text);
  if (!control) return text;
  problems.add('not contain control characters', control[0], "use '\\n' to end a line");
  return undefined;
}
