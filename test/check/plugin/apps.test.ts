import { NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { defectivePipeline, defectiveStack, ENV, RULE, rulesIn, synthesized, type Synthesized } from './synthesized';
import { DeploymentEnvironment, PipelineCheck, PipelineSource, WebAppPipeline } from '../../../src';

/** Returns the templates of the violations of a rule, which are sorted. */
function templatesOf({ violations }: Synthesized, rule = RULE): string[] {
  return violations
    .filter(({ ruleName }) => ruleName === rule)
    .map(({ violatingResources: [{ templatePath }] }) => templatePath!.replace(/^.*\//, ''))
    .sort();
}

test('reports nothing for an app without a pipeline', () => {
  const result = synthesized((app) => void new Stack(app, 'Empty', { env: ENV }));

  expect(result).toMatchObject({ failed: false, violations: [], errors: [] });
  expect(result.report).not.toContain('violations"');
});

test('reports nothing for a pipeline of the library', () => {
  const result = synthesized((app) => {
    new WebAppPipeline(new Stack(app, 'Delivery', { env: ENV }), 'Site', {
      source: PipelineSource.gitHub('acme/site', 'main'),
      environments: [new DeploymentEnvironment('production')],
    });
  });

  expect(result).toMatchObject({ failed: false, violations: [] });
});

test('checks each of several pipelines', () => {
  const result = synthesized((app) => {
    defectiveStack(app, 'One');
    defectiveStack(app, 'Two');
  });

  expect(templatesOf(result)).toEqual(['One.template.json', 'Two.template.json']);
});

test('checks pipelines of stages, of stages in stages and of nested stacks', () => {
  const result = synthesized((app) => {
    const stage = new Stage(app, 'Prod');
    defectiveStack(stage);
    defectiveStack(new Stage(stage, 'Inner'), 'Deep');
    defectivePipeline(new NestedStack(new Stack(app, 'Outer', { env: ENV }), 'Nested'));
  });

  expect(templatesOf(result)).toHaveLength(3);
  for (const path of ['Prod/Delivery/Release', 'Prod/Inner/Deep/Release', 'Outer/Nested/Release']) {
    expect(result.report).toContain(path);
  }
});

test('a plugin of a stage reports the pipelines of the stage only', () => {
  const stagePlugin = new PipelineCheck();
  const validate = jest.spyOn(stagePlugin, 'validate');
  synthesized((app) => {
    const stage = new Stage(app, 'Prod');
    Validations.of(stage).addPlugins(stagePlugin);
    defectiveStack(stage);
    defectiveStack(app, 'Other');
  });

  const { violations } = validate.mock.results[0].value as ReturnType<PipelineCheck['validate']>;
  expect(violations.map(({ violatingResources: [{ templatePath }] }) => templatePath)).toEqual([
    expect.stringContaining('assembly-Prod') as string,
  ]);
});

test('evaluates the policies of other stacks', () => {
  function deniedWith(grant: (topic: Topic, role: Role) => void) {
    const result = synthesized((app) => {
      const roles = new Stack(app, 'Roles', { env: ENV });
      const role = new Role(roles, 'Role', { assumedBy: new ServicePrincipal('codepipeline.amazonaws.com') });
      const topic = new Topic(roles, 'Topic');
      grant(topic, role);
      const pipeline = defectivePipeline(new Stack(app, 'Delivery', { env: ENV }), role.roleArn);
      pipeline.addPropertyOverride('Stages.1.Actions.0.Configuration', { NotificationArn: topic.topicArn });
    });
    return rulesIn(result).filter((rule) => rule.startsWith('AccessDenied'));
  }

  const denied = deniedWith(() => undefined);
  const granted = deniedWith((topic, role) => void topic.grantPublish(role));
  expect(denied).toContain('AccessDenied[Second/Approve/sns:Publish]');
  expect(granted).toEqual(denied.filter((rule) => !rule.endsWith('/sns:Publish]')));
});

test('runs beside another plugin of its kind and beside cdk-nag', () => {
  const { report, violations, errors } = synthesized(
    (app) => defectiveStack(app),
    {},
    (app) => [new PipelineCheck({ rules: ['StageCount'] }), new AwsSolutionsChecks(app)],
  );

  expect(errors).toEqual([]);
  expect(violations.map(({ ruleName }) => ruleName)).toContain(RULE);
  expect(report).toContain(RULE);
});

test('acknowledgements of cdk-nag do not accept findings', () => {
  const { failed } = synthesized((app) => {
    defectiveStack(app);
    Validations.of(app).acknowledge({ id: `AwsSolutions::${RULE}`, reason: 'Another plugin.' });
  });

  expect(failed).toBe(true);
});

test('reports an assembly that cannot be read as a readable error', () => {
  expect(() => new PipelineCheck().validate({ templatePaths: ['/nowhere/Delivery.template.json'] } as never)).toThrow(
    /^\[PipelineCheck\] .*\/nowhere/,
  );
});
