import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// CloudFormation Validate is part of newer aws-cdk-lib only; it judges what either of them synthesizes.
import { aws_ecr as ecr, aws_kms as kms, aws_sns as sns, Duration } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { CloudFormationValidatePlugin } from 'aws-cdk-lib-newest';
import {
  DeploymentEnvironment,
  FreezeState,
  PipelineMonitoring,
  ReleaseFreeze,
  ServiceImage,
  WebAppPipeline,
} from '../../src';
import { every } from '../helpers/every';
import { type Make } from '../helpers/synth';
import { synthesized, synthesizedApp } from '../helpers/synthesized';
import { ACROSS } from '../laws/across-variants';
import { VARIANT_GROUPS } from '../laws/all-variants';
import { source } from '../laws/variants';

const BROKEN = { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { NoSuchProperty: 1 } } } };

const FREEZES: Record<string, Make> = {
  'a freeze': (stack, id) => new ReleaseFreeze(stack, id),
  'a freeze by change calendars': (stack, id) =>
    new ReleaseFreeze(stack, id, { freezeState: FreezeState.changeCalendar(['company-holidays']) }),
  'the live image of a service': (stack, id) =>
    new ServiceImage(stack, id, { repository: ecr.Repository.fromRepositoryName(stack, `${id}Images`, 'acme/api') }),
};

const WATCHED: Record<string, Make> = {
  'a pipeline that is watched': (stack, id) =>
    new WebAppPipeline(stack, id, {
      source,
      environments: [new DeploymentEnvironment('staging'), new DeploymentEnvironment('production')],
      monitoring: PipelineMonitoring.standard({
        alarmTopic: new sns.Topic(stack, 'OnCall', { masterKey: new kms.Key(stack, 'Key') }),
        maxDuration: Duration.hours(2),
      }),
    }),
};

const GROUPS: Readonly<Record<string, Readonly<Record<string, Make>>>> = {
  ...VARIANT_GROUPS,
  'a freeze': FREEZES,
  monitoring: WATCHED,
};

/** Every template by name: one for each variant, and one for each stack of an app over accounts and regions. */
function templates(): Record<string, object> {
  const ofVariants = Object.values(GROUPS).flatMap((variants) =>
    Object.entries(variants).map(([name, make]) => [name, synthesized(name, make).template]),
  );
  const ofApps = Object.entries(ACROSS).flatMap(([name, make]) =>
    new CloudAssembly(synthesizedApp(name, make)).stacks
      // A stack of looked up things alone has no resources, and is never deployed.
      .filter(({ template }) => 'Resources' in (template as object))
      .map(({ stackName, template }) => [`${name}, stack ${stackName}`, template as object]),
  );
  return { ...Object.fromEntries([...ofVariants, ...ofApps]), broken: BROKEN };
}

/**
 * Findings of the severities that `cdk synth --strict` stops at, by the name of the template. One call for all takes a
 * third of the time.
 */
function findingsIn(named: Readonly<Record<string, object>>): Record<string, string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'validate-'));
  const files = Object.entries(named).map(([name, template], i) => {
    const templatePath = join(directory, `${i}.template.json`);
    writeFileSync(templatePath, JSON.stringify(template));
    return { name, templatePath };
  });
  const { violations } = new CloudFormationValidatePlugin().validate({
    templatePaths: files.map(({ templatePath }) => templatePath),
    stackTemplates: files.map(({ templatePath }) => ({
      stackConstructPath: 'Shop',
      templatePath,
      accountId: '111111111111',
      region: 'eu-west-1',
    })),
  } as unknown as Parameters<CloudFormationValidatePlugin['validate']>[0]);
  const found = violations.flatMap(({ ruleName, severity, description, violatingResources }) =>
    violatingResources.map(({ templatePath, resourceLogicalId }) => {
      const file = files.find((one) => one.templatePath === templatePath);
      if (file === undefined) throw new Error(`a finding of ${ruleName} in no template: ${templatePath}`);
      return { name: file.name, finding: `${severity} ${ruleName} at ${resourceLogicalId}: ${description}` };
    }),
  );
  return Object.fromEntries(
    files.map(({ name }) => [name, found.filter((one) => one.name === name).map(({ finding }) => finding)]),
  );
}

let findings: Record<string, string[]> = {};
beforeAll(() => {
  findings = findingsIn(templates());
}, 300_000);

test('runs the validator', () => {
  expect(findings.broken).toEqual([expect.stringContaining('Bucket')]);
});

test.each(Object.entries(GROUPS))('finds nothing in %s', (_, variants) =>
  every(variants, (_make, name) => expect(findings[name]).toEqual([])),
);

test('finds nothing in cross-account and cross-Region stacks', () => {
  const ofApps = Object.fromEntries(Object.entries(findings).filter(([name]) => name.includes(', stack ')));
  expect(Object.keys(ofApps).length).toBeGreaterThan(Object.keys(ACROSS).length);
  every(ofApps, (found) => expect(found).toEqual([]));
});
