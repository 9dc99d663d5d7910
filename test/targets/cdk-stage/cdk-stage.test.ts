import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  aws_ecr_assets as ecrAssets,
  BootstraplessSynthesizer,
  CfnOutput,
  CliCredentialsStackSynthesizer,
  DefaultStackSynthesizer,
  LegacyStackSynthesizer,
  NestedStack,
  Stack,
  Stage,
  Tags,
  type StageProps,
} from 'aws-cdk-lib';
import {
  BuildCompute,
  BuildSize,
  BuildStep,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  FailureHandling,
  PipelineExecutionMode,
  PipelineStage,
  TestStep,
  type CdkStageOptions,
  type DeliveryPipelineProps,
  type DeploymentEnvironmentOptions,
} from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { check } from '../../../src/check/check';
import { atMostCharacters } from '../../../src/common/rules';
import { envOfTarget } from '../../../src/environments/plan-environment';
import { AN_EXACT_VERSION, ONE_ENVIRONMENT_PER_STACK, OTHER_STACK } from '../../../src/pipeline/rules';
import { NOT_PARALLEL } from '../../../src/pipeline/validation/execution-mode';
import { ACTION_NAMES } from '../../../src/pipeline/validation/names';
import { planStage } from '../../../src/targets/cdk-stage/plan';
import type { StageFacts } from '../../../src/targets/cdk-stage/read-stage';
import { fates } from '../../check/mutants';
import { denialsOf, unmodelledOf } from '../../check/verdicts';
import { cdkApp, Service, stageOf } from '../../helpers/cdk-app';
import { source } from '../../helpers/delivery';
import { planDelivery, problemsAt } from '../../helpers/plans';
import { actionsOf, jsonOf, resourcesOf, statementsOf } from '../../helpers/synth';

const build = BuildStep.shell(['npm ci', 'npx cdk synth'], { outputDirectory: 'cdk.out' });
const HOME = { account: '111111111111', region: 'eu-west-1' };

function to(name: string, stage: Stage, options?: CdkStageOptions, more: DeploymentEnvironmentOptions = {}) {
  return PipelineStage.environment(
    new DeploymentEnvironment(name, { target: DeployTarget.cdkStage(stage, options), ...more }),
  );
}

function propsOf(...stages: PipelineStage[]): DeliveryPipelineProps {
  return { sources: [source], stages: [PipelineStage.steps('Build', [build]), ...stages] };
}

/** A pipeline of these stages, and the app around it. */
function deliver(
  stages: (app: App) => PipelineStage[],
  more: Partial<DeliveryPipelineProps> = {},
  env: StageProps['env'] = HOME,
) {
  const app = cdkApp();
  const stack = new Stack(app, 'Shop', { env });
  const made = stages(app);
  new DeliveryPipeline(stack, 'Delivery', { ...propsOf(...made), ...more });
  return { app, stack, template: jsonOf(stack) };
}

function stepsOf(...stages: PipelineStage[]) {
  return planDelivery(propsOf(...stages))
    .stages.slice(2)
    .flatMap(({ actions }) => actions);
}

function live(stacks?: readonly string[], props?: Parameters<typeof stageOf>[3]) {
  return (app: App) => [to('live', stageOf(app, 'Prod', stacks, props))];
}

