import { Duration } from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  PipelineExecutionMode,
  PipelineSource,
  PipelineStage,
  PipelineTrigger,
  TestStep,
  type PipelineStep,
} from '../../../src';
import { EXISTING_RESOURCE } from '../../../src/pipeline/rules';
import { delivery, deliveryTemplate, source, stepsOf, type DeliveryOf } from '../../helpers/delivery';
import { repositoryOf } from '../../helpers/services';
import { actionsOf, jsonOf, pipelineOf, resourcesOf } from '../../helpers/synth';

function shell(stepName: string, options: Parameters<typeof BuildStep.shell>[1] = {}) {
  return BuildStep.shell(['make'], { stepName, ...options });
}

function site(name: string, options: ConstructorParameters<typeof DeploymentEnvironment>[1] = {}) {
  return new DeploymentEnvironment(name, { target: DeployTarget.staticSite(), ...options });
}

function stages(props: DeliveryOf) {
  return pipelineOf(deliveryTemplate(props)).Stages.map(({ Name, Actions }) => [
    Name,
    ...Actions.map((one) => one.Name),
  ]);
}

function orders(steps: PipelineStep[]) {
  return Object.fromEntries(
    actionsOf(deliveryTemplate(stepsOf(() => steps)))
      .slice(1)
      .map(({ Name, RunOrder }) => [Name, RunOrder]),
  );
}

test('renders the stages in their order, after the sources', () => {
  expect(
    stages(() => ({
      sources: [source, PipelineSource.gitHub('acme/tools', 'main', { stepName: 'Tools' })],
      stages: [
        PipelineStage.steps('Build', [BuildStep.nodeJs(), shell('Lint')]),
        PipelineStage.environment(site('staging', { tests: [TestStep.shell(['ls'])] })),
        PipelineStage.approval('Sign', Approval.manual()),
        PipelineStage.environment(site('production')),
        PipelineStage.steps('After', [shell('Announce')]),
      ],
    })),
  ).toEqual([
    ['Source', 'Source', 'Tools'],
    ['Build', 'Build', 'Lint'],
    ['staging', 'Deploy-staging', 'Test-staging'],
    ['Sign', 'Sign'],
    ['production-Approve', 'Approve-production'],
    ['production', 'Deploy-production'],
    ['After', 'Announce'],
  ]);
});

describe('run orders', () => {
  const first = shell('First', { outputDirectory: 'out', outputs: { docs: 'docs' }, exportedVariables: ['V'] });

  test.each<[string, PipelineStep[], Record<string, number>]>([
    ['independent steps run at the same time', [shell('A'), shell('B'), shell('C')], { A: 1, B: 1, C: 1 }],
    ['an artifact makes an order', [shell('A', { inputs: [first.artifact] }), first], { A: 2, First: 1 }],
    [
      'so does a named one',
      [shell('A', { inputs: [source.artifact, first.artifactNamed('docs')] }), first],
      { A: 2, First: 1 },
    ],
    ['so does a word', [shell('A', { after: [first] }), first], { A: 2, First: 1 }],
    [
      'the longest way counts',
      (() => {
        const b = shell('B', { after: [first], outputDirectory: 'out' });
        return [shell('C', { after: [first], inputs: [b.artifact] }), b, first, shell('D')];
      })(),
      { C: 3, B: 2, First: 1, D: 1 },
    ],
  ])('%s', (_name, steps, expected) => {
    expect(orders(steps)).toEqual(expected);
  });

  test('does not order steps of earlier stages', () => {
    const template = deliveryTemplate(() => ({
      stages: [
        PipelineStage.steps('One', [first]),
        PipelineStage.steps('Two', [shell('A', { inputs: [first.artifact] })]),
      ],
    }));
    expect(actionsOf(template).map(({ RunOrder }) => RunOrder)).toEqual([1, 1, 1]);
  });
});

