import { App, Stack } from 'aws-cdk-lib';
import { DeploymentEnvironment, EntryCondition, Gate, ReleaseFreeze, WebAppPipeline } from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { check } from '../../../src/check/check';
import { denialsOf, unmodelledOf } from '../../check/verdicts';
import { source } from '../../helpers/delivery';
import { CONCRETE, jsonOf, resourcesOf, statementsOf, type StageJson } from '../../helpers/synth';

interface RuleJson {
  readonly Name: string;
  readonly Configuration: Record<string, any>;
}
type SourceResource = StageJson & {
  readonly BeforeEntry?: { readonly Conditions: Array<{ readonly Result: string; readonly Rules: RuleJson[] }> };
};

/** One freeze, and pipelines in separate stacks that use it. */
function pipelinesOf(condition: (freeze: ReleaseFreeze) => EntryCondition) {
  const app = new App();
  const shared = new Stack(app, 'Shared', CONCRETE);
  const freeze = new ReleaseFreeze(shared, 'Freeze');
  const stacks = ['Shop', 'Blog'].map((id) => {
    const stack = new Stack(app, id, CONCRETE);
    const environments = [
      new DeploymentEnvironment('staging'),
      new DeploymentEnvironment('production', { beforeEntry: condition(freeze) }),
    ];
    new WebAppPipeline(stack, 'Site', { source, environments, pipelineName: `${id.toLowerCase()}-web` });
    return stack;
  });
  return { app, shared, freeze, stacks };
}

function stagesOf(stack: Stack) {
  return resourcesOf(jsonOf(stack), 'AWS::CodePipeline::Pipeline')[0][1].Properties.Stages as SourceResource[];
}

test('passes the name of the pipeline on stage entry only', () => {
  const { stacks } = pipelinesOf((freeze) => EntryCondition.failUnless([freeze.gate()]));
  for (const [i, name] of ['shop-web', 'blog-web'].entries()) {
    const held = stagesOf(stacks[i]).filter(({ BeforeEntry }) => BeforeEntry);
    expect(held.map((stage) => stage.Name)).toEqual(['production']);
    const [
      {
        Result,
        Rules: [rule, ...others],
      },
    ] = held[0].BeforeEntry!.Conditions;
    expect([Result, others]).toEqual(['FAIL', []]);
    expect(rule).toMatchObject({
      Name: 'production-Entry-Freeze',
      RuleTypeId: { Category: 'Rule', Owner: 'AWS', Provider: 'LambdaInvoke', Version: '1' },
    });
    expect(JSON.parse(rule.Configuration.UserParameters)).toEqual({ pipeline: name, stage: 'production' });
    expect(JSON.stringify(rule.Configuration.FunctionName)).toContain('Shared:ExportsOutputRefFreezeFunction');
  }
});

test('allows the pipeline to invoke the function, and does not extend the permissions of the function', () => {
  const { app, shared, stacks } = pipelinesOf((freeze) => EntryCondition.failUnless([freeze.gate()]));
  for (const stack of stacks) {
    const calls = statementsOf(jsonOf(stack)).filter(({ statement }) =>
      [statement.Action].flat().includes('lambda:InvokeFunction'),
    );
    expect(calls.map(({ statement }) => JSON.stringify(statement.Resource))).toEqual([
      expect.stringContaining('FreezeFunction'),
    ]);
  }
  expect(resourcesOf(jsonOf(shared), 'AWS::IAM::Policy')).toEqual([]);
  const report = check(readInput(app.synth().directory, {}));
  expect([report.pipelines.length, denialsOf(report), unmodelledOf(report)]).toEqual([2, [], []]);
});

test('supports other gates and a second freeze with another name', () => {
  const {
    stacks: [shop],
  } = pipelinesOf((freeze) =>
    EntryCondition.failUnless([freeze.gate(), freeze.gate({ ruleName: 'Again' }), Gate.officeHours('Europe/Berlin')]),
  );
  const [{ BeforeEntry }] = stagesOf(shop).filter(({ Name }) => Name === 'production');
  expect(BeforeEntry!.Conditions[0].Rules.map(({ Name }) => Name)).toEqual([
    'production-Entry-Freeze',
    'production-Entry-Again',
    'production-Entry-Window',
  ]);
});

test('can skip the stage', () => {
  const {
    stacks: [shop],
  } = pipelinesOf((freeze) => EntryCondition.skipUnless([freeze.gate()]));
  expect(
    stagesOf(shop).flatMap(({ BeforeEntry }) => BeforeEntry?.Conditions.map(({ Result }) => Result) ?? []),
  ).toContain('SKIP');
});
