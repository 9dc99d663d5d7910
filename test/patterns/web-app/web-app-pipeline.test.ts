import { Match, Template } from 'aws-cdk-lib/assertions';
import { BuildStep, DeploymentEnvironment, DeployTarget, SiteHosting, SiteRelease, SiteRouting } from '../../../src';
import { LANGUAGES } from '../../../src/aws/languages';
import { emptyReportCommands } from '../../../src/steps/build/empty-reports';
import { actionsOf, type CfnTemplate, resolved, statementsOf, templateOf, webApp } from '../../helpers/synth';
import { CONNECTION_ARN, source, VARIANTS } from '../../laws/variants';

function template(props: Parameters<typeof webApp>[0]) {
  return Template.fromStack(webApp(props).stack);
}

function site(target: DeployTarget) {
  return { source, environments: [new DeploymentEnvironment('production', { target })] };
}

describe('the source', () => {
  test('uses an existing connection, and creates none', () => {
    const made = template({ source });
    made.resourceCountIs('AWS::CodeConnections::Connection', 0);
    expect(actionsOf(made.toJSON() as CfnTemplate)[0].Configuration).toEqual({
      ConnectionArn: CONNECTION_ARN,
      FullRepositoryId: 'acme/shop',
      BranchName: 'main',
      OutputArtifactFormat: 'CODE_ZIP',
      DetectChanges: 'true',
    });
  });

  test('reads a connection from a parameter at deployment', () => {
    const made = template(VARIANTS['a connection from a parameter']);
    const [[id]] = Object.entries(made.findParameters('*', { Default: '/delivery/connection' }));
    expect(made.toJSON().Parameters[id].Type).toBe('AWS::SSM::Parameter::Value<String>');
    expect(actionsOf(made.toJSON() as CfnTemplate)[0].Configuration).toMatchObject({ ConnectionArn: { Ref: id } });
  });

  test('creates a connection with an output for its handshake', () => {
    const made = template(VARIANTS['only a source']);
    made.hasResourceProperties('AWS::CodeConnections::Connection', {
      ProviderType: 'GitHub',
      ConnectionName: 'Shop-Site-Source-19e4487f',
    });
    const [[, { Value, Description }]] = Object.entries(
      made.findOutputs('*', { Description: Match.stringLikeRegexp('PENDING') }),
    );
    expect(JSON.stringify(Value)).toContain('.console.aws.amazon.com/codesuite/settings/connections?region=');
    expect(Description).toContain('Update pending connection');
  });

  test('allows the pipeline to use the connection with both service prefixes', () => {
    const uses = statementsOf(templateOf({ source })).filter(({ statement }) => statement.Resource === CONNECTION_ARN);
    expect(uses.map(({ statement }) => statement.Action)).toEqual([
      ['codeconnections:UseConnection', 'codestar-connections:UseConnection'],
    ]);
  });
});

function emptyReports(directory: string) {
  const { tests, coverage } = LANGUAGES.nodeJs;
  return emptyReportCommands(directory, [
    { name: 'tests', ...tests },
    { name: 'coverage', ...coverage },
  ]);
}

