import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { defectiveStack, RULE, rulesIn, synthesized } from './synthesized';
import { CheckSeverity, PipelineCheck } from '../../../src';
import { CHECK_RULES } from '../../../src/check/select';

const { version } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as { version: string };

/** Creates a pipeline whose approval notifies a topic without the permission. */
function deniedPipeline(app: App, stageName = 'Second') {
  const pipeline = defectiveStack(app);
  const role = new Role(pipeline.stack, 'Role', { assumedBy: new ServicePrincipal('codepipeline.amazonaws.com') });
  pipeline.roleArn = role.roleArn;
  pipeline.addPropertyOverride('Stages.1.Name', stageName);
  pipeline.addPropertyOverride('Stages.1.Actions.0.Configuration', {
    NotificationArn: new Topic(pipeline.stack, 'Topic').topicArn,
  });
}

test('fails the synthesis for a defective pipeline, with the rule, the construct and the fix', () => {
  const { failed, violations, report, printed } = synthesized((app) => defectiveStack(app));

  expect(failed).toBe(true);
  expect(violations).toEqual([
    {
      ruleName: RULE,
      severity: 'error',
      description:
        '\'Stages[0].Actions[0].ActionTypeId.Category\' must be Source in the first stage, got "Approval"; ' +
        'move the action to a later stage',
      fix: expect.stringMatching(/^see https:\/\/docs\.aws\.amazon\.com\//) as string,
      violatingResources: [
        {
          resourceLogicalId: 'Release',
          templatePath: expect.stringMatching(/Delivery\.template\.json$/) as string,
          locations: ['Properties.Stages.0.Actions.0.ActionTypeId.Category'],
        },
      ],
      ruleMetadata: {
        Id: expect.stringMatching(/^FirstStageSources\[Delivery\/Release\/First\/Approve\//) as string,
        Documentation: expect.stringMatching(/^https:/) as string,
      },
    },
  ]);
  expect(report).toContain('Delivery/Release');
  expect(printed).toContain('must be Source in the first stage');
});

test('reports a denied call with the statement to add', () => {
  const { violations } = synthesized((app) => deniedPipeline(app));
  const denied = violations.find(({ ruleName }) => ruleName === 'AccessDenied[Second/Approve/sns:Publish]');

  expect(denied?.fix).toMatch(/^add \{"Effect":"Allow","Action":"sns:Publish","Resource":\{"Fn::Sub":"arn:aws:sns:/);
});

test('has the version of the package and the IDs of all rules', () => {
  const plugin = new PipelineCheck();

  expect(plugin.version).toBe(version);
  expect(plugin.ruleIds).toEqual(CHECK_RULES.map(({ id }) => id));
  expect(synthesized((app) => defectiveStack(app)).report).toContain(version);
});

describe('a finding is accepted', () => {
  test('by its rule', () => {
    const { failed } = synthesized((app) => {
      defectiveStack(app);
      Validations.of(app).acknowledge({ id: `PipelineCheck::${RULE}`, reason: 'The pipeline only approves.' });
    });

    expect(failed).toBe(false);
  });

  // Each name is one that CDK itself would reject or split in the ID of an acknowledgement.
  test.each(['Second', 'Ask [the boss', 'a::b', 'two words'])('by the denied call in the stage %p', (stageName) => {
    const name = `AccessDenied[${stageName.replace(/ |\[/g, '_').replace('::', ':')}/Approve/sns:Publish]`;
    const ids = [RULE, 'StageName', name];
    const result = synthesized((app) => {
      deniedPipeline(app, stageName);
      for (const id of ids) Validations.of(app).acknowledge({ id: `PipelineCheck::${id}`, reason: 'Known.' });
    });

    expect(rulesIn(result)).toContain(name);
    expect(result.failed).toBe(false);
  });

  test('without hiding other denied calls', () => {
    const { failed } = synthesized((app) => {
      deniedPipeline(app);
      for (const id of [RULE, 'AccessDenied[First/Approve/sns:Publish]']) {
        Validations.of(app).acknowledge({ id: `PipelineCheck::${id}`, reason: 'Known.' });
      }
    });

    expect(failed).toBe(true);
  });
});

describe('evaluates', () => {
  test('no excluded rules', () => {
    expect(rulesIn(synthesized((app) => defectiveStack(app), { excludedRules: [RULE] }))).not.toContain(RULE);
  });

  test('only the selected rules', () => {
    expect(rulesIn(synthesized((app) => deniedPipeline(app), { rules: [RULE] }))).toEqual([RULE]);
    expect(synthesized((app) => defectiveStack(app), { rules: ['RunOrder'] }).failed).toBe(false);
  });
});

describe('severities', () => {
  test('reports unknown calls only on request', () => {
    expect(rulesIn(synthesized((app) => defectiveStack(app)))).not.toContain('AccessUnknown');
    expect(rulesIn(synthesized((app) => defectiveStack(app), { failOn: CheckSeverity.INFO }))).toContain(
      'AccessUnknown',
    );
  });

  test('reports findings below the failing severity without failing', () => {
    const excludedRules = [RULE];
    const { failed, violations, report } = synthesized((app) => defectiveStack(app), {
      reportFrom: CheckSeverity.INFO,
      excludedRules,
    });

    expect(failed).toBe(false);
    expect(violations.map(({ severity }) => severity)).toContain('info');
    expect(report).toContain('AccessUnknown');
  });
});

test('a failure of the check is a readable report', () => {
  const { failed, errors, printed } = synthesized((app, plugin) => {
    defectiveStack(app);
    jest.spyOn(plugin as unknown as { isReported(): boolean }, 'isReported').mockImplementation(() => {
      throw new TypeError('Cannot read properties of undefined\u001b[31m');
    });
  });

  expect(failed).toBe(true);
  expect(errors).toEqual([
    '[PipelineCheck] internal error: Cannot read properties of undefined\\x1b[31m; please report it',
  ]);
  expect(printed).toContain(errors[0]);
  expect(printed).not.toContain('    at ');
});
