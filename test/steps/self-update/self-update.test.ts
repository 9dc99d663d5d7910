import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  Aws,
  BootstraplessSynthesizer,
  DefaultStackSynthesizer,
  NestedStack,
  Stack,
  Stage,
  type aws_iam as iam,
  type StackProps,
} from 'aws-cdk-lib';
import {
  BuildStep,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  FailureHandling,
  PipelineExecutionMode,
  PipelineStage,
  SelfUpdate,
  WebAppPipeline,
  type DeliveryPipelineProps,
  type SelfUpdateOptions,
} from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { check } from '../../../src/check/check';
import { updateCommands } from '../../../src/steps/self-update/render';
import { denialsOf, findingsOf, unmodelledOf } from '../../check/verdicts';
import { complaints, source, type DeliveryOf } from '../../helpers/delivery';
import { actionsOf, CONCRETE, jsonOf, pipelineOf, resourcesOf, statementsOf, webApp } from '../../helpers/synth';

const synth = BuildStep.shell(['npm ci', 'npx cdk synth'], { stepName: 'Synth', outputDirectory: 'cdk.out' });

function live(name = 'live') {
  return PipelineStage.environment(
    new DeploymentEnvironment(name, { target: DeployTarget.staticSite(), onFailure: FailureHandling.none() }),
  );
}

function props(options?: SelfUpdateOptions, more: Partial<DeliveryPipelineProps> = {}): DeliveryPipelineProps {
  return {
    sources: [source],
    stages: [PipelineStage.steps('Build', [synth]), live()],
    selfUpdate: SelfUpdate.fromAssembly(synth.artifact, options),
    ...more,
  };
}

function made(options?: SelfUpdateOptions, stackProps?: StackProps, more?: Partial<DeliveryPipelineProps>) {
  const app = new App();
  const stack = new Stack(app, 'Shop', stackProps);
  return { app, stack, pipeline: new DeliveryPipeline(stack, 'Delivery', props(options, more)) };
}

/** The newest aws-cdk-lib has another name for it. */
function depend(stack: Stack, on: Stack) {
  const names = stack as unknown as Record<string, (this: Stack, on: Stack) => void>;
  (names.addStackDependency ?? names.addDependency).call(stack, on);
}

function stagesOf(stack: Stack) {
  return pipelineOf(jsonOf(stack)).Stages.map(({ Name }) => Name);
}

/** The roles that the build may take on. */
function rolesOf(stack: Stack) {
  return statementsOf(jsonOf(stack))
    .filter(
      ({ holder, statement }) => holder.startsWith('DeliveryUpdatePipeline') && statement.Action === 'sts:AssumeRole',
    )
    .flatMap(({ statement }) => (statement.Resource as Array<{ 'Fn::Sub': string }>).map((one) => one['Fn::Sub']));
}

function rolesIn(account: string, region: string, qualifier = 'hnb659fds') {
  return ['deploy', 'file-publishing', 'image-publishing', 'lookup'].map(
    (purpose) => `arn:\${AWS::Partition}:iam::${account}:role/cdk-${qualifier}-${purpose}-role-${account}-${region}`,
  );
}

function projectOf(stack: Stack) {
  const [[, { Properties }]] = resourcesOf(jsonOf(stack), 'AWS::CodeBuild::Project').filter(([id]) =>
    id.includes('UpdatePipeline'),
  );
  const spec = JSON.parse((Properties.Source as { BuildSpec: string }).BuildSpec) as {
    phases: Record<string, Record<string, unknown>>;
  };
  return { spec, privileged: (Properties.Environment as { PrivilegedMode: boolean }).PrivilegedMode };
}

