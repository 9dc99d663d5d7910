import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ALL_VARIANTS, VARIANT_GROUPS } from './all-variants';
import { source } from './variants';
import { WebAppPipeline } from '../../src';
import { ONLY_CONFIGURATION } from '../../src/notifications/slack/render';
import { ONE_SELF_UPDATE } from '../../src/steps/self-update/self-updates';
import { every } from '../helpers/every';
import { type CfnTemplate, jsonOf, type Make, newApp, resolved } from '../helpers/synth';
import { ANYWHERE, SOMEWHERE, synthesized } from '../helpers/synthesized';

/** Properties that name a resource for the account (and for CloudFront and IAM, in all regions). */
const NAMES: Readonly<Record<string, { property: string; global: boolean }>> = {
  'AWS::CodePipeline::Pipeline': { property: 'Name', global: false },
  'AWS::CodeBuild::Project': { property: 'Name', global: false },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', global: false },
  'AWS::CodeConnections::Connection': { property: 'ConnectionName', global: false },
  'AWS::CloudFront::Function': { property: 'Name', global: true },
  'AWS::CloudFront::KeyValueStore': { property: 'Name', global: true },
  'AWS::IAM::Role': { property: 'RoleName', global: true },
  'AWS::CodeStarNotifications::NotificationRule': { property: 'Name', global: false },
  'AWS::Chatbot::SlackChannelConfiguration': { property: 'ConfigurationName', global: true },
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': { property: 'ConfigurationName', global: true },
  'AWS::SNS::Topic': { property: 'TopicName', global: false },
  'AWS::SSM::Parameter': { property: 'Name', global: false },
  'AWS::Lambda::Function': { property: 'FunctionName', global: false },
  'AWS::S3::Bucket': { property: 'BucketName', global: true },
};

/** Names that a template takes, each with the place in which it must be the only one. */
function namesOf(template: CfnTemplate, region: string): string[] {
  return Object.values(template.Resources).flatMap(({ Type, Properties }) => {
    if (Type === 'AWS::CloudFront::OriginAccessControl') {
      return [`${Type} ${named((Properties.OriginAccessControlConfig as { Name: unknown }).Name, region)}`];
    }
    const rule = NAMES[Type];
    const name = rule && Properties[rule.property];
    return name === undefined ? [] : [`${Type} ${rule.global ? '' : region} ${named(name, region)}`];
  });
}

function named(name: unknown, region: string) {
  return resolved(JSON.parse(JSON.stringify(name).replaceAll('{"Ref":"AWS::Region"}', `"${region}"`)));
}

function distinct(names: string[]) {
  return expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
}

/** What the user names or brings is the user's to keep apart. */
function hasUserNames(name: string) {
  return /: a named/.test(name);
}

function expectRoomForTwo(make: Make, name: string): void {
  const stack = new Stack(newApp(), 'Shop');
  make(new Construct(stack, 'One') as Stack, 'Site');
  // A path of a bucket has the files of one site.
  if (/: existing hosting/.test(name)) {
    expect(() => make(new Construct(stack, 'Two') as Stack, 'Site')).toThrow('that contains no files of another site');
    return;
  }
  // AWS takes one configuration for a channel of Slack in an account.
  if (name.endsWith(': a channel of Slack')) {
    expect(() => make(new Construct(stack, 'Two') as Stack, 'Site')).toThrow(
      `'notifications' must ${ONLY_CONFIGURATION}`,
    );
    return;
  }
  // Two pipelines that deploy one stack would interrupt each other.
  if (name.endsWith(': a pipeline that updates itself')) {
    expect(() => make(new Construct(stack, 'Two') as Stack, 'Site')).toThrow(`'selfUpdate' must ${ONE_SELF_UPDATE}`);
    return;
  }
  make(new Construct(stack, 'Two') as Stack, 'Site');
  if (!hasUserNames(name)) distinct(namesOf(jsonOf(stack), 'eu-west-1'));
}

describe.each(Object.entries(VARIANT_GROUPS))('%s', (_, variants) => {
  test('accepts two in one stack', () => every(variants, expectRoomForTwo), 120_000);

  test(
    'accepts the same stack twice in one account',
    () =>
      every(variants, (make, name) => {
        const other = new Stack(newApp(), 'Shop', { stackName: 'shop-next' });
        make(other, 'Site');
        const names = [synthesized(name, make, ANYWHERE).template, jsonOf(other)].flatMap((template) =>
          namesOf(template, 'eu-west-1'),
        );
        if (!hasUserNames(name)) distinct(names);
      }),
    120_000,
  );

  test(
    'accepts a Region-agnostic stack in two Regions',
    () =>
      every(variants, (make, name) => {
        const { template } = synthesized(name, make, ANYWHERE);
        distinct(['eu-west-1', 'us-east-1'].flatMap((region) => namesOf(template, region)));
      }),
    120_000,
  );

  test(
    'accepts a stack in two concrete Regions',
    () =>
      every(variants, (make, name) => {
        const stack = new Stack(newApp(), 'Shop', { env: { account: '111111111111', region: 'us-east-1' } });
        make(stack, 'Site');
        distinct([
          ...namesOf(synthesized(name, make, SOMEWHERE).template, 'eu-west-1'),
          ...namesOf(jsonOf(stack), 'us-east-1'),
        ]);
      }),
    120_000,
  );
});

test('distinguishes similar names', () => {
  const names = [
    ['A-B', 'C'],
    ['A', 'B-C'],
    ['AB', 'C'],
  ].flatMap(([stackId, id]) => {
    const stack = new Stack(newApp(), stackId);
    new WebAppPipeline(stack, id, { source });
    return namesOf(jsonOf(stack), 'eu-west-1');
  });
  distinct(names);
});

test('keeps names within service limits for long ids', () => {
  const stack = new Stack(newApp(), 'S'.repeat(100), { env: { account: '111111111111', region: 'ap-southeast-2' } });
  ALL_VARIANTS['web app: only a source'](stack, 'P'.repeat(120));
  const limits: Record<string, number> = {
    'AWS::CodePipeline::Pipeline': 100,
    'AWS::CodeBuild::Project': 128 - '-coverage'.length, // report groups add to it, and have 128
    'AWS::CodeConnections::Connection': 32,
    'AWS::CloudFront::Function': 64,
    'AWS::CloudFront::KeyValueStore': 64,
    'AWS::CloudFront::OriginAccessControl': 64,
    'AWS::Logs::LogGroup': 512,
  };
  for (const entry of namesOf(jsonOf(stack), 'ap-southeast-2')) {
    const [type, ...rest] = entry.split(' ');
    expect([entry, rest.at(-1)!.length <= limits[type]]).toEqual([entry, true]);
  }
});
