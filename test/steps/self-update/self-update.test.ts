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
import { AN_EXACT_VERSION, NO_PARENT, EARLIER_ARTIFACTS, UNIQUE_STAGES } from '../../../src/pipeline/rules';
import { NOT_PARALLEL } from '../../../src/pipeline/validation/execution-mode';
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

function props(options?: SelfUpdateOptions, overrides: Partial<DeliveryPipelineProps> = {}): DeliveryPipelineProps {
  return {
    sources: [source],
    stages: [PipelineStage.steps('Build', [synth]), live()],
    selfUpdate: SelfUpdate.fromAssembly(synth.artifact, options),
    ...overrides,
  };
}

function createPipeline(
  options?: SelfUpdateOptions,
  stackProps?: StackProps,
  overrides?: Partial<DeliveryPipelineProps>,
) {
  const app = new App();
  const stack = new Stack(app, 'Shop', stackProps);
  return { app, stack, pipeline: new DeliveryPipeline(stack, 'Delivery', props(options, overrides)) };
}

/** The newest aws-cdk-lib has another name for the property. */
function depend(stack: Stack, on: Stack) {
  const names = stack as unknown as Record<string, (this: Stack, on: Stack) => void>;
  (names.addStackDependency ?? names.addDependency).call(stack, on);
}

function stagesOf(stack: Stack) {
  return pipelineOf(jsonOf(stack)).Stages.map(({ Name }) => Name);
}

/** Returns the roles that the build can assume. */
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
  test('follows the build of the assembly and precedes the first release', () => {
    const { stack } = createPipeline();
    expect(stagesOf(stack)).toEqual(['Source', 'Build', 'UpdatePipeline', 'live']);
    const [update] = actionsOf(jsonOf(stack)).filter(({ Name }) => Name === 'UpdatePipeline');
    expect(update).toMatchObject({
      ActionTypeId: { Category: 'Build', Provider: 'CodeBuild' },
      InputArtifacts: [{ Name: 'Synth' }],
    });
    expect(update.OutputArtifacts).toBeUndefined();
    expect(pipelineOf(jsonOf(stack)).Stages.find(({ Name }) => Name === 'UpdatePipeline')!.OnFailure).toBeUndefined();
  });

  test('follows any stage that builds the assembly', () => {
    const early = createPipeline(
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
    const late = createPipeline(
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
    const ofSource = createPipeline({}, {}, { selfUpdate: SelfUpdate.fromAssembly(source.artifact) });
    expect([early, late, ofSource].map(({ stack }) => stagesOf(stack))).toEqual([
      ['Source', 'Build', 'UpdatePipeline', 'More', 'live'],
      ['Source', 'More', 'Build', 'UpdatePipeline', 'live'],
      ['Source', 'UpdatePipeline', 'Build', 'live'],
    ]);
  });

  test('exists in the other patterns, too', () => {
    const build = BuildStep.nodeJs({ outputs: { assembly: 'cdk.out' } });
    expect(
      stagesOf(
        webApp({ source, buildStep: build, selfUpdate: SelfUpdate.fromAssembly(build.artifactNamed('assembly')) })
          .stack,
      ),
    ).toEqual(['Source', 'Build', 'UpdatePipeline', 'production']);
  });

  test('exists only if it is configured', () => {
    expect(stagesOf(createPipeline({}, {}, { selfUpdate: SelfUpdate.none() }).stack)).toEqual([
      'Source',
      'Build',
      'live',
    ]);
  });

  test('restarts the latest execution after a change of the pipeline', () => {
    function restarts(stack: Stack) {
      return (pipelineOf(jsonOf(stack)) as unknown as { RestartExecutionOnUpdate?: boolean }).RestartExecutionOnUpdate;
    }

    expect([
      restarts(createPipeline().stack),
      restarts(createPipeline({}, {}, { selfUpdate: SelfUpdate.none() }).stack),
    ]).toEqual([true, undefined]);
  });

  test('is identical in every synthesis', () => {
    expect(jsonOf(createPipeline().stack)).toEqual(jsonOf(createPipeline().stack));
  });
});

