import { App, Stack } from 'aws-cdk-lib';
import { ALL, entriesOf, isLegal, LEGAL, namesIn, ruleOf, TRIED, wordOf, wrongWith } from './conditions-table';
import type { ConditionPlan } from '../../src/pipeline/pipeline-plan';
import { deliveryOf, type Setting, STAGE, webAppOf } from '../helpers/gates';
import { checkDelivery, checkWebApp, planDelivery, planWebApp } from '../helpers/plans';

test('covers thousands of valid and invalid combinations', () => {
  expect(LEGAL.length).toBeGreaterThan(3000);
  expect(ALL.length - LEGAL.length).toBeGreaterThan(10_000);
});

test('the selection holds each entry, success and failure together, and any two under each host and mode', () => {
  const places: ReadonlyArray<ReadonlyArray<keyof Setting>> = [
    ['entry', 'success', 'failure'],
    ['entry', 'success', 'host', 'mode'],
    ['entry', 'failure', 'host', 'mode'],
    ['success', 'failure', 'host', 'mode'],
  ];
  for (const some of places) {
    function choices(settings: readonly Setting[]) {
      return new Set(settings.map((setting) => some.map((place) => setting[place]).join(', '))).size;
    }

    expect([some, choices(TRIED)]).toEqual([some, choices(ALL)]);
  }
});

test('every combination that is tried is taken, or refused with exactly what is wrong with it', () => {
  const stack = new Stack(new App(), 'Shop');
  for (const setting of TRIED) {
    const problems =
      setting.host === 'web app' ? checkWebApp(webAppOf(stack, setting)) : checkDelivery(deliveryOf(stack, setting));
    const wrong = wrongWith(setting);
    const fits =
      problems.length === wrong.length && wrong.every((one) => problems.some((problem) => problem.startsWith(one)));
    if (!fits) expect({ setting, problems }).toEqual({ setting, problems: wrong });
  }
}, 60_000);

test('every legal combination that is tried is planned as configured', () => {
  const stack = new Stack(new App(), 'Shop');

  function providers(condition?: ConditionPlan<string>) {
    return condition?.rules.map(({ provider }) => (provider as { provider: string }).provider);
  }

  function expected(text: string) {
    return text === 'unsaid' ? undefined : namesIn(text).map((gate) => ruleOf(gate).provider);
  }

  for (const setting of TRIED.filter(isLegal)) {
    const { stages } =
      setting.host === 'web app' ? planWebApp(webAppOf(stack, setting)) : planDelivery(deliveryOf(stack, setting));
    const stage = stages.find(({ name }) => name === STAGE)!;
    const got = stages
      .filter(({ beforeEntry }) => beforeEntry)
      .map(({ name, beforeEntry }) => [name, beforeEntry!.result, providers(beforeEntry)]);
    const want =
      setting.entry === 'unsaid'
        ? []
        : entriesOf(setting).map((name) => [name, wordOf(setting.entry).toUpperCase(), expected(setting.entry)]);
    const success = [stage.onSuccess?.result, providers(stage.onSuccess)];
    const wantSuccess = [
      { unsaid: undefined, fail: 'FAIL', back: 'ROLLBACK' }[wordOf(setting.success)],
      expected(setting.success),
    ];
    // Thousands of calls of expect would take longer than all the planning.
    const fits = JSON.stringify([got, success]) === JSON.stringify([want, wantSuccess]);
    if (!fits) expect({ setting, got, success }).toEqual({ setting, got: want, success: wantSuccess });
    const others = stages.filter((one) => one !== stage && (one.onSuccess ?? one.onFailure) !== undefined);
    if (others.length > 0) expect({ setting, others }).toEqual({ setting, others: [] });
  }
}, 60_000);
