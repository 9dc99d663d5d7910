import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// CloudFormation Validate is part of newer aws-cdk-lib only; it judges what either of them synthesizes.
import { App, aws_kms as kms, aws_sns as sns, Duration } from 'aws-cdk-lib';
import { CloudFormationValidatePlugin } from 'aws-cdk-lib-newest';
import { DeploymentEnvironment, FreezeSwitch, PipelineMonitoring, ReleaseFreeze, WebAppPipeline } from '../../src';
import { jsonOf, made, type Make } from '../helpers/synth';
import { ACROSS } from '../laws/across-variants';
import { ALL_VARIANTS } from '../laws/all-variants';
import { source } from '../laws/variants';

const plugin = new CloudFormationValidatePlugin();
const directory = mkdtempSync(join(tmpdir(), 'validate-'));

/** Findings of the severities that `cdk synth --strict` stops at. */
function findings(name: string, template: object): string[] {
  const templatePath = join(directory, `${name.replace(/\W/g, '-')}.template.json`);
  writeFileSync(templatePath, JSON.stringify(template));
  const { violations } = plugin.validate({
    templatePaths: [templatePath],
    stackTemplates: [{ stackConstructPath: 'Shop', templatePath, accountId: '111111111111', region: 'eu-west-1' }],
  } as unknown as Parameters<typeof plugin.validate>[0]);
  return violations.map(({ ruleName, severity, description }) => `${severity} ${ruleName}: ${description}`);
}

test('the validator is at work', () => {
  expect(findings('broken', { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { NoSuchProperty: 1 } } } })).not.toEqual([]);
});

const FREEZES: Record<string, Make> = {
  'a freeze': (stack, id) => new ReleaseFreeze(stack, id),
  'a freeze by change calendars': (stack, id) => new ReleaseFreeze(stack, id, { switchedBy: FreezeSwitch.changeCalendar(['company-holidays']) }),
};

const WATCHED: Record<string, Make> = {
  'a pipeline that is watched': (stack, id) => new WebAppPipeline(stack, id, {
    source,
    environments: [new DeploymentEnvironment('staging'), new DeploymentEnvironment('production')],
    monitoring: PipelineMonitoring.standard({
      alarmTopic: new sns.Topic(stack, 'OnCall', { masterKey: new kms.Key(stack, 'Key') }), maxDuration: Duration.hours(2),
    }),
  }),
};

test.each(Object.entries({ ...ALL_VARIANTS, ...FREEZES, ...WATCHED }))('%s: nothing is found', (name, make) => {
  expect(findings(name, jsonOf(made(make).stack))).toEqual([]);
});

test.each(Object.entries(ACROSS))('%s: nothing is found in any stack', (name, make) => {
  const app = new App();
  make(app);
  // A stack of looked up things alone has no resources, and is never deployed.
  const stacks = app.synth().stacks.filter(({ template }) => 'Resources' in (template as object));
  expect(stacks.flatMap(({ stackName, template }) => findings(`${name}-${stackName}`, template as object))).toEqual([]);
});
