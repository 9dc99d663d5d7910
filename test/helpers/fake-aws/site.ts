import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { runInNewContext } from 'node:vm';
import { DOCUMENTS, HASHED_NAMES, CACHE_CONTROL, SITE_LAYOUT } from '../../../src/aws/front-end-tools';
import { siteRouter, type SiteRouterSettings } from '../../../src/functions';

/** What the options of a static site make of the known names. */
export const IMMUTABLE = HASHED_NAMES.map(({ pattern }) => `(${pattern})`).join('|');

/** Content by path. */
export type Files = Record<string, string>;

export const HASHED = 'assets/app-12345678.js';

/** A site with a file of every kind. */
export const SITE: Files = {
  'index.html': '<script src=/assets/app-12345678.js>',
  'docs/index.html': 'documents',
  'docs/guide.htm': 'a guide',
  'sw.js': 'the service worker',
  'site.webmanifest': '{}',
  'robots.txt': 'allow',
  'docs/logo.svg': '<svg/>',
  [HASHED]: 'app()',
};

/** A small site, of which each version has a page that changes and its own hashed file. */
export function version(n: number): Files {
  return { 'index.html': `version ${n}`, [`assets/app-0000000${n}.js`]: `app ${n}` };
}

export interface Run {
  readonly status: number | null;
  readonly output: string;
  /** Arguments of every call of the CLI, in order. */
  readonly calls: string[][];
  /** The keys that each call which changed the bucket brought or removed. */
  readonly changes: { put?: string[]; delete?: string[] }[];
}

export interface SiteOptions {
  /** @default ['/bin/sh'] */
  readonly shell?: string[];
  /** @default false */
  readonly atomic?: boolean;
  /** Changes of the variables of the script; undefined takes one away. */
  readonly variables?: Record<string, string | undefined>;
}

export interface RunOptions extends SiteOptions {
  /** FAKE_AWS_FAIL */
  readonly fail?: string;
  /** Starts the fake anew for each call. */
  readonly direct?: boolean;
  /** Set by tests that put the folder of the site together on their own. */
  readonly folder?: string;
  /** Symbolic links in the folder, with their targets. */
  readonly links?: Files;
}

/** The shell of Debian, and that of Amazon Linux when it is called sh. */
export const SHELLS: [string, string[]][] = [
  ['sh', ['/bin/sh']],
  ...(existsSync('/bin/bash') ? [['bash --posix', ['/bin/bash', '--posix']] as [string, string[]]] : []),
];

const SCRIPT = join(__dirname, '../../../src/functions/site-release.sh');
const STORE = 'arn:aws:cloudfront::111122223333:key-value-store/the-store';

/** A site behind the fake AWS CLI. */
export class FakeSite {
  public readonly dir = mkdtempSync(join(tmpdir(), 'fake-aws-'));

  constructor(private readonly options: SiteOptions = {}) {
    mkdirSync(this.path('bucket'));
  }

  /** The same site, once for each call with which a release would change anything, and broken at that call. */
  public broken(files: Files): FakeSite[] {
    const { calls } = this.fork().release(files);
    return calls.flatMap((call, i) => {
      if (!changes(call)) return [];
      const site = this.fork();
      const { status } = site.run(files, { fail: ` :${i + 1}` });
      if (status === 0) throw new Error(`the release did not fail with call ${i + 1}`);
      return [site];
    });
  }

  /** The same site once more, to go on with in another way. */
  public fork(): FakeSite {
    const copy = new FakeSite(this.options);
    cpSync(this.dir, copy.dir, { recursive: true });
    return copy;
  }

