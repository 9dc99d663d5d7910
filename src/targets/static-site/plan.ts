import { NO_PARENT } from '../../pipeline/rules';
import { planFiles } from './plan-files';
import { SiteFile } from './site-file';
import { SiteHosting } from './site-hosting';
import { SiteRelease } from './site-release';
import type { HostingSpec, StaticSiteSpec } from './spec';
import { ACTION_PROVIDERS, type ActionProvider } from '../../aws/action-providers';
import { HASHED_NAMES } from '../../aws/front-end-tools';
import { globToRegex } from '../../pipeline/glob';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { listOf, type OptionTypes, readOptions, recordOf, TEXT, instanceOf } from '../../pipeline/read-options';
import {
  type DeployRequest,
  NOTHING_PLANNED,
  type TargetPlan,
  type TargetPlanner,
  deploymentStepName,
} from '../deploy-request';
import { validateNoImage } from '../image-commands';

/** Options of {@link DeployTarget.staticSite}. */
export interface StaticSiteOptions {
  /**
   * Bucket and distribution of the site.
   *
   * @default SiteHosting.managed()
   */
  readonly hosting?: SiteHosting;

  /**
   * Method that replaces the previous version by the new one.
   *
   * @default SiteRelease.inPlace()
   */
  readonly release?: SiteRelease;

  /**
   * Files that browsers may cache for one year without revalidation, since their names change with their content.
   * Patterns are relative to the output folder: `*` matches any characters except `/`, `**` any characters, and `?` one
   * character, as in `assets/**`. Browsers revalidate all other files before each use. Pass an empty list to revalidate
   * all files.
   *
   * @default - the names of hashed files of Vite, webpack, Next.js, Nuxt, SvelteKit, Astro and Angular
   */
  readonly immutablePaths?: string[];

  /**
   * Files that the release adds to the site, by path, such as `config.json` with the settings of the environment. They
   * replace files of the build. Browsers revalidate them before each use. A changed file is a new release. All files
   * together have at most 10 parts of 1000 characters. Everyone can read them, so they must not contain secrets.
   *
   * @default - only the files of the build
   */
  readonly files?: { [path: string]: SiteFile };
}

const SITE_FILE = 'use SiteFile.json or SiteFile.text';

const OPTION_TYPES: OptionTypes<StaticSiteOptions> = {
  hosting: instanceOf(SiteHosting, 'use SiteHosting.managed or SiteHosting.existing'),
  release: instanceOf(SiteRelease, 'use SiteRelease.inPlace() or SiteRelease.atomic()'),
  immutablePaths: listOf(TEXT, "write it as in ['assets/**']"),
  files: recordOf(instanceOf(SiteFile, SITE_FILE), "pass an object, e.g. { 'config.json': SiteFile.json({ … }) }"),
};

/** Maximum length of the pattern: a command that contains it as one line may have 1000 characters. */
const MAX_PATTERN = 700;

/** Pattern that matches no path. */
const NO_PATH = '^$';

/** The provider of the action, which writes its environment variables to files. */
const WRITES_FILES: ActionProvider = { ...ACTION_PROVIDERS.commands, pastesVariables: true };

/** Plans the Commands action that publishes a static site. */
export class StaticSiteTarget implements TargetPlanner {
  public constructor(private readonly options: StaticSiteOptions) {}

  public plan(request: DeployRequest): TargetPlan {
    const { environment, artifact, problems } = request;
    validateNoImage('a static site', request);
    const options = readOptions(this.options, OPTION_TYPES, problems);
    const { hosting = SiteHosting.managed(), release = SiteRelease.inPlace(), immutablePaths, files = {} } = options;
    const immutable = planImmutable(immutablePaths, problems.at('immutablePaths'));
    const hostingSpec = hosting._plan(problems.at('hosting'));
    if (!hostingSpec) return NOTHING_PLANNED;
    const atomic = release._isAtomic();
    if (atomic) validateAtomic(hostingSpec, problems.at('release'));
    const routed = hostingSpec.kind === 'managed';
    const parts = planFiles(files, { immutable, routed }, problems.at('files'));
    const step: StepPlan<StaticSiteSpec> = {
      name: deploymentStepName('Deploy', environment),
      path: problems.path,
      environmentOutputs: { variables: ['SITE_URL'] },
      domainNames: hostingSpec.kind === 'managed' ? hostingSpec.domainNames : [],
      propNames: {
        domainNames: 'hosting.domain.names',
        ...Object.fromEntries(parts.map(({ variable, path }) => [`environmentVariables.${variable}`, `files.${path}`])),
      },
      provider: WRITES_FILES,
      inputs: [artifact],
      outputs: [],
      configuration: {},
      environmentVariables: Object.fromEntries(parts.map(({ variable, text }) => [variable, text])),
      secretFix: 'keep it in the back end, because everyone can read the files of a site',
      spec: { kind: 'static-site', environment, hosting: hostingSpec, atomic, immutable, files: parts },
    };
    return { steps: [step] };
  }
}

/** Returns one regular expression for the paths of files whose names change with their content. */
function planImmutable(paths: readonly string[] | undefined, problems: Problems): string {
  for (const [i, path] of (paths ?? []).entries()) validatePattern(path, problems.index(i));
  const patterns = paths?.map(globToRegex) ?? HASHED_NAMES.map(({ pattern }) => pattern);
  const immutable = patterns.length === 0 ? NO_PATH : patterns.map((pattern) => `(${pattern})`).join('|');
  if (immutable.length > MAX_PATTERN) {
    const rule = `be at most ${MAX_PATTERN} characters as one regular expression`;
    problems.add(rule, `${immutable.length} characters`, 'use fewer or broader patterns');
  }
  return immutable;
}

/** Validates a pattern, which becomes part of a quoted string in a command and of a CloudFront function. */
function validatePattern(pattern: string, problems: Problems): void {
  if (pattern.split('/').includes('..')) {
    return problems.add(NO_PARENT, pattern, 'write it relative to the output folder');
  }
  if (/^[A-Za-z0-9_.@+~?*/-]+$/.test(pattern) && !pattern.startsWith('/')) return;
  problems.add(
    "consist of letters, digits, '_', '.', '@', '+', '~', '-', '/', '*' and '?', and not start with '/'",
    pattern,
    "write it relative to the output folder, e.g. 'assets/**'",
  );
}

function validateAtomic(hosting: HostingSpec, problems: Problems): void {
  if (hosting.kind === 'managed') return;
  problems.add(
    'be SiteRelease.inPlace() with existing hosting',
    'SiteRelease.atomic()',
    'use SiteHosting.managed(), whose distribution has the function and the store that an atomic release requires',
  );
}
