import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const files = new Map<string, string>();

function read(file: string): string {
  const text = files.get(file) ?? readFileSync(join(__dirname, file), 'utf8');
  files.set(file, text);
  return text;
}

const withoutComments = (text: string, comment: RegExp) =>
  text.split('\n').filter((line) => line.trim() !== '' && !comment.test(line));

let releaseScript: readonly string[] | undefined;

/** The script that publishes a static site, without its comments: a line each. */
export function siteReleaseScript(): readonly string[] {
  return (releaseScript ??= withoutComments(read('site-release.sh'), /^\s*#/));
}

let taskScript: readonly string[] | undefined;

/** The script that runs a task of ECS to its end, without its comments: a line each. */
export function runTaskScript(): readonly string[] {
  return (taskScript ??= withoutComments(read('run-task.sh'), /^\s*#/));
}

/** The code of the function that answers whether releases are frozen, without its comments. */
export const releaseFreezeFunction = () => withoutComments(read('release-freeze.js'), /^\s*\/\//).join('\n');

/** The code of the function that writes the metrics of a pipeline, without its comments. */
export const monitoringFunction = () => withoutComments(read('monitoring.js'), /^\s*\/\//).join('\n');

/** What the CloudFront function of a site is told. */
export interface SiteRouterSettings {
  readonly singlePage: boolean;
  /** Set when releases have a folder each: which files they share. */
  readonly immutable?: string;
}

/** The code of the CloudFront function of a site. */
export function siteRouter(settings: SiteRouterSettings): string {
  const router = read(settings.immutable === undefined ? 'site-router.js' : 'site-router-atomic.js');
  // Imports come first in a module.
  const imports = router.match(/^import .*$/m)?.[0];
  return [
    ...(imports ? [imports] : []),
    `var SETTINGS = ${JSON.stringify(settings)};`,
    read('site-route.js'),
    router.replace(/^import .*$/m, ''),
  ].join('\n');
}
