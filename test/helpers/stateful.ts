import type { CfnTemplate } from './synth';

/** Resources whose loss loses data, history, or the work of a person. */
const STATEFUL = [
  'AWS::S3::Bucket', 'AWS::CloudFront::Distribution', 'AWS::CloudFront::KeyValueStore', 'AWS::CodeConnections::Connection',
  'AWS::CodePipeline::Pipeline', 'AWS::Logs::LogGroup',
];

/** Properties whose change replaces a resource of these types. */
const REPLACING = ['Name', 'BucketName', 'ConnectionName', 'ProviderType', 'HostArn', 'LogGroupName'];

/** Logical id and type of each stateful resource, with the properties that pin it down. */
export function statefulOf(template: CfnTemplate): Record<string, Record<string, unknown>> {
  return Object.fromEntries(Object.entries(template.Resources)
    .filter(([, { Type }]) => STATEFUL.includes(Type))
    .map(([id, { Type, Properties }]) => [
      id, { Type, ...Object.fromEntries(Object.entries(Properties).filter(([key]) => REPLACING.includes(key))) },
    ]));
}
