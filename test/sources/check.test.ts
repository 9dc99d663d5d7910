import {
  aws_codecommit as codecommit,
  aws_codepipeline as codepipeline,
  aws_ecr as ecr,
  aws_events as events,
  aws_s3 as s3,
  Duration,
  type Stack,
} from 'aws-cdk-lib';
import { type DeliveryPipelineProps, PipelineSource, PipelineTrigger } from '../../src';
import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import { check } from '../../src/check/check';
import { denialsOf, findingsOf, unmodelledOf } from '../check/verdicts';
import { connection, deliveryStacks, withTriggers } from '../helpers/started';

type Parts = (stack: Stack) => Pick<DeliveryPipelineProps, 'sources' | 'triggers'>;

function only(source: PipelineSource) {
  return { sources: [source] };
}

const resources = {
  codeCommit: (stack: Stack) => new codecommit.Repository(stack, 'Code', { repositoryName: 'shop' }),
  bucket: (stack: Stack) => new s3.Bucket(stack, 'Data', { versioned: true, encryption: s3.BucketEncryption.KMS }),
  images: (stack: Stack) => new ecr.Repository(stack, 'Images'),
};

/** Pipelines with each kind of source and trigger. A finding of the check is a defect of the library. */
const CASES: Readonly<Record<string, Parts>> = {
  'a connection': () => only(PipelineSource.gitHub('acme/shop', 'main', { connection })),
  'a connection, cloned': () => only(PipelineSource.gitHub('acme/shop', 'main', { connection, fullClone: true })),
  'a new connection': () => only(PipelineSource.gitLab('acme/web/shop', 'main', { fullClone: true })),
  CodeCommit: (stack) => only(PipelineSource.codeCommit(resources.codeCommit(stack), 'main')),
  'CodeCommit, cloned': (stack) =>
    only(PipelineSource.codeCommit(resources.codeCommit(stack), 'main', { fullClone: true })),
  'a bucket': (stack) => only(PipelineSource.s3(resources.bucket(stack), 'data.zip')),
  images: (stack) => only(PipelineSource.ecr(resources.images(stack))),
  'a schedule': () => withTriggers(PipelineTrigger.schedule(events.Schedule.rate(Duration.days(1)))),
  'another pipeline': (stack) =>
    withTriggers(
      PipelineTrigger.pipelineSucceeded(
        codepipeline.Pipeline.fromPipelineArn(
          stack,
          'Other',
          stack.formatArn({ service: 'codepipeline', resource: 'library' }),
        ),
      ),
    ),
};

test.each(Object.entries(CASES))('%s: the check denies nothing and models every call', (_, parts) => {
  const report = check(deliveryStacks(parts));
  expect(report.pipelines).toHaveLength(1);
  expect([denialsOf(report), unmodelledOf(report)]).toEqual([[], []]);
  expect(findingsOf(report).map(({ call, why }) => `${call}: ${why}`)).toEqual([]);
});

/** Returns the verdicts on the calls of the rules, after a change of the templates. */
function ruleCallsOf(parts: Parts, change: (template: string) => string = (template) => template): string[] {
  const stacks = deliveryStacks(parts).map((stack): AssemblyStack => ({
    ...stack,
    template: JSON.parse(change(JSON.stringify(stack.template))) as AssemblyStack['template'],
  }));
  const calls: string[] = [];
  check(stacks, {
    onCall: ({ call: { call, resource, caller }, evaluation }) => {
      if (
        call === 'codepipeline:StartPipelineExecution' ||
        ('service' in caller && caller.service === 'events.amazonaws.com')
      ) {
        calls.push(`${call} ${evaluation.verdict}`);
      }
      expect(resource).toBeDefined();
    },
  });
  return calls;
}

const RULES = ['CodeCommit', 'a bucket', 'images', 'a schedule', 'another pipeline'];

test.each(RULES)('%s: the check evaluates the rule and detects missing permissions of its role', (name) => {
  expect(ruleCallsOf(CASES[name])).toEqual(['sts:AssumeRole ALLOWED', 'codepipeline:StartPipelineExecution ALLOWED']);
  expect(
    ruleCallsOf(CASES[name], (template) =>
      template.replaceAll('codepipeline:StartPipelineExecution', 'codepipeline:GetPipeline'),
    ),
  ).toContain('codepipeline:StartPipelineExecution DENIED');
  expect(
    ruleCallsOf(CASES[name], (template) => template.replaceAll('events.amazonaws.com', 'codebuild.amazonaws.com')),
  ).toContain('sts:AssumeRole DENIED');
});

test('creates no rule for sources that are read through a connection', () => {
  expect(ruleCallsOf(CASES['a connection'])).toEqual([]);
});
