import { callsOfActions } from './calls/actions';
import { FIXTURES, TOKEN_SOURCE } from './calls/actions/fixtures';
import { RESOURCES } from './calls/actions/resources';

const CALLS = Object.entries({ ...FIXTURES, 'Source/GitHub': [TOKEN_SOURCE] }).flatMap(([provider, fixtures]) =>
  callsOfActions(provider, fixtures, RESOURCES).map((call) => ({ provider, ...call })),
);

function nameOf({ provider, call, resource }: (typeof CALLS)[number]) {
  return `${provider} ${call} ${resource}`;
}

test('an inferred call states why it is never denied', () => {
  const inferred = CALLS.filter(({ basis }) => basis === 'inferred');
  expect(inferred.length).toBeGreaterThan(20);
  expect(
    inferred.filter(({ uncertainty, notRequired }) => (uncertainty ?? notRequired) === undefined).map(nameOf),
  ).toEqual([]);
});

test('a reported call cites the report', () => {
  const reported = CALLS.filter(({ basis, uncertainty }) => basis === 'reported' && uncertainty === undefined);
  expect(reported.length).toBeGreaterThan(1);
  expect(
    reported.filter(({ source }) => !/^https:\/\/github\.com\/.+\/(issues|pull)\/\d+$/.test(source)).map(nameOf),
  ).toEqual([]);
});

test('a documented call cites a page of AWS', () => {
  const documented = CALLS.filter(({ basis }) => basis === 'documented');
  expect(documented.length).toBeGreaterThan(100);
  expect(documented.filter(({ source }) => !source.startsWith('https://docs.aws.amazon.com/')).map(nameOf)).toEqual([]);
});