describe('the build', () => {
  test('deploys the stack of the pipeline in any stage', () => {
    const stage = new Stage(new App(), 'Delivery');
    const inStage = new Stack(stage, 'Shop');
    new DeliveryPipeline(inStage, 'Delivery', props());
    const outer = new Stack(new App(), 'Shop');
    const nested = new NestedStack(outer, 'Nested');
    new DeliveryPipeline(nested, 'Delivery', props());
    const named = createPipeline({}, { stackName: 'acme-shop' }).stack;
    expect(
      [createPipeline().stack, inStage, nested, named].map(
        (stack) => (projectOf(stack).spec.phases.build.commands as string[])[1],
      ),
    ).toEqual(
      ['Shop', 'Delivery/Shop', 'Shop', 'Shop'].map(
        (path) => `npx --yes "aws-cdk@<=$CDK_CLI" -a . deploy '${path}' --require-approval never --no-notices --ci`,
      ),
    );
  });

  test('uses the configured version', () => {
    expect(projectOf(createPipeline({ cliVersion: '2.1148.1' }).stack).spec.phases.build.commands).toEqual([
      "npx --yes aws-cdk@2.1148.1 -a . deploy 'Shop' --require-approval never --no-notices --ci",
    ]);
  });

  test('uses a supported Node.js version in the folder of the assembly', () => {
    const { spec } = projectOf(createPipeline({ assemblyDirectory: 'infra/cdk.out' }).stack);
    expect(spec.phases.install['runtime-versions']).toEqual({ nodejs: '22' });
    expect((spec.phases.build.commands as string[])[0]).toBe('cd "$CODEBUILD_SRC_DIR/infra/cdk.out"');
  });

  test('uses Docker only if it is enabled', () => {
    expect(
      [createPipeline({ docker: true }), createPipeline()].map(({ stack }) => projectOf(stack).privileged),
    ).toEqual([true, false]);
  });
});

