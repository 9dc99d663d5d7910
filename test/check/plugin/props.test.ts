import { CheckSeverity, PipelineCheck, type PipelineCheckProps } from '../../../src';
import { CHECK_RULES } from '../../../src/check/select';
import { A_LIST, AN_OBJECT, KNOWN_PROPERTY } from '../../../src/common/rules';

function create(props: unknown) {
  return () => new PipelineCheck(props as PipelineCheckProps);
}

/** Wrong properties, as JavaScript accepts them, each with the problems. */
const WRONG: ReadonlyArray<[props: unknown, ...problems: string[]]> = [
  [
    { failOn: 'fatal', excludedRules: ['RunOrdr', 7] },
    '\'failOn\' must be info, warning, error, got "fatal"; use a member of CheckSeverity',
    "'excludedRules[0]' must be the ID of a rule, got \"RunOrdr\"; did you mean 'RunOrder'?",
    "'excludedRules[1]' must be the ID of a rule, got 7; choose among those of docs/reference/rules.md",
  ],
  [{ failOn: 3 }, "'failOn' must be info, warning, error, got 3; use a member of CheckSeverity"],
  [{ failOn: {} }, "'failOn' must be info, warning, error, got {}; use a member of CheckSeverity"],
  [
    { failOn: CheckSeverity.INFO, reportFrom: 'ERROR' },
    '\'reportFrom\' must be info, warning, error, got "ERROR"; use a member of CheckSeverity',
  ],
  [
    { failOn: CheckSeverity.INFO, reportFrom: CheckSeverity.WARNING },
    '\'reportFrom\' must not be higher than \'failOn\', got "warning"; pass at most "info"',
  ],
  [{ failon: 'error' }, `'failon' must ${KNOWN_PROPERTY}, got "error"; did you mean 'failOn'?`],
  [
    { severity: undefined },
    `'severity' must ${KNOWN_PROPERTY}, got nothing; remove it, or use one of ` +
      'failOn, reportFrom, rules, excludedRules',
  ],
  [{ excludedRules: 'RunOrder' }, `'excludedRules' must ${A_LIST}, got "RunOrder"; pass the IDs of rules in a list`],
  [{ rules: new Set() }, `'rules' must ${A_LIST}, got {}; pass the IDs of rules in a list`],
  [
    { rules: [] },
    "'rules' must contain at least one rule that is not excluded, got []; add a rule, or remove the plugin",
  ],
  [
    { rules: ['RunOrder'], excludedRules: ['RunOrder'] },
    "'rules' must contain at least one rule that is not excluded, got []; add a rule, or remove the plugin",
  ],
  [
    { rules: [undefined, null, () => 1] },
    "'rules[0]' must be the ID of a rule, got nothing; choose among those of docs/reference/rules.md",
    "'rules[1]' must be the ID of a rule, got null; choose among those of docs/reference/rules.md",
    "'rules[2]' must be the ID of a rule, got a function; choose among those of docs/reference/rules.md",
  ],
  ['error', `'props' must ${AN_OBJECT}, got "error"; pass e.g. { failOn: CheckSeverity.WARNING }`],
  [['RunOrder'], `'props' must ${AN_OBJECT}, got ["RunOrder"]; pass e.g. { failOn: CheckSeverity.WARNING }`],
];

test.each(WRONG)('rejects %j', (props, ...problems) => {
  expect(create(props)).toThrow(new Error(problems.map((problem) => `[PipelineCheck] ${problem}`).join('\n')));
});

test('rejects values without JSON', () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;

  expect(create({ failOn: circular })).toThrow(/^\[PipelineCheck\] 'failOn' must be .*, got an object without JSON;/);
  expect(create({ failOn: BigInt(1) })).toThrow(/got a bigint;/);
});

test.each([undefined, null, {}, { failOn: null, reportFrom: undefined, rules: null, excludedRules: [] }])(
  'accepts %j',
  (props) => {
    expect(create(props)().ruleIds).toHaveLength(CHECK_RULES.length);
  },
);