describe('deployed artifact', () => {
  function released(...before: PipelineStage[]) {
    return actionsOf(
      deliveryTemplate(() => ({
        stages: [...before, PipelineStage.environment(site('live'))],
      })),
    ).find(({ Name }) => Name === 'Deploy-live')!.InputArtifacts;
  }

  function steps(...all: PipelineStep[]) {
    return PipelineStage.steps('Work', all);
  }

  test.each<[string, PipelineStage[], string]>([
    [
      'the first build that makes something',
      [steps(shell('Lint'), BuildStep.nodeJs(), shell('Docs', { outputDirectory: 'docs' }))],
      'Build',
    ],
    ['its only named output', [steps(shell('Build', { outputs: { site: 'out' } }))], 'Build_site'],
    [
      'the main artifact of another, rather',
      [steps(shell('Build', { outputs: { site: 'out' } }), shell('Site', { outputDirectory: 'out' }))],
      'Site',
    ],
    ['the source, where nothing is built', [], 'Source'],
  ])('%s', (_name, before, expected) => {
    expect(released(...before)).toEqual([{ Name: expected }]);
  });

  test('ignores builds after the environment', () => {
    const template = deliveryTemplate(() => ({
      stages: [PipelineStage.environment(site('live')), steps(BuildStep.nodeJs())],
    }));
    expect(actionsOf(template).find(({ Name }) => Name === 'Deploy-live')!.InputArtifacts).toEqual([
      { Name: 'Source' },
    ]);
  });

  test('uses the artifact of the stage', () => {
    const build = shell('Build', { outputs: { site: 'out', docs: 'docs' } });
    const template = deliveryTemplate(() => ({
      stages: [steps(build), PipelineStage.environment(site('live'), { artifact: build.artifactNamed('docs') })],
    }));
    expect(actionsOf(template).find(({ Name }) => Name === 'Deploy-live')!.InputArtifacts).toEqual([
      { Name: 'Build_docs' },
    ]);
  });
});

describe('environments', () => {
  function names(...all: PipelineStage[]) {
    return pipelineOf(deliveryTemplate(() => ({ stages: all }))).Stages.map(({ Name }) => Name);
  }

  function of(environment: DeploymentEnvironment) {
    return PipelineStage.environment(environment);
  }

  const spec = PipelineStage.steps('Work', [BuildStep.nodeJs()]);

  test('treats the last one as production', () => {
    expect(names(of(site('a')), spec, of(site('b')))).toEqual(['Source', 'a', 'Work', 'b-Approve', 'b']);
  });

  test('treats an explicit one as production', () => {
    expect(names(of(site('a')), of(site('b', { production: true })), of(site('c')))).toEqual([
      'Source',
      'a',
      'b-Approve',
      'b',
      'c',
    ]);
  });

  test('requires no approval for a single one', () => {
    expect(names(spec, of(site('live')))).toEqual(['Source', 'Work', 'live']);
  });

  test('rolls back environments, but no other stages', () => {
    const back = pipelineOf(deliveryTemplate(() => ({ stages: [spec, of(site('a')), of(site('b'))] }))).Stages.map(
      ({ Name, OnFailure }) => [Name, OnFailure?.Result],
    );
    expect(back).toEqual([
      ['Source', undefined],
      ['Work', undefined],
      ['a', 'ROLLBACK'],
      ['b-Approve', undefined],
      ['b', 'ROLLBACK'],
    ]);
  });
});

test('disables the transition before the approval of an environment, with a reason', () => {
  const template = deliveryTemplate(() => ({
    stages: [
      PipelineStage.steps('Work', [BuildStep.nodeJs()]),
      PipelineStage.environment(site('staging')),
      PipelineStage.environment(site('production'), { transitionDisabledReason: 'Release freeze until 7 January' }),
    ],
  }));
  expect(pipelineOf(template)).toMatchObject({
    DisableInboundStageTransitions: [{ StageName: 'production-Approve', Reason: 'Release freeze until 7 January' }],
  });
});

