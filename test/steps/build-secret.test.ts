import {
  aws_kms as kms,
  aws_secretsmanager as secretsmanager,
  aws_ssm as ssm,
  Fn,
  SecretValue,
  type Stack,
} from 'aws-cdk-lib';
import {
  BuildSecret,
  BuildStep,
  CustomActionCategory,
  CustomStep,
  PipelineStage,
  PipelineVariable,
  TestStep,
} from '../../src';
import { BUILD_VARIABLE_NAME } from '../../src/aws/limits';
import { onlyNamesOf, RESOURCE } from '../../src/pipeline/rules';
import { notContainNamesOf, notStartWith } from '../../src/steps/validate-names';
import { complaints, deliveryTemplate, source, stepsOf, verdictsOf } from '../helpers/delivery';
import { resourcesOf, statementsOf } from '../helpers/synth';

const TOKEN = { Ref: expect.stringMatching(/^Token/) };
const ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/token';

function keyOf(stack: Stack) {
  return new kms.Key(stack, 'Key');
}

/** Kinds of secrets, with the reference for CodeBuild and the permissions of the role. */
interface SecretCase {
  readonly secret: (stack: Stack) => BuildSecret;
  readonly type: string;
  readonly value: unknown;
  readonly action: string;
  readonly resource: unknown;
  readonly key?: boolean;
}
const SECRETS: Record<string, SecretCase> = {
  'one of the app': {
    secret: (stack) => BuildSecret.secretsManager(new secretsmanager.Secret(stack, 'Token')),
    type: 'SECRETS_MANAGER',
    value: TOKEN,
    action: 'secretsmanager:GetSecretValue',
    resource: TOKEN,
  },
  'a field of one with a key': {
    secret: (stack) =>
      BuildSecret.secretsManager(new secretsmanager.Secret(stack, 'Token', { encryptionKey: keyOf(stack) }), {
        field: 'npm',
      }),
    type: 'SECRETS_MANAGER',
    value: { 'Fn::Join': ['', [TOKEN, ':npm']] },
    action: 'secretsmanager:GetSecretValue',
    resource: TOKEN,
    key: true,
  },
  'one imported by its name': {
    secret: (stack) =>
      BuildSecret.secretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Token', 'shop/token'), {
        field: 'npm',
      }),
    type: 'SECRETS_MANAGER',
    value: 'shop/token:npm',
    action: 'secretsmanager:GetSecretValue',
    resource: {
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, ':secretsmanager:eu-west-1:111111111111:secret:shop/token-??????'],
      ],
    },
  },
  'one imported by a part of its ARN': {
    secret: (stack) => BuildSecret.secretsManager(secretsmanager.Secret.fromSecretPartialArn(stack, 'Token', ARN)),
    type: 'SECRETS_MANAGER',
    value: 'shop/token',
    action: 'secretsmanager:GetSecretValue',
    resource: `${ARN}-??????`,
  },
  'one imported by its ARN, with its key': {
    secret: (stack) =>
      BuildSecret.secretsManager(
        secretsmanager.Secret.fromSecretAttributes(stack, 'Token', {
          secretCompleteArn: `${ARN}-AbCdEf`,
          encryptionKey: keyOf(stack),
        }),
      ),
    type: 'SECRETS_MANAGER',
    value: `${ARN}-AbCdEf`,
    action: 'secretsmanager:GetSecretValue',
    resource: `${ARN}-AbCdEf`,
    key: true,
  },
  'a SecureString': {
    secret: (stack) =>
      BuildSecret.parameter(
        ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Token', { parameterName: '/shop/token' }),
      ),
    type: 'PARAMETER_STORE',
    value: '/shop/token',
    action: 'ssm:GetParameters',
    resource: {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-west-1:111111111111:parameter/shop/token']],
    },
  },
  'a SecureString that knows its key': {
    secret: (stack) =>
      BuildSecret.parameter(
        ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Token', {
          parameterName: 'token',
          encryptionKey: keyOf(stack),
        }),
      ),
    type: 'PARAMETER_STORE',
    value: 'token',
    action: 'ssm:GetParameters',
    resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-west-1:111111111111:parameter/token']] },
    key: true,
  },
  'a parameter whose key is said': {
    secret: (stack) =>
      BuildSecret.parameter(ssm.StringParameter.fromStringParameterName(stack, 'Token', 'token'), {
        encryptionKey: keyOf(stack),
      }),
    type: 'PARAMETER_STORE',
    value: 'token',
    action: 'ssm:GetParameters',
    resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-west-1:111111111111:parameter/token']] },
    key: true,
  },
};

