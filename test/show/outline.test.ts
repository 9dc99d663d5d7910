import { DeploymentEnvironment, DeploymentWave, Gate, SuccessCondition } from '../../src';
import type { Template } from '../../src/assembly/template';
import { outlinePipelines } from '../../src/show/outline';
import { outlineText } from '../../src/show/outline-text';
import { templateOf } from '../helpers/synth';
import { source, VARIANTS } from '../laws/variants';

const STACK = { displayName: 'Shop', stackName: 'Shop', parameters: {}, nested: {}, directory: '.' };

function outline(template: object) {
  return outlinePipelines({ ...STACK, template: template as Template });
}

test('lists the stages, the gates, the actions and the roles', () => {
  expect(outlineText(outline(templateOf(VARIANTS['two environments']))[0])).toBe(`\
Pipeline Shop-Site-e8f08058 (V2, SUPERSEDED) in stack Shop

Stages, with their actions in run order
   1. Source
       1  Source              Source by CodeStarSourceConnection  as SiteRole5C38328E
                              FullRepositoryId: acme/shop
                              BranchName: main
   2. Build
       1  Build               Build by CodeBuild                  as SiteRole5C38328E
                              ProjectName: SiteBuildProjectE94ED392
   3. staging  [on failure: ROLLBACK]
       1  Deploy-staging      Compute by Commands                 as SiteEnvironmentsstagingActionRole1376D06E
   4. production-Approve
       1  Approve-production  Approval by Manual                  as SiteRole5C38328E
                              CustomData: Release to production. Commit #{Source-vars.CommitId}: \
#{Source-vars.CommitMessage}
                              waits at most 10080 minutes
   5. production  [on failure: ROLLBACK]
       1  Deploy-production   Compute by Commands                 as SiteEnvironmentsproductionActionRoleC5AFE1FD

Roles, with the number of API actions that their policies allow
  SiteRole5C38328E                              s3 7, codeconnections 1, codestar-connections 1, codebuild 2, \
logs 3, sts 1  \
(Service role of the pipeline Shop-Site-e8f08058)
  SiteBuildRole442299B4                         s3 5, logs 3, codebuild 5  \
(Service role of the step Build of the pipeline Shop-Site-e8f08058)
  SiteEnvironmentsstagingActionRole1376D06E     s3 9, logs 3, cloudfront 2  \
(Action role of the environment staging of the pipeline Shop-Site-e8f08058)
  SiteEnvironmentsproductionActionRoleC5AFE1FD  s3 9, logs 3, cloudfront 2  \
(Action role of the environment production of the pipeline Shop-Site-e8f08058)`);
});

test('shows which environments of a wave are deployed in parallel', () => {
  const sites = ['paris', 'rome', 'madrid'].map((name) => new DeploymentEnvironment(name));
  const onSuccess = SuccessCondition.failUnless([Gate.officeHours('UTC')]);
  const template = templateOf({
    source,
    environments: [new DeploymentWave('europe', sites, { maxParallel: 2, onSuccess })],
  });
  const lines = outlineText(outline(template)[0])
    .split('\n')
    .filter((line) => /europe|Deploy-/.test(line))
    .map((line) => line.replace(/ +as .*/, ''));
  expect(lines).toEqual([
    '   3. europe  [up to 2 actions at a time]  [on success: europe-Success-Window (Monday to Friday, 9:00 to ' +
      '16:59, UTC), otherwise FAIL]  [on failure: ROLLBACK]',
    '       1  Deploy-paris   Compute by Commands',
    '       1  Deploy-rome    Compute by Commands',
    '       2  Deploy-madrid  Compute by Commands',
  ]);
});

