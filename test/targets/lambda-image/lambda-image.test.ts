import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, aws_ecr as ecr, type aws_iam as iam, aws_lambda as lambda, aws_s3 as s3, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  DeploymentAccess,
  DeploymentEnvironment,
  DeployTarget,
  PipelineStage,
  type DeploymentEnvironmentOptions,
  type LambdaImageOptions,
} from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { check } from '../../../src/check/check';
import { denialsOf, unmodelledOf } from '../../check/verdicts';
import { complaints, delivery, deliveryTemplate, source, verdictsOf, type DeliveryOf } from '../../helpers/delivery';
import { pattern } from '../../helpers/pattern';
import { actionsOf, CONCRETE, jsonOf, resourcesOf, statementsOf } from '../../helpers/synth';

const HOME = { stack: CONCRETE };
const THERE = { account: '222222222222', region: 'eu-west-1' };

function repositoryIn(stack: Stack) {
  return (
    (stack.node.tryFindChild('Repository') as ecr.IRepository | undefined) ??
    ecr.Repository.fromRepositoryName(stack, 'Repository', 'shop')
  );
}

function functionIn(stack: Stack): lambda.IFunction {
  return lambda.Function.fromFunctionName(stack, 'Function', 'shop');
}

function functionThere(stack: Stack) {
  return lambda.Function.fromFunctionArn(stack, 'There', 'arn:aws:lambda:eu-west-1:222222222222:function:shop');
}

function to(options: LambdaImageOptions = {}, target = functionIn): DeliveryOf {
  return (stack) => ({
    stages: [
      PipelineStage.steps('Build', [BuildStep.dockerImage(repositoryIn(stack))]),
      PipelineStage.environment(
        new DeploymentEnvironment('live', { target: DeployTarget.lambdaImage(target(stack), options) }),
      ),
    ],
  });
}

type ReleaseAction = ReturnType<typeof actionsOf>[number] & {
  EnvironmentVariables: Array<{ Name: string; Value: unknown }>;
  OutputVariables?: string[];
  Region?: string;
  RoleArn?: unknown;
};

function actionOf(template: ReturnType<typeof jsonOf>, name = 'Deploy-live') {
  return actionsOf(template).find(({ Name }) => Name === name) as unknown as ReleaseAction;
}

