import { App, Stack } from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  type DeploymentEnvironmentOptions,
  DeploymentWave,
  DeployTarget,
  GitConnection,
  MultiEnvPromotionPipeline,
  type MultiEnvPromotionPipelineProps,
  PipelineSource,
  SiteRelease,
  WebAppPipeline,
  type WebAppPipelineProps,
} from '../../src';
import type { ReleaseDestination } from '../../src/environments/release-destination';
import { statefulOf } from '../helpers/stateful';
import { type CfnTemplate, jsonOf } from '../helpers/synth';
import { CONNECTION_ARN } from '../laws/variants';

/** Creates what an app contains before a change, or after it. */
type Content = (app: App) => void;

/** A change of an app. */
export interface Change {
  readonly before: Content;
  readonly after: Content;
}

const PIPELINE_ENV = { account: '111111111111', region: 'eu-west-1' };
const STAGING_ENV = { account: '222222222222', region: 'eu-west-1' };
const PRODUCTION_ENV = { account: '333333333333', region: 'us-east-1' };
const OTHER_ENV = { account: '444444444444', region: 'us-east-1' };

const shared = GitConnection.fromArn(CONNECTION_ARN);
const source = PipelineSource.gitHub('acme/shop', 'main', { connection: shared });

function env(name: string, options?: DeploymentEnvironmentOptions): DeploymentEnvironment {
  return new DeploymentEnvironment(name, options);
}

function site(props: Partial<WebAppPipelineProps>, id = 'Site'): Content {
  return (app) =>
    void new WebAppPipeline(new Stack(app, 'Shop'), id, {
      source,
      environments: [env('staging'), env('production')],
      ...props,
    });
}

const one = site({ environments: [env('production')] });
const two = site({});

/** Changes of a site in one account, by the words of the page. */
export const CHANGES: Readonly<Record<string, Change>> = {
  'add an environment before production': {
    before: two,
    after: site({ environments: [env('staging'), env('qa'), env('production')] }),
  },
  'add a first environment before a lone production': { before: one, after: two },
  'remove an environment': { before: two, after: one },
  'rename an environment': { before: two, after: site({ environments: [env('preview'), env('production')] }) },
  'reorder environments': { before: two, after: site({ environments: [env('production'), env('staging')] }) },
  'add or remove an approval': {
    before: two,
    after: site({ environments: [env('staging', { approval: Approval.manual() }), env('production')] }),
  },
  'put an environment into a wave': {
    before: two,
    after: site({ environments: [env('staging'), new DeploymentWave('live', [env('production')])] }),
  },
  'change the commands of the build': {
    before: two,
    after: site({ buildStep: BuildStep.nodeJs({ buildCommands: ['make'] }) }),
  },
  'rename the build step': { before: two, after: site({ buildStep: BuildStep.nodeJs({ stepName: 'Compile' }) }) },
  'switch to atomic releases': {
    before: one,
    after: site({
      environments: [env('production', { target: DeployTarget.staticSite({ release: SiteRelease.atomic() }) })],
    }),
  },
  'change the branch': {
    before: two,
    after: site({ source: PipelineSource.gitHub('acme/shop', 'release', { connection: shared }) }),
  },
  'replace a pending connection by a shared one': {
    before: site({ source: PipelineSource.gitHub('acme/shop', 'main') }),
    after: two,
  },
  'change `pipelineName`': { before: two, after: site({ pipelineName: 'shop' }) },
  'change the construct id': { before: two, after: site({}, 'Web') },
};

function orders(environments: ReleaseDestination[], props: Partial<MultiEnvPromotionPipelineProps> = {}): Content {
  return (app) =>
    void new MultiEnvPromotionPipeline(new Stack(app, 'Orders', { env: PIPELINE_ENV }), 'Delivery', {
      source,
      buildStep: BuildStep.shell(['make'], { outputDirectory: 'out' }),
      environments,
      ...props,
    });
}

function stackIn(name: string, where?: DeploymentEnvironmentOptions['env']): DeploymentEnvironment {
  return env(name, { env: where, target: DeployTarget.cloudFormationStack(`orders-${name}`) });
}

const home = [stackIn('dev')];
const across = [...home, stackIn('staging', STAGING_ENV), stackIn('production', PRODUCTION_ENV)];

/** Changes of a pipeline with stacks in several accounts and Regions, over all stacks of the app. */
export const CROSS_ACCOUNT_CHANGES: Readonly<Record<string, Change>> = {
  'add the first environment in another account': {
    before: orders(home),
    after: orders([...home, stackIn('staging', STAGING_ENV)]),
  },
  'add an environment in a known account and Region': {
    before: orders(across),
    after: orders([...across, stackIn('canary', PRODUCTION_ENV)]),
  },
  'add an environment in another account': {
    before: orders(across),
    after: orders([...across, stackIn('spare', OTHER_ENV)]),
  },
  'move an environment to another account': {
    before: orders(across),
    after: orders([...across.slice(0, 2), stackIn('production', OTHER_ENV)]),
  },
  'change `pipelineName`': { before: orders(across), after: orders(across, { pipelineName: 'orders' }) },
};

/** A template of all stacks of an app, whose ids begin with the name of the stack. */
function templateOf(content: Content): CfnTemplate {
  const app = new App();
  content(app);
  const resources = app.node
    .findAll()
    .filter(Stack.isStack)
    .flatMap((stack) =>
      Object.entries(jsonOf(stack).Resources).map(([id, resource]) => [`${stack.stackName}/${id}`, resource]),
    );
  return { Resources: Object.fromEntries(resources) as CfnTemplate['Resources'] };
}

/** The properties that pin a resource down: those of stateful resources, and the names of roles. */
function pinnedOf(template: CfnTemplate): Record<string, unknown> {
  const roles = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
  return {
    ...statefulOf(template),
    ...Object.fromEntries(roles.map(([id, { Properties }]) => [id, Properties.RoleName])),
  };
}

function isEqual(some: unknown, other: unknown): boolean {
  return JSON.stringify(some) === JSON.stringify(other);
}

/** Types with their numbers, as the page writes them. */
function words(types: readonly string[]): string {
  const names = [...new Set(types)].sort();
  const counted = names.map((name) => {
    const count = types.filter((type) => type === name).length;
    return count === 1 ? `\`${name}\`` : `${count} \`${name}\``;
  });
  return counted.join(', ') || 'none';
}

/**
 * Returns the row of a change: the numbers of created, updated and removed resources, then the types of replaced ones
 * and of removed ones with data.
 */
export function rowOf({ before, after }: Change): string[] {
  const [was, is] = [templateOf(before), templateOf(after)];
  const [wasPinned, isPinned] = [pinnedOf(was), pinnedOf(is)];
  const kept = Object.keys(is.Resources).filter((id) => id in was.Resources);
  const removed = Object.keys(was.Resources).filter((id) => !(id in is.Resources));
  const updated = kept.filter((id) => !isEqual(was.Resources[id], is.Resources[id]));
  const replaced = updated.filter((id) => !isEqual(wasPinned[id], isPinned[id]));
  const stateful = statefulOf(was);
  const lost = removed.filter((id) => id in stateful && was.Resources[id].DeletionPolicy !== 'Retain');
  return [
    String(Object.keys(is.Resources).length - kept.length),
    String(updated.length - replaced.length),
    String(removed.length),
    words(replaced.map((id) => is.Resources[id].Type)),
    words(lost.map((id) => was.Resources[id].Type)),
  ];
}