describe('the stage', () => {
  test('comes after the assembly is made and before anything is released', () => {
    const { stack } = made();
    expect(stagesOf(stack)).toEqual(['Source', 'Build', 'UpdatePipeline', 'live']);
    const [update] = actionsOf(jsonOf(stack)).filter(({ Name }) => Name === 'UpdatePipeline');
    expect(update).toMatchObject({
      ActionTypeId: { Category: 'Build', Provider: 'CodeBuild' },
      InputArtifacts: [{ Name: 'Synth' }],
    });
    expect(update.OutputArtifacts).toBeUndefined();
    expect(pipelineOf(jsonOf(stack)).Stages.find(({ Name }) => Name === 'UpdatePipeline')!.OnFailure).toBeUndefined();
  });

  test('comes after the stage that makes it, wherever that is', () => {
    const early = made(
      {},
      {},
      {
        stages: [
          PipelineStage.steps('Build', [synth]),
          PipelineStage.steps('More', [BuildStep.shell(['make'])]),
          live(),
        ],
      },
    );
    const late = made(
      {},
      {},
      {
        stages: [
          PipelineStage.steps('More', [BuildStep.shell(['make'])]),
          PipelineStage.steps('Build', [synth]),
          live(),
        ],
      },
    );
    const ofSource = made({}, {}, { selfUpdate: SelfUpdate.fromAssembly(source.artifact) });
    expect([early, late, ofSource].map(({ stack }) => stagesOf(stack))).toEqual([
      ['Source', 'Build', 'UpdatePipeline', 'More', 'live'],
      ['Source', 'More', 'Build', 'UpdatePipeline', 'live'],
      ['Source', 'UpdatePipeline', 'Build', 'live'],
    ]);
  });

  test('is there for the recipes, too', () => {
    const build = BuildStep.nodeJs({ outputs: { assembly: 'cdk.out' } });
    expect(
      stagesOf(
        webApp({ source, buildStep: build, selfUpdate: SelfUpdate.fromAssembly(build.artifactNamed('assembly')) })
          .stack,
      ),
    ).toEqual(['Source', 'Build', 'UpdatePipeline', 'production']);
  });

  test('is there only when it is asked for', () => {
    expect(stagesOf(made({}, {}, { selfUpdate: SelfUpdate.none() }).stack)).toEqual(['Source', 'Build', 'live']);
  });

  test('begins the newest run anew once the pipeline has changed', () => {
    function restarts(stack: Stack) {
      return (pipelineOf(jsonOf(stack)) as unknown as { RestartExecutionOnUpdate?: boolean }).RestartExecutionOnUpdate;
    }

    expect([restarts(made().stack), restarts(made({}, {}, { selfUpdate: SelfUpdate.none() }).stack)]).toEqual([
      true,
      undefined,
    ]);
  });

  test('is the same at every synthesis: the second run has nothing to change', () => {
    expect(jsonOf(made().stack)).toEqual(jsonOf(made().stack));
  });
});

describe('the build', () => {
  test('deploys the stack of the pipeline, wherever that is', () => {
    const stage = new Stage(new App(), 'Delivery');
    const inStage = new Stack(stage, 'Shop');
    new DeliveryPipeline(inStage, 'Delivery', props());
    const outer = new Stack(new App(), 'Shop');
    const nested = new NestedStack(outer, 'Nested');
    new DeliveryPipeline(nested, 'Delivery', props());
    const named = made({}, { stackName: 'acme-shop' }).stack;
    expect(
      [made().stack, inStage, nested, named].map(
        (stack) => (projectOf(stack).spec.phases.build.commands as string[])[1],
      ),
    ).toEqual(
      ['Shop', 'Delivery/Shop', 'Shop', 'Shop'].map(
        (path) => `npx --yes "aws-cdk@$CDK_CLI" -a . deploy '${path}' --require-approval never --no-notices --ci`,
      ),
    );
  });

  test('takes the version that is given', () => {
    expect(projectOf(made({ cliVersion: '2.1148.1' }).stack).spec.phases.build.commands).toEqual([
      "npx --yes aws-cdk@2.1148.1 -a . deploy 'Shop' --require-approval never --no-notices --ci",
    ]);
  });

  test('has a Node.js that the command runs on, and goes to the assembly', () => {
    const { spec } = projectOf(made({ assemblyDirectory: 'infra/cdk.out' }).stack);
    expect(spec.phases.install['runtime-versions']).toEqual({ nodejs: '22' });
    expect((spec.phases.build.commands as string[])[0]).toBe('cd "$CODEBUILD_SRC_DIR/infra/cdk.out"');
  });

  test('may use Docker only when it must', () => {
    expect([made({ docker: true }), made()].map(({ stack }) => projectOf(stack).privileged)).toEqual([true, false]);
  });
});

describe('its role', () => {
  test('may take on the roles of cdk bootstrap, and nothing else', () => {
    expect(rolesOf(made().stack)).toEqual(rolesIn('${AWS::AccountId}', '${AWS::Region}'));
    expect(rolesOf(made({}, CONCRETE).stack)).toEqual(rolesIn('111111111111', 'eu-west-1'));
    expect(rolesOf(made({}, { synthesizer: new DefaultStackSynthesizer({ qualifier: 'acme' }) }).stack)).toEqual(
      rolesIn('${AWS::AccountId}', '${AWS::Region}', 'acme'),
    );
    const others = statementsOf(jsonOf(made().stack))
      .filter(({ holder }) => holder.startsWith('DeliveryUpdatePipeline'))
      .flatMap(({ statement }) => statement.Action);
    expect(others.filter((action) => !/^(logs|s3|sts):/.test(action))).toEqual([]);
  });

  test('also where the stack depends on others, even when that is said later', () => {
    const { app, stack } = made({}, CONCRETE);
    depend(stack, new Stack(app, 'Beside', { env: { account: '222222222222', region: 'us-east-1' } }));
    const far = new Stack(app, 'Far', { env: { account: '333333333333', region: 'us-west-2' } });
    const near = new Stack(app, 'Near', CONCRETE);
    depend(near, far);
    depend(stack, near);
    expect(rolesOf(stack)).toEqual([
      ...rolesIn('111111111111', 'eu-west-1'),
      ...rolesIn('222222222222', 'us-east-1'),
      ...rolesIn('333333333333', 'us-west-2'),
    ]);
  });
});