test('reads pipelines of other tools: conditions, order, roles of other stacks', () => {
  function action(name: string, runOrder?: number) {
    return {
      Name: name,
      RunOrder: runOrder,
      ActionTypeId: { Category: 'Test', Provider: 'DeviceFarm' },
      RoleArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::222222222222:role/x']] },
      Region: 'us-east-1',
    };
  }

  const [{ name, type, executionMode, stages, roles }] = outline({
    Resources: {
      P: {
        Type: 'AWS::CodePipeline::Pipeline',
        Properties: {
          ExecutionMode: 'QUEUED',
          RoleArn: { 'Fn::GetAtt': 'R.Arn' },
          Stages: [
            {
              Name: 'S',
              Actions: [action('late', 7), action('early')],
              BeforeEntry: { Conditions: [{ Result: 'SKIP', Rules: [{ Name: 'window' }, { Name: 'alarm' }] }] },
              OnSuccess: { Conditions: [{ Result: 'ROLLBACK', Rules: [{ Name: 'bake' }] }] },
              OnFailure: { Result: 'RETRY' },
            },
          ],
        },
      },
    },
  });
  expect({ name, type, executionMode }).toEqual({ name: 'P', type: 'V1', executionMode: 'QUEUED' });
  expect(stages[0].gates).toEqual([
    'before entry: window and alarm, otherwise SKIP',
    'on success: bake, otherwise ROLLBACK',
    'on failure: RETRY',
  ]);
  expect(stages[0].actions.map((one) => [one.runOrder, one.name])).toEqual([
    [1, 'early'],
    [7, 'late'],
  ]);
  expect(stages[0].actions[0].details).toEqual(['in us-east-1']);
  expect(roles).toEqual([
    { logicalId: 'R', description: 'in another stack', allows: {} },
    { logicalId: 'x of 222222222222', description: 'in another stack', allows: {} },
  ]);
});

test('describes the configuration of rules, including invalid rules', () => {
  function rule(Name: string, Provider: string, Configuration: object) {
    return { Name, RuleTypeId: { Provider }, Configuration };
  }

  const [{ stages, roles }] = outline({
    Resources: {
      P: {
        Type: 'AWS::CodePipeline::Pipeline',
        Properties: {
          RoleArn: 'R',
          Stages: [
            {
              Name: 'S',
              Actions: [],
              BeforeEntry: {
                Conditions: [
                  {
                    Result: 'FAIL',
                    Rules: [
                      rule('office', 'DeploymentWindow', { Cron: '* * 9-16 ? * MON-FRI *', TimeZone: 'Europe/Berlin' }),
                      rule('odd', 'DeploymentWindow', { Cron: 'daily' }),
                      rule('kind', 'VariableCheck', { Variable: '#{variables.X}', Operator: 'EQ', Value: 'yes' }),
                      {
                        ...rule('ask', 'LambdaInvoke', { FunctionName: 'F' }),
                        RoleArn: { 'Fn::GetAtt': ['Asker', 'Arn'] },
                      },
                    ],
                  },
                ],
              },
              OnSuccess: {
                Conditions: [
                  {
                    Result: 'FAIL',
                    Rules: [
                      rule('bake', 'CloudWatchAlarm', { AlarmName: { Ref: 'A' }, WaitTime: '30' }),
                      rule('quiet', 'CloudWatchAlarm', { AlarmName: 'B' }),
                    ],
                  },
                ],
              },
              OnFailure: { Result: 'RETRY', RetryConfiguration: { RetryMode: 'FAILED_ACTIONS' } },
            },
          ],
        },
      },
    },
  });
  expect(stages[0].gates).toEqual([
    'before entry: office (Monday to Friday, 9:00 to 16:59, Europe/Berlin) and odd (daily, UTC) and kind ' +
      "(#{variables.X} EQ 'yes') and ask, otherwise FAIL",
    'on success: bake (A, 30 minutes) and quiet (B), otherwise FAIL',
    'on failure: RETRY FAILED_ACTIONS',
  ]);
  expect(roles.map(({ logicalId }) => logicalId)).toEqual(['R', 'Asker']);
});
