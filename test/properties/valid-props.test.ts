import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  SiteFile,
  SiteHosting,
  SiteRelease,
  SiteRouting,
  type WebAppPipelineProps,
} from '../../src';
import { checkWebApp, planWebApp } from '../helpers/plans';
import { actionsOf, pipelineOf, resolved, templateOf } from '../helpers/synth';
import { source } from '../laws/variants';

const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);
const folder = fc
  .array(fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'));

function optional<T>(arbitrary: fc.Arbitrary<T>) {
  return fc.option(arbitrary, { nil: undefined });
}

const command = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== '');

const buildStep = fc
  .record({
    directory: optional(folder),
    outputDirectory: optional(folder),
    installCommands: optional(fc.array(command, { maxLength: 3 })),
    testCommands: optional(fc.array(command, { maxLength: 3 })),
    buildCommands: optional(fc.array(command, { minLength: 1, maxLength: 3 })),
    nodeVersion: optional(fc.constantFrom('18', '20', '22')),
    testReports: optional(fc.array(folder, { maxLength: 2 })),
    coverageReports: optional(fc.array(folder, { maxLength: 2 })),
    timeout: optional(fc.integer({ min: 5, max: 2160 }).map((minutes) => Duration.minutes(minutes))),
  })
  .map((options) => BuildStep.nodeJs(options));

const target = fc
  .record({
    hosting: optional(
      fc
        .record({
          routing: optional(fc.constantFrom(SiteRouting.PAGES, SiteRouting.SINGLE_PAGE)),
          accessLogs: optional(fc.boolean()),
        })
        .map((options) => SiteHosting.managed(options)),
    ),
    release: optional(fc.constantFrom(SiteRelease.inPlace(), SiteRelease.atomic())),
    immutablePaths: optional(fc.array(folder, { maxLength: 4 })),
    files: optional(
      fc
        .tuple(
          // The CDK encodes tokens as numbers of about -1e289.
          fc.jsonValue().filter((json) => !/#\{|e\+289/.test(JSON.stringify(json))),
          fc.stringMatching(/^[ -~\n]{1,500}$/).filter((text) => !text.includes('#{')),
        )
        .map(([json, text]) => ({ 'a.json': SiteFile.json(json), 'b/c.txt': SiteFile.text(text) })),
    ),
  })
  .map((options) => DeployTarget.staticSite(options));

const approval = fc.oneof(
  fc.constant(Approval.none()),
  fc
    .record({
      timeout: optional(fc.integer({ min: 5, max: 86_400 }).map((minutes) => Duration.minutes(minutes))),
      comment: optional(fc.string({ minLength: 1, maxLength: 200 }).filter((text) => !text.includes('#{'))),
    })
    .map((options) => Approval.manual(options)),
);

function reserved(one: string) {
  return /^(source|build)$|-approve$/i.test(one) || ['Default', 'Resource'].includes(one) || one in Object.prototype;
}

function sameName(a: string, b: string) {
  return a.toLowerCase() === b.toLowerCase();
}

const options = fc.record({
  target: optional(target),
  production: optional(fc.boolean()),
  approval: optional(approval),
});
const environments = fc
  .uniqueArray(
    name.filter((one) => !reserved(one)),
    { minLength: 1, maxLength: 4, comparator: sameName },
  )
  .chain((names) => fc.tuple(...names.map((one) => options.map((each) => new DeploymentEnvironment(one, each)))));

const validProps: fc.Arbitrary<WebAppPipelineProps> = fc.record({
  source: fc.constant(source),
  buildStep: optional(buildStep),
  environments: optional(environments),
  pipelineName: optional(fc.stringMatching(/^[A-Za-z0-9._-]{1,100}$/)),
  artifactRetention: optional(fc.integer({ min: 150, max: 3000 }).map((days) => Duration.days(days))),
});

test('accepts any valid props', () => {
  fc.assert(
    fc.property(validProps, (props) => {
      expect(checkWebApp(props)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('renders the planned stages within the limits for any valid props', () => {
  fc.assert(
    fc.property(validProps, (props) => {
      const template = templateOf(props);
      expect(pipelineOf(template).Stages.map((stage) => stage.Name)).toEqual(
        planWebApp(props).stages.map((stage) => stage.name),
      );
      for (const action of actionsOf(template)) {
        for (const value of Object.values(action.Configuration ?? {})) {
          expect(resolved(value).length).toBeLessThanOrEqual(1000);
        }
        for (const line of action.Commands ?? []) expect(resolved(line).length).toBeLessThanOrEqual(1000);
      }
      expect(JSON.stringify(template)).not.toContain('${Token[');
    }),
    { numRuns: 60 },
  );
});

test('runs exactly the configured commands', () => {
  const commands = fc.array(command, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(commands, commands, (testCommands, buildCommands) => {
      const { spec } = planWebApp({ source, buildStep: BuildStep.nodeJs({ testCommands, buildCommands }) }).stages[1]
        .actions[0];
      expect(spec).toMatchObject({ phases: { build: [...testCommands, ...buildCommands] } });
    }),
  );
});
