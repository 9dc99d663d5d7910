import { type App, Stack } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { ACROSS, HOME, PLACES } from './across-variants';
import { DeploymentEnvironment, type DeploymentEnvironmentOptions, PipelineSource, WebAppPipeline } from '../../src';
import { readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import { statefulOf } from '../helpers/stateful';
import { type CfnTemplate, resolved } from '../helpers/synth';
import { synthesizedApp } from '../helpers/synthesized';

interface Made {
  readonly account: string;
  readonly region: string;
  readonly template: CfnTemplate;
  readonly needs: readonly string[];
}

/** Every stack of an app, with all that must be deployed before it. */
function assembled(
  title: string,
  make: (app: App) => void,
): { outdir: string; stacks: Readonly<Record<string, Made>> } {
  const assembly = new CloudAssembly(synthesizedApp(title, make));

  function before(name: string): string[] {
    return assembly.stacks
      .find(({ stackName }) => stackName === name)!
      .dependencies.flatMap((one) =>
        'stackName' in one ? [one.stackName as string, ...before(one.stackName as string)] : [],
      );
  }

  return {
    outdir: assembly.directory,
    stacks: Object.fromEntries(
      assembly.stacks.map(({ stackName, environment: { account, region }, template }) => [
        stackName,
        {
          account,
          region,
          template: { Resources: {}, ...(template as Partial<CfnTemplate>) },
          needs: before(stackName),
        },
      ]),
    ),
  };
}

const FORBIDDEN = /Custom::CrossRegionExport|Custom::CrossAccount/;
const NAMED = { 'AWS::IAM::Role': 'RoleName', 'AWS::S3::Bucket': 'BucketName', 'AWS::SSM::Parameter': 'Name' } as const;

/** What a stack makes that others know by its name alone. */
function namesIn({ template }: Made) {
  return Object.values(template.Resources).flatMap(({ Type, Properties }) => {
    const name = Type in NAMED ? Properties[NAMED[Type as keyof typeof NAMED]] : undefined;
    return name === undefined ? [] : [{ Type, name: resolved(name) as string }];
  });
}

function isPipeline({ template }: Made) {
  return Object.values(template.Resources).some(({ Type }) => Type === 'AWS::CodePipeline::Pipeline');
}

describe.each(Object.entries(ACROSS))('%s', (variant, make) => {
  const { outdir, stacks } = assembled(variant, make);
  const named = Object.entries(stacks).flatMap(([stack, made]) =>
    namesIn(made).map((one) => ({ ...one, stack, account: made.account })),
  );

  test('references other accounts and Regions by names, except the key of a store', () => {
    for (const [name, { template, account, region, needs }] of Object.entries(stacks)) {
      const text = JSON.stringify(template);
      expect(text).not.toMatch(FORBIDDEN);
      // Within one account and region stacks may import from each other: access to a service names the roles of its
      // tasks.
      for (const [, exporter] of text.matchAll(/\{"Fn::ImportValue":"([^":]+):/g)) {
        expect([stacks[exporter].account, stacks[exporter].region]).toEqual([account, region]);
        expect(needs).toContain(exporter);
      }
      expect(text.match(/Fn::ImportValue/g)?.length ?? 0).toBe(
        text.match(/\{"Fn::ImportValue":"([^":]+):/g)?.length ?? 0,
      );
      for (const [, parameters] of text.matchAll(/\{"Fn::GetStackOutput":(\{[^}]*\})/g)) {
        const { StackName, OutputName, ...more } = JSON.parse(parameters) as Record<string, string>;
        expect(OutputName).toBe('KeyArn');
        expect(more).toEqual({ Region: stacks[StackName].region });
        expect(stacks[StackName].account).toBe(account);
        expect(needs).toContain(StackName);
        expect(isPipeline(stacks[name])).toBe(true);
      }
    }
  });

  test('creates referenced resources first, and the pipeline last', () => {
    function known(text: string, name: string) {
      return new RegExp(`[:/"' ]${name}["'/ ]`).test(text);
    }

    for (const [name, made] of Object.entries(stacks).filter(([, one]) => isPipeline(one))) {
      const pipeline = JSON.stringify(
        Object.values(made.template.Resources).filter(({ Type }) => /::(Pipeline|Policy)$/.test(Type)),
      );
      const used = named.filter((one) => one.stack !== name && known(pipeline, one.name));
      // Access that another app created exists before.
      for (const { stack } of used.filter((one) => !one.stack.endsWith('Access'))) expect(made.needs).toContain(stack);
    }
    for (const [name, { needs }] of Object.entries(stacks)) {
      expect(needs).not.toContain(name);
      // Nothing waits for a pipeline.
      for (const need of needs) expect(isPipeline(stacks[need])).toBe(false);
    }
  });

  test('gives all resources unique names', () => {
    const all = named.map(({ Type, name, account }) =>
      Type === 'AWS::S3::Bucket' ? name : `${account} ${Type} ${name}`,
    );
    expect(all.filter((one, i) => all.indexOf(one) < i)).toEqual([]);
  });

  test('passes the permission check without denied or unknown calls', () => {
    const { pipelines } = check(readInput(outdir));
    const findings = pipelines.flatMap((one) => one.findings);
    expect(findings.filter(({ verdict }) => verdict === 'DENIED' || verdict === 'UNMODELLED')).toEqual([]);
  });
});

const source = PipelineSource.gitHub('acme/shop', 'main');

function pipelineOf(...environments: Array<[string, DeploymentEnvironmentOptions]>) {
  return (app: App) => {
    new WebAppPipeline(new Stack(app, 'Shop', { env: HOME }), 'Site', {
      source,
      environments: environments.map(([name, options]) => new DeploymentEnvironment(name, options)),
    });
  };
}

function at(place: keyof typeof PLACES): DeploymentEnvironmentOptions {
  return { env: PLACES[place] };
}

const before = pipelineOf(['production', {}]);
const abroad = pipelineOf(['staging', at('another account')], ['production', {}]);
const GROWTH: ReadonlyArray<[string, (app: App) => void, (app: App) => void]> = [
  ['the first account', before, abroad],
  ['the first region', before, pipelineOf(['staging', at('another region')], ['production', {}])],
  ['both', before, pipelineOf(['staging', at('both')], ['production', {}])],
  ['a further account', abroad, pipelineOf(['staging', at('another account')], ['qa', at('both')], ['production', {}])],
  [
    'a further environment of the same account and region',
    abroad,
    pipelineOf(['qa', at('another account')], ['staging', at('another account')], ['production', {}]),
  ],
];

test.each(GROWTH)('replaces and deletes no stateful resource when %s is added', (addition, was, is) => {
  function of(when: string, make: (app: App) => void) {
    return Object.fromEntries(
      Object.entries(assembled(`${when} ${addition}`, make).stacks).map(([name, { template }]) => [
        name,
        statefulOf(template),
      ]),
    );
  }

  const [old, now] = [of('before', was), of('after', is)];
  expect(Object.keys(old).length).toBeGreaterThan(0);
  for (const [stack, resources] of Object.entries(old)) expect(now[stack]).toMatchObject(resources);
});