describe('what is wrong', () => {
  function of(options?: SelfUpdateOptions, more?: Partial<DeliveryPipelineProps>): DeliveryOf {
    return () => props(options, more);
  }

  const elsewhere = BuildStep.shell(['npx cdk synth'], { stepName: 'Other', outputDirectory: 'cdk.out' });
  test.each<[string, DeliveryOf, string[]]>([
    [
      'a range of versions',
      of({ cliVersion: '^2' }),
      [
        "'selfUpdate.cliVersion' must be an exact version, got \"^2\"; write it as in '2.1148.1', or leave it " +
          'out: the assembly knows which it needs',
      ],
    ],
    [
      'a command in place of a version',
      of({ cliVersion: '2.0.0; rm -rf /' }),
      [expect.stringMatching(/^'selfUpdate\.cliVersion' must be an exact version/)],
    ],
    [
      'a version that nobody knows',
      of({ cliVersion: Aws.REGION }),
      [expect.stringMatching(/^'selfUpdate\.cliVersion' must be an exact version, got "a token"/)],
    ],
    [
      'an assembly outside',
      of({ assemblyDirectory: '../cdk.out' }),
      [
        "'selfUpdate.assemblyDirectory' must stay inside, without '..', got \"../cdk.out\"; name it as in 'dist' " +
          "or 'apps/web/dist'",
      ],
    ],
    [
      'no restart',
      of({}, { restartOnUpdate: false }),
      [
        "'restartOnUpdate' must not be false in a pipeline that updates itself, got false; an update ends the " +
          'run that made it, and nothing would release its revision; leave it out',
      ],
    ],
    [
      'runs at the same time',
      of({}, { executionMode: PipelineExecutionMode.PARALLEL }),
      [
        '\'executionMode\' must not be PARALLEL in a pipeline that updates itself, got "PARALLEL"; runs at the ' +
          'same time would deploy the same stack, and go on under the definition that they began with; use ' +
          'SUPERSEDED or QUEUED',
      ],
    ],
    [
      'an assembly that nobody makes',
      of({}, { selfUpdate: SelfUpdate.fromAssembly(elsewhere.artifact) }),
      [
        '\'selfUpdate\' must use only artifacts of earlier actions, got "Other"; no step of the pipeline ' +
          'produces it; add the step that does to an earlier stage',
      ],
    ],
    [
      'an assembly that is made after a release',
      of({}, { stages: [live('first'), PipelineStage.steps('Build', [synth]), live()] }),
      [
        '\'selfUpdate\' must use an assembly that is made before anything is released, got ["first"]; let a step ' +
          'of an earlier stage make it, so that a release goes through the pipeline as it was changed',
      ],
    ],
    [
      'a stage of the same name',
      of(
        {},
        {
          stages: [
            PipelineStage.steps('Build', [synth]),
            PipelineStage.steps('UpdatePipeline', [BuildStep.shell(['make'])]),
          ],
        },
      ),
      ['\'stages\' must have unique stage names, got "UpdatePipeline"; rename the environment or the stage'],
    ],
  ])('%s', (_name, given, expected) => {
    expect(complaints(given)).toEqual(expected);
  });

  test('QUEUED is right', () => {
    expect(complaints(of({}, { executionMode: PipelineExecutionMode.QUEUED }))).toEqual([]);
  });

  test.each<[string, StackProps]>([
    ['BootstraplessSynthesizer', { synthesizer: new BootstraplessSynthesizer() }],
    [
      'DefaultStackSynthesizer',
      { synthesizer: new DefaultStackSynthesizer({ deployRoleArn: 'arn:aws:iam::111111111111:role/mine' }) },
    ],
  ])('a stack of %s with other roles', (name, stackProps) => {
    expect(complaints(of(), { stack: stackProps })).toEqual([
      "'selfUpdate' must go with stacks of DefaultStackSynthesizer, whose roles have the names of 'cdk " +
        `bootstrap', got "Shop with ${name}"; leave the synthesizer and its role ARNs out, and choose the ` +
        'qualifier only',
    ]);
  });

  test('a stack that it depends on with other roles, at synthesis', () => {
    const { app, stack } = made();
    depend(stack, new Stack(app, 'Other', { synthesizer: new BootstraplessSynthesizer() }));
    expect(() => app.synth()).toThrow(
      /'selfUpdate' must go with stacks of DefaultStackSynthesizer, .*, got "Other with BootstraplessSynthesizer"/,
    );
  });

  test('a stack whose id the command would take for a pattern', () => {
    const stack = new Stack(new App(), 'Shop*', { stackName: 'shop' });
    expect(
      () => new WebAppPipeline(stack, 'Site', { source, selfUpdate: SelfUpdate.fromAssembly(source.artifact) }),
    ).toThrow(
      "'selfUpdate' must belong to a stack whose path consists of letters, digits, '.', '_', '-' and '/', got " +
        '"Shop*"; rename the stack; its stackName may stay',
    );
  });
});