const HERE = { stack: { env: { account: '111111111111', region: 'eu-west-1' } } };

function built(secret: (stack: Stack) => BuildSecret) {
  return stepsOf((stack) => [BuildStep.shell(['make'], { secrets: { TOKEN: secret(stack) } })]);
}

test.each(Object.entries(SECRETS))(
  '%s is named to the build, which may read it and nothing else',
  (_name, { secret, type, value, action, resource, key }) => {
    const template = deliveryTemplate(built(secret), HERE);
    const [[, project]] = resourcesOf(template, 'AWS::CodeBuild::Project');
    expect(project.Properties.Environment).toMatchObject({
      EnvironmentVariables: [{ Name: 'TOKEN', Type: type, Value: value }],
    });
    const reading = statementsOf(template)
      .map(({ statement }) => statement)
      .filter(({ Action }) => /^(secretsmanager|ssm|kms):/.test([Action].flat()[0]));
    expect(reading).toEqual([
      { Effect: 'Allow', Action: action, Resource: resource },
      ...(key ? [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } }] : []),
    ]);
    expect(JSON.stringify(template)).not.toContain('{{resolve:');
  },
);

test.each(Object.entries(SECRETS))('%s: passes the check without denials', (_name, { secret }) => {
  expect(verdictsOf(built(secret))).toMatchObject({ denied: [], unmodelled: [] });
});

test('grants access to each secret once, even if several fields are used', () => {
  const template = deliveryTemplate(
    stepsOf((stack) => {
      const [registry, tokens] = ['acme/registry', 'acme/tokens'].map((name) =>
        secretsmanager.Secret.fromSecretNameV2(stack, name, name),
      );
      const fields = ['username', 'password'].map((field): [string, BuildSecret] => [
        field.toUpperCase(),
        BuildSecret.secretsManager(registry, { field }),
      ]);
      return [
        BuildStep.shell(['make'], {
          secrets: { ...Object.fromEntries(fields), TOKEN: BuildSecret.secretsManager(tokens) },
        }),
      ];
    }),
    HERE,
  );
  const read = statementsOf(template)
    .map(({ statement }) => statement)
    .filter(({ Action }) => Action === 'secretsmanager:GetSecretValue');
  const resources = read.flatMap(({ Resource }) => Resource);
  expect(resources.map((resource) => /secret:(.*)-\?{6}/.exec(JSON.stringify(resource))![1])).toEqual([
    'acme/registry',
    'acme/tokens',
  ]);
});