describe('rendered resources', () => {
  const template = deliveryTemplate(to(), HOME);

  test('uses one Commands action with the function and the alias', () => {
    expect(actionOf(template)).toMatchObject({
      ActionTypeId: { Category: 'Compute', Provider: 'Commands' },
      InputArtifacts: [{ Name: 'Image' }],
      EnvironmentVariables: [
        { Name: 'FUNCTION_NAME', Value: 'shop', Type: 'PLAINTEXT' },
        { Name: 'FUNCTION_ALIAS', Value: 'live', Type: 'PLAINTEXT' },
      ],
      Namespace: 'Deploy-live-vars',
      OutputVariables: ['FUNCTION_VERSION'],
    });
  });

  test('restricts the role to this function', () => {
    const mine = statementsOf(template)
      .filter(({ holder }) => holder.includes('ActionRole'))
      .map(({ statement }) => statement);

    function arn(name: string) {
      return { 'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${name}` };
    }

    expect(
      mine
        .filter(({ Action }) => JSON.stringify(Action).includes('lambda:'))
        .map(({ Action, Resource }) => [Action, Resource]),
    ).toEqual([
      [
        [
          'lambda:GetAlias',
          'lambda:GetFunction',
          'lambda:UpdateFunctionCode',
          'lambda:PublishVersion',
          'lambda:UpdateAlias',
        ],
        arn('shop'),
      ],
      ['lambda:GetFunctionConfiguration', [arn('shop'), arn('shop:*')]],
    ]);
    expect(JSON.stringify(mine)).not.toContain('ecr:');
  });

  test('references a function of this app', () => {
    const own = deliveryTemplate(
      to(
        {},
        (stack) =>
          new lambda.DockerImageFunction(stack, 'Own', { code: lambda.DockerImageCode.fromEcr(repositoryIn(stack)) }),
      ),
      HOME,
    );
    const [[id]] = resourcesOf(own, 'AWS::Lambda::Function');
    expect(actionOf(own).EnvironmentVariables[0]).toMatchObject({ Name: 'FUNCTION_NAME', Value: { Ref: id } });
  });

  test('uses another image and another alias', () => {
    const other: DeliveryOf = (stack) => {
      const worker = BuildStep.dockerImage(repositoryIn(stack), { stepName: 'Worker' });
      const web = BuildStep.dockerImage(repositoryIn(stack), { stepName: 'Web' });
      const environment = new DeploymentEnvironment('live', {
        target: DeployTarget.lambdaImage(functionIn(stack), { image: worker, alias: 'blue' }),
      });
      return {
        stages: [
          PipelineStage.steps('Build', [web, worker]),
          PipelineStage.environment(environment, { artifact: web.artifact }),
        ],
      };
    };
    const action = actionOf(deliveryTemplate(other));
    expect([action.InputArtifacts, action.EnvironmentVariables[1].Value]).toEqual([[{ Name: 'Worker' }], 'blue']);
  });

  test('deploys two functions under one role', () => {
    const two: DeliveryOf = (stack) => ({
      stages: [
        to()(stack).stages[0],
        PipelineStage.environment(
          new DeploymentEnvironment('live', {
            target: DeployTarget.together(
              ['a', 'b'].map((name) =>
                DeployTarget.lambdaImage(lambda.Function.fromFunctionName(stack, name, name), { deploymentName: name }),
              ),
            ),
          }),
        ),
      ],
    });
    const template2 = deliveryTemplate(two, HOME);
    expect([actionOf(template2, 'Deploy-live-a').RoleArn]).toEqual([actionOf(template2, 'Deploy-live-b').RoleArn]);
    expect(verdictsOf(two)).toMatchObject({ denied: [], unmodelled: [] });
  });
});

describe('in another account or Region', () => {
  function pipeline(
    targetOf: (stack: Stack) => DeployTarget,
    more: DeploymentEnvironmentOptions = {},
    pipelineName?: string,
  ) {
    const app = new App();
    const stack = new Stack(app, 'Shop', CONCRETE);
    new ContainerPipeline(stack, 'Delivery', {
      source,
      pipelineName,
      image: BuildStep.dockerImage(repositoryIn(stack)),
      environments: [new DeploymentEnvironment('live', { target: targetOf(stack), ...more })],
    });
    return { app, stack };
  }

  function target(stack: Stack) {
    return DeployTarget.lambdaImage(functionThere(stack), { repository: repositoryIn(stack) });
  }

  test('allows the role to read the image of another account', () => {
    const app = new App();
    const stack = new Stack(app, 'Live', { env: THERE });
    new DeploymentAccess(stack, 'Access', {
      pipelineName: 'shop',
      pipelineEnv: CONCRETE.env as { account: string; region: string },
      environments: [new DeploymentEnvironment('live', { target: target(new Stack(app, 'Shop', CONCRETE)) })],
    });
    const reads = statementsOf(jsonOf(stack))
      .map(({ statement }) => statement)
      .filter(({ Action }) => JSON.stringify(Action).includes('ecr:'));
    expect(reads).toEqual([
      {
        Effect: 'Allow',
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: {
          'Fn::Join': [
            '',
            [{ 'Fn::Sub': 'arn:${AWS::Partition}:ecr:${AWS::Region}:' }, '111111111111', ':repository/shop'],
          ],
        },
      },
    ]);
  });

  test('passes the permission check', () => {
    const report = check(readInput(pipeline(target).app.synth().directory, {}));
    expect([denialsOf(report), unmodelledOf(report)]).toEqual([[], []]);
  });

  test.each<[string, (stack: Stack) => DeployTarget, RegExp]>([
    [
      'without the repository',
      (stack) => DeployTarget.lambdaImage(functionThere(stack)),
      pattern(
        /'environments\[0\]\.target\.repository' must be set if the function is in another account than /,
        /the pipeline, got nothing/,
      ),
    ],
    [
      'with a repository without a name',
      (stack) => DeployTarget.lambdaImage(functionThere(stack), { repository: new ecr.Repository(stack, 'New') }),
      /'environments\[0\]\.target\.repository' must have an explicit name/,
    ],
    [
      'to a function without a name',
      (stack) =>
        DeployTarget.lambdaImage(
          new lambda.DockerImageFunction(new Stack(stack.node.root, 'Fn', { env: THERE }), 'Fn', {
            code: lambda.DockerImageCode.fromEcr(repositoryIn(stack)),
          }),
          { repository: repositoryIn(stack) },
        ),
      /'environments\[0\]\.target\.function' must have an explicit name.*set its functionName/,
    ],
  ])('rejects a deployment %s', (_name, wrong, message) => expect(() => pipeline(wrong)).toThrow(message));

  test('rejects a function in the account of the pipeline', () => {
    function here(stack: Stack) {
      return DeployTarget.lambdaImage(functionIn(stack), { repository: repositoryIn(stack) });
    }

    expect(() => pipeline(here, { env: THERE })).toThrow(
      pattern(
        /'environments\[0\]\.target\.function' must be a function in the account of the environment, /,
        /222222222222, got "Shop\/Function in 111111111111"/,
      ),
    );
  });
});

describe('errors', () => {
  const at = 'stages[1].environment.target';

  function zip(stack: Stack) {
    return new lambda.Function(stack, 'Zip', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'x',
      code: lambda.Code.fromBucket(s3.Bucket.fromBucketName(stack, 'Code', 'code'), 'x'),
    });
  }

  test.each<[string, DeliveryOf, unknown[]]>([
    [
      'an alias of digits',
      to({ alias: '1' }),
      [
        `'${at}.alias' must consist of letters, digits, '_' and '-', not digits alone, got "1"; use the ` +
          'name of the alias',
      ],
    ],
    [
      'an alias for a function',
      to({}, (stack) => zip(stack).addAlias('live')),
      [
        `'${at}.function' must be an unqualified function, got "a version or an alias"; pass the function, ` +
          'and set alias',
      ],
    ],
    [
      'an alias for a function, by its ARN',
      to({}, (stack) =>
        lambda.Function.fromFunctionArn(stack, 'Q', 'arn:aws:lambda:eu-west-1:111111111111:function:shop:live'),
      ),
      [expect.stringContaining("function' must be an unqualified function")],
    ],
    [
      'a function of a zip file',
      to({}, zip),
      [
        `'${at}.function' must have the package type Image, got "Shop/Zip, which has the package type ` +
          'Zip"; create a lambda.DockerImageFunction, since the package type cannot change',
      ],
    ],
    [
      'a deployment name with a space',
      to({ deploymentName: 'a b' }),
      expect.arrayContaining([expect.stringContaining("deploymentName' must consist of")]) as unknown as unknown[],
    ],
  ])('%s', (_name, props, expected) => expect(complaints(props, HOME)).toEqual(expected));
});

