import { asTemplate, Template, UnreadableInput } from '../../src/assembly/template';
import { check } from '../../src/check/check';
import { ends } from '../helpers/ends';

/** More than any real text, far less than a file may hold. */
const LONG = 1_000_000;

function many(text: string) {
  return text.repeat(Math.ceil(LONG / text.length));
}

/** A pipeline with a build, into which a text is put. */
type Parts = Readonly<Record<'role' | 'policy' | 'project' | 'action', Record<string, unknown>>>;

function withText(put: (parts: Parts) => void): Template {
  const role = {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: ['codepipeline.amazonaws.com', 'codebuild.amazonaws.com'] },
        },
      ],
    },
  };
  const policy = {
    PolicyName: 'P',
    Roles: [{ Ref: 'Role' }],
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  };
  const project = {
    ServiceRole: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Environment: {},
    Source: { Type: 'CODEPIPELINE', BuildSpec: '{}' },
  };
  const action = { ProjectName: { Ref: 'Project' } };
  put({ role, policy, project, action });
  return asTemplate(
    {
      Parameters: { Open: { Type: 'String' } },
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: role },
        Policy: { Type: 'AWS::IAM::Policy', Properties: policy },
        Project: { Type: 'AWS::CodeBuild::Project', Properties: project },
        Pipeline: {
          Type: 'AWS::CodePipeline::Pipeline',
          Properties: {
            RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
            ArtifactStore: { Type: 'S3', Location: 'artifacts' },
            Stages: [
              {
                Name: 'Build',
                Actions: [
                  {
                    Name: 'Build',
                    ActionTypeId: { Category: 'Build', Owner: 'AWS', Provider: 'CodeBuild', Version: '1' },
                    Configuration: action,
                  },
                ],
              },
            ],
          },
        },
      },
    },
    'bomb',
  );
}

function statement(part: object) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...part }] };
}

test.each<[what: string, template: Template]>([
  [
    'wildcards',
    withText(({ policy }) => {
      policy.PolicyDocument = statement({ Resource: `${many('*a')}b` });
    }),
  ],
  [
    'wildcards in an action',
    withText(({ policy }) => {
      policy.PolicyDocument = statement({ Action: `codebuild:${many('*t')}b` });
    }),
  ],
  [
    'wildcards around an unknown value',
    withText(({ policy }) => {
      policy.PolicyDocument = statement({ Resource: { 'Fn::Sub': `\${Open}${many('*a')}\${Open}` } });
    }),
  ],
  [
    'open variables of a policy',
    withText(({ policy }) => {
      policy.PolicyDocument = statement({ Resource: many('${') });
    }),
  ],
  [
    'open variables of Fn::Sub',
    withText(({ project }) => {
      project.Description = { 'Fn::Sub': many('${') };
      project.Name = { 'Fn::Sub': many('${a') };
    }),
  ],
  [
    'open dynamic references',
    withText(({ project }) => {
      project.Name = many('{{resolve:');
    }),
  ],
  [
    'open variables of the pipeline',
    withText(({ action }) => {
      action.ProjectName = many('#{');
    }),
  ],
  [
    'hyphens',
    withText(({ project }) => {
      project.Name = many('-');
    }),
  ],
  [
    'hyphenated words',
    withText(({ project }) => {
      project.Name = many('a-');
    }),
  ],
  [
    'roles of the bootstrapping',
    withText(({ project }) => {
      project.Name = many('cdk-hnb659fds-deploy-role-111111111111-eu-a-a-a-a-a');
    }),
  ],
  [
    'options of cdk-assets',
    withText(({ project }) => {
      project.Source = {
        BuildSpec: JSON.stringify({ phases: { build: { commands: [`cdk-assets ${many('--path "a" ')}`] } } }),
      };
    }),
  ],
  [
    'credentials of registries',
    withText(({ project }) => {
      project.Source = {
        BuildSpec: JSON.stringify({
          phases: { build: { commands: [`cdk-docker-creds.json${many('"secretsManagerSecretId":"')}`] } },
        }),
      };
    }),
  ],
  [
    'aliases of a build specification',
    withText(({ project }) => {
      const anchors = ['a', ...Array.from({ length: 60 }, (_, i) => `b${i}`)];
      const aliases = anchors.slice(1).map((name, i) => `${name}: &${name} [*${anchors[i]}, *${anchors[i]}]`);
      project.Source = { BuildSpec: `a: &a [x]\n${aliases.join('\n')}\n` };
    }),
  ],
  [
    'depth of a build specification',
    withText(({ project }) => {
      project.Source = { BuildSpec: `{"reports":\n${'['.repeat(100_000)}` };
    }),
  ],
  [
    'depth of a policy',
    withText(({ policy }) => {
      policy.PolicyDocument = `{"Statement":${many('[')}`;
    }),
  ],
  [
    'values of a policy',
    withText(({ policy }) => {
      policy.PolicyDocument = `{"Statement":[${many('1,')}1]}`;
    }),
  ],
  [
    'images',
    withText(({ project }) => {
      project.Environment = { Image: many('a.dkr.ecr.') };
    }),
  ],
  [
    'parts',
    withText(({ project }) => {
      project.Name = { 'Fn::Select': [0, { 'Fn::Split': ['a', many('a')] }] };
    }),
  ],
  [
    'conditions',
    withText(({ policy }) => {
      policy.PolicyDocument = statement({
        Condition: {
          [many('IfExists')]: { 'aws:PrincipalArn': many('arn:') },
          ArnLike: { 'aws:PrincipalArn': many(':*') },
        },
      });
    }),
  ],
])('checks a long string of %s in limited time', (_, template) => {
  const stack = {
    displayName: 'Bomb',
    stackName: 'Bomb',
    account: '111111111111',
    region: 'eu-west-1',
    template,
    parameters: {},
    nested: {},
    directory: '',
  };

  function end() {
    try {
      return ends(() => check([stack])).pipelines.length;
    } catch (error) {
      if (error instanceof UnreadableInput) return 'unreadable';
      throw error;
    }
  }

  // Its one pipeline is judged, or the text is refused; that it takes for ever is what must not be.
  expect([1, 'unreadable']).toContain(end());
});