describe('plan', () => {
  test('publishes, then creates and executes change sets', () => {
    expect(
      stepsOf(...live()(cdkApp())).map(({ name, runOrder, inputs, configuration }) => ({
        name,
        runOrder,
        inputs,
        configuration,
      })),
    ).toEqual([
      { name: 'Publish-live', runOrder: 1, inputs: ['Build'], configuration: {} },
      {
        name: 'Prepare-live',
        runOrder: 2,
        inputs: ['Build'],
        configuration: {
          ActionMode: 'CHANGE_SET_REPLACE',
          StackName: 'Prod-Api',
          ChangeSetName: 'pipeline',
          TemplatePath: expect.stringMatching(/^Build::assembly-Prod\/ProdApi[0-9A-F]{8}\.template\.json$/),
          Capabilities: 'CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND',
        },
      },
      {
        name: 'Deploy-live',
        runOrder: 3,
        inputs: [],
        configuration: { ActionMode: 'CHANGE_SET_EXECUTE', StackName: 'Prod-Api', ChangeSetName: 'pipeline' },
      },
    ]);
  });

  test('deploys stacks in the order of dependencies, others in parallel, and tests last', () => {
    const app = cdkApp();
    const stage = stageOf(app, 'Prod', ['Data', 'Api']);
    new Service(stage, 'Site');
    expect(
      stepsOf(to('live', stage, {}, { tests: [TestStep.shell(['ls'])] })).map(
        ({ name, runOrder }) => `${runOrder} ${name}`,
      ),
    ).toEqual([
      '1 Publish-live',
      '2 Prepare-live-Data',
      '3 Deploy-live-Data',
      '2 Prepare-live-Site',
      '3 Deploy-live-Site',
      '4 Prepare-live-Api',
      '5 Deploy-live-Api',
      '6 Test-live',
    ]);
  });

  test('publishes in the account of the pipeline, and deploys in the environment', () => {
    expect(stepsOf(...live()(cdkApp())).map(({ name, environment }) => [name, environment])).toEqual([
      ['Publish-live', undefined],
      ['Prepare-live', 'live'],
      ['Deploy-live', 'live'],
    ]);
  });

  test('names a nested stack construct by its path', () => {
    const stage = new Stage(cdkApp(), 'Prod');
    const stack = new Stack(stage, 'Back.end', { stackName: 'back' });
    new Service(stack, 'Api');
    expect(stepsOf(to('live', stage)).map(({ name }) => name)).toContain('Deploy-live-Back-end-Api');
  });

  test('uses the account and Region of the stage', () => {
    const app = cdkApp();
    const [, , ...stages] = planDelivery(
      propsOf(
        to('open', stageOf(app, 'Open')),
        to('there', stageOf(app, 'There', ['Api'], { env: { account: '222222222222', region: 'eu-west-1' } })),
        to(
          'said',
          stageOf(app, 'Said', ['Api'], { env: { account: '222222222222', region: 'eu-west-3' } }),
          {},
          { env: { account: '222222222222', region: 'eu-west-3' } },
        ),
      ),
    ).stages;
    expect(stages.flatMap(({ environments = [] }) => environments)).toMatchObject([
      { name: 'open', env: {} },
      { name: 'there', env: { account: '222222222222', region: 'eu-west-1' } },
      { name: 'said', env: { account: '222222222222', region: 'eu-west-3' } },
    ]);
  });

  test('passes tags of a stack in a file of the assembly', () => {
    const app = cdkApp();
    const stage = stageOf(app, 'Prod');
    Tags.of(stage).add('team', 'shop');
    const [, prepare] = stepsOf(to('live', stage));
    const [, path] = prepare.configuration.TemplateConfiguration.split('::');
    expect(JSON.parse(readFileSync(join(app.outdir, path), 'utf8'))).toEqual({ Tags: { team: 'shop' } });
  });
});

