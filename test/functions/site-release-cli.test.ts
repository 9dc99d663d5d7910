import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CACHE_CONTROL, DOCUMENTS, SITE_LAYOUT } from '../../src/aws/front-end-tools';
import { type Files, HASHED, IMMUTABLE, SHELLS, SITE, version } from '../helpers/fake-aws/site';

/**
 * The script with the real CLI and a server that is not ours. Both are installed by `projenrc/test-site-cli.sh`, which
 * runs at night.
 */
const { AWS_CLI = '', MOTO_SERVER = '' } = process.env;
const describeWithTools = AWS_CLI === '' ? describe.skip : describe;

jest.setTimeout(600_000);

const SCRIPT = join(__dirname, '../../src/functions/site-release.sh');
const PREFIX = 'shop/';
const STATE = 'releases/shop/';

let server: ChildProcess;
let port: number;
let bin: string;

function environment(): NodeJS.ProcessEnv {
  return {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: bin,
    TMPDIR: tmpdir(),
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

function aws(...args: string[]): string {
  return execFileSync(AWS_CLI, args, { encoding: 'utf8', env: environment() });
}

beforeAll(async () => {
  if (AWS_CLI === '') return;
  port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number };
      probe.close(() => resolve(free));
    });
  });
  bin = mkdtempSync(join(tmpdir(), 'cli-'));
  // moto spells the status of an invalidation in capitals, so the waiter of the CLI never ends; and it has no data
  // plane of key value stores.
  writeFileSync(
    join(bin, 'aws'),
    [
      '#!/bin/sh',
      'case "$1 $2" in',
      `'cloudfront wait') exit 0 ;;`,
      `'cloudfront-keyvaluestore describe-key-value-store') echo ETAG0; exit 0 ;;`,
      `'cloudfront-keyvaluestore put-key') exit 0 ;;`,
      'esac',
      `exec '${AWS_CLI}' "$@"`,
      '',
    ].join('\n'),
  );
  chmodSync(join(bin, 'aws'), 0o755);
  server = spawn(MOTO_SERVER, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  for (let i = 0; i < 100; i++) {
    if (spawnSync(AWS_CLI, ['s3api', 'list-buckets'], { env: environment() }).status === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the moto server does not answer');
});

afterAll(() => server?.kill('SIGKILL'));

interface Site {
  readonly bucket: string;
  readonly distribution: string;
}

let sites = 0;

function createSite(): Site {
  const bucket = `site-${++sites}`;
  aws('s3api', 'create-bucket', '--bucket', bucket);
  aws('s3api', 'put-bucket-versioning', '--bucket', bucket, '--versioning-configuration', 'Status=Enabled');
  const distribution = aws(
    ...['cloudfront', 'create-distribution', '--origin-domain-name', `${bucket}.s3.amazonaws.com`],
    ...['--query', 'Distribution.Id', '--output', 'text'],
  ).trim();
  return { bucket, distribution };
}

function release({ bucket, distribution }: Site, shell: string[], files: Files, more: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'build-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const run = spawnSync(shell[0], [...shell.slice(1), SCRIPT], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...environment(),
      SITE_BUCKET: bucket,
      SITE_PREFIX: PREFIX,
      STATE_PREFIX: STATE,
      DISTRIBUTION_ID: distribution,
      KEY_VALUE_STORE: '',
      IMMUTABLE,
      DOCUMENTS,
      IMMUTABLE_CACHE: CACHE_CONTROL.immutable,
      REVALIDATE_CACHE: CACHE_CONTROL.revalidate,
      KEEP_RELEASES: String(SITE_LAYOUT.keepReleases),
      ...more,
    },
  });
  rmSync(folder, { recursive: true });
  if (run.status !== 0) throw new Error(`the release failed (${run.status}):\n${run.stdout}${run.stderr}`);
  return run.stdout;
}

/** Returns the objects of a site by path, with their contents. */
function contentOf({ bucket }: Site, prefix = PREFIX): Files {
  const listed = aws('s3api', 'list-objects-v2', '--bucket', bucket, '--prefix', prefix, '--query', 'Contents[].Key');
  const keys = (JSON.parse(listed || 'null') as string[] | null) ?? [];
  return Object.fromEntries(
    keys.map((key) => [key.slice(prefix.length), aws('s3', 'cp', `s3://${bucket}/${key}`, '-', '--only-show-errors')]),
  );
}