describe('rejects a secret value that would be readable', () => {
  const secret = SecretValue.secretsManager('shop/token', { jsonField: 'npm' });
  const INSTEAD = 'pass it in \'secrets\', e.g. { TOKEN: BuildSecret.secretsManager(secret) }, and use "$TOKEN"';
  const ITSELF = 'read the secret at run time, with the role of the action';
  const REFERENCE =
    'must not contain a secret, got "a reference to a secret, which CloudFormation would replace by its value"';

  function variable(value: string) {
    return stepsOf(() => [BuildStep.shell(['make'], { environmentVariables: { TOKEN: value } })]);
  }

  test.each([
    ['a secret', variable(secret.unsafeUnwrap())],
    ['a secret as a text', variable(secret.toString())],
    ['a text with a secret', variable(`Bearer ${secret.unsafeUnwrap()}`)],
    ['a secret inside of a function', variable(Fn.join(' ', ['Bearer', secret.unsafeUnwrap()]))],
    ['a secret of a parameter', variable(SecretValue.ssmSecure('/shop/token').unsafeUnwrap())],
    ['a reference as literal text', variable('{{resolve:secretsmanager:shop/token}}')],
    ['a secret beside a variable', variable(`${secret.unsafeUnwrap()}${source.variable('CommitId')}`)],
    [
      'a secret of the construct',
      stepsOf((stack) => [
        BuildStep.shell(['make'], {
          environmentVariables: { TOKEN: new secretsmanager.Secret(stack, 'T').secretValue.unsafeUnwrap() },
        }),
      ]),
    ],
  ])('in environment variables: %s', (_name, props) => {
    expect(complaints(props)).toEqual([`'stages[0].steps[0].environmentVariables' ${REFERENCE}; ${INSTEAD}`]);
  });

  test('in environment variables of an action', () => {
    const props = stepsOf(() => [
      BuildStep.commands(['make'], { environmentVariables: { TOKEN: secret.unsafeUnwrap() } }),
    ]);
    expect(complaints(props)).toEqual([`'stages[0].steps[0].environmentVariables.TOKEN' ${REFERENCE}; ${INSTEAD}`]);
  });

  test('in commands', () => {
    expect(complaints(stepsOf(() => [TestStep.shell([`curl -H "${secret.unsafeUnwrap()}"`])]))).toEqual([
      `'stages[0].steps[0].commands[0]' ${REFERENCE}; ${INSTEAD}`,
    ]);
  });

  test('in the configuration of a custom action', () => {
    expect(
      complaints(
        stepsOf(() => [
          CustomStep.actionType(CustomActionCategory.TEST, 'Acme', { configuration: { Token: secret.unsafeUnwrap() } }),
        ]),
      ),
    ).toEqual([`'stages[0].steps[0].configuration.Token' ${REFERENCE}; ${ITSELF}`]);
  });

  test('in the default of a pipeline variable', () => {
    expect(
      complaints(() => ({
        variables: [new PipelineVariable('TOKEN', { defaultValue: secret.unsafeUnwrap() })],
        stages: [PipelineStage.steps('Work', [BuildStep.shell(['make'])])],
      })),
    ).toEqual([
      '\'variables[0].defaultValue\' must not contain a secret, got "a reference to a secret"; pass it to a step ' +
        'as a secret, because variables are visible to everyone who can view the pipeline',
    ]);
  });

  test('accepts a parameter that is not a secret', () => {
    expect(
      complaints(
        stepsOf((stack) => [
          BuildStep.shell(['make'], {
            environmentVariables: { A: ssm.StringParameter.valueForStringParameter(stack, 'a') },
          }),
        ]),
      ),
    ).toEqual([]);
    expect(complaints(variable('{{resolve:ssm:a}}'))).toEqual([]);
  });
});

test('validates the names and fields of secrets', () => {
  function secretOf(stack: Stack, field: string) {
    return BuildSecret.secretsManager(secretsmanager.Secret.fromSecretNameV2(stack, field, 'token'), { field });
  }

  expect(
    complaints(
      stepsOf((stack) => [
        BuildStep.shell(['make'], {
          environmentVariables: { A: '1', B: source.variable('CommitId') },
          secrets: {
            A: secretOf(stack, 'a'),
            B: secretOf(stack, 'b'),
            CODEBUILD_X: secretOf(stack, 'c'),
            'my-token': secretOf(stack, 'd'),
            E: secretOf(stack, 'e:f'),
          },
        }),
      ]),
    ),
  ).toEqual([
    "'stages[0].steps[0].secrets.E.field' must consist of characters other than ':' and spaces, got \"e:f\"; " +
      'rename the key in the secret',
    `'stages[0].steps[0].secrets' must ${notContainNamesOf('environmentVariables')}, got "A"; rename ` +
      `one of them; one would override the other`,
    `'stages[0].steps[0].secrets' must ${notContainNamesOf('environmentVariables')}, got "B"; rename ` +
      `one of them; one would override the other`,
    `'stages[0].steps[0].secrets' must ${notStartWith('CODEBUILD_')}, got "CODEBUILD_X"; rename the ` +
      `variable; CodeBuild reserves this prefix`,
    `'stages[0].steps[0].secrets' must ${onlyNamesOf(BUILD_VARIABLE_NAME)}, got "my-token"; rename the variable`,
  ]);
});

test('rejects parameters as secrets of Commands actions', () => {
  function parameter(stack: Stack) {
    return BuildSecret.parameter(
      ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Token', { parameterName: '/token' }),
    );
  }

  expect(
    complaints(stepsOf((stack) => [BuildStep.commands(['ls'], { secrets: { TOKEN: parameter(stack) } })])),
  ).toEqual([
    `'stages[0].steps[0].secrets.TOKEN' must be ${RESOURCE.secret}, got "a parameter"; use ` +
      `BuildSecret.secretsManager, or BuildStep.shell; Commands actions read only from Secrets Manager`,
  ]);
});