describe('rendered resources', () => {
  const { template, app } = deliver(live(['Data', 'Api']));

  function idOf(type: string, pattern: RegExp) {
    return resourcesOf(template, type).find(([id]) => pattern.test(id))![0];
  }

  function statements(role: string) {
    return statementsOf(template)
      .filter(({ holder }) => holder === role)
      .map(({ statement }) => statement);
  }

  test('references only files of the assembly', () => {
    const named = JSON.stringify(template).match(/assembly-Prod\/[A-Za-z0-9.]+/g)!;
    expect(new Set(named).size).toBe(3); // two templates and the manifest of the stage
    const { directory } = app.synth();
    for (const path of named) expect(existsSync(join(directory, path))).toBe(true);
  });

  test('allows the publishing build to read artifacts, to log and to assume one role', () => {
    const other = statements(idOf('AWS::IAM::Role', /^DeliveryPublishliveRole/)).filter(
      ({ Action }) => !/^(s3|logs):/.test([Action].flat()[0]),
    );
    expect(other).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: {
          'Fn::Sub':
            'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/' +
            'cdk-hnb659fds-file-publishing-role-${AWS::AccountId}-${AWS::Region}',
        },
      },
    ]);
  });

  test('deploys all stacks under one role, which may pass the bootstrap role to CloudFormation only', () => {
    const role = idOf('AWS::IAM::Role', /^DeliveryEnvironmentsliveActionRole/);
    expect(
      actionsOf(template)
        .filter(({ ActionTypeId }) => ActionTypeId.Provider === 'CloudFormation')
        .map(({ RoleArn }) => RoleArn!['Fn::GetAtt'][0]),
    ).toEqual(Array(4).fill(role));
    const execution = {
      'Fn::Sub':
        'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/' +
        'cdk-hnb659fds-cfn-exec-role-${AWS::AccountId}-${AWS::Region}',
    };
    expect(
      statements(role)
        .filter(({ Action }) => Action === 'iam:PassRole')
        .map(({ Resource }) => Resource),
    ).toEqual([execution]);

    function stack(name: string) {
      return { 'Fn::Sub': `arn:\${AWS::Partition}:cloudformation:\${AWS::Region}:\${AWS::AccountId}:stack/${name}/*` };
    }

    expect(statements(role).find(({ Action }) => Action.includes('cloudformation:CreateChangeSet'))!.Resource).toEqual([
      stack('Prod-Data'),
      stack('Prod-Api'),
    ]);
    expect(
      actionsOf(template)
        .filter(({ Name }) => Name.startsWith('Prepare'))
        .map(({ Configuration }) => Configuration!.RoleArn),
    ).toEqual([execution, execution]);
  });

  test('references the roles of a concrete account with its qualifier', () => {
    function stage(of: App) {
      const made = new Stage(of, 'Prod', { env: HOME });
      new Stack(made, 'Api', { synthesizer: new DefaultStackSynthesizer({ qualifier: 'acme' }) });
      return [to('live', made)];
    }

    const text = JSON.stringify(deliver(stage).template);
    for (const role of ['file-publishing', 'cfn-exec']) {
      expect(text).toContain(
        `arn:\${AWS::Partition}:iam::111111111111:role/cdk-acme-${role}-role-111111111111-eu-west-1`,
      );
    }
  });

  test('provides the outputs of the stacks to tests', () => {
    const text = JSON.stringify(
      deliver((of) => {
        const stage = new Stage(of, 'Prod');
        const api = new Service(stage, 'Api');
        return [to('live', stage, { outputs: [api.url] }, { tests: [TestStep.shell(['curl "$Url"'])] })];
      }).template,
    );
    expect(text).toMatch(/jq -r '\.Url \| strings' .*CODEBUILD_SRC_DIR_Deploy_live_outputs\/outputs\.json/);
  });

  test('uses the options of the build', () => {
    const text = JSON.stringify(
      deliver((of) => [
        to('live', stageOf(of, 'Prod'), { cliVersion: '2.1147.0', compute: BuildCompute.arm(BuildSize.SMALL) }),
      ]).template,
    );
    expect(text).toContain('aws-cdk@2.1147.0 -a');
    expect(text).toContain('ARM_CONTAINER');
  });
});

/** Returns the commands of the build that publishes. */
function commandsOf(template: ReturnType<typeof jsonOf>): string[] {
  const [[, { Properties }]] = resourcesOf(template, 'AWS::CodeBuild::Project').filter(([id]) =>
    id.includes('Publish'),
  );
  const { phases } = JSON.parse((Properties.Source as { BuildSpec: string }).BuildSpec) as {
    phases: { build: { commands: string[] } };
  };
  return phases.build.commands;
}