describe('permission check', () => {
  test('denies nothing', () => expect(verdictsOf(to())).toMatchObject({ denied: [], unmodelled: [] }));
  test('misses the artifact', () => {
    const { app, stack } = delivery(to(), HOME);
    const role = stack.node.findAll().find(({ node }) => node.path.endsWith('/live/ActionRole'))!.node
      .defaultChild as iam.CfnRole;
    const [{ policyDocument }] = role.policies as Array<{
      policyDocument: { Statement: Array<{ Action: string | string[] }> };
    }>;
    policyDocument.Statement = policyDocument.Statement.filter(({ Action }) => !Action.includes('s3:GetObject'));
    expect(denialsOf(check(readInput(app.synth().directory, {}))).length).toBeGreaterThan(0);
  });
});

/** The commands as CodePipeline runs them: in one shell, until one fails. Run against a fake of the AWS CLI. */
describe.each(['dash', 'bash'])('the commands, run by %s against a fake', (shell) => {
  const commands = actionOf(deliveryTemplate(to(), HOME)).Commands as string[];
  const URI = `111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${'a'.repeat(64)}`;

  function run(env: Record<string, string> = {}, detail: unknown = { ImageURI: URI }) {
    const dir = mkdtempSync(join(tmpdir(), 'lambda-'));
    mkdirSync(join(dir, 'src'));
    if (detail !== undefined) writeFileSync(join(dir, 'src', 'imageDetail.json'), JSON.stringify(detail));
    const script = [
      ...commands.map((command) => `{ ${command}\n} || exit 1`),
      'echo "exported $FUNCTION_VERSION"',
    ].join('\n');
    const { status, stdout, stderr } = spawnSync(shell, [...(shell === 'bash' ? ['--norc'] : []), '-c', script], {
      encoding: 'utf8',
      env: {
        PATH: `${join(__dirname, '../../helpers/fake-lambda')}:${process.env.PATH}`,
        CODEBUILD_SRC_DIR: join(dir, 'src'),
        FAKE_DIR: dir,
        FUNCTION_NAME: 'shop',
        FUNCTION_ALIAS: 'live',
        ...env,
      },
    });
    const calls = existsSync(join(dir, 'calls')) ? readFileSync(join(dir, 'calls'), 'utf8').trim().split('\n') : [];
    rmSync(dir, { recursive: true });
    return { ok: status === 0, stdout, stderr, calls };
  }

  test('give the function the image, wait, and move the alias', () => {
    const { ok, calls, stdout } = run();
    expect(calls).toEqual([
      'lambda get-alias --function-name shop --name live --query FunctionVersion --output text',
      `lambda update-function-code --function-name shop --image-uri ${URI} --publish --query Version --output text`,
      'lambda wait function-updated-v2 --function-name shop',
      'lambda wait published-version-active --function-name shop --qualifier 8',
      'lambda update-alias --function-name shop --name live --function-version 8 --routing-config ' +
        'AdditionalVersionWeights={}',
    ]);
    expect([ok, stdout.split('\n').filter((line) => line !== '')]).toEqual([
      true,
      [
        'shop: the alias live has version 7',
        `shop: version 8 is ${URI}`,
        'shop: the alias live has version 8 now',
        'exported 8',
      ],
    ]);
  });

  test('change nothing where the alias is missing', () => {
    const { ok, calls, stderr } = run({ FAKE_FAIL: 'lambda get-alias' });
    expect([ok, calls.length]).toEqual([false, 1]);
    expect(stderr).toContain('ResourceNotFoundException');
  });

  test.each([
    ['a function that does not take the image', 'lambda update-function-code', 2],
    ['an update that fails', 'lambda wait function-updated-v2', 3],
    ['a version that does not become ready', 'lambda wait published-version-active', 4],
    ['an alias that cannot be moved', 'lambda update-alias', 5],
  ])('fail with %s, and leave the traffic', (_name, call, count) => {
    const { ok, calls } = run({ FAKE_FAIL: call });
    expect([ok, calls.length]).toEqual([false, count]);
  });

  test('fail if Lambda returns no version', () => {
    for (const version of ['', 'None']) {
      const { ok, calls, stderr } = run({ FAKE_VERSION: version });
      expect([ok, calls.length, stderr.trim()]).toEqual([false, 2, 'Lambda returned no version of the function shop']);
    }
  });

  test('call nothing without an image that is pinned', () => {
    for (const detail of [undefined, {}, { ImageURI: 'shop:latest' }, { ImageURI: null }]) {
      const { ok, calls } = run({}, detail === undefined ? 0 : detail);
      expect([ok, calls]).toEqual([false, []]);
    }
  });

  test('never run what a name holds', () => {
    const { ok, calls } = run({ FUNCTION_NAME: 'a b; touch x $(id)', FUNCTION_ALIAS: '`id`' });
    expect([ok, calls[0]]).toEqual([
      true,
      'lambda get-alias --function-name a b; touch x $(id) --name `id` --query FunctionVersion --output text',
    ]);
  });
});
