import { compliantTemplate, findingsIn, findingsOfStacks, type TestTemplate } from './compliant';
import { RESOURCE_VIOLATIONS } from './resource-violations';
import { STACK_VIOLATIONS } from './stack-violations';
import { VIOLATIONS as PIPELINE_VIOLATIONS } from './violations';
import { SERVICE_RULES } from '../../../src/check/rules';

/** Lists violations of every rule in one stack, by the ID of the rule. */
const VIOLATIONS = { ...PIPELINE_VIOLATIONS, ...RESOURCE_VIOLATIONS };

function findingsOf(template: TestTemplate) {
  return findingsIn(template).filter(({ verdict }) => verdict === 'NON_COMPLIANT');
}

/** Returns the template with one change. */
function changed({ change }: (typeof VIOLATIONS)[string][number]): TestTemplate {
  const template = compliantTemplate();
  change(template.Resources.Pipeline.Properties, template);
  return template;
}

const RULE_IDS = SERVICE_RULES.map(({ id }) => id);

test('finds nothing in a compliant template', () => {
  expect(findingsOf(compliantTemplate())).toEqual([]);
});

test.each([
  ['finds a violation of both values of an open condition', [0, -1], 1],
  ['finds no violation that depends on an open condition', [0, 1], 0],
])('%s', (_, values, count) => {
  const template: TestTemplate = {
    ...compliantTemplate(),
    Parameters: { Stage: { Type: 'String' } },
    Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
  };
  template.Resources.Pipeline.Properties.Stages[0].Actions[0].RunOrder = { 'Fn::If': ['IsProduction', ...values] };

  expect(findingsOf(template).filter(({ id }) => id.startsWith('RunOrder['))).toHaveLength(count);
});

test('has a violation for every rule', () => {
  expect([...Object.keys(VIOLATIONS), ...Object.keys(STACK_VIOLATIONS)].sort()).toEqual([...RULE_IDS].sort());
});

test('has unique IDs, and at least 80 rules', () => {
  expect(new Set(RULE_IDS).size).toBe(RULE_IDS.length);
  expect(RULE_IDS.length).toBeGreaterThanOrEqual(80);
});

const RULES = SERVICE_RULES.map(({ id, severity, see }) => [id, { severity, see }] as const);

describe.each(RULES.filter(([id]) => id in VIOLATIONS))('%s', (id, { severity, see }) => {
  test.each(VIOLATIONS[id].map((violation, index) => [index, violation] as const))(
    'finds violation %i',
    (_, violation) => {
      const findings = findingsOf(changed(violation)).filter((finding) => finding.id.startsWith(`${id}[`));

      expect(findings.map(({ message }) => /^'([^']*)' must /.exec(message)?.[1])).toEqual([...violation.at]);
      for (const finding of findings) {
        expect(finding).toMatchObject({ severity, source: { basis: 'documented', url: see } });
        expect(finding.message).toMatch(/^'[^']+' must .+, got .+; .+$/s);
      }
    },
  );
});

describe.each(RULES.filter(([id]) => id in STACK_VIOLATIONS))('%s', (id, { severity, see }) => {
  test.each(STACK_VIOLATIONS[id])('finds $name', ({ stacks, at }) => {
    const findings = findingsOfStacks(stacks()).filter((finding) => finding.id.startsWith(`${id}[`));

    expect(findings.map(({ message }) => /^'([^']*)' must /.exec(message)?.[1])).toEqual(at);
    for (const finding of findings) expect(finding).toMatchObject({ severity, source: { url: see } });
  });
});