describe.each(['sh', 'bash'])('the commands, in %s', (shell) => {
  /** Runs the commands like CodeBuild in the cloud assembly, with an npx that prints its arguments. */
  function run(stages: (app: App) => PipelineStage[]) {
    const { app, template } = deliver(stages);
    const { directory } = app.synth();
    writeFileSync(join(directory, 'npx'), '#!/bin/sh\nprintf "[%s]" "$@" > called\n', { mode: 0o755 });
    const { status } = spawnSync(shell, ['-c', commandsOf(template).join(' || exit\n')], {
      cwd: directory,
      env: { PATH: `${directory}:${process.env.PATH}` },
    });
    const manifest = JSON.parse(readFileSync(join(directory, 'assembly-Prod/manifest.json'), 'utf8')) as {
      artifacts: Record<string, { type: string; properties: Record<string, unknown> }>;
    };
    return {
      status,
      called: readFileSync(join(directory, 'called'), 'utf8'),
      propertiesOf: (type: string) =>
        Object.values(manifest.artifacts).flatMap((one) => (one.type === type ? [one.properties] : [])),
    };
  }

  test('publish all stacks of the stage with the CDK CLI', () => {
    expect(run(live(['Data', 'Api'], { env: HOME }))).toMatchObject({
      status: 0,
      called:
        '[--yes][aws-cdk@2.1148.1][-a][assembly-Prod][publish-assets][--all][--unstable=publish-assets]' +
        '[--no-notices][--ci]',
    });
  });

  test('let the CLI assume publishing roles only', () => {
    const { propertiesOf } = run(live(['Data', 'Api'], { env: HOME }));
    const role =
      'arn:${AWS::Partition}:iam::111111111111:role/cdk-hnb659fds-file-publishing-role-111111111111-eu-west-1';
    const stacks = propertiesOf('aws:cloudformation:stack');
    expect(stacks.map(({ assumeRoleArn }) => assumeRoleArn)).toEqual([role, role]);
    expect(stacks[0]).toMatchObject({ stackName: 'Prod-Data', templateFile: expect.any(String) });
    const assets = propertiesOf('cdk:asset-manifest');
    expect(assets.map(({ requiresBootstrapStackVersion }) => requiresBootstrapStackVersion)).toEqual([
      undefined,
      undefined,
    ]);
    expect(assets[0]).toMatchObject({ file: expect.any(String) });
  });

  test('pass the external ID of the publishing role', () => {
    const { propertiesOf } = run((app) => {
      const stage = new Stage(app, 'Prod', { env: HOME });
      const synthesizer = new DefaultStackSynthesizer({
        deployRoleExternalId: 'deploy',
        fileAssetPublishingExternalId: "it's mine",
      });
      new Stack(stage, 'Api', { synthesizer });
      return [to('live', stage)];
    });
    expect(propertiesOf('aws:cloudformation:stack')[0]).toMatchObject({
      assumeRoleArn: expect.stringContaining('file-publishing-role'),
      assumeRoleExternalId: "it's mine",
    });
  });
});

describe('assets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assets-'));

  function file(name: string, text: string) {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  }

  function withFiles(...files: string[]) {
    return JSON.stringify(deliver(live(['Api'], { files })).template);
  }

  test('does not change the template if contents change', () => {
    const before = withFiles(file('code.js', 'one'));
    expect(withFiles(file('code.js', 'two'))).toBe(before);
  });

  test('does not change the template if assets are added', () => {
    expect(withFiles(file('code.js', 'one'), file('more.js', 'three'))).toBe(withFiles());
  });

  test('changes the hash in the template of the stack', () => {
    const templates = ['one', 'two'].map((text) => {
      const { app } = deliver(live(['Api'], { files: [file('code.js', text)] }));
      return JSON.stringify(app.synth().getNestedAssembly('assembly-Prod').stacks[0].template);
    });
    expect(templates[0]).not.toBe(templates[1]);
  });

  test(
    'the first image makes the build privileged and lets it take on the role for images; more of them change ' +
      'nothing',
    () => {
      function image(count: number) {
        return deliver((app) => {
          const stage = stageOf(app, 'Prod');
          for (let i = 0; i < count; i++) {
            new ecrAssets.DockerImageAsset(stage.node.findChild('Api'), `Image${i}`, {
              directory: folder,
              file: 'code.js',
            });
          }
          return [to('live', stage)];
        }).template;
      }

      file('code.js', 'FROM scratch');
      const [none, one, two] = [0, 1, 2].map(image);
      expect(two).toEqual(one);
      const changed = Object.keys(one.Resources).filter(
        (id) => JSON.stringify(one.Resources[id]) !== JSON.stringify(none.Resources[id]),
      );
      expect(changed.map((id) => one.Resources[id].Type)).toEqual(['AWS::IAM::Role', 'AWS::CodeBuild::Project']);
      expect(one.Resources[changed[1]].Properties.Environment).toMatchObject({ PrivilegedMode: true });
      expect(none.Resources[changed[1]].Properties.Environment).toMatchObject({ PrivilegedMode: false });
      expect(JSON.stringify(one.Resources[changed[0]])).toContain('image-publishing-role');
    },
  );
});