describe('the pipeline as a whole', () => {
  const spec = { stages: [PipelineStage.steps('Work', [shell('A')])] };

  function whole(more: object) {
    return pipelineOf(deliveryTemplate(() => ({ ...spec, ...more })));
  }

  test.each([
    [PipelineExecutionMode.SUPERSEDED, undefined],
    [PipelineExecutionMode.QUEUED, 'QUEUED'],
    [PipelineExecutionMode.PARALLEL, 'PARALLEL'],
  ])('%s', (executionMode, expected) => {
    expect(whole({ executionMode })).toMatchObject({ PipelineType: 'V2' });
    expect((whole({ executionMode }) as unknown as { ExecutionMode?: string }).ExecutionMode).toBe(expected);
  });

  test('restarts after an update if configured', () => {
    expect(whole({ restartOnUpdate: true })).toMatchObject({ RestartExecutionOnUpdate: true });
    expect(whole({})).not.toHaveProperty('RestartExecutionOnUpdate', true);
  });

  test('has an explicit or a generated name', () => {
    expect(whole({ pipelineName: 'shop' }).Name).toBe('shop');
    expect(whole({}).Name).toMatch(/^Shop-Delivery-[0-9a-f]{8}$/);
  });

  test('has a configurable retention of artifacts and logs', () => {
    const template = deliveryTemplate(() => ({
      ...spec,
      artifactRetention: Duration.days(200),
      logRetention: Duration.days(30),
    }));
    expect(
      resourcesOf(template, 'AWS::Logs::LogGroup').map(([, { Properties }]) => Properties.RetentionInDays),
    ).toEqual([30]);
    expect(JSON.stringify(resourcesOf(template, 'AWS::S3::Bucket'))).toContain('"ExpirationInDays":200');
  });

  test('supports two pipelines in one stack', () => {
    const { stack } = delivery(() => spec);
    expect(() => delivery(() => spec)).not.toThrow();
    expect(resourcesOf(jsonOf(stack), 'AWS::CodePipeline::Pipeline')).toHaveLength(1);
  });

  test('starts only manually if configured', () => {
    expect(
      actionsOf(deliveryTemplate(() => ({ ...spec, triggers: [PipelineTrigger.manual()] })))[0].Configuration,
    ).toMatchObject({ DetectChanges: 'false' });
  });
});

describe('created resources', () => {
  const { pipeline } = delivery(() => ({
    stages: [
      PipelineStage.steps('Work', [BuildStep.nodeJs()]),
      PipelineStage.environment(site('live', { tests: [TestStep.shell(['ls'])] })),
    ],
  }));

  test('returns resources by name', () => {
    expect(pipeline.buildProject('Build').projectName).toBeDefined();
    expect(pipeline.buildRole('Test-live').roleName).toBeDefined();
    expect(pipeline.site('live').environmentName).toBe('live');
  });

  test('returns a resource without a name only if it is the only one', () => {
    expect(() => pipeline.buildProject()).toThrow(
      "[DeliveryPipeline Shop/Delivery] 'stepName' must be set, since the pipeline has no single build, got " +
        "nothing; pass one of 'Build', 'Test-live'",
    );
    const single = delivery(() => ({ stages: [PipelineStage.steps('Work', [BuildStep.nodeJs()])] })).pipeline;
    expect(single.buildProject()).toBe(single.buildProject('Build'));
    const none = delivery(() => ({ stages: [PipelineStage.approval('Ask', Approval.manual())] })).pipeline;
    expect(() => none.buildRole()).toThrow('got nothing; no step of this pipeline has one');
  });

  test('includes the roles of steps and gates without projects', () => {
    const { pipeline: other } = delivery((stack) => ({
      stages: [
        PipelineStage.steps('Work', [
          BuildStep.commands(['make'], { stepName: 'Make' }),
          TestStep.inspectorScan({ stepName: 'Scan' }),
          BuildStep.ecrBuildAndPublish(repositoryOf(stack), { stepName: 'Publish' }),
        ]),
      ],
    }));
    for (const stepName of ['Make', 'Scan', 'Publish']) {
      expect(other.buildRole(stepName).node.path).toBe(`Shop/Delivery/${stepName}/Role`);
    }
  });

  test('rejects other names', () => {
    expect(() => pipeline.buildRole('Test')).toThrow(
      "[DeliveryPipeline Shop/Delivery] 'stepName' must be one of 'Build', 'Test-live', got \"Test\"; pass " +
        'one of these names',
    );
    expect(() => pipeline.site('prod')).toThrow("'environmentName' must be one of 'live', got \"prod\"");
    expect(() =>
      delivery(() => ({ stages: [PipelineStage.approval('Ask', Approval.manual())] })).pipeline.site('x'),
    ).toThrow(`'environmentName' must ${EXISTING_RESOURCE}, got "x"`);
  });
});