function headersOf({ bucket }: Site, path: string) {
  const query = '[CacheControl, ContentType, ContentEncoding]';
  return JSON.parse(
    aws('s3api', 'head-object', '--bucket', bucket, '--key', PREFIX + path, '--query', query, '--output', 'json'),
  ) as unknown;
}

function invalidationsOf({ distribution }: Site): string[] {
  const ids = JSON.parse(
    aws(
      'cloudfront',
      'list-invalidations',
      '--distribution-id',
      distribution,
      '--query',
      'InvalidationList.Items[].Id',
    ),
  ) as string[];
  return ids.flatMap(
    (id) =>
      JSON.parse(
        aws(
          ...['cloudfront', 'get-invalidation', '--distribution-id', distribution, '--id', id],
          ...['--query', 'Invalidation.InvalidationBatch.Paths.Items'],
        ),
      ) as string[],
  );
}

const ODD = ['a space.txt', "it's $(id) `id`.txt", '"q".txt', 'é/😀.txt', '-rf.txt', '%20+&;.txt', '*.txt'];

describeWithTools.each(SHELLS)('with the real AWS CLI, in %s', (_name, shell) => {
  test('releases in place, rolls back, and removes what is too old', () => {
    const site = createSite();
    release(site, shell, SITE);
    expect(contentOf(site)).toEqual(SITE);
    expect(headersOf(site, HASHED)).toEqual([CACHE_CONTROL.immutable, expect.stringContaining('javascript'), null]);
    expect(headersOf(site, 'index.html')).toEqual([CACHE_CONTROL.revalidate, 'text/html', null]);
    expect(release(site, shell, SITE)).toContain('is live already');

    release(site, shell, { ...SITE, '.env': 'SECRET=1', 'assets/app-87654321.js': 'bad', 'x.svgz': 'z' });
    expect(headersOf(site, 'x.svgz')).toEqual([CACHE_CONTROL.revalidate, 'image/svg+xml', 'gzip']);
    release(site, shell, SITE);
    expect(contentOf(site)).toEqual({ ...SITE, 'assets/app-87654321.js': 'bad' });
    expect(invalidationsOf(site)).toEqual(expect.arrayContaining(['/.env', '/', '/index.html']));

    for (const n of [1, 2, 3, 4, 5, 6]) release(site, shell, version(n));
    expect(contentOf(site)).toEqual(Object.assign({}, ...[2, 3, 4, 5, 6].map(version)));
    expect(Object.keys(contentOf(site, STATE))).toHaveLength(5 + 2);
  });

  test('publishes odd names and the files of the environment, and removes them', () => {
    const site = createSite();
    const odd = Object.fromEntries(ODD.map((name) => [name, `content of ${name}`]));
    release(site, shell, { ...SITE, ...odd }, { FILES: 'config.json', SITE_FILE_1: '{"a":"é"}' });
    expect(contentOf(site)).toEqual({ ...SITE, ...odd, 'config.json': '{"a":"é"}' });
    release(site, shell, SITE);
    expect(contentOf(site)).toEqual(SITE);
  });

  test('shares a bucket with another site', () => {
    const site = createSite();
    release(site, shell, version(1));
    const other = { SITE_PREFIX: 'other/', STATE_PREFIX: 'releases/other/' };
    release(site, shell, version(1), other);
    release(site, shell, version(2), other);
    expect(contentOf(site)).toEqual(version(1));
    expect(contentOf(site, 'other/')).toEqual({ ...version(1), ...version(2) });
  });

  test('releases to folders, and uploads nothing for a rollback', () => {
    const site = createSite();
    const atomic = { KEY_VALUE_STORE: 'arn:aws:cloudfront::111122223333:key-value-store/the-store' };
    release(site, shell, version(1), atomic);
    release(site, shell, version(2), atomic);
    const before = Object.keys(contentOf(site)).sort();
    expect(before).toHaveLength(4);
    expect(release(site, shell, version(1), atomic)).not.toContain('uploading');
    expect(Object.keys(contentOf(site)).sort()).toEqual(before);
  });
});