describe('permission check', () => {
  function all(app: App) {
    const folder = mkdtempSync(join(tmpdir(), 'image-'));
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch');
    const stage = stageOf(app, 'Prod', ['Data', 'Api'], { files: [__filename] });
    new ecrAssets.DockerImageAsset(stage.node.findChild('Api'), 'Image', { directory: folder });
    return [to('live', stage, {}, { tests: [TestStep.shell(['ls'])] })];
  }

  test.each([
    ['in the app', false],
    ['in a stage of the app', true],
  ])('denies nothing, models all actions and reads the manifests: the pipeline %s', (_name, inStage) => {
    const app = cdkApp();
    const stack = new Stack(inStage ? new Stage(app, 'Tools') : app, 'Shop', { env: HOME });
    new DeliveryPipeline(stack, 'Delivery', propsOf(...all(app)));
    const calls: string[] = [];
    const report = check(readInput(app.synth().directory), {
      onCall: ({ call }) => calls.push(`${call.call} ${call.resource}`),
    });
    expect({ denied: denialsOf(report), unmodelled: unmodelledOf(report) }).toEqual({ denied: [], unmodelled: [] });
    expect(report.summary).toMatchObject({ unknown: 0, warnings: 0 });
    expect(
      calls
        .filter((call) => call.startsWith('sts:AssumeRole') && call.includes('publishing'))
        .map((call) => call.split('/')[1]),
    ).toEqual([
      'cdk-hnb659fds-file-publishing-role-111111111111-eu-west-1',
      'cdk-hnb659fds-image-publishing-role-111111111111-eu-west-1',
    ]);
    expect(calls.filter((call) => call.startsWith('s3:PutObject arn:aws:s3:::cdk-hnb659fds-assets-')).length).toBe(3);
    expect(calls.filter((call) => call.startsWith('ecr:PutImage')).length).toBe(1);
    expect(report.assumptions).toEqual([
      expect.stringContaining('aws://111111111111/eu-west-1 is bootstrapped with --qualifier hnb659fds'),
    ]);
  });

  test('reports the removal of any statement', () => {
    const fateOf = [...fates(readInput(deliver(all).app.synth().directory))]
      .filter(({ mutant }) => /Publish.*Role|ActionRole/.test(mutant.logicalId))
      .map(({ mutant, fate }) => ({ calls: [mutant.statement.Action].flat(), fate }));
    expect(fateOf.find(({ calls }) => calls[0] === 'sts:AssumeRole')).toBeDefined();
    expect(fateOf.filter(({ calls }) => calls[0] === 'iam:PassRole')).toHaveLength(1);
    // Permissions that AWS lists for the store without documenting their calls, and one without a call in this mode.
    expect(fateOf.filter(({ fate }) => fate !== 'denied').map(({ calls }) => calls.join(' '))).toEqual([
      's3:GetBucketVersioning s3:GetBucketAcl s3:GetBucketLocation',
      'cloudformation:ValidateTemplate',
    ]);
  });
});

