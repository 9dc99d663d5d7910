import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as floor from 'aws-cdk-lib';
import { oldTemplates } from './old-templates';
import { FLAGGED, PLAIN_BUILDS, PLAIN_PIPELINES, plainPipelines } from './plain';
import type { Lib } from './plain/world';
import { plainAssembly } from './plain-assembly';
import { DEFECTS, reproduce } from './reported-defects';

interface Template {
  readonly Resources?: Record<string, { Type: string; Properties?: Record<string, any> }>;
}

function freshFolder() {
  return mkdtempSync(join(tmpdir(), 'evidence-'));
}

/** Every template of an assembly, those of nested assemblies included, by the name of its file. */
function templatesOf(assembly: string) {
  return Object.fromEntries(
    readdirSync(assembly, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => [file, JSON.parse(readFileSync(join(assembly, file), 'utf8')) as Template]),
  );
}

function resourcesOf(...templates: Template[]) {
  return templates.flatMap(({ Resources = {} }) => Object.values(Resources));
}

function pipelinesIn(...templates: Template[]) {
  return resourcesOf(...templates).filter(({ Type }) => Type === 'AWS::CodePipeline::Pipeline');
}

/** Every statement of every policy, with the roles that carry it. */
function statementsOf(assembly: string) {
  return resourcesOf(...Object.values(templatesOf(assembly))).flatMap(({ Properties = {} }) =>
    [Properties.PolicyDocument, Properties.KeyPolicy, Properties.AssumeRolePolicyDocument]
      .flatMap((document) => document?.Statement ?? [])
      .map((statement) => JSON.stringify({ roles: Properties.Roles, ...statement })),
  );
}

function without(some: string[], others: string[]) {
  return some.filter((one) => !others.includes(one));
}

describe('pipelines without this library', () => {
  const providers = new Set<string>();

  test.each(Object.keys(PLAIN_PIPELINES))(
    '%s',
    (name) => {
      const templates = Object.values(templatesOf(plainAssembly(name)));
      const found = pipelinesIn(...templates);
      expect(found).toHaveLength(PLAIN_BUILDS[name.replace(FLAGGED, '')].pipelines);
      for (const { Properties = {} } of found) {
        for (const { Actions } of Properties.Stages) {
          Actions.forEach((action: any) => providers.add(action.ActionTypeId.Provider));
        }
      }
    },
    30_000,
  );

  test('have every kind of action of the L2, except for Alexa, Jenkins and GitHub with a token', () => {
    expect([...providers].sort()).toEqual([
      'CloudFormation',
      'CloudFormationStackInstances',
      'CloudFormationStackSet',
      'CodeBuild',
      'CodeCommit',
      'CodeDeploy',
      'CodeDeployToECS',
      'CodePipeline',
      'CodeStarSourceConnection',
      'Commands',
      'EC2',
      'ECR',
      'ECRBuildAndPublish',
      'ECS',
      'ElasticBeanstalk',
      'InspectorScan',
      'Lambda',
      'Manual',
      'S3',
      'ServiceCatalog',
      'StepFunctions',
    ]);
  });

  test('can be synthesized with the oldest supported aws-cdk-lib', () => {
    for (const [name, synthesize] of Object.entries(plainPipelines(floor as unknown as Lib))) {
      if (!name.endsWith(FLAGGED)) {
        expect(pipelinesIn(...Object.values(templatesOf(synthesize(freshFolder()))))).not.toHaveLength(0);
      }
    }
  }, 60_000);
});

test('the 19 templates of the integration tests of CDK 1.60.0 have one pipeline each', () => {
  const templates = Object.values(oldTemplates());
  expect(templates).toHaveLength(19);
  for (const template of templates) expect(pipelinesIn(template)).toHaveLength(1);
});

describe('defects that users of aws-cdk reported', () => {
  test.each(DEFECTS.map(({ issue }) => issue))('%i: one assembly has the defect, the other does not', (issue) => {
    const { bad, good, expected, fault } = reproduce(issue);
    const gone = without(statementsOf(bad), statementsOf(good));
    const added = without(statementsOf(good), statementsOf(bad));
    for (const { caller, call, resource } of expected) {
      for (const id of [caller, resource].filter((one) => !one.startsWith('arn:'))) {
        expect(idsOf(bad)).toContain(id.replace('/*', ''));
      }
      switch (issue) {
        case 4306: // no statement: the pipeline names its key by id
          expect([bad, good].map((one) => keyOf(one))).toEqual([
            { Ref: expect.any(String) },
            { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
          ]);
          break;
        default:
          expect(
            fault === 'denied'
              ? added.filter((one) => grants(one, call))
              : gone.filter((one) => /sts:AssumeRole.*:root/.test(one)),
          ).not.toHaveLength(0);
      }
    }
  });

  function idsOf(assembly: string) {
    return Object.entries(templatesOf(assembly)).flatMap(([file, { Resources = {} }]) =>
      Object.keys(Resources).map((id) => `${file.replace('.template.json', '')}.${id}`),
    );
  }

  function keyOf(assembly: string) {
    return pipelinesIn(...Object.values(templatesOf(assembly)))[0].Properties?.ArtifactStore.EncryptionKey.Id;
  }

  function grants(statement: string, call: string) {
    return [(JSON.parse(statement) as { Action: string | string[] }).Action]
      .flat()
      .some((action) => new RegExp(`^${action.replaceAll('*', '.*')}$`).test(call));
  }
});
