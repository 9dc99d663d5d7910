import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  type DeploymentEnvironmentOptions,
  DeployTarget,
  GitConnection,
  PipelineSource,
  type WebAppPipelineProps,
} from '../../src';
import { webApp } from '../helpers/synth';
import { source } from '../laws/variants';

function env(name: string, options?: DeploymentEnvironmentOptions) {
  return { source, environments: [new DeploymentEnvironment(name, options)] };
}

function outside(min: number, max: number) {
  return fc.oneof(fc.integer({ min: 0, max: min - 1 }), fc.integer({ min: max + 1, max: max * 3 }));
}

/** A way to break one prop, with the name under which the error must speak of it. */
const BROKEN: Readonly<Record<string, fc.Arbitrary<[WebAppPipelineProps, string]>>> = {
  repository: fc
    .string()
    .filter((text) => !/^[\w.-]+(\/[\w.-]+)+$/.test(text))
    .map((text) => [{ source: PipelineSource.gitHub(text, 'main') }, 'source.repository']),
  branch: fc
    .stringMatching(/^[a-z]*[ ~^:?*[\\][a-z]*$/)
    .map((text) => [{ source: PipelineSource.gitHub('a/b', text) }, 'source.branch']),
  connection: fc
    .string()
    .map((text) => [
      { source: PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.fromArn(text) }) },
      'source.connection',
    ]),
  environment: fc
    .string()
    .filter((text) => !/^[A-Za-z0-9_-]{1,50}$/.test(text))
    .map((text) => [env(text), 'environments[0].environmentName']),
  expiry: outside(5, 86_400).map((minutes) => [
    {
      ...env('a', { approval: Approval.manual({ timeout: Duration.minutes(minutes) }) }),
      artifactRetention: Duration.days(3000),
    },
    'environments[0].approval.timeout',
  ]),
  output: fc
    .stringMatching(/^(\.\.\/[a-z]*|\/[a-z]*|[a-z]+\/\.\.|[a-z]*["'`$][a-z]*)$/)
    .map((path) => [{ source, buildStep: BuildStep.nodeJs({ outputDirectory: path }) }, 'buildStep.outputDirectory']),
  timeout: outside(5, 2160).map((minutes) => [
    { source, buildStep: BuildStep.nodeJs({ timeout: Duration.minutes(minutes) }) },
    'buildStep.timeout',
  ]),
  pattern: fc
    .stringMatching(/^[a-z]*['"\\ ${}()|^[\]][a-z]*$/)
    .map((path) => [
      env('a', { target: DeployTarget.staticSite({ immutablePaths: [path] }) }),
      'environments[0].target.immutablePaths[0]',
    ]),
  pipelineName: fc
    .string({ minLength: 1 })
    .filter((text) => !/^[A-Za-z0-9._-]{1,100}$/.test(text))
    .map((pipelineName) => [{ source, pipelineName }, 'pipelineName']),
  retention: fc
    .integer({ min: 1, max: 89 })
    .map((days) => [{ source, artifactRetention: Duration.days(days) }, 'artifactRetention']),
};

test.each(Object.entries(BROKEN))('reports an invalid %s with its path', (_, broken) => {
  fc.assert(
    fc.property(broken, ([props, prop]) => {
      let message = '';
      try {
        webApp(props);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).toMatch(/^\[WebAppPipeline Shop\/Site\] '[^']+' must .+, got .+; .+$/s);
      expect(message.startsWith(`[WebAppPipeline Shop/Site] '${prop}' must `)).toBe(true);
      expect(message.split('[WebAppPipeline ')).toHaveLength(2);
    }),
    { numRuns: 60 },
  );
});

test('reports several invalid props in one error', () => {
  const pairs = fc
    .uniqueArray(fc.constantFrom(...Object.keys(BROKEN)), { minLength: 2, maxLength: 4 })
    .chain((keys) => fc.tuple(...keys.map((key) => BROKEN[key])));
  fc.assert(
    fc.property(pairs, (broken) => {
      const props = Object.assign({}, ...broken.map(([one]) => one)) as WebAppPipelineProps;
      expect(() => webApp(props)).toThrow(/^\[WebAppPipeline Shop\/Site\] '/);
    }),
    { numRuns: 60 },
  );
});