describe('the build', () => {
  function project(props: Parameters<typeof webApp>[0]) {
    return Object.values(template(props).findResources('AWS::CodeBuild::Project'))[0].Properties;
  }

  test('installs, tests and builds, with a cache and reports', () => {
    const { Source, Cache, Environment, TimeoutInMinutes } = project({ source });
    expect(JSON.parse(Source.BuildSpec)).toEqual({
      version: '0.2',
      phases: {
        install: { 'runtime-versions': { nodejs: '22' }, commands: ['npm ci'] },
        build: { commands: ['npm test', 'npm run build', ...emptyReports('.')] },
      },
      reports: {
        tests: { 'base-directory': '.', files: ['junit.xml', 'reports/junit.xml'], 'file-format': 'JUNITXML' },
        coverage: { 'base-directory': '.', files: ['coverage/clover.xml'], 'file-format': 'CLOVERXML' },
      },
      artifacts: { 'base-directory': 'dist', files: ['**/*'] },
      cache: { paths: ['/root/.npm/**/*'] },
    });
    expect(Cache.Type).toBe('S3');
    expect(Environment).toMatchObject({
      ComputeType: 'BUILD_GENERAL1_SMALL',
      Image: 'aws/codebuild/amazonlinux-x86_64-standard:6.0',
      PrivilegedMode: false,
    });
    expect(TimeoutInMinutes).toBe(60);
  });

  test('runs every phase in the folder of its source', () => {
    const { Source } = project({
      source,
      buildStep: BuildStep.nodeJs({ directory: 'apps/web', outputDirectory: 'build' }),
    });
    expect(JSON.parse(Source.BuildSpec)).toMatchObject({
      phases: {
        install: { commands: ['cd "$CODEBUILD_SRC_DIR/apps/web"', 'npm ci'] },
        build: {
          commands: ['cd "$CODEBUILD_SRC_DIR/apps/web"', 'npm test', 'npm run build', ...emptyReports('apps/web')],
        },
      },
      reports: { tests: { 'base-directory': 'apps/web' }, coverage: { 'base-directory': 'apps/web' } },
      artifacts: { 'base-directory': 'apps/web/build' },
    });
  });

  function reportActions(props: Parameters<typeof webApp>[0]) {
    return statementsOf(templateOf(props)).filter(({ statement }) =>
      [statement.Action].flat().some((action) => /Report|BatchPut/.test(action)),
    );
  }

  test('is allowed to write only its own report groups', () => {
    const [{ statement }, ...more] = reportActions({ source });
    expect(more).toEqual([]);
    expect((statement.Resource as unknown[]).map((arn) => resolved(arn).split(':report-group/')[1])).toEqual([
      'Shop-Site-Build-8553cd27-tests',
      'Shop-Site-Build-8553cd27-coverage',
    ]);
  });

  test('is not allowed to write report groups without reports', () => {
    expect(reportActions(VARIANTS['a build without reports'])).toEqual([]);
  });
});

describe('created hosting', () => {
  test('has a bucket that only the distribution can read', () => {
    const made = template({ source });
    made.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Action: 's3:GetObject',
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Condition: { StringEquals: { 'AWS:SourceArn': Match.anyValue() } },
            Resource: Match.anyValue(),
          },
        ]),
      },
    });
    made.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' },
    });
  });

  test('redirects to HTTPS, adds security headers, serves only the site, and keeps logs', () => {
    template({ source }).hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        DefaultCacheBehavior: {
          ViewerProtocolPolicy: 'redirect-to-https',
          ResponseHeadersPolicyId: '67f7725c-6f97-4210-82d7-5512b31e9d03', // SecurityHeadersPolicy
          Compress: true,
          FunctionAssociations: [{ EventType: 'viewer-request' }],
        },
        Origins: [{ OriginPath: '/site' }],
        Logging: { Prefix: 'cloudfront/' },
        CustomErrorResponses: [
          { ErrorCode: 403, ResponseCode: 404, ResponsePagePath: '/404.html', ErrorCachingMinTTL: 10 },
          { ErrorCode: 404, ResponseCode: 404, ResponsePagePath: '/404.html', ErrorCachingMinTTL: 10 },
        ],
      },
    });
  });

  test('requires TLS 1.2 with a domain', () => {
    template(VARIANTS['a site with a domain']).hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['www.example.com', 'example.com'],
        ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
      },
    });
  });

  test('responds according to the routing of the application', () => {
    function code(routing?: SiteRouting) {
      return Object.values(
        template(site(DeployTarget.staticSite({ hosting: SiteHosting.managed({ routing }) }))).findResources(
          'AWS::CloudFront::Function',
        ),
      )[0].Properties.FunctionCode as string;
    }

    expect(code()).toContain('var SETTINGS = {"singlePage":true,');
    expect(code(SiteRouting.SINGLE_PAGE)).toContain('{"singlePage":true,');
    expect(code(SiteRouting.PAGES)).toContain('{"singlePage":false,');
  });

  test('can disable access logs', () => {
    const made = template(VARIANTS['a site of pages']);
    made.resourceCountIs('AWS::S3::Bucket', 2);
    made.resourcePropertiesCountIs(
      'AWS::CloudFront::Distribution',
      { DistributionConfig: { Logging: Match.anyValue() } },
      0,
    );
  });

  test('has a store and a function for an atomic site', () => {
    const made = template(VARIANTS['an atomic site']);
    made.hasResourceProperties('AWS::CloudFront::Function', {
      FunctionCode: Match.stringLikeRegexp('^import cf from .cloudfront.;\\nvar SETTINGS = .*\\^assets/\\.\\*\\$'),
      FunctionConfig: { KeyValueStoreAssociations: [{ KeyValueStoreARN: Match.anyValue() }] },
    });
    for (const { Properties } of Object.values(made.findResources('AWS::CloudFront::Function'))) {
      expect(Buffer.byteLength(Properties.FunctionCode)).toBeLessThan(10_240);
    }
  });
});

