import { Duration } from 'aws-cdk-lib';
import { Approval, BuildStep, DeploymentEnvironment, PipelineSource, type WebAppPipelineProps } from '../../../src';
import { allActions } from '../../../src/pipeline/actions';
import { planWebApp } from '../../helpers/plans';

const source = PipelineSource.gitHub('acme/shop', 'main');

function env(name: string, options?: ConstructorParameters<typeof DeploymentEnvironment>[1]) {
  return new DeploymentEnvironment(name, options);
}

function stageNames(environments?: DeploymentEnvironment[]) {
  return planWebApp({ source, environments }).stages.map((stage) => stage.name);
}

function action(props: Omit<WebAppPipelineProps, 'source'>, name: string) {
  return allActions(planWebApp({ source, ...props })).find((one) => one.name === name)!;
}

describe('stages', () => {
  test('have no approval for a single environment', () => {
    expect(stageNames()).toEqual(['Source', 'Build', 'production']);
    expect(stageNames([env('live')])).toEqual(['Source', 'Build', 'live']);
  });

  test('require an approval for the last of several environments', () => {
    expect(stageNames([env('a'), env('b'), env('c')])).toEqual(['Source', 'Build', 'a', 'b', 'c-Approve', 'c']);
  });

  test('treat only explicit environments as production, regardless of names', () => {
    expect(stageNames([env('dev'), env('live', { production: true }), env('production')])).toEqual([
      'Source',
      'Build',
      'dev',
      'live-Approve',
      'live',
      'production',
    ]);
    expect(stageNames([env('dev'), env('production', { production: false })])).toEqual([
      'Source',
      'Build',
      'dev',
      'production',
    ]);
  });

  test('use the approval of any environment', () => {
    expect(stageNames([env('a', { approval: Approval.manual() }), env('b', { approval: Approval.none() })])).toEqual([
      'Source',
      'Build',
      'a-Approve',
      'a',
      'b',
    ]);
  });

  test('roll back environments, but no other stages', () => {
    const { stages } = planWebApp({ source, environments: [env('a'), env('b')] });
    expect(stages.filter(({ onFailure }) => onFailure?.kind === 'roll-back').map((stage) => stage.name)).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('approvals', () => {
  test('describe the commit, and expire after a week', () => {
    expect(action({ environments: [env('a'), env('b')] }, 'Approve-b')).toMatchObject({
      configuration: { CustomData: 'Release to b. Commit #{Source-vars.CommitId}: #{Source-vars.CommitMessage}' },
      timeoutMinutes: 7 * 24 * 60,
    });
  });

  test('have an explicit comment', () => {
    const approval = Approval.manual({
      timeout: Duration.hours(2),
      comment: 'Ready?',
      reviewUrl: 'https://staging.example.com',
    });
    expect(action({ environments: [env('a', { approval })] }, 'Approve-a')).toMatchObject({
      configuration: { CustomData: 'Ready?', ExternalEntityLink: 'https://staging.example.com' },
      timeoutMinutes: 120,
    });
  });
});

describe('the build', () => {
  test('runs npm commands by default', () => {
    expect(action({}, 'Build').spec).toMatchObject({
      phases: { install: ['npm ci'], build: ['npm test', 'npm run build'] },
      outputs: [{ artifact: 'Build', folder: 'dist' }],
      timeoutMinutes: 60,
    });
  });

  test('tests before it builds', () => {
    const buildStep = BuildStep.nodeJs({
      installCommands: ['corepack enable', 'yarn'],
      testCommands: ['yarn lint', 'yarn test'],
      buildCommands: ['yarn build'],
    });
    expect(action({ buildStep }, 'Build').spec).toMatchObject({
      phases: { install: ['corepack enable', 'yarn'], build: ['yarn lint', 'yarn test', 'yarn build'] },
    });
  });

  test('produces the artifact of all environments', () => {
    const actions = allActions(planWebApp({ source, environments: [env('a'), env('b')] }));
    expect(actions.map(({ name, inputs, outputs }) => [name, inputs, outputs])).toEqual([
      ['Source', [], ['Source']],
      ['Build', ['Source'], ['Build']],
      ['Deploy-a', ['Build'], []],
      ['Approve-b', [], []],
      ['Deploy-b', ['Build'], []],
    ]);
  });
});

test('prints a plan', () => {
  const plan = planWebApp({ source });
  expect(JSON.parse(JSON.stringify(plan))).toEqual(JSON.parse(JSON.stringify(planWebApp({ source }))));
  expect(JSON.stringify(plan)).toContain('"repository":"acme/shop"');
});