  /** Runs the script in a folder with these files. */
  public run(files: Files, options: RunOptions = {}): Run {
    const folder = options.folder ?? this.path('build');
    rmSync(this.path('build'), { recursive: true, force: true });
    for (const log of ['calls.jsonl', 'changes.jsonl']) rmSync(this.path(log), { force: true });
    mkdirSync(this.path('build'));
    write(folder, files);
    for (const [path, target] of Object.entries(options.links ?? {})) symlinkSync(target, join(folder, path));
    const { shell = ['/bin/sh'], atomic = false, variables = {} } = { ...this.options, ...options };
    const { status, stdout, stderr } = spawnSync(shell[0], [...shell.slice(1), SCRIPT], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        PATH: `${join(__dirname, 'resident')}:${process.env.PATH}`,
        FAKE_AWS_SERVER: server(),
        TMPDIR: process.env.TMPDIR ?? '/tmp',
        FAKE_AWS_DIR: this.dir,
        ...(options.fail !== undefined && { FAKE_AWS_FAIL: options.fail }),
        SITE_BUCKET: 'the-site',
        SITE_PREFIX: SITE_LAYOUT.content,
        STATE_PREFIX: SITE_LAYOUT.state,
        DISTRIBUTION_ID: 'EDFDVBD6EXAMPLE',
        KEY_VALUE_STORE: atomic ? STORE : '',
        IMMUTABLE,
        DOCUMENTS,
        IMMUTABLE_CACHE: CACHE_CONTROL.immutable,
        REVALIDATE_CACHE: CACHE_CONTROL.revalidate,
        KEEP_RELEASES: String(SITE_LAYOUT.keepReleases),
        ...(options.direct && { PATH: `${__dirname}:${process.env.PATH}` }),
        ...variables,
      },
    });
    return { status, output: stdout + stderr, calls: this.log('calls.jsonl'), changes: this.log('changes.jsonl') };
  }

  /** Runs the script and expects it to succeed. */
  public release(files: Files, options: RunOptions = {}): Run {
    const run = this.run(files, options);
    if (run.status !== 0) throw new Error(`the release failed (${run.status}):\n${run.output}`);
    return run;
  }

  /** Calls the fake itself. */
  public aws(args: string[]): number | null {
    return spawnSync(join(__dirname, 'aws'), args, { env: { PATH: process.env.PATH, FAKE_AWS_DIR: this.dir } }).status;
  }

  /** Every object below a prefix, by its key without the prefix. */
  public objects(prefix = ''): Files {
    return Object.fromEntries(
      Object.entries(read(this.path('bucket')))
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, content]) => [key.slice(prefix.length), content]),
    );
  }

  /** What CloudFront can reach. */
  public get content(): Files {
    return this.objects(SITE_LAYOUT.content);
  }

  public get releases(): string[] {
    return (this.objects(SITE_LAYOUT.state).history ?? '').split('\n').filter((id) => id !== '');
  }

  public cacheControl(path: string): string | undefined {
    return this.json<Record<string, string>>('cache-control.json', {})[SITE_LAYOUT.content + path];
  }

  public contentEncoding(path: string): string | undefined {
    return this.json<Record<string, string>>('content-encoding.json', {})[SITE_LAYOUT.content + path];
  }

  public get invalidations(): string[][] {
    return this.json<{ items: string[] }[]>('invalidations.json', []).map(({ items }) => items);
  }

  /** Value of the key that the CloudFront function reads. */
  public get liveRelease(): string | undefined {
    return this.json<{ keys: Record<string, string> }>('key-value-store.json', { keys: {} }).keys.release;
  }

  /** Puts an object into the bucket past the script. */
  public put(key: string, content: string): void {
    write(this.path('bucket'), { [key]: content });
  }

  /** What visitors get for these paths, through the CloudFront function. */
  public async visit(paths: string[]): Promise<Record<string, string | undefined>> {
    const settings = { singlePage: false, immutable: IMMUTABLE, atomic: this.options.atomic ?? false };
    const content = this.content;
    const answers = await Promise.all(paths.map((path) => handle(settings, `/${path}`, this.liveRelease)));
    return Object.fromEntries(paths.map((path, i) => [path, content[answers[i].uri.slice(1)]]));
  }

  private path(name: string): string {
    return join(this.dir, name);
  }

  private log<T>(name: string): T[] {
    return existsSync(this.path(name))
      ? readFileSync(this.path(name), 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as T)
      : [];
  }

  private json<T>(name: string, otherwise: T): T {
    return existsSync(this.path(name)) ? (JSON.parse(readFileSync(this.path(name), 'utf8')) as T) : otherwise;
  }
}

let fake: { readonly folder: string; readonly process: ChildProcess } | undefined;
afterAll(() => fake?.process.kill('SIGKILL'));

/** Where the fake that runs already takes calls; see resident/aws. */
function server(): string {
  if (fake === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'fake-aws-server-'));
    execFileSync('mkfifo', [join(folder, 'ask'), join(folder, 'answer')]);
    fake = { folder, process: spawn(join(__dirname, 'aws'), ['--serve', folder], { stdio: 'inherit' }) };
  }
  return fake.folder;
}

interface ViewerRequest {
  uri: string;
  [rest: string]: unknown;
}

/** Runs the CloudFront function of a site on a request. */
export async function handle(settings: SiteRouterSettings, uri: string, release?: string): Promise<ViewerRequest> {
  async function get(key: string) {
    if (key !== 'release' || release === undefined) throw new Error('KeyNotFound');
    return release;
  }

  const code = siteRouter(settings).replace(/^import cf from 'cloudfront';$/m, '');
  const handler = runInNewContext(`${code}\nhandler;`, { cf: { kvs: () => ({ get }) } }) as (
    event: unknown,
  ) => ViewerRequest | Promise<ViewerRequest>;
  return handler({ version: '1.0', request: { method: 'GET', uri, querystring: {}, headers: {} } });
}

function write(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function read(folder: string): Files {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((file) => [relative(folder, file), readFileSync(file, 'utf8')]),
  );
}

// --- what calls are about
// --------------------------------------------------------------------------------------------------

function is(...words: string[]) {
  return (call: string[]) => words.every((word, i) => call[i] === word);
}

function below(prefix: string, keys: string[] = []) {
  return keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .sort();
}

/** Returns the files of the site that each call uploaded, in the order of the calls. */
export function uploads(run: Run) {
  return run.changes.map(({ put }) => below(SITE_LAYOUT.content, put)).filter((paths) => paths.length > 0);
}

/** Returns the files of the site that an invocation deleted, including those that did not exist. */
export function removals(run: Run) {
  return run.changes.flatMap((change) => below(SITE_LAYOUT.content, change.delete)).sort();
}

const reads = [
  is('s3api', 'list-objects-v2'),
  is('cloudfront', 'wait'),
  is('cloudfront-keyvaluestore', 'describe-key-value-store'),
];

/** Returns whether a call changes anything. */
export function changes(call: string[]) {
  return !reads.some((matches) => matches(call)) && !(is('s3', 'cp')(call) && call[2].startsWith('s3://'));
}

/** Returns the calls that change more than the lists of releases. */
export function writes({ calls }: Run) {
  return calls
    .filter(changes)
    .filter((call) => !call.some((word) => word.startsWith(`s3://the-site/${SITE_LAYOUT.state}`)));
}

export function deletions({ calls }: Run) {
  return calls.filter(is('s3api', 'delete-objects'));
}
export function switches({ calls }: Run) {
  return calls.filter(is('cloudfront-keyvaluestore', 'put-key'));
}