describe('errors', () => {
  const at = 'stages[1].environment';

  function complaintsOf(stages: (app: App) => PipelineStage[], more?: Partial<DeliveryPipelineProps>) {
    try {
      deliver(stages, more);
    } catch (error) {
      return (error as Error).message.split('\n').map((line) => line.replace('[DeliveryPipeline Shop/Delivery] ', ''));
    }
    return [];
  }

  function stage(fill: (stage: Stage) => void, props?: StageProps) {
    return (app: App) => {
      const made = new Stage(app, 'Prod', props);
      fill(made);
      return [to('live', made)];
    };
  }

  const bootstrapped =
    `'${at}.target.stage' must contain only stacks that use the roles of cdk bootstrap, got "Api"; use ` +
    "the DefaultStackSynthesizer, which is the default, for 'Api'";
  const there = { account: '222222222222', region: 'eu-west-1' };

  test.each<[string, (app: App) => PipelineStage[], string[], Partial<DeliveryPipelineProps>?]>([
    [
      'the app itself',
      (app) => [to('live', app)],
      [
        `'${at}.target.stage' must be a Stage, not the app itself, got "the app itself"; create the stacks ` +
          "in new Stage(app, 'Production')",
      ],
    ],
    [
      'no stack',
      stage(() => undefined),
      [
        `'${at}.target.stage' must contain at least one stack, got "Prod"; create the stacks of the stage ` +
          'before the pipeline',
      ],
    ],
    [
      'a stage in a stage',
      stage((outer) => new Service(new Stage(outer, 'Inner'), 'Api')),
      [
        `'${at}.target.stage' must not contain other stages, got ["Prod/Inner"]; deploy each stage in a ` +
          'separate environment',
      ],
    ],
    [
      'stacks of two regions',
      stage((one) => ['eu-west-1', 'us-east-1'].map((region) => new Stack(one, region, { env: { ...HOME, region } }))),
      [
        `'${at}.target.stage' must have all its stacks in one account and Region, got ` +
          '["111111111111/eu-west-1","111111111111/us-east-1"]; create one stage and one environment for ' +
          'each of them',
      ],
    ],
    [
      'stacks published with credentials',
      stage((one) => new Stack(one, 'Api', { synthesizer: new CliCredentialsStackSynthesizer() })),
      [bootstrapped],
    ],
    [
      'stacks without bootstrapping',
      stage((one) => new Stack(one, 'Api', { synthesizer: new BootstraplessSynthesizer() })),
      [bootstrapped],
    ],
    [
      'stacks of the bootstrapping of old',
      stage((one) => new Stack(one, 'Api', { synthesizer: new LegacyStackSynthesizer() })),
      [bootstrapped],
    ],
    [
      'a version that floats',
      (app) => [to('live', stageOf(app, 'Prod'), { cliVersion: 'latest' })],
      [
        `'${at}.target.cliVersion' must ${AN_EXACT_VERSION}, got "latest"; use the form '2.1148.1', so that every ` +
          'execution uses the same tool',
      ],
    ],
    [
      'a version that does not exist',
      (app) => [to('live', stageOf(app, 'Prod'), { cliVersion: '2.1147.9' })],
      [expect.stringMatching(/^'stages\[1\]\.environment\.target\.cliVersion' must be a published version of aws-cdk/)],
    ],
    [
      'a version without the command',
      (app) => [to('live', stageOf(app, 'Prod'), { cliVersion: '2.1115.0' })],
      expect.arrayContaining([
        expect.stringMatching(/^'stages\[1\]\.environment\.target\.cliVersion' must have the command/),
      ]) as unknown as string[],
    ],
    [
      'an output of another stack',
      (app) => [
        to('live', stageOf(app, 'Prod'), { outputs: [new CfnOutput(new Stack(app, 'Else'), 'Url', { value: 'x' })] }),
      ],
      [
        `'${at}.target.outputs' must contain only outputs of stacks in the stage, got "Url"; create the ` +
          'output in one of these stacks; the parent of a nested stack can return its output',
      ],
    ],
    [
      'an output twice',
      (app) => {
        const made = stageOf(app, 'Prod', ['Data', 'Api']);
        return [to('live', made, { outputs: made.node.children.map((getOrCreate) => (getOrCreate as Service).url) })];
      },
      [
        `'${at}.target.outputs' must have unique names, got "Url"; rename one with overrideLogicalId, or ` +
          'remove it; the names become environment variables',
      ],
    ],
    [
      'an output of a nested stack',
      (app) => {
        const made = stageOf(app, 'Prod');
        return [
          to('live', made, {
            outputs: [new CfnOutput(new NestedStack(made.node.findChild('Api'), 'Nested'), 'Inner', { value: 'x' })],
          }),
        ];
      },
      [
        `'${at}.target.outputs' must contain only outputs of stacks in the stage, got "Inner"; create the ` +
          'output in one of these stacks; the parent of a nested stack can return its output',
      ],
    ],
    [
      'an environment that differs from its stage',
      (app) => [to('live', stageOf(app, 'Prod', ['Api'], { env: HOME }), {}, { env: there })],
      [`'${at}.env.account' must ${envOfTarget('account', '111111111111')}, got "222222222222"; remove it`],
    ],
    [
      'an environment of a place for a stage of none',
      (app) => [to('live', stageOf(app, 'Prod'), {}, { env: { account: '111111111111', region: 'eu-west-1' } })],
      [
        `'${at}.target' must have the account of the environment, got nothing; set the prop env: { account: ` +
          "'111111111111' } of the stage",
        `'${at}.target' must have the region of the environment, got nothing; set the prop env: { region: ` +
          "'eu-west-1' } of the stage",
      ],
    ],
    [
      'one stage in two environments',
      (app) => {
        const made = stageOf(app, 'Prod');
        return [to('a', made), to('b', made)];
      },
      [
        `'stages' must ${ONE_ENVIRONMENT_PER_STACK}, got "Prod-Api"; the later deployment would ` +
          'overwrite the earlier one; use a different stack name in each environment',
      ],
    ],
    [
      'runs at the same time',
      (app) => [to('live', stageOf(app, 'Prod'), {}, { onFailure: FailureHandling.none() })],
      [expect.stringContaining(`'executionMode' must ${NOT_PARALLEL}, got ["live"]; `)],
      { executionMode: PipelineExecutionMode.PARALLEL },
    ],
    [
      'the stack of the pipeline',
      stage((one) => new Stack(one, 'Api', { stackName: 'Shop' })),
      [
        `'stages[1].environment.target.stage' must ${OTHER_STACK}, got "Shop"; deploy the ` +
          'stack of the pipeline with cdk deploy, or rename one of the stacks',
      ],
    ],
    [
      'names that are too long together',
      stage((one) => ['A', 'B'].map((id) => new Stack(one, id.repeat(88), { stackName: id }))),
      [
        ...['A', 'B'].map(
          (id) =>
            `'stages' must ${ACTION_NAMES}, got "Prepare-live-${id.repeat(88)}"; shorten the name of the ` +
            `environment or of the stack`,
        ),
        ...['A', 'B'].map(
          (id) =>
            `'stages[1].environment.target.stage' must ${atMostCharacters(100)}, got ` +
            `"Deploy-live-${id.repeat(88)}-vars"; shorten it by 5`,
        ),
      ],
    ],
  ])('%s', (...[, stages, expected, more]) => {
    expect(complaintsOf(stages, more)).toEqual(expected);
  });

  test('rejects a pipeline in the stage that it deploys', () => {
    const around = stageOf(cdkApp(), 'Prod');
    expect(() => new DeliveryPipeline(new Stack(around, 'Shop'), 'Delivery', propsOf(to('live', around)))).toThrow(
      /must not be the stack of the pipeline, got "Prod-Shop"/,
    );
  });

  test('rejects a stack that is created after the pipeline', () => {
    const app = cdkApp();
    const early = stageOf(app, 'Prod');
    new DeliveryPipeline(new Stack(app, 'Shop'), 'Delivery', propsOf(to('live', early)));
    new Service(early, 'Late');
    expect(() => app.synth()).toThrow(/the construct tree was modified after the first synthesis/);
  });

  test('accepts stacks with the same name in two accounts', () => {
    expect(
      complaintsOf((app) =>
        [HOME, there].map((env) => {
          const made = new Stage(app, `In${env.account}`, { env });
          new Stack(made, 'Api', { stackName: 'api' });
          return to(`in-${env.account}`, made);
        }),
      ),
    ).toEqual([]);
  });

  function stackWith(version: number): StageFacts {
    return {
      path: 'Prod',
      isApp: false,
      assemblyPath: 'assembly-Prod',
      nestedStages: [],
      stacks: [
        {
          id: 'Api',
          stackName: 'Api',
          env: {},
          after: [],
          templatePath: 't.json',
          executionRoleArn: 'arn',
          manifests: [{ version, roleArns: ['arn'], withoutRole: false, sessionTags: false, images: false }],
        },
      ],
    };
  }

  function problemsOf(facts: StageFacts, options: CdkStageOptions = {}) {
    return problemsAt('target', (problems) =>
      planStage(facts, [], options, { environment: 'live', artifact: 'Build', problems }),
    );
  }

  test('rejects assemblies that the CLI does not read', () => {
    expect([53, 54, 55].flatMap((version) => problemsOf(stackWith(version)))).toEqual([]);
    expect(problemsOf(stackWith(56))).toEqual([
      "'target.cliVersion' must read cloud assemblies of schema 56, which your aws-cdk-lib writes, got " +
        '"2.1148.1"; use a version after 2.1148.1',
    ]);
    expect(problemsOf(stackWith(56), { cliVersion: '2.1300.0' })).toEqual([]);
    expect(problemsOf(stackWith(55), { cliVersion: '2.1144.0' })).toEqual([
      expect.stringMatching(/^'target\.cliVersion' must read cloud assemblies of schema 55/),
    ]);
  });

  test('rejects session tags', () => {
    const {
      stacks: [stack],
      ...rest
    } = stackWith(54);
    const tagged = {
      ...rest,
      stacks: [{ ...stack, manifests: stack.manifests.map((one) => ({ ...one, sessionTags: true })) }],
    };
    expect(problemsOf(tagged)).toEqual([
      '\'target.stage\' must not contain stacks that publish assets with session tags, got "Api"; remove ' +
        "the session tags from the synthesizer of 'Api'",
    ]);
  });
});