describe('its role', () => {
  test('can assume only the roles of cdk bootstrap', () => {
    expect(rolesOf(createPipeline().stack)).toEqual(rolesIn('${AWS::AccountId}', '${AWS::Region}'));
    expect(rolesOf(createPipeline({}, CONCRETE).stack)).toEqual(rolesIn('111111111111', 'eu-west-1'));
    expect(
      rolesOf(createPipeline({}, { synthesizer: new DefaultStackSynthesizer({ qualifier: 'acme' }) }).stack),
    ).toEqual(rolesIn('${AWS::AccountId}', '${AWS::Region}', 'acme'));
    const others = statementsOf(jsonOf(createPipeline().stack))
      .filter(({ holder }) => holder.startsWith('DeliveryUpdatePipeline'))
      .flatMap(({ statement }) => statement.Action);
    expect(others.filter((action) => !/^(logs|s3|sts):/.test(action))).toEqual([]);
  });

  test('includes dependencies that are added later', () => {
    const { app, stack } = createPipeline({}, CONCRETE);
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

describe('validation', () => {
  function of(options?: SelfUpdateOptions, overrides?: Partial<DeliveryPipelineProps>): DeliveryOf {
    return () => props(options, overrides);
  }

  const unused = BuildStep.shell(['npx cdk synth'], { stepName: 'Other', outputDirectory: 'cdk.out' });
  test.each<[string, DeliveryOf, string[]]>([
    [
      'a range of versions',
      of({ cliVersion: '^2' }),
      [
        `'selfUpdate.cliVersion' must ${AN_EXACT_VERSION}, got "^2"; use the form '2.1148.1', so that every ` +
          'execution uses the same tool',
      ],
    ],
    [
      'a version that does not exist',
      of({ cliVersion: '2.1147.9' }),
      [expect.stringMatching(/^'selfUpdate\.cliVersion' must be a published version of aws-cdk/)],
    ],
    [
      'a version that cannot read the assembly',
      of({ cliVersion: '2.1034.0' }),
      [expect.stringMatching(/^'selfUpdate\.cliVersion' must read cloud assemblies of schema/)],
    ],
    [
      'a command in place of a version',
      of({ cliVersion: '2.0.0; rm -rf /' }),
      [expect.stringMatching(/^'selfUpdate\.cliVersion' must be an exact version/)],
    ],
    [
      'an unknown version',
      of({ cliVersion: Aws.REGION }),
      [expect.stringMatching(/^'selfUpdate\.cliVersion' must be an exact version, got "a token"/)],
    ],
    [
      'an assembly outside',
      of({ assemblyDirectory: '../cdk.out' }),
      [
        `'selfUpdate.assemblyDirectory' must ${NO_PARENT}, got "../cdk.out"; use a path such as 'dist' or ` +
          "'apps/web/dist'",
      ],
    ],
    [
      'no restart',
      of({}, { restartOnUpdate: false }),
      [
        "'restartOnUpdate' must not be false in a pipeline that updates itself, got false; remove it; an " +
          'update ends its own execution, so without a restart its revision is not released',
      ],
    ],
    [
      'parallel executions',
      of({}, { executionMode: PipelineExecutionMode.PARALLEL }),
      [
        '\'executionMode\' must not be PARALLEL in a pipeline that updates itself, got "PARALLEL"; use ' +
          'SUPERSEDED or QUEUED; parallel executions would deploy the same stack, and continue with the ' +
          'definition with which they started',
        expect.stringContaining(`'executionMode' must ${NOT_PARALLEL}, got ["live"]`),
      ],
    ],
    [
      'an assembly that no step builds',
      of({}, { selfUpdate: SelfUpdate.fromAssembly(unused.artifact) }),
      [
        `'selfUpdate' must ${EARLIER_ARTIFACTS}, got "Other"; no step of the pipeline ` +
          'produces it; add the step that does to an earlier stage',
      ],
    ],
    [
      'an assembly that is built after a release',
      of({}, { stages: [live('first'), PipelineStage.steps('Build', [synth]), live()] }),
      [
        '\'selfUpdate\' must use an assembly that is built before the first release, got ["first"]; build it in ' +
          'an earlier stage, so that every release uses the updated pipeline',
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
      [`'stages' must ${UNIQUE_STAGES}, got "UpdatePipeline"; rename the environment or the stage`],
    ],
  ])('rejects %s', (_name, pipelineProps, expected) => {
    expect(complaints(pipelineProps)).toEqual(expected);
  });

  test('accepts QUEUED', () => {
    expect(complaints(of({}, { executionMode: PipelineExecutionMode.QUEUED }))).toEqual([]);
  });

  test.each<[string, StackProps]>([
    ['BootstraplessSynthesizer', { synthesizer: new BootstraplessSynthesizer() }],
    [
      'DefaultStackSynthesizer',
      { synthesizer: new DefaultStackSynthesizer({ deployRoleArn: 'arn:aws:iam::111111111111:role/mine' }) },
    ],
  ])('rejects a stack of %s with other roles', (name, stackProps) => {
    expect(complaints(of(), { stack: stackProps })).toEqual([
      "'selfUpdate' must be used with stacks that have a DefaultStackSynthesizer with the role names of 'cdk " +
        `bootstrap', got "Shop with ${name}"; remove the synthesizer or its role ARNs; only the qualifier can be ` +
        'changed',
    ]);
  });

  test('rejects a dependency with other roles at synthesis', () => {
    const { app, stack } = createPipeline();
    depend(stack, new Stack(app, 'Other', { synthesizer: new BootstraplessSynthesizer() }));
    expect(() => app.synth()).toThrow(
      /'selfUpdate' must be used with .* DefaultStackSynthesizer .*, got "Other with BootstraplessSynthesizer"/,
    );
  });

  test('rejects a stack whose id is a pattern', () => {
    const stack = new Stack(new App(), 'Shop*', { stackName: 'shop' });
    expect(
      () => new WebAppPipeline(stack, 'Site', { source, selfUpdate: SelfUpdate.fromAssembly(source.artifact) }),
    ).toThrow(
      "'selfUpdate' must be used in a stack whose path consists of letters, digits, '.', '_', '-' and '/', got " +
        '"Shop*"; rename the stack; its stackName can stay the same',
    );
  });
});

describe('several self-updates', () => {
  function addPipeline(stack: Stack, id: string, isUpdating = true) {
    return new DeliveryPipeline(
      stack,
      id,
      isUpdating ? props() : { sources: [source], stages: [PipelineStage.steps('Build', [synth])] },
    );
  }

  const rule = "'selfUpdate' must be used in only one of the pipelines that deploy a stack";

  test('are rejected in one stack', () => {
    const stack = new Stack(new App(), 'Shop');
    addPipeline(stack, 'Site');
    expect(() => addPipeline(stack, 'Admin')).toThrow(
      `[DeliveryPipeline Shop/Admin] ${rule}, got ["Shop"]; use selfUpdate in one of them only; 'Shop/Site' has it, ` +
        'too',
    );
  });

  test('are rejected in a nested stack of one stack', () => {
    const stack = new Stack(new App(), 'Shop');
    addPipeline(new NestedStack(stack, 'Nested'), 'Site');
    expect(() => addPipeline(stack, 'Admin')).toThrow(`${rule}, got ["Shop"]`);
  });

  test('are rejected if their stacks depend on a common one', () => {
    const app = new App();
    const [shop, admin, common, base] = ['Shop', 'Admin', 'Common', 'Base'].map((id) => new Stack(app, id));
    addPipeline(shop, 'Site');
    addPipeline(admin, 'Site');
    // Dependencies are often added later.
    for (const stack of [shop, admin]) depend(stack, common);
    depend(common, base);
    expect(() => app.synth()).toThrow(
      `[Admin/Site] ${rule}, got ["Common","Base"]; use selfUpdate in one of them only; 'Shop/Site' has it, too`,
    );
  });

  test('are rejected if one stack depends on the other', () => {
    const app = new App();
    const [shop, admin] = ['Shop', 'Admin'].map((id) => new Stack(app, id));
    addPipeline(shop, 'Site');
    addPipeline(admin, 'Site');
    depend(shop, admin);
    expect(() => app.synth()).toThrow(`[Admin/Site] ${rule}, got ["Admin"]`);
  });

  test('are rejected across patterns', () => {
    const stack = new Stack(new App(), 'Shop');
    addPipeline(stack, 'Site');
    const selfUpdate = SelfUpdate.fromAssembly(source.artifact);
    expect(() => new WebAppPipeline(stack, 'Web', { source, selfUpdate })).toThrow(rule);
  });

  test('are accepted in separate stacks, and beside pipelines without one', () => {
    const app = new App();
    const [shop, admin, common] = ['Shop', 'Admin', 'Common'].map((id) => new Stack(app, id));
    addPipeline(shop, 'Site');
    addPipeline(shop, 'Other', false);
    addPipeline(admin, 'Site');
    addPipeline(common, 'Site', false);
    depend(shop, common);
    expect(() => app.synth()).not.toThrow();
  });

  test('are accepted in different apps', () => {
    for (const app of [new App(), new App()]) addPipeline(new Stack(app, 'Shop'), 'Site');
  });
});

describe('the check', () => {
  const versions: Array<[string, SelfUpdateOptions]> = [
    ['of the assembly', {}],
    ['of a certain version', { cliVersion: '2.1148.1' }],
  ];

  /** Returns its findings about assumed roles, with or without the permission. */
  function verdicts(options: SelfUpdateOptions, stackProps: StackProps, permitted: boolean) {
    const { app, pipeline } = createPipeline(options, stackProps);
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

  test.each(versions)('models the command %s and denies nothing', (_name, options) => {
    for (const stackProps of [CONCRETE, {}]) {
      expect(verdicts(options, stackProps, true)).toEqual({ denied: [], unmodelled: [], unknown: [] });
    }
  });

  test.each(versions)('detects a missing permission of the command %s', (_name, options) => {
    const { denied } = verdicts(options, CONCRETE, false);
    expect(denied.length).toBe(2);
    expect(denied.every((one) => one.includes('UpdatePipeline') && one.endsWith('sts:AssumeRole'))).toBe(true);
    // The trust policies of roles in an unknown account cannot be verified.
    const anywhere = verdicts(options, {}, false);
    expect([anywhere.denied, anywhere.unknown.length]).toEqual([[], 2]);
  });
});

describe.each(['sh', 'bash'])('the commands, in %s', (shell) => {
  /** Runs the commands like CodeBuild, with an npm command that prints its arguments. */
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

  test('use the version that the assembly requires, or the newest published one before it', () => {
    const { directory } = createPipeline().app.synth();
    const { minimumCliVersion } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as {
      minimumCliVersion: string;
    };
    expect(minimumCliVersion).toMatch(/^2\.\d+\.\d+$/);
    expect(run(readFileSync(join(directory, 'manifest.json'), 'utf8'))).toMatchObject({
      status: 0,
      called:
        `[--yes][aws-cdk@<=${minimumCliVersion}][-a][.][deploy][Delivery/Shop]` +
        '[--require-approval][never][--no-notices][--ci]',
    });
  });

  test.each([
    ['no assembly', undefined],
    ['one of an old library', '{"version":"36.0.0"}'],
    ['an empty file', ''],
  ])('fail with a message for %s', (_name, manifest) => {
    const { status, stderr, called } = run(manifest);
    expect([status, called]).toEqual([1, undefined]);
    expect(stderr).toMatch(/Found no cloud assembly: manifest\.json with minimumCliVersion is missing\n$/);
  });
});
