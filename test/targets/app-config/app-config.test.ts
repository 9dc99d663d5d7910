import { App, aws_appconfig as appconfig, type aws_iam as iam, aws_s3 as s3, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import {
  AppConfigProfile,
  type AppConfigOptions,
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelineStage,
} from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { check } from '../../../src/check/check';
import { A_FILE_PATH } from '../../../src/pipeline/rules';
import { denialsOf, unmodelledOf } from '../../check/verdicts';
import {
  applicationIn,
  environmentIn,
  flagsIn,
  hostedTarget,
  IMPORTED,
  pipelineTarget,
  predefined,
  profileAt,
} from '../../helpers/app-config';
import { complaints, delivery, deliveryTemplate, source, verdictsOf, type DeliveryOf } from '../../helpers/delivery';
import { pattern } from '../../helpers/pattern';
import { actionsOf, CONCRETE, type CfnTemplate, jsonOf, resourcesOf, statementsOf } from '../../helpers/synth';
import { planTarget } from '../../helpers/targets';

const HOME = { stack: CONCRETE };
const PIPELINE = 'flags-delivery';
const { CANARY_10_PERCENT_20_MINUTES: CANARY, LINEAR_20_PERCENT_EVERY_6_MINUTES: LINEAR } =
  appconfig.DeploymentStrategyId;

function to(target: (stack: Stack) => DeployTarget, more: object = {}): DeliveryOf {
  return (stack) => ({
    stages: [
      PipelineStage.steps('Build', [BuildStep.shell(['make'], { outputDirectory: 'out' })]),
      PipelineStage.environment(new DeploymentEnvironment('live', { target: target(stack) })),
    ],
    ...more,
  });
}

function byPipeline(options: Partial<AppConfigOptions> = {}, pipelineName = PIPELINE) {
  return (stack: Stack) => pipelineTarget(stack, pipelineName, options);
}

type Action = ReturnType<typeof actionsOf>[number] & {
  EnvironmentVariables?: Array<{ Name: string; Value: unknown; Type: string }>;
  OutputVariables?: string[];
  Region?: string;
  RoleArn?: unknown;
};

function actionOf(template: CfnTemplate, name: string) {
  return actionsOf(template).find(({ Name }) => Name === name) as unknown as Action;
}

function variablesOf(action: Action) {
  return Object.fromEntries(action.EnvironmentVariables!.map(({ Name, Value }) => [Name, Value]));
}

function stagesOf(template: CfnTemplate) {
  const [[, { Properties }]] = resourcesOf(template, 'AWS::CodePipeline::Pipeline');
  return Properties.Stages as Array<{ Name: string; Actions: Array<{ Name: string }>; OnFailure?: unknown }>;
}

function idOf(template: CfnTemplate, type: string) {
  return resourcesOf(template, `AWS::AppConfig::${type}`)[0][0];
}

/** What the role of the environment may do with AppConfig. */
function appConfigStatements(template: CfnTemplate) {
  return statementsOf(template)
    .filter(
      ({ holder, statement }) =>
        holder.includes('ActionRole') && JSON.stringify(statement.Action).includes('appconfig:'),
    )
    .map(({ statement: { Action, Resource } }) => ({ Action, Resource: [Resource].flat().map(plainArn) }));
}

/** An ARN of AppConfig as text: `arn:`, then the resource, with the logical ids of what is referred to. */
function plainArn(arn: unknown): string {
  if (typeof arn === 'string') return arn;
  const {
    Ref,
    'Fn::Join': join,
    'Fn::Sub': sub,
  } = arn as { Ref?: string; 'Fn::Join'?: [string, unknown[]]; 'Fn::Sub'?: string };
  if (join) return join[1].map(plainArn).join(join[0]);
  return Ref ?? sub!.replace('arn:${AWS::Partition}:appconfig:${AWS::Region}:${AWS::AccountId}:', 'arn:');
}

/** The ARN of the application of a template, or of what it holds. */
function arnIn(template: CfnTemplate, [kind, type]: readonly string[]): string {
  const application = `arn:application/${idOf(template, 'Application')}`;
  return kind === undefined ? application : `${application}/${kind}/${idOf(template, type)}`;
}

describe('plan', () => {
  test('has a deployment and a validation before the approval for a hosted profile', () => {
    const stack = new Stack();
    const [deploy, ...others] = planTarget(hostedTarget(stack));
    expect([deploy.name, deploy.provider, deploy.spec.kind, deploy.inputs, others]).toEqual([
      'Deploy-live',
      'commands',
      'deploy-hosted-configuration',
      ['Image'],
      [],
    ]);
    expect(deploy.environmentVariables).toEqual({ CONFIGURATION_PATH: 'flags.json', CONTENT_TYPE: 'application/json' });
  });

  test.each([
    ['flags.JSON', 'application/json'],
    ['a/flags.yaml', 'application/x-yaml'],
    ['flags.yml', 'application/x-yaml'],
    ['flags.txt', 'text/plain'],
    ['flags', 'text/plain'],
  ])('%s is %s', (configurationPath, contentType) => {
    const [deploy] = planTarget(hostedTarget(new Stack(), {}, { configurationPath }));
    expect(deploy.environmentVariables!.CONTENT_TYPE).toBe(contentType);
  });

  test('uses a configured media type', () => {
    const [deploy] = planTarget(hostedTarget(new Stack(), { contentType: 'application/toml' }));
    expect(deploy.environmentVariables!.CONTENT_TYPE).toBe('application/toml');
  });
});

describe('hosted profile', () => {
  const template = deliveryTemplate(to(hostedTarget), HOME);

  test('is deployed by a Commands action with the ids of its resources', () => {
    const action = actionOf(template, 'Deploy-live');
    expect(action).toMatchObject({
      ActionTypeId: { Category: 'Compute', Provider: 'Commands' },
      InputArtifacts: [{ Name: 'Build' }],
      Namespace: 'Deploy-live-vars',
      OutputVariables: ['CONFIGURATION_VERSION', 'DEPLOYMENT_NUMBER'],
    });
    expect(variablesOf(action)).toEqual({
      CONFIGURATION_PATH: 'flags.json',
      CONTENT_TYPE: 'application/json',
      APPLICATION_ID: { Ref: idOf(template, 'Application') },
      ENVIRONMENT_ID: { Ref: idOf(template, 'Environment') },
      CONFIGURATION_PROFILE_ID: { Ref: idOf(template, 'ConfigurationProfile') },
      DEPLOYMENT_STRATEGY_ID: 'AppConfig.AllAtOnce',
    });
  });

  test('is validated in a separate stage before the deployment, under the role of the environment', () => {
    expect(
      stagesOf(template)
        .map(({ Name, Actions }) => [Name, Actions.map((action) => action.Name)])
        .slice(2),
    ).toEqual([
      ['live-Validate', ['Validate-live']],
      ['live', ['Deploy-live']],
    ]);
    const validate = actionOf(template, 'Validate-live');
    expect(validate.RoleArn).toEqual(actionOf(template, 'Deploy-live').RoleArn);
    expect(validate.Commands!.join('\n')).toContain('aws appconfig validate-configuration');
    expect(validate.Commands!.join('\n')).not.toContain('start-deployment');
  });

  test('is validated before the approval', () => {
    const stack = new Stack(new App(), 'Shop', CONCRETE);

    function target(id: string, profile: AppConfigProfile) {
      return DeployTarget.appConfig(environmentIn(stack, id), profile, {
        configurationPath: 'flags.json',
        deploymentStrategy: predefined(stack),
      });
    }

    const flags = AppConfigProfile.hosted(flagsIn(stack));
    new MultiEnvPromotionPipeline(stack, 'Delivery', {
      source,
      buildStep: BuildStep.shell(['make'], { outputDirectory: 'out' }),
      environments: [
        new DeploymentEnvironment('staging', { target: target('Staging', flags) }),
        new DeploymentEnvironment('production', { target: target('Production', flags) }),
      ],
    });
    expect(
      stagesOf(jsonOf(stack))
        .map(({ Name }) => Name)
        .slice(2),
    ).toEqual(['staging-Validate', 'staging', 'production-Validate', 'production-Approve', 'production']);
  });

  test('is not validated before the approval if disabled', () => {
    const without = deliveryTemplate(
      to((stack) => hostedTarget(stack, { validateBeforeApproval: false })),
      HOME,
    );
    expect(
      stagesOf(without)
        .map(({ Name }) => Name)
        .slice(2),
    ).toEqual(['live']);
    expect(JSON.stringify(appConfigStatements(without))).not.toContain('ValidateConfiguration');
  });

  test('restricts the role of the environment to versions and deployments of the profile', () => {
    const application = arnIn(template, []);
    const profile = arnIn(template, ['configurationprofile', 'ConfigurationProfile']);
    const environment = arnIn(template, ['environment', 'Environment']);
    expect(appConfigStatements(template)).toEqual([
      {
        Action: ['appconfig:ListHostedConfigurationVersions', 'appconfig:CreateHostedConfigurationVersion'],
        Resource: [application, profile],
      },
      { Action: 'appconfig:ValidateConfiguration', Resource: [application, profile] },
      {
        Action: 'appconfig:StartDeployment',
        Resource: [application, environment, profile, 'arn:deploymentstrategy/AppConfig.AllAtOnce'],
      },
      {
        Action: ['appconfig:GetDeployment', 'appconfig:StopDeployment'],
        Resource: [application, environment, `${environment}/deployment/*`],
      },
    ]);
  });

  test('rejects a second deployment to the same environment', () => {
    const two: DeliveryOf = (stack) => {
      const target = hostedTarget(stack);
      return {
        stages: [
          ...to(() => target)(stack).stages,
          PipelineStage.environment(new DeploymentEnvironment('other', { target })),
        ],
      };
    };
    expect(complaints(two, HOME)).toEqual([
      expect.stringContaining('must deploy to each profile of an AppConfig environment only once'),
    ]);
  });

  test('may be deployed together with another profile', () => {
    const two = to((stack) =>
      DeployTarget.together([
        hostedTarget(stack, {}, { deploymentName: 'Flags' }),
        DeployTarget.appConfig(IMPORTED.environment(stack), AppConfigProfile.hostedById(IMPORTED.profileId), {
          deploymentName: 'Texts',
          configurationPath: 'texts.yaml',
          deploymentStrategy: predefined(stack, CANARY),
        }),
      ]),
    );
    const both = deliveryTemplate(two, HOME);
    expect(actionOf(both, 'Deploy-live-Flags').RoleArn).toEqual(actionOf(both, 'Deploy-live-Texts').RoleArn);
    expect(variablesOf(actionOf(both, 'Validate-live-Texts'))).toMatchObject({
      APPLICATION_ID: 'app1234',
      ENVIRONMENT_ID: 'env1234',
      CONFIGURATION_PROFILE_ID: 'pro1234',
    });
    expect(verdictsOf(two)).toMatchObject({ denied: [], unmodelled: [] });
  });
});

describe('profile with the pipeline as source', () => {
  const props = to(byPipeline(), { pipelineName: PIPELINE });
  const template = deliveryTemplate(props, HOME);

  test('is deployed by the AppConfig action', () => {
    expect(actionOf(template, 'Deploy-live')).toMatchObject({
      ActionTypeId: { Category: 'Deploy', Owner: 'AWS', Provider: 'AppConfig', Version: '1' },
      InputArtifacts: [{ Name: 'Build' }],
      Configuration: {
        Application: { Ref: idOf(template, 'Application') },
        Environment: { Ref: idOf(template, 'Environment') },
        ConfigurationProfile: { Ref: idOf(template, 'ConfigurationProfile') },
        InputArtifactConfigurationPath: 'text/live.txt',
        DeploymentStrategy: 'AppConfig.AllAtOnce',
      },
    });
    expect(
      stagesOf(template)
        .map(({ Name }) => Name)
        .slice(2),
    ).toEqual(['live']);
  });

  test('restricts the role of the environment to deployments of the profile', () => {
    expect(appConfigStatements(template).map(({ Action }) => Action)).toEqual([
      'appconfig:StartDeployment',
      ['appconfig:GetDeployment', 'appconfig:StopDeployment'],
    ]);
  });

  test('passes the permission check, which reports removed permissions', () => {
    expect(verdictsOf(props)).toMatchObject({ denied: [], unmodelled: [] });
    const { app, stack } = delivery(props, HOME);
    const role = stack.node.findAll().find(({ node }) => node.path.endsWith('/live/ActionRole'))!.node
      .defaultChild as iam.CfnRole;
    const [{ policyDocument }] = role.policies as Array<{
      policyDocument: { Statement: Array<{ Action: string | string[] }> };
    }>;
    policyDocument.Statement = policyDocument.Statement.filter(
      ({ Action }) => !Action.includes('appconfig:StartDeployment'),
    );
    const report = check(readInput(app.synth().directory, {}));
    expect(denialsOf(report).length).toBeGreaterThan(0);
  });

  function warningsOf(strategy: (stack: Stack) => appconfig.IDeploymentStrategy) {
    const { stack } = delivery(
      to((inside) => byPipeline({ deploymentStrategy: strategy(inside) })(inside), { pipelineName: PIPELINE }),
      HOME,
    );
    return Annotations.fromStack(stack)
      .findWarning('*', Match.stringLikeRegexp('appconfig-timeout'))
      .map(({ entry: { data } }) => String(data));
  }

  function taking(minutes: number, bakeMinutes: number) {
    return (stack: Stack) =>
      new appconfig.DeploymentStrategy(stack, 'Slow', {
        rolloutStrategy: appconfig.RolloutStrategy.linear({
          growthFactor: 10,
          deploymentDuration: Duration.minutes(minutes),
          finalBakeTime: Duration.minutes(bakeMinutes),
        }),
      });
  }

  test.each<[string, (stack: Stack) => appconfig.IDeploymentStrategy, RegExp[]]>([
    [
      'the linear strategy of AWS',
      (stack) => predefined(stack, LINEAR),
      [
        pattern(
          /'Deploy-live' takes 60 minutes.*It is not documented which of the two takes /,
          /precedence.*appconfig-timeout\[Deploy-live\]/,
        ),
      ],
    ],
    ['a slow strategy', taking(50, 20), [/takes 70 minutes/]],
    ['a quick strategy', taking(50, 9), []],
    ['the canary of AWS', (stack) => predefined(stack, CANARY), []],
    [
      'an imported strategy',
      (stack) =>
        appconfig.DeploymentStrategy.fromDeploymentStrategyId(
          stack,
          'Own',
          appconfig.DeploymentStrategyId.fromString('own1234'),
        ),
      [],
    ],
  ])('warns of the timeout: %s', (_name, strategy, expected) => {
    expect(warningsOf(strategy)).toEqual(expected.map((each) => expect.stringMatching(each) as unknown));
  });
});

describe('in another account or Region', () => {
  const THERE = { account: '222222222222', region: 'us-east-1' };

  function pipelineTo(target: (there: Stack, here: Stack) => DeployTarget) {
    const app = new App();
    const there = new Stack(app, 'Flags', { env: THERE });
    const here = new Stack(app, 'Shop', CONCRETE);
    new MultiEnvPromotionPipeline(here, 'Delivery', {
      source,
      buildStep: BuildStep.shell(['make'], { outputDirectory: 'out' }),
      environments: [new DeploymentEnvironment('live', { target: target(there, here) })],
    });
    return { app, here, there };
  }

  test('reads ids from parameters of the environment stack', () => {
    const { app, here } = pipelineTo((there) => hostedTarget(there));
    const deploy = actionOf(jsonOf(here), 'Deploy-live');
    expect([deploy.Region, variablesOf(deploy)]).toEqual([
      'us-east-1',
      {
        CONFIGURATION_PATH: 'flags.json',
        CONTENT_TYPE: 'application/json',
        DEPLOYMENT_STRATEGY_ID: 'AppConfig.AllAtOnce',
      },
    ]);

    function lookUps(action: Action) {
      return action.Commands!.flatMap(
        (command) => /^(\w+)="\$\(aws ssm get-parameter --name (\S+)/.exec(command as string)?.slice(1) ?? [],
      );
    }

    const read = lookUps(deploy);
    expect(read.filter((_, i) => i % 2 === 0)).toEqual([
      'APPLICATION_ID',
      'ENVIRONMENT_ID',
      'CONFIGURATION_PROFILE_ID',
    ]);
    expect(lookUps(actionOf(jsonOf(here), 'Validate-live'))).toEqual(read);
    const support = app.node
      .findAll()
      .find(
        (node): node is Stack => Stack.isStack(node) && node.account === THERE.account && node.node.id !== 'Flags',
      )!;
    const written = resourcesOf(jsonOf(support), 'AWS::SSM::Parameter').map(([, { Properties }]) => Properties.Name);
    expect(written.sort()).toEqual(read.filter((_, i) => i % 2 === 1).sort());
  });

  test('passes the permission check', () => {
    const report = check(readInput(pipelineTo((there) => hostedTarget(there)).app.synth().directory, {}));
    expect([denialsOf(report), unmodelledOf(report)]).toEqual([[], []]);
  });

  test('requires no parameters for literal ids', () => {
    const { here } = pipelineTo((_, stack) =>
      DeployTarget.appConfig(
        appconfig.Environment.fromEnvironmentArn(
          stack,
          'There',
          'arn:aws:appconfig:us-east-1:222222222222:application/app1234/environment/env1234',
        ),
        AppConfigProfile.hostedById('pro1234'),
        { configurationPath: 'flags.json', deploymentStrategy: predefined(stack) },
      ),
    );
    const deploy = actionOf(jsonOf(here), 'Deploy-live');
    expect(variablesOf(deploy)).toMatchObject({
      APPLICATION_ID: 'app1234',
      ENVIRONMENT_ID: 'env1234',
      CONFIGURATION_PROFILE_ID: 'pro1234',
    });
    expect(JSON.stringify(deploy.Commands)).not.toContain('ssm');
  });

  test('rejects a profile with the pipeline as source', () => {
    expect(() => pipelineTo((there) => byPipeline()(there))).toThrow(
      pattern(
        /'environments\[0\]\.target\.profile' must be a hosted profile if the environment is in another /,
        /account or Region than the pipeline/,
      ),
    );
  });
});

describe('errors', () => {
  const at = 'stages[1].environment.target';

  function hosted(profile: (stack: Stack) => AppConfigProfile) {
    return to((stack) =>
      DeployTarget.appConfig(environmentIn(stack), profile(stack), {
        configurationPath: 'flags.json',
        deploymentStrategy: predefined(stack),
      }),
    );
  }

  function options(more: object) {
    return to((stack) => hostedTarget(stack, {}, more));
  }

  test.each<[string, DeliveryOf, Array<string | RegExp>]>([
    [
      'a path that is absolute',
      options({ configurationPath: '/flags.json' }),
      [
        `'${at}.configurationPath' must ${A_FILE_PATH}, got "/flags.json"; write it relative to the root ` +
          `of the artifact, e.g. 'flags.json'`,
      ],
    ],
    [
      'a folder',
      options({ configurationPath: 'flags/' }),
      [/configurationPath' must be the path of a file in the artifact/],
    ],
    [
      'a path that leaves the artifact',
      options({ configurationPath: 'a/../../b.json' }),
      [/configurationPath' must not contain '\.\.'/],
    ],
    [
      'no path',
      options({ configurationPath: undefined }),
      [/configurationPath' must be a non-empty string, got nothing/],
    ],
    [
      'no strategy',
      options({ deploymentStrategy: undefined }),
      [/deploymentStrategy' must be a deployment strategy, got nothing/],
    ],
    ['a deployment name with a space', options({ deploymentName: 'a b' }), [/deploymentName' must consist of/]],
    [
      'a media type that is none',
      hosted((stack) => AppConfigProfile.hosted(flagsIn(stack), { contentType: 'json' })),
      [
        `'${at}.profile.contentType' must consist of a media type, as in 'application/json', got "json"; ` +
          "use a media type, e.g. 'application/json'",
      ],
    ],
    [
      'a strategy that takes longer than a Commands action',
      to((stack) => hostedTarget(stack, {}, { deploymentStrategy: predefined(stack, LINEAR) })),
      [
        pattern(
          /deploymentStrategy' must take less than 50 minutes including its bake time, since a Commands /,
          /action cannot wait longer, got "60 minutes"/,
        ),
      ],
    ],
    [
      'a profile that is none',
      hosted(() => 'flags' as never),
      [
        `'${at}.profile' must be an AppConfigProfile, got "flags"; use AppConfigProfile.hosted or ` +
          'AppConfigProfile.pipeline',
      ],
    ],
    [
      'a name in the place of an id',
      hosted(() => AppConfigProfile.hostedById('Flags')),
      [/profile' must consist of 4 to 7 lowercase letters and digits.*use the id, not the name/],
    ],
    [
      'a hosted profile for the pipeline',
      hosted((stack) => AppConfigProfile.pipeline(flagsIn(stack))),
      [/profile' must have the location 'codepipeline:\/\/<pipeline name>', got "hosted"; use AppConfigProfile.hosted/],
    ],
    [
      'a profile of the pipeline as a hosted one',
      hosted((stack) => AppConfigProfile.hostedById(profileAt(stack, `codepipeline://${PIPELINE}`).ref)),
      [/profile' must have the location 'hosted', got "codepipeline:\/\/flags-delivery"/],
    ],
    [
      'a profile of a bucket',
      hosted((stack) =>
        AppConfigProfile.pipeline(
          new appconfig.SourcedConfiguration(stack, 'Stored', {
            application: applicationIn(stack),
            location: appconfig.ConfigurationSource.fromBucket(
              new s3.Bucket(stack, 'Bucket', { versioned: true }),
              'flags.json',
            ),
          }),
        ),
      ),
      [/profile' must have the location 'codepipeline:\/\/<pipeline name>'/],
    ],
    [
      'a profile of another pipeline',
      to(byPipeline({}, 'another'), { pipelineName: PIPELINE }),
      [
        `'${at}.profile' must have the location of this pipeline, 'codepipeline://flags-delivery', got ` +
          '"codepipeline://another"; set a pipelineName, and the location of the profile to that pipeline',
      ],
    ],
    [
      'a profile of another application',
      hosted((stack) => AppConfigProfile.hosted(flagsIn(new Stack(stack.node.root as App, 'Other', CONCRETE)))),
      [/profile' must belong to the application of the environment/],
    ],
  ])('%s', (_name, props, expected) => {
    expect(complaints(props, HOME)).toEqual(
      expected.map((each) => (typeof each === 'string' ? each : (expect.stringMatching(each) as unknown))),
    );
  });

  test('accepts a profile of a pipeline without a name, and an imported one', () => {
    const unnamed = to((stack) =>
      DeployTarget.appConfig(environmentIn(stack), AppConfigProfile.pipelineById(IMPORTED.profileId), {
        configurationPath: 'flags.json',
        deploymentStrategy: predefined(stack),
      }),
    );
    expect(complaints(unnamed, HOME)).toEqual([]);
  });
});