describe('the check', () => {
  const versions: Array<[string, SelfUpdateOptions]> = [
    ['of the assembly', {}],
    ['of a certain version', { cliVersion: '2.1148.1' }],
  ];

  /** What it says of taking on roles, with or without the permission. */
  function verdicts(options: SelfUpdateOptions, stackProps: StackProps, permitted: boolean) {
    const { app, pipeline } = made(options, stackProps);
    const role = pipeline.buildRole('UpdatePipeline').node.defaultChild as iam.CfnRole;
    if (!permitted) {
      role.policies = (role.policies as iam.CfnRole.PolicyProperty[]).filter(
        ({ policyName }) => policyName !== 'Update',
      );
    }
    const report = check(readInput(app.synth().directory, {}));
    const unknown = findingsOf(report)
      .filter(({ verdict, call }) => verdict === 'UNKNOWN' && call === 'sts:AssumeRole')
      .map(({ action }) => action);
    return { denied: denialsOf(report), unmodelled: unmodelledOf(report), unknown };
  }

  test.each(versions)('knows the command %s and denies nothing', (_name, options) => {
    for (const stackProps of [CONCRETE, {}]) {
      expect(verdicts(options, stackProps, true)).toEqual({ denied: [], unmodelled: [], unknown: [] });
    }
  });

  test.each(versions)('misses the permission of the command %s', (_name, options) => {
    const { denied } = verdicts(options, CONCRETE, false);
    expect(denied.length).toBe(2);
    expect(denied.every((one) => one.includes('UpdatePipeline') && one.endsWith('sts:AssumeRole'))).toBe(true);
    // Of an account that is not known it cannot be said whether its roles trust one of their own by name.
    const anywhere = verdicts(options, {}, false);
    expect([anywhere.denied, anywhere.unknown.length]).toEqual([[], 2]);
  });
});

describe.each(['sh', 'bash'])('the commands, in %s', (shell) => {
  /** Runs them as CodeBuild does, with a command of npm that says how it was called. */
  function run(manifest?: string) {
    const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
    if (manifest !== undefined) writeFileSync(join(directory, 'manifest.json'), manifest);
    writeFileSync(join(directory, 'npx'), '#!/bin/sh\nprintf "[%s]" "$@" > called\n');
    chmodSync(join(directory, 'npx'), 0o755);
    const result = spawnSync(
      shell,
      [
        '-c',
        updateCommands('Delivery/Shop')
          .map((command) => `${command} || exit`)
          .join('\n'),
      ],
      {
        cwd: directory,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: `${directory}:${process.env.PATH}` },
      },
    );
    return {
      ...result,
      called: existsSync(join(directory, 'called')) ? readFileSync(join(directory, 'called'), 'utf8') : undefined,
    };
  }

  test('take the version that an assembly of aws-cdk-lib names', () => {
    const { directory } = made().app.synth();
    const { minimumCliVersion } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as {
      minimumCliVersion: string;
    };
    expect(minimumCliVersion).toMatch(/^2\.\d+\.\d+$/);
    expect(run(readFileSync(join(directory, 'manifest.json'), 'utf8'))).toMatchObject({
      status: 0,
      called: `[--yes][aws-cdk@${minimumCliVersion}][-a][.][deploy][Delivery/Shop][--require-approval][never][--no-notices][--ci]`,
    });
  });

  test.each([
    ['no assembly', undefined],
    ['one of an old library', '{"version":"36.0.0"}'],
    ['an empty file', ''],
  ])('fail for %s, and say so', (_name, manifest) => {
    const { status, stderr, called } = run(manifest);
    expect([status, called]).toEqual([1, undefined]);
    expect(stderr).toMatch(
      /Here is no cloud assembly that says which CDK CLI it needs: no manifest\.json with minimumCliVersion\n$/,
    );
  });
});
