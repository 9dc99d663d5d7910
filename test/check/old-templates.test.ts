import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apis, denialsOf, findingsOf, on, UnknownClass, Unknowns, unmodelledOf } from './verdicts';
import { InputOptions, readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import type { CheckReport } from '../../src/check/finding';
import { oldTemplates } from '../evidence/old-templates';

/**
 * Denials of pipelines that AWS deployed once, in any account: each is a defect of that release, reported by who ran
 * into it.
 */
const DEFECTS = {
  // https://github.com/aws/aws-cdk/issues/12742: variables of the action give the role of the project nothing.
  'pipeline-code-commit-build': ['error build: MyBuildProjectRole6B7E2258 ssm:GetParameters'],
  // https://github.com/aws/aws-cdk/issues/11688: the ARN of the state machine is put into the ARN of its executions.
  'pipeline-stepfunctions': ['error Invoke: MyPipelineInvokeCodePipelineActionRole006B5BAD states:DescribeExecution'],
};

/** Returns the violations of rules that are errors or warnings. */
function violationsOf(report: CheckReport) {
  return findingsOf(report)
    .filter(({ verdict, severity }) => verdict === 'NON_COMPLIANT' && severity !== 'info')
    .map(({ id }) => id);
}

const UNKNOWN: Readonly<Record<string, UnknownClass>> = {
  'CodeBuild: reports of a buildspec in the source': on(
    apis('codebuild', 'BatchPutCodeCoverages BatchPutTestCases CreateReport CreateReportGroup UpdateReport'),
    'pipeline-code-build-multiple-inputs-outputs pipeline-code-commit-build pipeline-events',
  ),
  'ECS: tags': on('ecs:TagResource', 'pipeline-code-deploy-ecs'),
  'KMS: multipart uploads': on(
    'kms:Decrypt',
    'lambda-pipeline pipeline-alexa-deploy pipeline-cfn pipeline-s3-deploy pipeline-stepfunctions',
  ),
  'S3: tags': on(
    's3:GetObjectTagging s3:GetObjectVersionTagging',
    'lambda-pipeline pipeline-alexa-deploy pipeline-cfn pipeline-s3-deploy pipeline-stepfunctions',
  ),
  // Its deployment group is imported, so which configuration it has is not in the template.
  'a name that is known only at run time': on('codedeploy:GetDeploymentConfig', 'pipeline-code-deploy-ecs'),
  'execution role: parameters reference an artifact': on('kms:Decrypt s3:GetObject', 'pipeline-cfn'),
  'the pipeline role as action role': on('sts:AssumeRole', 'pipeline-code-build-multiple-inputs-outputs'),
};

const UNKNOWN_WITHOUT_ENVIRONMENT: Readonly<Record<string, UnknownClass>> = {
  ...UNKNOWN,
  // Its only store is that of us-west-2: whether it is the pipeline's own depends on where it is deployed.
  'resource outside the assembly': on(
    'kms:Decrypt kms:GenerateDataKey s3:GetObjectTagging s3:GetObjectVersionTagging s3:PutObject s3:PutObjectTagging',
    'pipeline-cfn-cross-region',
  ),
};

const FOUND: Readonly<Record<string, readonly [InputOptions, Readonly<Record<string, UnknownClass>>]>> = {
  'of an unknown account and region': [{}, UNKNOWN_WITHOUT_ENVIRONMENT],
  'of one account and region': [{ account: '111111111111', region: 'us-west-2' }, UNKNOWN],
};

test.each(Object.keys(FOUND))('checks templates that AWS deployed, %s', (environment) => {
  const [options, unknown] = FOUND[environment];
  const folder = mkdtempSync(join(tmpdir(), 'old-'));
  const denied: Record<string, string[]> = {};
  const unknowns = new Unknowns();
  for (const [name, template] of Object.entries(oldTemplates())) {
    const file = join(folder, `${name}.template.json`);
    writeFileSync(file, JSON.stringify(template));
    const report = check(readInput(file, options));
    expect([name, report.summary.pipelines, report.summary.stacks]).toEqual([name, 1, 1]);
    expect(report.pipelines[0].calls.allowed).toBeGreaterThan(10);
    // Jenkins is a custom action, and Alexa uses its own account, so all actions are modelled.
    expect(unmodelledOf(report)).toEqual([]);
    // AWS published source buckets without versioning, which is information.
    expect(violationsOf(report)).toEqual([]);
    if (denialsOf(report).length > 0) denied[name] = denialsOf(report);
    unknowns.add(name, report);
  }
  expect(denied).toEqual(DEFECTS);
  expect(unknowns.list()).toEqual(unknown);
});
