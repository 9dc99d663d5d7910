import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import { readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import type { CheckReport, Finding } from '../../src/check/finding';
import { findingJson, reportJson } from '../../src/check/report/json';
import { explainText, LIMITS, reportText } from '../../src/check/report/text';
import { FLAGGED, PLAIN_PIPELINES } from '../evidence/plain';
import { plainAssembly } from '../evidence/plain-assembly';
import { Change, smallPipeline, statements } from '../helpers/small-pipeline';
import { anywhere, PRIVATE, PROD, stackOf } from '../helpers/stacks';

/** Has denials in the pipeline itself and in two of its stages, and an unmodelled action. */
const broken: Change = ({ Role, RolePolicy, Pipeline }) => {
  statements(Role.Properties.AssumeRolePolicyDocument, 'Trust');
  statements(RolePolicy.Properties.PolicyDocument, 'Publish');
  const ActionTypeId = { Category: 'Test', Owner: 'ThirdParty', Provider: 'Acme', Version: '1' };
  Pipeline.Properties.Stages[1].Actions.push({ Name: 'Scan', ActionTypeId });
};
const brokenInProd: Change = ({ ActionRole }) => statements(ActionRole.Properties.Policies[0].PolicyDocument, 'Stacks');
const REPORT = check(smallPipeline(broken, brokenInProd));
const CLEAN = check(smallPipeline());

function findingsOf({ pipelines }: CheckReport) {
  return pipelines.flatMap(({ findings }) => findings);
}

function deniedIn(report: CheckReport) {
  return findingsOf(report).filter(({ verdict }) => verdict === 'DENIED');
}

describe('text', () => {
  const text = reportText(REPORT);
  const lines = text.split('\n');

  /** The lines below a line, as far as they are indented more. */
  function below(line: string) {
    const start = lines.indexOf(line);
    expect(start).toBeGreaterThanOrEqual(0);

    function depth(one: string) {
      return /^ */.exec(one)![0].length;
    }

    const end = lines.findIndex((one, index) => index > start && depth(one) <= depth(line));
    return lines.slice(start + 1, end).join('\n');
  }

  test('lists findings by pipeline, stage and action, in the order of the pipeline', () => {
    expect(lines[0]).toBe('Pipeline delivery (stack Tools)');
    const ofPipeline = lines.slice(0, lines.indexOf(''));
    const places = ofPipeline.filter((line) => /^ {2}\S/.test(line)).slice(0, -1);
    expect(places).toEqual([
      '  the pipeline itself',
      '  Source / Fetch',
      '  Approve / Ask',
      '  Approve / Scan',
      '  Deploy / Stack',
    ]);
    for (const { stage, action, call, caller, resource, id } of deniedIn(REPORT)) {
      const told = below(stage === undefined ? '  the pipeline itself' : `  ${stage} / ${action}`);
      for (const part of [call, caller, resource, id]) expect(told).toContain(part);
    }
    expect(below('  Approve / Scan')).toMatch(/INFO .*UNMODELLED.*Acme/);
  });

  test('contains the fix and the source of every denial', () => {
    expect(below('  Approve / Ask')).toMatch(/fix: .*"sns:Publish".*RolePolicy/);
    expect(below('  the pipeline itself')).toMatch(/fix: .*trust policy of Role/);
    for (const { source } of deniedIn(REPORT)) expect(text).toContain(`${source!.basis}: ${source!.url}`);
  });

  test('groups similar calls', () => {
    const stacks = deniedIn(REPORT).filter(({ action }) => action === 'Stack');
    expect(stacks.length).toBeGreaterThan(1);
    expect(below('  Deploy / Stack').match(/may not call/g)).toHaveLength(1);
    expect(below('  Deploy / Stack').match(/fix: /g)).toHaveLength(1);
  });

  test('counts the calls, and ends with the limits and the summary', () => {
    const { calls } = REPORT.pipelines[0];
    const { errors, unknown } = REPORT.summary;
    expect(text).toContain(
      `${calls.allowed} calls allowed, ${calls.denied} denied, ${calls.unknown} unknown; 1 action unmodelled`,
    );
    expect(text).toContain(LIMITS.join('\n'));
    expect(lines.at(-2)).toBe(
      `1 pipeline in 2 stacks: ${errors} errors, 0 warnings, ${unknown} unknown, 1 unmodelled.`,
    );
    expect(lines.at(-1)).toBe('');
    expect(errors).toBe(deniedIn(REPORT).length);
  });

  test('reports a pipeline without findings, and the absence of pipelines', () => {
    expect(reportText(CLEAN)).toMatch(
      /\b0 denied\b[^]*1 pipeline in 2 stacks: 0 errors, 0 warnings, \d+ unknown, 0 unmodelled\.\n$/,
    );
    expect(reportText(CLEAN)).not.toContain('fix:');
    expect(reportText(check([stackOf({})]))).toMatch(
      /^These templates contain no pipeline[^]*0 pipelines in 1 stack: 0 errors/,
    );
  });

  test('lists the assumptions', () => {
    function deploys(RoleArn: string) {
      return check(
        smallPipeline(({ Pipeline }) => {
          Pipeline.Properties.Stages[2].Actions[0].RoleArn = RoleArn;
        }),
      );
    }

    const report = deploys(`arn:aws:iam::${PROD}:role/cdk-hnb659fds-deploy-role-${PROD}-eu-west-1`);
    expect(report.assumptions.join()).toContain(`aws://${PROD}/eu-west-1 is bootstrapped`);
    for (const assumption of report.assumptions) expect(reportText(report)).toContain(`  ${assumption}\n`);
    expect(reportText(CLEAN)).not.toContain('granted');
  });
});

describe('explanation of a finding', () => {
  test.each(deniedIn(REPORT).map((finding) => [finding.id, finding] as const))('%s', (id, finding) => {
    const text = explainText(finding);
    expect(text.startsWith(`${id}\n\nDENIED (error)\n`)).toBe(true);
    for (const { explanation: words } of finding.reasons) expect(text).toContain(words);
    expect(text).toMatch(/Why:\n[^]*Fix:\n[^]*The call is documented by AWS: https:/);
    expect(text.endsWith(`${LIMITS.join('\n')}\n`)).toBe(true);
  });

  test('explains an unmodelled action', () => {
    const text = explainText(findingsOf(REPORT).find(({ verdict }) => verdict === 'UNMODELLED')!);
    expect(text).toMatch(/^ProviderUnmodelled\[Tools\/delivery\/Approve\/Scan\]\n\nUNMODELLED \(info\)\n/);
    expect(text).not.toMatch(/Why:|Fix:|undefined/);
  });
});

describe('JSON', () => {
  const page = readFileSync(join(__dirname, '../../docs/reference/check.md'), 'utf8');
  interface Shape {
    pipelines: [{ findings: [{ fix: [object]; source: object }]; calls: object }];
    summary: object;
  }
  const documented = JSON.parse(/```json\n([^]*?)```/.exec(page)![1]) as Shape;

  function keys(value: object) {
    return Object.keys(value).sort();
  }

  test('has exactly the documented keys', () => {
    const [pipeline] = documented.pipelines;
    const [finding] = pipeline.findings;
    for (const report of [REPORT, CLEAN]) {
      const json = JSON.parse(reportJson(report)) as Shape;
      expect(keys(json)).toEqual(keys(documented));
      expect(keys(json.summary)).toEqual(keys(documented.summary));
      expect(keys(json.pipelines[0])).toEqual(keys(pipeline));
      expect(keys(json.pipelines[0].calls)).toEqual(keys(pipeline.calls));
      for (const { fix, source, ...more } of json.pipelines[0].findings) {
        expect(keys({ ...more, fix, source })).toEqual(keys(finding));
        for (const one of fix) expect(keys(finding.fix[0])).toEqual(expect.arrayContaining(keys(one)));
        if (source) expect(keys(source)).toEqual(keys(finding.source));
      }
    }
  });

  test('has null for absent values', () => {
    const json = findingsOf(REPORT).map(findingJson);
    expect(json.filter(({ stage, action }) => stage === null && action === null).length).toBeGreaterThan(0);
    expect(json.find(({ verdict }) => verdict === 'UNMODELLED')).toMatchObject({
      caller: null,
      call: null,
      resource: null,
      source: null,
      fix: [],
      stage: 'Approve',
    });
    expect(reportJson(REPORT)).not.toContain('undefined');
    expect(JSON.parse(reportJson(REPORT))).toMatchObject({
      summary: REPORT.summary,
      assumptions: REPORT.assumptions,
      limits: LIMITS.join(' '),
    });
  });
});

function idsOf(report: CheckReport) {
  return findingsOf(report).map(({ id }) => id);
}

describe('over the evidence', () => {
  function read(name: string) {
    return readInput(plainAssembly(name));
  }

  test.each(Object.keys(PLAIN_PIPELINES).filter((name) => !name.endsWith(FLAGGED)))(
    '%s',
    (name) => {
      const report = check(read(name));
      const [text, json] = [reportText(report), reportJson(report)];
      // The same app, in another folder: nothing may depend on where or when.
      expect(reportJson(check(read(name)))).toBe(json);
      for (const output of [text, json, ...findingsOf(report).map(explainText)]) {
        expect(output).not.toMatch(PRIVATE);
        expect(output).not.toMatch(/undefined|\[object|NaN/);
      }
      for (const { findings, calls } of (JSON.parse(json) as CheckReport).pipelines) {
        function of(verdict: Finding['verdict']) {
          return findings.filter((finding) => finding.verdict === verdict).length;
        }

        expect([of('DENIED'), of('UNKNOWN'), of('UNMODELLED')]).toEqual([
          calls.denied,
          calls.unknown,
          calls.unmodelled,
        ]);
        expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
      }

      function count(is: (finding: Finding) => boolean) {
        return findingsOf(report).filter(is).length;
      }

      expect(report.summary).toMatchObject({
        errors: count(({ severity }) => severity === 'error'),
        warnings: count(({ severity }) => severity === 'warning'),
        unknown: count(({ verdict }) => verdict === 'UNKNOWN'),
        unmodelled: count(({ verdict }) => verdict === 'UNMODELLED'),
      });
      for (const { id } of deniedIn(report)) expect(text).toContain(id);
      expect(text.split('\n').at(-2)).toContain(`: ${report.summary.errors} error`);
    },
    30_000,
  );
});

describe('ids', () => {
  test('belong to one finding for actions with the same fix', () => {
    // Two actions of one name.
    const report = check(
      smallPipeline((resources) => {
        broken(resources);
        resources.Pipeline.Properties.Stages.push(resources.Pipeline.Properties.Stages[1]);
      }),
    );
    expect(new Set(idsOf(report)).size).toBe(idsOf(report).length);
    expect(idsOf(report).filter((id) => id.includes('sns:Publish'))).toHaveLength(1);
  });

  test('differ for pipelines with the same name', () => {
    function twin(stack: AssemblyStack): AssemblyStack {
      return { ...stack, displayName: 'Twin', stackName: 'Twin', region: 'us-east-1' };
    }

    const [tools, prod] = smallPipeline(broken);
    const report = check([tools, prod, twin(tools)]);
    expect(new Set(idsOf(report)).size).toBe(idsOf(report).length);
  });
});

describe('unknown values', () => {
  const OPEN = { 'Fn::ImportValue': 'Open' };
  const opened: Change = (resources) => {
    const { Pipeline, RolePolicy } = resources;
    Pipeline.Properties.Name = OPEN;
    for (const stage of Pipeline.Properties.Stages) {
      stage.Name = { 'Fn::Sub': ['${a}', { a: OPEN }] };
      for (const action of stage.Actions) action.Name = OPEN;
    }
    Pipeline.Properties.Stages[1].Actions.push({
      Name: OPEN,
      ActionTypeId: { Category: OPEN, Owner: OPEN, Provider: OPEN, Version: '1' },
    });
    RolePolicy.Properties.PolicyName = OPEN;
    statements(RolePolicy.Properties.PolicyDocument, 'Publish', (statement) => ({ ...statement, Resource: OPEN }));
    statements(RolePolicy.Properties.PolicyDocument, 'Store', (statement) => ({ ...statement, Resource: [OPEN] }));
    statements(RolePolicy.Properties.PolicyDocument, 'Assume');
  };

  function outputs(report: CheckReport) {
    return [reportText(report), reportJson(report), ...findingsOf(report).map(explainText)];
  }

  test.each<[string, (stacks: AssemblyStack[]) => AssemblyStack[]]>([
    ['somewhere', (stacks) => stacks],
    ['anywhere', (stacks) => stacks.map(anywhere)],
  ])('are described in messages, %s', (_, place) => {
    const report = check(place(smallPipeline(opened)));
    for (const output of outputs(report)) expect(output).not.toMatch(PRIVATE);
    expect(reportText(report)).toContain('Pipeline <export Open> (stack Tools)');
    expect(reportText(report)).toContain('<export Open> / <export Open>');
  });

  test('are described in denying statements, too', () => {
    const denies: Change = ({ RolePolicy }) => {
      RolePolicy.Properties.PolicyName = OPEN;
      RolePolicy.Properties.PolicyDocument.Statement.push({
        Sid: OPEN,
        Effect: 'Deny',
        Action: 'sns:*',
        Resource: '*',
      });
    };
    const report = check(smallPipeline(denies));
    expect(deniedIn(report)).toHaveLength(1);
    for (const output of outputs(report)) expect(output).not.toMatch(PRIVATE);
  });
});
