import { App, aws_codecommit as codecommit, type Environment, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { DeploymentEnvironment, DeployTarget, PipelineSource, SiteHosting, WebAppPipeline } from '../../../src';

const account = '111111111111';

function made(region: string, accessLogs?: boolean, env?: Environment) {
  const app = new App();
  const stack = new Stack(app, 'Shop', { env: { account, region } });
  // Connections are not available in all of these Regions.
  const source = PipelineSource.codeCommit(
    codecommit.Repository.fromRepositoryName(stack, 'Repository', 'shop'),
    'main',
  );
  const target = DeployTarget.staticSite({ hosting: SiteHosting.managed({ accessLogs }) });
  new WebAppPipeline(stack, 'Site', { source, environments: [new DeploymentEnvironment('live', { env, target })] });
  return env ? (app.node.findChild(`Shop-Site-${env.account}-${env.region}`) as Stack) : stack;
}

const LOGGING = { DistributionConfig: { Logging: Match.anyValue() } };
const WARNING = Match.stringLikeRegexp('CloudFront cannot store access logs of live in the opt-in');

describe.each(['eu-central-2', 'eu-south-1', 'ap-east-1', 'af-south-1', 'me-central-1', 'ca-west-1', 'ap-southeast-7'])(
  'in %s',
  (region) => {
    test('stores the access logs of the bucket only, with a warning', () => {
      for (const stack of [made(region), made('eu-west-1', undefined, { account: '222222222222', region })]) {
        const template = Template.fromStack(stack);
        template.resourcePropertiesCountIs('AWS::CloudFront::Distribution', LOGGING, 0);
        template.hasResourceProperties('AWS::S3::Bucket', { LoggingConfiguration: { LogFilePrefix: 's3/' } });
        template.resourcePropertiesCountIs(
          'AWS::S3::Bucket',
          { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
          0,
        );
        expect(Annotations.fromStack(stack).findWarning('*', WARNING)).toHaveLength(1);
      }
    });

    test('rejects access logs that are enabled explicitly', () => {
      expect(() => made(region, true)).toThrow(
        "[WebAppPipeline Shop/Site] 'environments[0].target.hosting.accessLogs' must not be true in an opt-in " +
          `Region, got "${region}"; remove it to store the logs of the bucket only, and configure standard logging ` +
          '(v2) in us-east-1',
      );
    });

    test('has no warning without access logs', () => {
      expect(Annotations.fromStack(made(region, false)).findWarning('*', WARNING)).toEqual([]);
    });
  },
);

test.each(['eu-west-1', 'us-east-1', 'ap-northeast-3', 'cn-north-1'])(
  'stores the logs of CloudFront in %s',
  (region) => {
    for (const accessLogs of [undefined, true]) {
      const stack = made(region, accessLogs);
      Template.fromStack(stack).resourcePropertiesCountIs('AWS::CloudFront::Distribution', LOGGING, 1);
      expect(Annotations.fromStack(stack).findWarning('*', WARNING)).toEqual([]);
    }
  },
);

test.each(['us-gov-west-1', 'us-gov-east-1', 'us-iso-east-1', 'us-isob-east-1'])('rejects a site in %s', (region) => {
  expect(() => made(region)).toThrow(
    `[WebAppPipeline Shop/Site] 'environments[0].target' must be in a partition that has CloudFront, got "${region}"` +
      '; deploy the site in an account of another partition',
  );
});
