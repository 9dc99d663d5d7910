import { EU, PROD, stackOf, TOOLS } from './stacks';
import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import type { Resource } from '../../src/assembly/template';

/** A statement that allows; its `Sid` is what explanations call it. */
export function allow(Sid: string, Action: string | readonly string[], Resource?: unknown, more: object = {}) {
  return { Sid, Effect: 'Allow', Action, ...(Resource !== undefined && { Resource }), ...more };
}
export function document(...Statement: object[]) {
  return { Version: '2012-10-17', Statement };
}

export const PIPELINE_ROLE = `arn:aws:iam::${TOOLS}:role/pipeline`;
export const ACTION_ROLE = `arn:aws:iam::${PROD}:role/deploy`;
export const DEPLOYMENT_ROLE = `arn:aws:iam::${PROD}:role/deployment`;
export const TOPIC = `arn:aws:sns:${EU}:${TOOLS}:approvals`;
const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };
const ANY_KEY = `arn:aws:kms:${EU}:${TOOLS}:key/*`;
const STACKS = `arn:aws:cloudformation:${EU}:${PROD}:stack/shop/*`;
const STORE = ['arn:aws:s3:::store', 'arn:aws:s3:::store/*'];

function trust(Principal: object) {
  return document(allow('Trust', 'sts:AssumeRole', undefined, { Principal }));
}

function by(AWS: string) {
  return { Principal: { AWS } };
}

function action(Category: string, Provider: string, Name: string, more: object) {
  return { Name, ActionTypeId: { Category, Owner: 'AWS', Provider, Version: '1' }, ...more };
}

const TOOLS_RESOURCES: Readonly<Record<string, Resource>> = {
  Source: {
    Type: 'AWS::S3::Bucket',
    Properties: { BucketName: 'source', VersioningConfiguration: { Status: 'Enabled' } },
  },
  Store: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'store' } },
  StorePolicy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Store' },
      PolicyDocument: document(
        allow('Prod', ['s3:GetObject', 's3:GetObjectVersion'], 'arn:aws:s3:::store/*', by(ACTION_ROLE)),
      ),
    },
  },
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      KeyPolicy: document(
        allow('Tools', ['kms:Decrypt', 'kms:GenerateDataKey'], '*', by(PIPELINE_ROLE)),
        allow('Prod', 'kms:Decrypt', '*', by(ACTION_ROLE)),
      ),
    },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'approvals' } },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: 'pipeline', AssumeRolePolicyDocument: trust({ Service: 'codepipeline.amazonaws.com' }) },
  },
  RolePolicy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'pipeline',
      Roles: [{ Ref: 'Role' }],
      PolicyDocument: document(
        allow('Source', ['s3:GetObject*', 's3:GetBucket*'], ['arn:aws:s3:::source', 'arn:aws:s3:::source/*']),
        allow('Store', ['s3:GetObject*', 's3:GetBucket*', 's3:PutObject'], STORE),
        allow('Publish', 'sns:Publish', { Ref: 'Topic' }),
        allow('Assume', 'sts:AssumeRole', ACTION_ROLE),
      ),
    },
  },
  Pipeline: {
    Type: 'AWS::CodePipeline::Pipeline',
    DependsOn: ['RolePolicy'],
    Properties: {
      Name: 'delivery',
      PipelineType: 'V2',
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      ArtifactStore: { Type: 'S3', Location: { Ref: 'Store' }, EncryptionKey: { Type: 'KMS', Id: KEY } },
      Stages: [
        {
          Name: 'Source',
          Actions: [
            action('Source', 'S3', 'Fetch', {
              Configuration: { S3Bucket: 'source', S3ObjectKey: 'app.zip' },
              OutputArtifacts: [{ Name: 'App' }],
            }),
          ],
        },
        {
          Name: 'Approve',
          Actions: [action('Approval', 'Manual', 'Ask', { Configuration: { NotificationArn: { Ref: 'Topic' } } })],
        },
        {
          Name: 'Deploy',
          Actions: [
            action('Deploy', 'CloudFormation', 'Stack', {
              Configuration: {
                ActionMode: 'CREATE_UPDATE',
                StackName: 'shop',
                TemplatePath: 'App::template.yaml',
                RoleArn: DEPLOYMENT_ROLE,
              },
              RoleArn: ACTION_ROLE,
              Region: EU,
              InputArtifacts: [{ Name: 'App' }],
            }),
          ],
        },
      ],
    },
  },
};

const PROD_RESOURCES: Readonly<Record<string, Resource>> = {
  ActionRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'deploy',
      AssumeRolePolicyDocument: trust({ AWS: PIPELINE_ROLE }),
      Policies: [
        {
          PolicyName: 'deploy',
          PolicyDocument: document(
            allow('Read', ['s3:GetObject', 's3:GetObjectVersion'], STORE),
            allow('Decrypt', 'kms:Decrypt', ANY_KEY),
            allow('Stacks', 'cloudformation:*', STACKS),
            allow('Validate', 'cloudformation:ValidateTemplate', '*'),
            allow('Pass', 'iam:PassRole', DEPLOYMENT_ROLE, {
              Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
            }),
          ),
        },
      ],
    },
  },
  CloudFormationRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'deployment',
      Tags: [{ Key: 'Stage', Value: 'prod' }],
      AssumeRolePolicyDocument: trust({ Service: 'cloudformation.amazonaws.com' }),
    },
  },
};

/** How a test changes the resources of a stack, in place. */
export type Change = (resources: Record<string, { Properties: any }>) => void;

/**
 * A pipeline that fetches from a bucket, requests an approval and deploys a stack of another account: two templates
 * without a name that is invented, whose policies allow just what is called.
 */
export function smallPipeline(tools: Change = () => {}, prod: Change = () => {}): AssemblyStack[] {
  function changed(resources: Readonly<Record<string, Resource>>, change: Change) {
    const copy = structuredClone(resources);
    change(copy as Record<string, { Properties: unknown }>);
    return { Resources: copy };
  }

  return [
    stackOf(changed(TOOLS_RESOURCES, tools)),
    stackOf(changed(PROD_RESOURCES, prod), { stackName: 'Prod', account: PROD }),
  ];
}

/** Removes the statements with a `Sid` from a document, or changes them. */
export function statements(policy: { Statement: any[] }, sid: string, change?: (statement: any) => object): void {
  policy.Statement = policy.Statement.flatMap((statement) => {
    if (statement.Sid !== sid) return [statement];
    return change ? [change(statement)] : [];
  });
}