describe('the deployment', () => {
  function variables(props: Parameters<typeof webApp>[0]) {
    const [deploy] = actionsOf(templateOf(props)).filter(({ Name }) => Name === 'Deploy-production');
    return (deploy.Commands ?? []).map((command) => resolved(command)).join('\n');
  }

  function allowed(props: Parameters<typeof webApp>[0]) {
    return statementsOf(templateOf(props))
      .filter(({ holder }) => holder.includes('ActionRole'))
      .flatMap(({ statement }) => statement.Action);
  }

  test('in place is allowed to invalidate, and has no key-value store', () => {
    expect(variables({ source })).toContain("'KEY_VALUE_STORE='\\'''\\'''");
    expect(allowed({ source })).toEqual(
      expect.arrayContaining(['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation']),
    );
    expect(allowed({ source }).filter((action) => action.startsWith('cloudfront-keyvaluestore'))).toEqual([]);
  });

  test('atomic is allowed to update the key, but not to invalidate', () => {
    const atomic = site(DeployTarget.staticSite({ release: SiteRelease.atomic() }));
    expect(allowed(atomic)).toEqual(
      expect.arrayContaining(['cloudfront-keyvaluestore:DescribeKeyValueStore', 'cloudfront-keyvaluestore:PutKey']),
    );
    expect(allowed(atomic).filter((action) => action.startsWith('cloudfront:'))).toEqual([]);
  });

  test('to existing hosting is allowed to write only below its origin path', () => {
    const made = templateOf(VARIANTS['existing hosting']);
    expect(variables(VARIANTS['existing hosting'])).toContain("'SITE_PREFIX='\\''web/'\\'''");
    const writes = statementsOf(made).filter(
      ({ statement, holder }) => holder.includes('ActionRole') && [statement.Action].flat().includes('s3:PutObject'),
    );
    expect(
      writes.flatMap(({ statement }) => (statement.Resource as unknown[]).map((arn) => resolved(arn).split(':::')[1])),
    ).toEqual(['acme-shop-site/web/*', 'acme-shop-site/releases/web/*']);
  });

  test('to a bucket with a key is allowed to use the key', () => {
    expect(allowed(VARIANTS['existing hosting with a key'])).toEqual(
      expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']),
    );
    expect(allowed(VARIANTS['existing hosting']).filter((action) => action.startsWith('kms:'))).toEqual([]);
  });
});

test('exposes all created resources', () => {
  const { site: pipeline, stack } = webApp({
    source,
    environments: [new DeploymentEnvironment('staging'), new DeploymentEnvironment('production')],
  });
  const made = Template.fromStack(stack);
  expect(pipeline.sites.map((one) => one.environmentName)).toEqual(['staging', 'production']);
  for (const resource of [
    pipeline.pipeline.pipelineName,
    pipeline.buildProject().projectName,
    pipeline.artifactBucket.bucketName,
    pipeline.pipelineRole.roleName,
    pipeline.buildRole().roleName,
    ...pipeline.sites.flatMap((one) => [
      one.bucket.bucketName,
      one.distribution.distributionId,
      one.actionRole.roleName,
    ]),
  ]) {
    expect(made.toJSON().Resources).toHaveProperty([(stack.resolve(resource) as { Ref: string }).Ref]);
  }
});
