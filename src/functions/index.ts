import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const files = new Map<string, string>();

function read(file: string): string {
  const text = files.get(file) ?? readFileSync(join(__dirname, file), 'utf8');
  files.set(file, text);
  return text;
}

function withoutComments(text: string, comment: RegExp): string[] {
  return text.split('\n').filter((line) => line.trim() !== '' && !comment.test(line));
}

let releaseScript: readonly string[] | undefined;

/** Returns the lines of the script that publishes a static site, without comments. */
export function siteReleaseScript(): readonly string[] {
  return (releaseScript ??= withoutComments(read('site-release.sh'), /^\s*#/));
}

let taskScript: readonly string[] | undefined;

/** Returns the lines of the script that runs an ECS task and waits for it, without comments. */
export function runTaskScript(): readonly string[] {
  return (taskScript ??= withoutComments(read('run-task.sh'), /^\s*#/));
}

/** Returns the code of the function that evaluates whether releases are frozen, without comments. */
export function releaseFreezeFunction(): string {
  return withoutComments(read('release-freeze.js'), /^\s*\/\//).join('\n');
}

/** Returns the code of the function that writes the metrics of a pipeline, without comments. */
export function monitoringFunction(): string {
  return withoutComments(read('monitoring.js'), /^\s*\/\//).join('\n');
}

/** Returns the code of the function that creates the parameter of a service image, without comments. */
export function serviceImageFunction(): string {
  return withoutComments(read('service-image.js'), /^\s*\/\//).join('\n');
}

/** Configures the CloudFront function of a site. */
export interface SiteRouterSettings {
  readonly singlePage: boolean;
  /** Pattern of the files whose names change with their content. */
  readonly immutable: string;
  /** Whether each release has its own folder. */
  readonly atomic: boolean;
}

/** Returns the code of the CloudFront function of a site. */
export function siteRouter({ atomic, ...settings }: SiteRouterSettings): string {
  const router = read(atomic ? 'site-router-atomic.js' : 'site-router.js');
  const parts = [
    `var SETTINGS = ${JSON.stringify(settings)};`,
    read('site-route.js'),
    router.replace(/^import .*$/m, ''),
  ];
  // Imports must be at the start of a module.
  const imports = router.match(/^import .*$/m)?.[0];
  if (imports !== undefined) parts.unshift(imports);
  return parts.join('\n');
}
