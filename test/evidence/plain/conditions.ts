import { CONNECTION_ARN, TOOLS, type Build } from './world';

/** Creates stage conditions with every kind of rule. The L2 does not grant the calls of rules. */
export const conditions: Build = (app, lib) => {
  const { aws_cloudwatch: cloudwatch, aws_codebuild: codebuild, aws_lambda: lambda } = lib;
  const { aws_codepipeline: codepipeline, aws_codepipeline_actions: actions } = lib;
  const { Result, Rule } = codepipeline;
  const stack = new lib.Stack(app, 'Conditions', { env: TOOLS });
  const source = new codepipeline.Artifact('Source');
  const project = new codebuild.PipelineProject(stack, 'Smoke');
  const handler = new lambda.Function(stack, 'Judge', {
    runtime: lambda.Runtime.NODEJS_20_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
  });
  const alarm = new cloudwatch.Alarm(stack, 'Alarm', {
    alarmName: 'shop-errors',
    threshold: 1,
    evaluationPeriods: 1,
    metric: new cloudwatch.Metric({ namespace: 'AWS/Lambda', metricName: 'Errors' }),
  });

  function alarmRule(name: string) {
    return new Rule({
      name,
      provider: 'CloudWatchAlarm',
      configuration: { AlarmName: alarm.alarmName, WaitTime: '5' },
    });
  }

  new codepipeline.Pipeline(stack, 'Pipeline', {
    pipelineType: codepipeline.PipelineType.V2,
    crossAccountKeys: true,
    stages: [
      {
        stageName: 'Source',
        actions: [
          new actions.CodeStarConnectionsSourceAction({
            actionName: 'GitHub',
            owner: 'acme',
            repo: 'shop',
            connectionArn: CONNECTION_ARN,
            output: source,
            variablesNamespace: 'SourceVariables',
          }),
        ],
      },
      {
        stageName: 'Deploy',
        actions: [
          new actions.CloudFormationCreateUpdateStackAction({
            actionName: 'Deploy',
            stackName: 'Shop',
            templatePath: source.atPath('template.yaml'),
            adminPermissions: true,
          }),
        ],
        beforeEntry: {
          conditions: [
            {
              result: Result.FAIL,
              rules: [
                alarmRule('NoAlarmBefore'),
                new Rule({
                  name: 'OfficeHours',
                  provider: 'DeploymentWindow',
                  configuration: { Cron: '* * 9-17 ? * MON-FRI *', TimeZone: 'Europe/Zurich' },
                }),
                new Rule({
                  name: 'Judge',
                  provider: 'LambdaInvoke',
                  configuration: { FunctionName: handler.functionName, UserParameters: 'x' },
                }),
                new Rule({
                  name: 'OnMain',
                  provider: 'VariableCheck',
                  configuration: { Variable: '#{SourceVariables.BranchName}', Value: 'main', Operator: 'EQ' },
                }),
              ],
            },
          ],
        },
        onSuccess: {
          conditions: [
            {
              result: Result.ROLLBACK,
              rules: [
                alarmRule('NoAlarmAfter'),
                new Rule({
                  name: 'Smoke',
                  provider: 'CodeBuild',
                  configuration: { ProjectName: project.projectName },
                  inputArtifacts: ['Source'],
                }),
                new Rule({
                  name: 'Script',
                  provider: 'Commands',
                  commands: ['./smoke.sh'],
                  inputArtifacts: ['Source'],
                }),
              ],
            },
          ],
        },
        onFailure: { conditions: [{ result: Result.ROLLBACK, rules: [alarmRule('AlarmOfFailure')] }] },
      },
    ],
  });
};
