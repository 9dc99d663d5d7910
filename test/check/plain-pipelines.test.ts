import { DENIED, UNKNOWN } from './plain-pipelines/expected';
import { denialsOf, findingsOf, Unknowns, unmodelledOf } from './verdicts';
import { readInput } from '../../src/assembly/input';
import type { Template } from '../../src/assembly/template';
import { check } from '../../src/check/check';
import { FLAGGED, PLAIN_BUILDS, PLAIN_PIPELINES } from '../evidence/plain';
import { plainAssembly } from '../evidence/plain-assembly';

/** The tests list all UNKNOWN calls, because a check with less information also denies less. */
const unknowns = { plain: new Unknowns(), flagged: new Unknowns() };

/** Counts the findings: actions whose denials have the same fix share one. */
function countOf(severity: string, denials: readonly string[] = []) {
  const ofSeverity = denials.filter((denial) => denial.startsWith(severity));
  return new Set(ofSeverity.map((denial) => denial.replace(/^.*?: /, ''))).size;
}

describe('allows the calls of pipelines of aws-cdk-lib', () => {
  test.each(Object.keys(PLAIN_PIPELINES))(
    '%s',
    (name) => {
      const build = name.replace(FLAGGED, '');
      const report = check(readInput(plainAssembly(name)));

      expect(denialsOf(report)).toEqual(DENIED[build] ?? []);
      expect(report.summary).toMatchObject({
        pipelines: PLAIN_BUILDS[build].pipelines,
        errors: countOf('error', DENIED[build]),
        warnings: countOf('warning', DENIED[build]),
      });
      expect(unmodelledOf(report)).toEqual([]);
      // A pipeline of two actions makes more calls than this.
      for (const { calls } of report.pipelines) expect(calls.allowed).toBeGreaterThan(15);
      for (const { message, why, call, resource } of findingsOf(report)) {
        expect(why).toMatch(/\w{3}/);
        expect(message).toContain(`${call} on ${resource}: ${why}`);
      }
      unknowns[name === build ? 'plain' : 'flagged'].add(build, report);
    },
    30_000,
  );

  test('has the expected unknown calls for the expected reasons', () => {
    expect(unknowns.plain.list()).toEqual(UNKNOWN);
  });

  test('has the same unknown calls with all feature flags', () => {
    expect(unknowns.flagged.list()).toEqual(unknowns.plain.list());
  });
});

describe(
  'connections that the console makes have the new name of their service in the ARN, aws-cdk-lib grants their use ' +
    'under the old one',
  () => {
    const stacks = readInput(plainAssembly('full-clone'));

    /** Returns the findings about the use of the connection by the source action and the build. */
    function verdictsOf(granted: string) {
      const rewritten = stacks.map((stack) => {
        const text = JSON.stringify(stack.template)
          .replaceAll('arn:aws:codestar-connections:', 'arn:aws:codeconnections:')
          .replaceAll('"codestar-connections:UseConnection"', granted);
        return { ...stack, template: JSON.parse(text) as Template };
      });
      return findingsOf(check(rewritten))
        .filter(({ call }) => call?.endsWith(':UseConnection'))
        .map(({ severity, verdict, call, why }) => `${severity} ${verdict} ${call}: ${why}`);
    }

    const unknown =
      'info UNKNOWN codeconnections:UseConnection: only the former name ' +
      'codestar-connections:UseConnection is allowed, which may not be sufficient';

    test.each<[string, string, unknown[]]>([
      ['the old name', '"codestar-connections:UseConnection"', [unknown, unknown]],
      ['the new name', '"codeconnections:UseConnection"', []],
      ['both', '["codestar-connections:UseConnection","codeconnections:UseConnection"]', []],
      [
        'neither',
        '"codeconnections:GetConnection"',
        Array(2).fill(expect.stringMatching(/^error DENIED codeconnections:UseConnection: /)),
      ],
    ])('allows %s', (_, granted, verdicts) => expect(verdictsOf(granted)).toEqual(verdicts));
  },
);
